"""Addenda: a position for every recommendation that is named, with the State's words."""

from pathlib import Path

import docx
import pytest

from mutabaa.intake.documents.reading import read
from tests.intake.documents.addendum_texts import ENGLISH, EXPECTED, TEXTS
from tests.intake.documents.reading_texts import by_paragraph, read_text

HEAD = "A/HRC/25/9/Add.1\n\nReport of the Working Group on the Universal Periodic Review\n\nMurania\n\n"


@pytest.mark.parametrize("language", TEXTS)
def test_positions_by_number_range_and_heading(tmp_path: Path, language: str) -> None:
    extraction = read_text(tmp_path, HEAD + TEXTS[language])
    assert extraction.document.kind == "upr_addendum"
    assert {i.paragraph: (i.position, i.position_partial) for i in extraction.items} == EXPECTED


@pytest.mark.parametrize("language", TEXTS)
def test_the_words_that_follow_belong_to_the_position(tmp_path: Path, language: str) -> None:
    assert "1998" in by_paragraph(read_text(tmp_path, HEAD + TEXTS[language]))["86.7"].position_text


def test_every_way_of_answering(tmp_path: Path) -> None:
    items = by_paragraph(read_text(tmp_path, ENGLISH))
    assert [n for n, item in items.items() if item.position == "supported"] == [
        f"86.{n}" for n in (1, 3, 4, 5, 9, 2, 6, 13, 14, 15, 16)
    ]
    assert [n for n, item in items.items() if item.position == "noted"] == [f"86.{n}" for n in (7, 8, 10, 11, 12)]
    assert items["86.7"].position_text.endswith("Its abolition needs a referendum.")
    assert items["86.16"].position_text.endswith("The bill was tabled in May.")
    assert items["86.2"].position_partial
    assert items["86.16"].states == ("CHL",)


def test_a_table_of_answers(tmp_path: Path) -> None:
    document = docx.Document()
    for line in HEAD.split("\n\n"):
        document.add_paragraph(line)
    rows = [
        ("No.", "Recommendation", "Position", "Comments"),
        ("86.1", "Ratify the Optional Protocol (Chile)", "Accepted", "The bill is before Parliament."),
        ("86.2", "Abolish the death penalty (Spain)", "Noted", "A referendum would be needed."),
        ("86.3", "Adopt a law on shelters (Peru)", "Partially accepted", ""),
    ]
    table = document.add_table(rows=0, cols=4)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    items = by_paragraph(read(tmp_path / "a.docx"))
    assert [(n, i.position, i.position_partial, i.position_text) for n, i in items.items()] == [
        ("86.1", "supported", False, "The bill is before Parliament."),
        ("86.2", "noted", False, "A referendum would be needed."),
        ("86.3", "supported", True, "Partially accepted"),
    ]
    assert items["86.2"].text == "Abolish the death penalty"
    assert items["86.2"].states == ("ESP",)
