"""A document that adds to records that are here: its translation, or an addendum with the State's positions.

Each accepted item is matched by its paragraph. What is added stands on the import's rows, so that an undo takes it back.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.intake.models import CreatedObject, DocumentReading, ImportBatch, ImportRow, ReadItem
from mutabaa.intake.review.rows import accepted
from mutabaa.intake.review.services import same_document, same_review
from mutabaa.intake.services import COUNTED, require_importer
from mutabaa.intake.states import BatchState, Format, Outcome, Purpose
from mutabaa.mechanisms.models import Document
from mutabaa.recommendations import services as recommending
from mutabaa.recommendations.models import PositionEntry, Recommendation, Translation

Told = tuple[str, list[tuple[str, str]], Recommendation | None]


def attaches(batch: ImportBatch) -> bool:
    if batch.format != Format.DOCUMENT:
        return False
    reading = getattr(batch, "reading", None)
    return reading is not None and reading.purpose != Purpose.RECORDS


def run(batch: ImportBatch, by: Any, *, write: bool) -> dict[str, Any]:
    """Preview (`write` False) or write, in the caller's transaction. Returns the counts. A few queries per item that changes."""
    reading = batch.reading
    translating = reading.purpose == Purpose.TRANSLATION
    rows = same_document(reading) if translating else same_review(reading)
    by_paragraph: dict[tuple[str, str], list[Recommendation]] = {}
    for row in rows.select_related("document").order_by("pk"):
        by_paragraph.setdefault((key_of(row.paragraph), row.kind if translating else ""), []).append(row)
        if translating:
            by_paragraph.setdefault((key_of(row.paragraph), ""), []).append(row)
    counts: dict[str, Any] = {
        "rows": 0,
        **dict.fromkeys(Outcome.values, 0),
        "records": 0,
        "passed_over": 0,
        "quirks": {},
    }
    write_one: Callable[..., Any] = write_translation if translating else write_position
    judge_one = judge_translation if translating else judge_position
    notes = []
    for line, item in enumerate(accepted(reading), start=1):
        counts["rows"] += 1
        found = by_paragraph.get((key_of(item.paragraph), item.kind if translating else "")) or by_paragraph.get(
            (key_of(item.paragraph), "")
        )
        record = found[0] if item.paragraph and found else None
        outcome, reasons, restore = Outcome.REFUSED, [("no_such_record", item.paragraph)], None
        if record is not None:
            outcome, reasons = judge_one(reading, item, record)
            if write and outcome == Outcome.CHANGED:
                restore = write_one(by, reading, item, record)
        counts[outcome.value] += 1
        if outcome != Outcome.UNCHANGED:
            notes.append(note(batch, line, outcome, reasons, item, record, restore))
    ImportRow.objects.bulk_create(notes, batch_size=500)
    return counts


def preview(batch: ImportBatch) -> dict[str, Any]:
    """What would be added. Changes nothing but the preview's rows."""
    started = time.monotonic()
    batch.rows.all().delete()
    counts = run(batch, None, write=False)
    counts["seconds"] = round(time.monotonic() - started, 3)
    return counts


@transaction.atomic
def apply(batch: ImportBatch, by: Any) -> dict[str, Any]:
    """Add it all, or nothing. Applying what is applied already changes nothing."""
    require_importer(by)
    started = time.monotonic()
    fresh = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if fresh.state == BatchState.APPLIED:
        return fresh.counts
    fresh.rows.all().delete()
    counts = run(fresh, by, write=True)
    counts["seconds"] = round(time.monotonic() - started, 3)
    fresh.counts, fresh.state, fresh.progress, fresh.applied_at = counts, BatchState.APPLIED, 100, timezone.now()
    fresh.message = ""
    fresh.save()
    audit(by, "import.applied", fresh, file=fresh.file_name, **{name: counts[name] for name in COUNTED})
    return counts


def key_of(paragraph: str) -> str:
    """ "12(a)", "12 (a)" and "12. (a)" are one place."""
    return "".join(c for c in paragraph.lower() if c.isalnum() or c == ".").strip(".")


def note(
    batch: ImportBatch, line: int, outcome: Outcome, reasons: list[tuple[str, str]], item: ReadItem, record: Any, restore: Any
) -> ImportRow:  # fmt: skip
    reading = batch.reading
    if reading.purpose == Purpose.TRANSLATION:
        changes = {"translation": ["", item.text]}
    else:
        said = " – ".join(filter(None, (str(item.get_position_display()) if item.position else "", item.position_text)))  # type: ignore[attr-defined]
        before = str(record.get_position_display()) if record is not None and record.position else ""
        changes = {"position": [before, said]}
    return ImportRow(
        batch=batch, line=line, outcome=outcome, reasons=[list(r) for r in reasons],
        label=f"{record.document.symbol if record else reading.symbol} {item.paragraph}".strip()[:200],
        excerpt=(record.text if record is not None else item.text)[:400], changes=changes, restore=restore,
        recommendation_id=record.pk if record is not None else None,
    )  # fmt: skip


