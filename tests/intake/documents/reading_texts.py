"""A text as a file of each format, read."""

from pathlib import Path

from mutabaa.intake.documents.items import Extraction, Item
from mutabaa.intake.documents.reading import read


def read_text(folder: Path, text: str, name: str = "document.txt") -> Extraction:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def by_paragraph(extraction: Extraction) -> dict[str, Item]:
    return {item.paragraph: item for item in extraction.items}
