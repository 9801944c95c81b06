"""Writing new records in bulk: tuples in the order of the columns, one statement per table and chunk."""

import datetime as dt
import secrets
from itertools import repeat
from typing import Any

from django.db import models
from django.utils import timezone

from mutabaa.core import bulk
from mutabaa.intake.labels import Labels, document_kind
from mutabaa.intake.models import CreatedObject, ImportRow, ListRow, SourceRecord
from mutabaa.intake.resolving import TAG_NAMES, Resolved, payload_of
from mutabaa.intake.rows import SourceRow
from mutabaa.mechanisms.models import Document
from mutabaa.recommendations.models import PositionEntry, Recommendation
from mutabaa.recommendations.search import touched

FROM_ROW = [
    "id", "public_id", "created_at", "updated_at", "own", "state", "mechanism", "document", "paragraph", "kind", "text", "language", "folded",
    "text_key", "published_on", "year", "cycle", "session", "position", "position_partial", "visibility", "source", "external_id",
    "source_digest", "batch_id", "addressee", "follow_up", "due_on",
]  # fmt: skip


def constant_columns(model: type[models.Model], given: list[str]) -> tuple[list[str], tuple[Any, ...]]:
    """The other columns of a model and the default of each: so that a column added later is filled as Django would."""
    others = [f for f in model._meta.concrete_fields if f.name not in given and f.attname not in given]
    return [f.name for f in others], tuple(f.get_default() for f in others)


def label_of(row: SourceRow) -> str:
    """Document and paragraph, as the preview's lists show them."""
    return f"{row.symbol or row.title} {row.paragraph}".strip()


