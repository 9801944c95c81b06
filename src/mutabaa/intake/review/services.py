"""The verbs of a review: keep what was read, correct it, decide on it, hand it to the import. Only the secretariat reviews."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.core.installation import current
from mutabaa.intake.documents.items import Extraction, Item
from mutabaa.intake.models import DocumentReading, ImportBatch, ReadItem
from mutabaa.intake.services import require_importer
from mutabaa.intake.states import BatchState, Format, ItemState, Purpose
from mutabaa.jobs.services import enqueue
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.recommendations.states import Kind, Position
from mutabaa.taxonomy.models import State

OPEN = {BatchState.REVIEW, BatchState.PREVIEWED}
FACTS = (
    "purpose", "mechanism", "state", "symbol", "title", "kind", "language", "published_on", "session", "cycle", "follow_up_due", "next_report_due",
)  # fmt: skip
FIELDS = (
    "paragraph", "kind", "text", "recommending", "position", "position_partial", "position_text", "addressee", "follow_up", "due_on",
)  # fmt: skip
READ = "mutabaa.intake.jobs.read_file"


@transaction.atomic
def keep_reading(batch: ImportBatch, found: Extraction) -> DocumentReading:
    """Store what the reader found, for a person to review. A second run, after a killed worker, begins anew."""
    DocumentReading.objects.filter(batch=batch).delete()
    facts = found.document
    scope = str(batch.options.get("state", ""))
    reading = DocumentReading(
        batch=batch,
        mechanism=Mechanism.objects.filter(code=facts.body).first() if facts.body else None,
        state=State.objects.filter(code=facts.state or (scope if scope != "*" else "")).first(),
        symbol=facts.symbol[:120],
        title=facts.title[:300],
        kind=facts.kind if facts.kind in Document.Kind.values else Document.Kind.OTHER,
        language=facts.language if facts.language in dict(LANGUAGES) else "",
        published_on=facts.date,
        session=facts.session[:60],
        cycle=facts.cycle,
        follow_up_due=facts.follow_up_due,
        next_report_due=facts.next_report_due,
        blocks=[[b.kind, b.text, b.number, b.level, b.page] for b in found.blocks],
        notices=[[n.code, n.detail] for n in found.notices],
    )
    reading.purpose = purpose_of(reading)
    reading.save()
    ReadItem.objects.bulk_create(
        [item_row(reading, order, item) for order, item in enumerate(found.items, start=1)], batch_size=500
    )
    return reading


def item_row(reading: DocumentReading, order: int, item: Item) -> ReadItem:
    kind = item.type if item.type in Kind.values else Kind.RECOMMENDATION
    reasons = list(item.reasons)
    if kind != item.type and "type_assumed" not in reasons:
        reasons.append("type_assumed")
    paragraph = item.paragraph[:40]
    return ReadItem(
        reading=reading,
        order=order,
        paragraph=paragraph,
        kind=kind,
        text=item.text,
        heading=list(item.heading),
        recommending=list(item.states),
        position=item.position if item.position in Position.values else "",
        position_partial=item.position_partial,
        position_text=item.position_text,
        addressee=item.addressee[:200],
        follow_up=item.follow_up,
        due_on=item.due_on,
        notes=list(item.notes),
        confidence=item.confidence,
        reasons=reasons,
        first=item.first,
        last=item.last,
        as_read={"paragraph": paragraph, "kind": kind, "text": item.text},
    )


def same_document(reading: DocumentReading) -> Any:
    """The records that are here from the document itself, in whatever language it was read first."""
    if not (reading.symbol and reading.state_id):
        return Recommendation.objects.none()
    return Recommendation.objects.filter(state_id=reading.state_id, document__symbol=reading.symbol, withdrawn=False)


def same_review(reading: DocumentReading) -> Any:
    """The UPR recommendations that an addendum speaks of: of its State, and of its session or cycle where it says one."""
    rows = Recommendation.objects.filter(state_id=reading.state_id, mechanism__family="upr", withdrawn=False)
    reviewed = reading.symbol.split("/Add.")[0]
    if reading.symbol != reviewed and rows.filter(document__symbol=reviewed).exists():
        return rows.filter(document__symbol=reviewed)
    return rows.filter(cycle=reading.cycle) if reading.cycle else rows


def purpose_of(reading: DocumentReading) -> str:
    """Positions of an addendum go to the recommendations; the same document in another language becomes translations."""
    if reading.kind == Document.Kind.UPR_ADDENDUM:
        return Purpose.POSITIONS
    here = same_document(reading)
    if reading.language and here.exists() and not here.filter(language=reading.language).exists():
        return Purpose.TRANSLATION
    return Purpose.RECORDS


def open_reading(by: Any, reading: DocumentReading) -> DocumentReading:
    """The reading, locked, while it may be changed."""
    require_importer(by)
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=reading.batch_id)
    if batch.state not in OPEN or batch.format != Format.DOCUMENT:
        raise Invalid(_("This document was imported or put away already; its review is closed."))
    if batch.state == BatchState.PREVIEWED:  # what was previewed is not what would be imported any more
        batch.state = BatchState.REVIEW
        batch.save(update_fields=["state", "updated_at"])
        batch.rows.all().delete()
    return DocumentReading.objects.select_for_update(no_key=True).get(pk=reading.pk)


def changed_by_others(row: Any, version: int | None, mine: dict[str, Any]) -> None:
    if version is not None and row.version != version:
        raise Conflict(_("Somebody else changed this since you opened the form."), current=row, mine=mine)


@transaction.atomic
def edit_facts(by: Any, reading: DocumentReading, version: int | None, **fields: Any) -> DocumentReading:
    """Correct what the document says of itself. Raises `Conflict`."""
    row = open_reading(by, reading)
    changed_by_others(row, version, fields)
    for name in FACTS:
        if name in fields:
            setattr(row, name, fields[name])
    row.version += 1
    row.save()
    audit(by, "document.facts", row.batch, symbol=row.symbol)
    return row


def locked_item(by: Any, item: ReadItem, version: int | None, mine: dict[str, Any] | None = None) -> ReadItem:
    open_reading(by, item.reading)
    row = ReadItem.objects.select_for_update(no_key=True).select_related("reading__batch").get(pk=item.pk)
    changed_by_others(row, version, mine or {})
    return row


@transaction.atomic
def edit_item(by: Any, item: ReadItem, version: int | None, **fields: Any) -> ReadItem:
    """Correct an item; a person who corrects it has seen it, so that it is accepted. Raises `Conflict`."""
    row = locked_item(by, item, version, fields)
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    if not row.text.strip():
        raise Invalid(_("The text is missing."), field="text")
    row.state, row.decided_by, row.reasons = ItemState.ACCEPTED, by, []
    row.version += 1
    row.save()
    audit(by, "document.item", row.reading.batch, paragraph=row.paragraph)
    return row


@transaction.atomic
def decide(by: Any, reading: DocumentReading, pks: Iterable[int] | None, state: str) -> int:
    """Accept items, leave them out, or put them back. `pks` None: all that nobody has decided on. Returns how many changed."""
    if state not in ItemState.values:
        raise Invalid(_("There is no such decision."))
    row = open_reading(by, reading)
    items = row.items.exclude(state=state)
    items = items.filter(state=ItemState.PROPOSED) if pks is None else items.filter(pk__in=list(pks))
    changed = items.update(state=state, decided_by=by)
    if changed:
        audit(by, "document.decided", row.batch, items=changed, state=state)
    return changed


@transaction.atomic
def split(by: Any, item: ReadItem, version: int | None, texts: Sequence[str]) -> list[ReadItem]:
    """Make several items of one: the first keeps the row, the others follow it and count on (12 → 12 (b), 12 (c))."""
    row = locked_item(by, item, version)
    parts = [text.strip() for text in texts if text.strip()]
    if len(parts) < 2:
        raise Invalid(_("Put an empty line where the item is to be divided."), field="text")
    after = row.reading.items.filter(order__gt=row.order).aggregate(n=Min("order"))["n"]
    step = ((after if after is not None else row.order + 1) - row.order) / len(parts)
    values = {name: getattr(row, name) for name in FIELDS if name not in {"text", "paragraph"}}
    whole, start = row.paragraph, row.order
    made = []
    for n, text in enumerate(parts):
        paragraph = f"{whole} ({chr(97 + n)})"[:40] if whole and len(parts) <= 26 and "(" not in whole else whole
        if n == 0:
            row.text, row.paragraph = text, paragraph
            row.state, row.decided_by = ItemState.ACCEPTED, by
            row.version += 1
            row.save()
            made.append(row)
            continue
        made.append(
            ReadItem.objects.create(
                reading=row.reading, order=start + step * n, paragraph=paragraph, text=text, heading=row.heading, notes=[],
                first=row.first, last=row.last, state=ItemState.ACCEPTED, decided_by=by, **values,
            )
        )  # fmt: skip
    audit(by, "document.split", row.reading.batch, paragraph=whole, parts=len(parts))
    return made


@transaction.atomic
def merge_with_next(by: Any, item: ReadItem, version: int | None) -> ReadItem:
    """Put the following item's text behind this one's. The follower is left out, not deleted: it can be taken back."""
    row = locked_item(by, item, version)
    following = row.reading.items.filter(order__gt=row.order).exclude(state=ItemState.LEFT_OUT).first()
    if following is None:
        raise Invalid(_("No item follows this one."))
    row.text = f"{row.text.rstrip()}\n{following.text.lstrip()}"
    row.last = max(row.last, following.last)
    row.recommending = list(dict.fromkeys([*row.recommending, *following.recommending]))
    row.follow_up = row.follow_up or following.follow_up
    row.version += 1
    row.save()
    following.state, following.decided_by = ItemState.LEFT_OUT, by
    following.version += 1
    following.save()
    audit(by, "document.merged", row.reading.batch, paragraph=row.paragraph, following=following.paragraph)
    return row


@transaction.atomic
def add_item(by: Any, reading: DocumentReading, **fields: Any) -> ReadItem:
    """An item that the reader missed, at the end of the list or behind its paragraph's place."""
    row = open_reading(by, reading)
    if not str(fields.get("text", "")).strip():
        raise Invalid(_("The text is missing."), field="text")
    last = row.items.aggregate(n=Max("order"))["n"] or 0
    item = ReadItem(reading=row, order=last + 1, state=ItemState.ACCEPTED, decided_by=by)
    for name in FIELDS:
        if name in fields:
            setattr(item, name, fields[name])
    item.save()
    audit(by, "document.item_added", row.batch, paragraph=item.paragraph)
    return item


