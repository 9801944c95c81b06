"""Lists of issues, visits, judgments, decisions, pledges, and any other document."""

import datetime as dt
from pathlib import Path

import pytest

from tests.intake.documents import other_texts as texts
from tests.intake.documents.reading_texts import read_text


def found(folder: Path, text: str) -> list[tuple[str, str]]:
    return [(item.paragraph, item.type) for item in read_text(folder, text).items]


def test_questions(tmp_path: Path) -> None:
    assert found(tmp_path, texts.LIST_OF_ISSUES) == [(n, "question") for n in ("1", "2 (a)", "2 (b)", "3")]
    facts = read_text(tmp_path, texts.LIST_OF_ISSUES).document
    assert (facts.kind, facts.body) == ("list_of_issues_prior_to_reporting", "CCPR")


def test_a_visit_and_to_whom_it_speaks(tmp_path: Path) -> None:
    extraction = read_text(tmp_path, texts.VISIT)
    assert [(i.paragraph, i.type, i.addressee) for i in extraction.items] == [
        ("4 (a)", "recommendation", ""),
        ("4 (b)", "recommendation", ""),
        ("5", "recommendation", "international community"),
        ("6", "recommendation", "United Nations"),
        ("7", "recommendation", ""),
    ]
    assert (extraction.document.body, extraction.document.kind) == ("SR-HOUSING", "visit_report")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (texts.JUDGMENT_ES, "decision decision reparation reparation reparation information decision"),
        (texts.JUDGMENT_EN, "decision decision reparation reparation information decision"),
    ],
)
def test_operative_paragraphs(tmp_path: Path, text: str, expected: str) -> None:
    names = {"reparation": "measure_of_reparation", "information": "request_for_information"}
    extraction = read_text(tmp_path, text)
    assert [i.type for i in extraction.items] == [names.get(n, n) for n in expected.split()]
    assert [i.paragraph for i in extraction.items] == [str(n) for n in range(1, len(expected.split()) + 1)]
    assert (extraction.document.body, extraction.document.kind) == ("IACTHR", "judgment")
    assert extraction.document.date == dt.date(2020, 11, 24)


def test_the_committee_of_ministers(tmp_path: Path) -> None:
    extraction = read_text(tmp_path, texts.COMMITTEE_OF_MINISTERS)
    assert [(i.paragraph, i.type) for i in extraction.items] == [(n, "decision") for n in "1234"]
    assert extraction.items[3].due_on == dt.date(2023, 6, 30)
    assert extraction.document.body == "COE-CM"


def test_pledges(tmp_path: Path) -> None:
    assert found(tmp_path, texts.PLEDGES) == [("1", "pledge"), ("2 (a)", "pledge"), ("2 (b)", "pledge")]


def test_any_other_document_gives_its_numbered_paragraphs(tmp_path: Path) -> None:
    text = "Annual report of the Ombudsman\n\nI. Introduction\n\n1. The year was long.\n\nIt was also wet.\n\n2. In article\n15. the law says so.\n\nII. End\n\n3. Nothing else."
    extraction = read_text(tmp_path, text)
    assert [(i.paragraph, i.type, i.heading[-1]) for i in extraction.items] == [
        ("1", "paragraph", "Introduction"),
        ("2", "paragraph", "Introduction"),
        ("3", "paragraph", "End"),
    ]
    assert extraction.items[0].text == "The year was long. It was also wet."