class Writer:
    """Gathers what one chunk adds, and writes it with `flush`. Everything happens in the caller's transaction."""

    def __init__(self, labels: Labels, *, batch_id: int, own_state: str, visibility: str, source: str) -> None:
        self.labels, self.batch_id, self.own_state, self.visibility, self.source = (
            labels,
            batch_id,
            own_state,
            visibility,
            source,
        )
        self.now = timezone.now()
        self.records: list[tuple[Any, ...]] = []
        self.tags: dict[str, list[tuple[int, Any]]] = {name: [] for name in TAG_NAMES}
        self.merged_tags: dict[str, set[tuple[int, Any]]] = {name: set() for name in TAG_NAMES}
        self.positions: list[tuple[Any, ...]] = []
        self.sources: list[tuple[Any, ...]] = []
        self.places: list[tuple[Any, ...]] = []
        self.rows: list[tuple[Any, ...]] = []
        self.documents: list[tuple[Any, ...]] = []
        self.created: list[tuple[Any, ...]] = []
        self.free_public_ids: list[str] = []
        self.free_ids: dict[type[models.Model], list[int]] = {}
        self.highest: dict[type[models.Model], int] = {}
        self.record_columns, self.record_constants = constant_columns(Recommendation, FROM_ROW)
        self.document_given = [
            "id",
            "created_at",
            "updated_at",
            "mechanism",
            "state",
            "symbol",
            "title_en",
            "kind",
            "published_on",
            "session",
            "cycle",
            "visibility",
        ]
        self.document_columns, self.document_constants = constant_columns(Document, self.document_given)

    def next_id(self, model: type[models.Model], reserve: int = 1000) -> int:
        free = self.free_ids.get(model)
        if not free:
            reserved = bulk.reserve_ids(model, reserve, self.highest.get(model, 0))
            self.highest[model] = reserved[-1]
            free = self.free_ids[model] = reserved[::-1]
        return free.pop()

    def public_id(self) -> str:
        """As the model's default: 12 characters for 9 random bytes, drawn for a thousand records at once."""
        if not self.free_public_ids:
            drawn = secrets.token_urlsafe(9 * 1000)
            self.free_public_ids = [drawn[start : start + 12] for start in range(0, len(drawn), 12)]
        return self.free_public_ids.pop()

    def document(self, item: Resolved) -> int:
        """The document's id; a new one is written with the chunk."""
        found = self.labels.documents.get(item.document_key)
        if found is not None:
            return found
        row, mechanism = item.row, self.labels.mechanism_rows.get(item.mechanism)
        pk = self.next_id(Document)
        visibility = "secretariat" if mechanism is not None and mechanism.confidential else "public"
        kind = row.document_kind or document_kind(mechanism, row.symbol)
        given = (
            pk,
            self.now,
            self.now,
            item.mechanism,
            item.state,
            row.symbol,
            row.title[:300],
            kind,
            row.published_on,
            row.session,
            row.cycle,
            visibility,
        )
        self.documents.append((*given, *self.document_constants))
        self.created.append((self.batch_id, "document", str(pk)))
        self.labels.documents[item.document_key] = pk
        self.labels.document_dates[item.document_key] = row.published_on
        return pk

    def new(self, item: Resolved) -> int:
        """A new record; its id is known at once."""
        row = item.row
        pk = self.next_id(Recommendation)
        own = item.state == self.own_state
        document = self.document(item)
        if self.labels.is_confidential(item.mechanism):
            visibility = "secretariat"
        else:
            visibility = self.visibility if own else "public"
        published: dt.date | None = row.published_on
        self.records.append(
            (
                pk, self.public_id(), self.now, self.now, own, item.state, item.mechanism, document, row.paragraph, row.kind, row.text,
                row.language, row.folded, row.text_key, published, published.year if published else None, row.cycle, row.session, row.position,
                row.partial, visibility, self.source, item.key, row.digest, self.batch_id, row.addressee, row.follow_up, row.due_on, *self.record_constants,
            )
        )  # fmt: skip
        for name, values in item.tags.items():
            self.tags[name].extend(zip(repeat(pk), values))
        if own:
            self.source_record(item, pk)
            if row.position:
                self.positions.append(
                    (pk, row.position, row.partial, row.position_note, document, published, self.now, None)
                )
        self.place(item, pk)
        return pk

    def merge(self, item: Resolved, pk: int) -> None:
        """A further row of a record that this import made: its tags and recommending States are added."""
        for name, values in item.tags.items():
            self.merged_tags[name].update((pk, value) for value in values)
        self.source_record(item, pk)
        self.place(item, pk)

    def source_record(self, item: Resolved, pk: int) -> None:
        self.sources.append((item.key, pk, item.row.digest, payload_of(item, self.labels), self.batch_id))

    def place(self, item: Resolved, pk: int) -> None:
        if item.row.places:
            self.places.extend((self.batch_id, table, row, pk) for table, row in item.row.places)

    def note(self, line: int, outcome: str, reasons: list[Any], item: Resolved | None, text: str, **more: Any) -> None:
        """A row for the preview's lists."""
        label = label_of(item.row) if item is not None else str(more.get("label", ""))
        values = (
            line,
            outcome,
            [list(r) for r in reasons],
            label[:200],
            text[:400],
            more.get("changes") or {},
            more.get("restore"),
            more.get("pk"),
        )
        self.rows.append((self.batch_id, *values))

    def flush(self, *, only_notes: bool = False) -> None:
        if self.rows and self.batch_id:
            columns = [
                "batch",
                "line",
                "outcome",
                "reasons",
                "label",
                "excerpt",
                "changes",
                "restore",
                "recommendation_id",
            ]
            bulk.insert(ImportRow, columns, self.rows)
        self.rows = []
        if only_notes:
            return
        if self.documents:
            bulk.insert(Document, [*self.document_given, *self.document_columns], self.documents)
        if self.records:
            bulk.insert(Recommendation, [*FROM_ROW, *self.record_columns], self.records)
        for name in TAG_NAMES:
            through: Any = getattr(Recommendation, name).through
            target = next(f.name for f in through._meta.concrete_fields if f.name not in {"id", "recommendation"})
            if self.tags[name]:
                bulk.insert(through, ["recommendation", target], self.tags[name])
            if self.merged_tags[name]:
                bulk.insert(through, ["recommendation", target], sorted(self.merged_tags[name]), skip_existing=True)
        if self.positions:
            columns = [
                "recommendation",
                "position",
                "partial",
                "text",
                "document",
                "stated_on",
                "recorded_at",
                "recorded_by",
            ]
            bulk.insert(PositionEntry, columns, self.positions)
        if self.sources:
            bulk.insert(SourceRecord, ["external_id", "recommendation", "digest", "payload", "batch_id"], self.sources)
        if self.places:
            bulk.insert(ListRow, ["batch", "table_index", "row_index", "recommendation"], self.places)
        touched(
            [
                *(record[0] for record in self.records),
                *(pk for links in self.merged_tags.values() for pk, _tag in links),
            ]
        )
        self.created.extend((self.batch_id, kind, key) for kind, key in self.labels.created_since())
        if self.created:
            bulk.insert(CreatedObject, ["batch", "kind", "key"], self.created)
        for gathered in (
            self.documents,
            self.records,
            self.positions,
            self.sources,
            self.places,
            self.created,
            *self.tags.values(),
        ):
            gathered.clear()  # type: ignore[attr-defined]
        for merged in self.merged_tags.values():
            merged.clear()