def missing(reading: DocumentReading) -> dict[str, str]:
    """What must be known before an import: field → what to do."""
    found: dict[str, str] = {}
    if reading.state_id is None:
        found["state"] = _("Say which State the document concerns.")
    if reading.mechanism_id is None:
        found["mechanism"] = _("Say which mechanism made the document.")
    if not (reading.symbol or reading.title):
        found["symbol"] = _("Give the symbol of the document, or its title.")
    if not reading.language:
        found["language"] = _("Say in which language the document is.")
    return found


@transaction.atomic
def finish(by: Any, reading: DocumentReading) -> ImportBatch:
    """Hand the accepted items to the import, which previews them: nothing is written to the records yet."""
    row = open_reading(by, reading)
    lacking = missing(row)
    if lacking:
        name, sentence = next(iter(lacking.items()))
        raise Invalid(sentence, field=name)
    if not row.items.filter(state=ItemState.ACCEPTED).exists():
        raise Invalid(_("Accept at least one item first."))
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=row.batch_id)
    own = current().state_id
    batch.options = {**batch.options, "state": row.state_id or own, "reviewed": True}
    batch.state, batch.progress, batch.message = BatchState.WAITING, 0, ""
    batch.save(update_fields=["state", "progress", "message", "options", "updated_at"])
    audit(by, "document.reviewed", batch, items=row.items.filter(state=ItemState.ACCEPTED).count())
    enqueue(READ, batch.pk)
    return batch


def due_dates(reading: DocumentReading) -> list[tuple[str, dt.date]]:
    """Dates that the document sets, under their names."""
    named = [(_("follow-up information due"), reading.follow_up_due), (_("next report due"), reading.next_report_due)]
    return [(name, date) for name, date in named if date]
