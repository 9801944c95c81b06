"""From a file to what stands in it, in this process. Files from outside go through `apart.read_apart`, which holds limits."""

from pathlib import Path

from mutabaa.intake.documents.assembly import blocks_of_pages
from mutabaa.intake.documents.items import Block, DocumentFacts, Extraction, Notice
from mutabaa.intake.documents.kinds import upr


def pdf_blocks(path: Path) -> tuple[list[Block], list[str], list[Notice]]:
    from mutabaa.intake.documents.pdf import read_pages

    pages, notices = read_pages(path)
    blocks, furniture = blocks_of_pages(pages)
    return blocks, furniture, notices


def read(path: Path, name: str = "") -> Extraction:
    blocks, _furniture, notices = pdf_blocks(path)
    return Extraction(DocumentFacts(), tuple(blocks), tuple(upr.read(blocks)), tuple(notices))