def judge_translation(reading: DocumentReading, item: ReadItem, record: Recommendation) -> tuple[Outcome, list[Any]]:
    if record.language == reading.language:
        return Outcome.REFUSED, [("same_language", item.paragraph)]
    held = Translation.objects.filter(recommendation=record, language=reading.language).first()
    if held is not None and held.official and held.text == item.text:
        return Outcome.UNCHANGED, []
    return Outcome.CHANGED, []


def write_translation(by: Any, reading: DocumentReading, item: ReadItem, record: Recommendation) -> dict[str, Any]:
    held = Translation.objects.filter(recommendation=record, language=reading.language).first()
    before = None if held is None else {"text": held.text, "official": held.official}
    written = recommending.set_translation(by, record, language=reading.language, text=item.text, official=True)
    return {"kind": "translation", "pk": written.pk, "version": written.version, "before": before}


def judge_position(_reading: DocumentReading, item: ReadItem, record: Recommendation) -> tuple[Outcome, list[Any]]:
    if not item.position:
        return Outcome.REFUSED, [("no_position", item.paragraph)]
    latest = record.positions.order_by("-stated_on", "-recorded_at", "-id").first()
    same = (record.position, record.position_partial) == (item.position, item.position_partial)
    if same and latest is not None and latest.text == item.position_text:
        return Outcome.UNCHANGED, []
    return Outcome.CHANGED, []


def write_position(by: Any, reading: DocumentReading, item: ReadItem, record: Recommendation) -> dict[str, Any]:
    before = [record.position, record.position_partial]
    document = None
    if reading.mechanism and reading.state and (reading.symbol or reading.title):
        document = recommending.find_or_create_document(
            reading.mechanism, reading.state, reading.symbol, reading.published_on, title_en=reading.title, kind=Document.Kind.UPR_ADDENDUM
        )  # fmt: skip
        if document.created_at >= reading.batch.updated_at:  # made here: an undo removes it where nothing else uses it
            CreatedObject.objects.get_or_create(batch=reading.batch, kind="document", key=str(document.pk))
    entry = recommending.state_position(
        by, record, position=item.position, partial=item.position_partial, text=item.position_text, document=document,
        stated_on=reading.published_on,
    )  # fmt: skip
    record.refresh_from_db(fields=["version"])
    return {"kind": "position", "pk": entry.pk, "version": record.version, "before": before}


def changed_since(batch: ImportBatch) -> int:
    """How many of the added translations and positions people changed afterwards."""
    changed = 0
    for row in batch.rows.exclude(restore=None):
        restore = row.restore or {}
        if restore["kind"] == "translation":
            held = Translation.objects.filter(pk=restore["pk"]).first()
            changed += held is not None and held.version != restore["version"]
        else:
            version = (
                Recommendation.objects.filter(pk=row.recommendation_id or 0).values_list("version", flat=True).first()
            )
            changed += version is not None and version != restore["version"]
    return changed


def put_back(batch: ImportBatch, by: Any) -> int:
    """Take the additions away again. Returns how many. Refuses where people built on them."""
    if changed_since(batch):
        raise Invalid(_("This import cannot be undone any more, because what it added was changed since."))
    count = 0
    for row in batch.rows.exclude(restore=None).order_by("-pk"):
        restore = row.restore or {}
        if restore["kind"] == "translation":
            take_translation_back(by, restore)
        else:
            take_position_back(row.recommendation_id or 0, restore)
        count += 1
    return count


def take_translation_back(by: Any, restore: dict[str, Any]) -> None:
    held = Translation.objects.select_related("recommendation").filter(pk=restore["pk"]).first()
    if held is None:
        return
    before = restore["before"]
    if before is None:
        held.delete()
        return
    recommending.set_translation(
        by, held.recommendation, language=held.language, text=before["text"], official=before["official"]
    )


def take_position_back(pk: int, restore: dict[str, Any]) -> None:
    PositionEntry.objects.filter(pk=restore["pk"]).delete()
    record = Recommendation.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if record is None:
        return
    record.position, record.position_partial = restore["before"]
    record.version += 1
    record.save()
