"""Concluding observations: what is praised, what worries, what is recommended, what is asked – in six languages and in older layouts."""

import datetime as dt
from pathlib import Path

import pytest

from tests.intake.documents import concluding_texts
from tests.intake.documents.concluding_texts import EXPECTED, FOLLOWED_UP, TEXTS
from tests.intake.documents.reading_texts import by_paragraph, read_text

languages = pytest.mark.parametrize("language", TEXTS)


@languages
def test_every_item_has_its_number_and_type(tmp_path: Path, language: str) -> None:
    extraction = read_text(tmp_path, TEXTS[language])
    assert [(item.paragraph, item.type) for item in extraction.items] == EXPECTED
    assert {item.language for item in extraction.items} == {language}


@languages
def test_the_document_says_what_it_is(tmp_path: Path, language: str) -> None:
    facts = read_text(tmp_path, TEXTS[language]).document
    assert (facts.symbol, facts.body, facts.treaty, facts.state) == ("CEDAW/C/XMU/CO/5", "CEDAW", "CEDAW", "XMU")
    assert (facts.kind, facts.language, facts.date) == ("concluding_observations", language, dt.date(2023, 3, 14))
    assert facts.title in TEXTS[language]
    assert facts.title


@languages
def test_follow_up_and_the_next_report_come_from_the_text(tmp_path: Path, language: str) -> None:
    extraction = read_text(tmp_path, TEXTS[language])
    assert {item.paragraph for item in extraction.items if item.follow_up} == FOLLOWED_UP
    assert extraction.document.follow_up_due == dt.date(2025, 3, 14)
    assert extraction.document.next_report_due == dt.date(2027, 2, 28)
    assert {item.due_on for item in extraction.items if item.follow_up} == {dt.date(2025, 3, 14)}


@languages
def test_a_point_stands_by_itself_and_keeps_what_is_below_it(tmp_path: Path, language: str) -> None:
    point = by_paragraph(read_text(tmp_path, TEXTS[language]))["8 (b)"]
    assert "35" in point.text  # the words before the points
    assert "140" in point.text
    assert point.text.count("\n") == 0
    assert len(point.text) > 90 or language == "zh"


@languages
def test_every_item_names_the_blocks_it_comes_from(tmp_path: Path, language: str) -> None:
    extraction = read_text(tmp_path, TEXTS[language])
    for item in extraction.items:
        blocks = extraction.blocks[item.first : item.last + 1]
        assert any(block.text[:5] in item.text or item.text[:5] in block.text for block in blocks)


HUMAN_RIGHTS_COMMITTEE = """\
CCPR/C/XMU/CO/4
Human Rights Committee
Concluding observations on the fourth periodic report of Murania*
1. The Committee considered the report at its 3700th meeting.
B. Positive aspects
2. The Committee welcomes the following legislative measures:
(a) The Civil Code, in 2019.
C. Principal matters of concern and recommendations
Death penalty
3. The Committee is concerned that persons remain on death row (arts. 6 and 7).
4. The State party should:
(a) Commute all death sentences;
(b) Consider acceding to the Second Optional Protocol.
Torture
5. The Committee is concerned about reports of torture in police stations (art. 7).

The State party should establish an independent mechanism to investigate complaints.
D. Dissemination and follow-up
6. In accordance with rule 75, paragraph 1, of the Committee's rules of procedure, the State party is requested to provide, by 28 July 2026, information on the implementation of the recommendations made by the Committee in paragraphs 4 (death penalty) and 5 (torture) above.
7. In line with the predictable review cycle, the State party will receive in 2029 the list of issues and will be expected to submit within one year its replies, which will constitute its fifth periodic report.
"""


def test_the_human_rights_committee_recommends_without_a_number(tmp_path: Path) -> None:
    extraction = read_text(tmp_path, HUMAN_RIGHTS_COMMITTEE)
    found = [(item.paragraph, item.type) for item in extraction.items][:6]
    assert found == [
        ("2 (a)", "positive_aspect"),
        ("3", "concern"),
        ("4 (a)", "recommendation"),
        ("4 (b)", "recommendation"),
        ("5", "concern"),
        ("5", "recommendation"),
    ]
    chosen = {(item.paragraph, item.type) for item in extraction.items if item.follow_up}
    assert chosen == {("4 (a)", "recommendation"), ("4 (b)", "recommendation"), ("5", "recommendation")}
    assert extraction.document.follow_up_due == dt.date(2026, 7, 28)


OLD = """\
CRC/C/15/Add.999
Committee on the Rights of the Child
Concluding observations: Murania
1. The Committee considered the initial report of Murania.
A. Introduction
2. The Committee welcomes the submission of the report.
B. Positive aspects
3. The Committee notes with appreciation the adoption of the Children Act.
C. Factors and difficulties impeding the implementation of the Convention
4. The Committee notes the effects of the earthquake.
D. Principal subjects of concern
5. The Committee is concerned at the low age of criminal responsibility.
6. The Committee regrets the absence of data.
E. Suggestions and recommendations
7. The Committee suggests that the State party raise the age of criminal responsibility.
8. In the light of article 44, paragraph 6, of the Convention, the Committee recommends that the report be made widely available.
"""


def test_older_layouts_have_their_suggestions_at_the_end(tmp_path: Path) -> None:
    extraction = read_text(tmp_path, OLD)
    assert [(item.paragraph, item.type) for item in extraction.items] == [
        ("3", "positive_aspect"),
        ("5", "concern"),
        ("6", "concern"),
        ("7", "recommendation"),
        ("8", "recommendation"),
    ]
    assert extraction.document.body == "CRC"
    assert not any(item.follow_up for item in extraction.items)


R, C, P, Q = "recommendation", "concern", "positive_aspect", "request_for_information"


@pytest.mark.parametrize(
    ("text", "expected", "chosen", "due", "next_report"),
    [
        (
            concluding_texts.ECONOMIC_RIGHTS,
            [
                ("3", P),
                ("4", C),
                ("5", R),
                ("6 (a)", C),
                ("6 (b)", C),
                ("7 (a)", R),
                ("7 (b)", R),
                ("8", R),
                ("9", R),
                ("10", Q),
                ("11", Q),
            ],
            {"5", "7 (a)"},
            dt.date(2022, 3, 6),
            dt.date(2025, 3, 31),
        ),
        (
            concluding_texts.TORTURE_FR,
            [("3", P), ("4", C), ("5 (a)", R), ("5 (b)", R), ("6", C), ("6", R), ("7", Q), ("8", Q)],
            {"5 (a)", "6"},
            dt.date(2024, 12, 3),
            dt.date(2027, 12, 3),
        ),
        (
            concluding_texts.CIVIL_RIGHTS_ES,
            [("2 (a)", P), ("2 (b)", P), ("3", C), ("4 (a)", R), ("4 (b)", R), ("5", C), ("6", R), ("7", Q)],
            {"4 (a)", "4 (b)", "6"},
            dt.date(2026, 7, 28),
            None,
        ),
    ],
)
def test_layouts_of_other_committees(
    tmp_path: Path,
    text: str,
    expected: list[tuple[str, str]],
    chosen: set[str],
    due: dt.date,
    next_report: dt.date | None,
) -> None:
    extraction = read_text(tmp_path, text)
    assert [(item.paragraph, item.type) for item in extraction.items] == expected
    assert {item.paragraph for item in extraction.items if item.follow_up} == chosen
    assert (extraction.document.follow_up_due, extraction.document.next_report_due) == (due, next_report)
