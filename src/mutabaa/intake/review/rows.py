"""The accepted items of a reviewed document as rows, so that matching, preview and undo are those of every import."""

from collections import Counter
from collections.abc import Iterator

from mutabaa.intake.models import DocumentReading, ReadItem
from mutabaa.intake.rows import Draft, SourceRow
from mutabaa.intake.state_names import StateNames
from mutabaa.intake.states import Format, ItemState


def accepted(reading: DocumentReading) -> "list[ReadItem]":
    """In order. One query."""
    return list(reading.items.filter(state=ItemState.ACCEPTED))


def rows_of_document(reading: DocumentReading, _names: StateNames) -> Iterator[SourceRow]:
    """One row an item. A row is known by document, paragraph and type, so that the same document read again, with a word corrected,
    changes the record instead of doubling it."""
    body = reading.mechanism.code if reading.mechanism else ""
    seen: Counter[tuple[str, str]] = Counter()
    for line, item in enumerate(accepted(reading), start=1):
        place = (item.kind, item.paragraph or "·")
        seen[place] += 1
        draft = Draft(
            line=line,
            source=Format.DOCUMENT,
            body=body,
            states=[reading.state_id] if reading.state_id else [],
            symbol=reading.symbol,
            title=reading.title,
            kind=item.kind,
            text=item.text,
            language=reading.language,
            paragraph=item.paragraph,
            published_on=reading.published_on,
            session=reading.session,
            cycle=reading.cycle,
            position=item.position,
            partial=item.position_partial,
            position_note=item.position_text,
            recommending=list(item.recommending),
            addressee=item.addressee,
            follow_up=item.follow_up,
            due_on=item.due_on,
            document_kind=reading.kind,
            identity=(reading.state_id, body, reading.symbol or reading.title, *place, seen[place]),
        )
        yield draft.finish()
