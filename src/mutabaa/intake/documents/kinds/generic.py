"""Any other document: every numbered paragraph is an item, with what belongs to it. Nothing is lost, nothing is claimed."""

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.numbered import numbered_paragraphs


def read(blocks: list[Block]) -> list[Item]:
    out = []
    for paragraph in numbered_paragraphs(blocks):
        if not paragraph.number:
            continue
        first, last = paragraph.parts[0].first, paragraph.parts[-1].last
        out.append(
            Item(paragraph.number, "paragraph", paragraph.text, heading=paragraph.heading, notes=tuple(paragraph.notes), confidence=0.8, first=first, last=last)
        )  # fmt: skip
    return out
