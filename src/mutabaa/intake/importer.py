"""One import: every staged row is matched, compared and, unless it is a preview, written.

The same code decides in a preview and in the real run, so that what is shown is what happens. The caller opens the
transaction (a preview needs none) and calls `run` once.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

from mutabaa.core.models import without_history
from mutabaa.intake import merging
from mutabaa.intake.labels import Labels
from mutabaa.intake.matching import Existing, clash_key
from mutabaa.intake.models import SourceRecord
from mutabaa.intake.resolving import TAG_NAMES, Plan, Resolved, payload_of, resolve
from mutabaa.intake.staging import Seen, Staged
from mutabaa.intake.states import Outcome
from mutabaa.intake.writing import Writer, label_of
from mutabaa.recommendations.models import Recommendation

SAMPLE_OF_NEW = 200
FLUSH_AT = 10_000  # records written at once: table by table, so that the pages of one table's indexes stay in the cache
ASSUMED = {"kept_ours", "id_clash"}  # doubts that outweigh "changed"


class Importer:
    def __init__(self, plan: Plan, staged: Staged, labels: Labels) -> None:
        self.plan, self.staged, self.labels = plan, staged, labels
        self.seen = Seen()
        self.fresh: dict[int, int] = {}
        self.writer = Writer(
            labels, batch_id=plan.batch_id, own_state=plan.own_state, visibility=plan.visibility, source=plan.source
        )
        self.outcomes: Counter[str] = Counter()
        self.quirks: Counter[str] = Counter(staged.quirks)
        self.records = 0
        self.sampled = 0
        self.imagined = 0
        self.anything = False

    def run(self, progress: Callable[[int], None] | None = None) -> dict[str, Any]:
        """Take every row. Returns the counts; `progress(rows_done)` is called after each chunk."""
        self.anything = Recommendation.objects.exists()
        self.labels.load_documents(self.plan.scope)
        done = 0
        try:
            for chunk in self.staged.chunks():
                self.take(chunk)
                done += len(chunk)
                if progress:
                    progress(done)
            if self.plan.write:
                self.writer.flush()
        finally:
            self.seen.close()
        counts: dict[str, Any] = {"rows": self.staged.rows, **{o.value: self.outcomes[o.value] for o in Outcome}}
        counts["records"] = self.records
        counts["passed_over"] = self.staged.passed_over
        counts["quirks"] = dict(self.quirks.most_common())
        return counts

    def take(self, chunk: list[Any]) -> None:
        """One chunk: a handful of queries whatever the number of rows, plus those of each changed record."""
        items: list[Resolved] = []
        for row in chunk:
            if row.refused:
                self.tell(
                    Outcome.REFUSED, None, list(row.refused), row.line, row.text, label=label_of(row) or row.external_id
                )
            else:
                items.append(resolve(row, self.labels, self.plan.scope, self.plan.own_state))
        existing = Existing(items, self.labels, self.plan, self.anything)
        keys = {key for item in items for key in (item.identity_key, item.own_key, item.paragraph_key)}
        self.shown = self.seen.get(keys)
        self.fresh = {}
        edits: list[tuple[Resolved, int, bool]] = []
        for item in items:
            self.decide(item, existing, edits)
        if edits:
            self.edit(edits)
        if not self.plan.write:
            self.writer.flush(only_notes=True)
        elif len(self.writer.records) >= FLUSH_AT:
            self.writer.flush()
        self.seen.put(self.fresh.items())

    def decide(self, item: Resolved, existing: Existing, edits: list[tuple[Resolved, int, bool]]) -> None:
        row = item.row
        if item.new_label:
            self.quirks["unknown_label"] += 1
        digest = int(row.digest[:15], 16)
        key = item.identity_key
        shown = self.get(key)
        known, twin = existing.by_key.get(row.external_id), existing.by_key.get(clash_key(item))
        if shown == digest:
            self.quirks["duplicate_same"] += 1
            return self.tell(Outcome.UNCHANGED, item)
        for found in (known, twin):
            if found is not None and found.digest == row.digest:
                if shown is None:
                    self.fresh[key] = digest
                if self.plan.write:
                    self.writer.place(item, found.pk)
                if found is twin:
                    self.quirks["duplicate_other"] += 1
                return self.tell(Outcome.UNCHANGED, item)
        if shown is not None or (known is not None and not existing.is_same_record(known.pk, item)):
            item.key = clash_key(item)
            known = twin
            if row.id_from_source:  # an identifier of ours says the same already when the rows differ in tags alone
                self.quirks["duplicate_other"] += 1
                item.reasons.append(("id_clash", row.external_id))
        if shown is None:
            self.fresh[key] = digest
        if known is not None:
            edits.append((item, known.pk, True))
            return None
        merged = self.get(item.own_key)
        if merged is not None:
            self.quirks["upr_row_per_state" if row.is_upr else "same_text_twice"] += 1
            if self.plan.write:
                self.writer.merge(item, merged)
            return self.tell(Outcome.DOUBTFUL if item.reasons else Outcome.NEW, item, pk=merged)
        pk, several = existing.match(item)
        if pk is not None:
            if several:
                item.reasons.append(("covers_several", ""))
            edits.append((item, pk, False))
            return None
        if several:
            item.reasons.append(("several_matches", ""))
        if (
            row.is_upr
            and row.paragraph
            and (self.get(item.paragraph_key) is not None or existing.paragraph_taken(item))
        ):
            item.reasons.append(("same_paragraph", row.paragraph))
        return self.add(item)

    def add(self, item: Resolved) -> None:
        row = item.row
        known_date = self.labels.document_dates.get(item.document_key)
        if known_date is not None and row.published_on is not None and known_date != row.published_on:
            self.quirks["several_dates"] += 1
        if self.plan.write:
            pk = self.writer.new(item)
        else:
            self.imagined -= 1
            pk = self.imagined
            self.labels.document_dates.setdefault(item.document_key, row.published_on)
        self.records += 1
        self.fresh[item.own_key] = pk
        if row.is_upr and row.paragraph:
            self.fresh[item.paragraph_key] = pk
        self.tell(Outcome.DOUBTFUL if item.reasons else Outcome.NEW, item, pk=pk if pk > 0 else None)

    def edit(self, edits: list[tuple[Resolved, int, bool]]) -> None:
        """Records that are there: changed by their own source (`True`), or filled by a row of another identifier."""
        pks = {pk for _item, pk, _own in edits}
        records = Recommendation.objects.prefetch_related(*TAG_NAMES).in_bulk(pks)
        sources: dict[int, dict[str, SourceRecord]] = {}
        for source in SourceRecord.objects.filter(recommendation_id__in=pks):
            sources.setdefault(source.recommendation_id, {})[source.external_id] = source
        for item, pk, own in edits:
            record = records[pk]
            kept = sources.setdefault(pk, {})
            theirs = payload_of(item, self.labels)
            if own:
                base = kept.get(item.key)
                others = [s.payload for key, s in kept.items() if key != item.key]
                change = merging.compare(record, theirs, base.payload if base else None, others)
            else:
                change = merging.fill(record, theirs)
            self.finish_edit(item, record, own, change, theirs, kept)
            if self.plan.write and change:
                records[pk] = Recommendation.objects.prefetch_related(*TAG_NAMES).get(pk=pk)

    def finish_edit(
        self,
        item: Resolved,
        record: Any,
        own: bool,
        change: merging.Change,
        theirs: dict[str, Any],
        kept: dict[str, SourceRecord],
    ) -> None:
        item.reasons.extend(("kept_ours", name) for name in change.kept)
        shown = self.describe(change)
        document = self.labels.documents.get(item.document_key)
        moved = own and document != record.document_id and record.external_id == item.key
        if moved:
            shown["document"] = [str(record.document), item.row.symbol or item.row.title]
        restore = None
        if self.plan.write:
            restore = self.write_edit(item, record, own, moved, change, theirs, kept)
        if change or moved:
            doubtful = any(code in ASSUMED for code, _detail in item.reasons)
            outcome = Outcome.DOUBTFUL if doubtful else Outcome.CHANGED
        elif change.kept:
            outcome = Outcome.DOUBTFUL
        else:
            outcome = Outcome.UNCHANGED
        self.tell(outcome, item, pk=record.pk, changes=shown, restore=restore)

    def write_edit(
        self,
        item: Resolved,
        record: Any,
        own: bool,
        moved: bool,
        change: merging.Change,
        theirs: dict[str, Any],
        kept: dict[str, SourceRecord],
    ) -> dict[str, Any]:
        former = kept.get(item.key)
        former_values = None
        if former is not None:
            former_values = {
                "external_id": former.external_id,
                "digest": former.digest,
                "payload": former.payload,
                "batch_id": former.batch_id,
            }
        restore: dict[str, Any] = {"fields": {}, "added": {}, "removed": {}, "version": record.version}
        former_digest = record.source_digest
        if own and record.external_id == item.key:
            record.source_digest = item.row.digest
        if change or moved:
            document = self.writer.document(item) if moved else None
            if moved and self.writer.documents:
                self.writer.flush()
            restore = merging.apply(record, change, document)
        elif record.source_digest != former_digest:
            with without_history(record):
                record.save(update_fields=["source_digest"])
        restore["source_digest"] = former_digest
        restore["source_record"] = former_values
        written, _new = SourceRecord.objects.update_or_create(
            external_id=item.key,
            defaults={
                "recommendation": record,
                "digest": item.row.digest,
                "payload": theirs,
                "batch_id": self.plan.batch_id,
            },
        )
        kept[item.key] = written
        self.writer.place(item, record.pk)
        return restore

    def describe(self, change: merging.Change) -> dict[str, list[Any]]:
        """Field → before and after, in words, for the preview."""
        out: dict[str, list[Any]] = {name: [before, after] for name, (before, after) in change.fields.items()}
        kinds = {"themes": "theme", "groups": "group", "sdgs": "sdg", "recommending_states": "state"}
        for name, kind in kinds.items():
            added, removed = (
                sorted(self.labels.names.get((kind, tag), str(tag)) for tag in tags.get(name, ()))
                for tags in (change.added, change.removed)
            )
            if added or removed:
                out[name] = ["; ".join(removed), "; ".join(added)]
        return out

    def get(self, key: int) -> int | None:
        found = self.fresh.get(key)
        return found if found is not None else self.shown.get(key)

    def tell(
        self,
        outcome: Outcome,
        item: Resolved | None,
        reasons: list[Any] | None = None,
        line: int = 0,
        text: str = "",
        **more: Any,
    ) -> None:
        """Count a row, and note those that a person should see."""
        self.outcomes[outcome.value] += 1
        if outcome == Outcome.UNCHANGED and not more.get("restore"):
            return
        if outcome == Outcome.NEW:
            if self.sampled >= SAMPLE_OF_NEW:
                return
            self.sampled += 1
        if item is not None:
            reasons, line, text = item.reasons, item.row.line, item.row.text
        if self.plan.batch_id:
            self.writer.note(line, outcome.value, reasons or [], item, text, **more)
