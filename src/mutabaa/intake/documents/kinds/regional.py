"""Reports of regional bodies (GREVIO, ECRI, CPT, the African Commission …): the paragraphs that recommend, urge, invite or ask."""

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.kinds.concluding import items_of
from mutabaa.intake.documents.numbered import numbered_paragraphs


def read(blocks: list[Block]) -> list[Item]:
    out: list[Item] = []
    for paragraph in numbered_paragraphs(blocks):
        if paragraph.number:
            out.extend(i for i in items_of(paragraph, "", "") if i.type != "positive_aspect")
    return out
