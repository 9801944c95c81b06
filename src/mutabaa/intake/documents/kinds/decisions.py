"""Decisions of the Committee of Ministers on the execution of judgments, and decisions and resolutions of other bodies: their numbered points."""

from dataclasses import replace

from mutabaa.intake.documents.dates import dates_in
from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.numbered import numbered_paragraphs
from mutabaa.intake.documents.phrases import INFORMATION
from mutabaa.intake.documents.plain_words import plain


def read(blocks: list[Block]) -> list[Item]:
    """A point that asks for information by a date carries the date."""
    out: list[Item] = []
    for paragraph in numbered_paragraphs(blocks):
        if not paragraph.number:
            continue
        text = paragraph.text.strip().rstrip(" ;；")
        item = Item(
            paragraph.number, "decision", text, heading=paragraph.heading, notes=tuple(paragraph.notes), first=paragraph.parts[0].first, last=paragraph.parts[-1].last
        )  # fmt: skip
        dates = dates_in(text) if INFORMATION.search(plain(text)) else []
        out.append(replace(item, due_on=dates[-1]) if dates else item)
    return out
