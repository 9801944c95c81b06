"""UPR working-group reports: recommendations, the States that made them, the position of their group – new and old layout, six languages."""

from pathlib import Path

import pytest

from tests.intake.documents.reading_texts import by_paragraph, read_text
from tests.intake.documents.upr_texts import EXPECTED, TEXTS

languages = pytest.mark.parametrize("language", TEXTS)


@languages
def test_recommendations_come_with_states_and_position(tmp_path: Path, language: str) -> None:
    extraction = read_text(tmp_path, TEXTS[language])
    assert [(item.paragraph, item.position, item.states) for item in extraction.items] == EXPECTED
    assert not any(item.reasons for item in extraction.items)


@languages
def test_brackets_that_hold_no_state_stay_in_the_text(tmp_path: Path, language: str) -> None:
    text = by_paragraph(read_text(tmp_path, TEXTS[language]))["86.2"].text
    assert text.count("(") == 1
    assert text[-1] not in ");；؛"


@languages
def test_facts(tmp_path: Path, language: str) -> None:
    facts = read_text(tmp_path, TEXTS[language]).document
    assert (facts.symbol, facts.body, facts.kind) == ("A/HRC/25/9", "UPR", "upr_report")
    assert (facts.session, facts.cycle, facts.language, facts.state) == ("18", 2, language, "XMU")


OLD = """\
A/HRC/11/99
Report of the Working Group on the Universal Periodic Review
Murania
1. The Working Group held its fourth session (A/HRC/WG.6/4/XMU/1).
II. CONCLUSIONS AND/OR RECOMMENDATIONS
3. The recommendations formulated during the interactive dialogue have been examined by Murania. The recommendations listed below enjoy the support of Murania:
1. Ratify the Optional Protocol (Mexico); (Peru);
2. Call on donors to help (Nigeria); call on the United Nations to help (Chad);
3. Reform the law
on prisons (Czech Republic, Côte d'Ivoire);
4. End corporal punishment (Slovenia);
5. Strengthen the recommendations made by the Ombudsman (Spain).
4. Murania considers that recommendations Nos. 3-4 have already been implemented.
5. The following recommendations will be examined by Murania which will provide responses in due time:
1. Abolish the death penalty (Portugal).
6. The recommendations below did not enjoy the support of Murania:
1. Recognize the jurisdiction of the Court (Austria).
7. All conclusions and/or recommendations contained in the present report reflect the position of the submitting State(s).
III. Voluntary pledges and commitments
8. Murania commits itself to:
(a) Share its experience;
(b) Report in two years.
"""


def test_numbers_inside_a_paragraph(tmp_path: Path) -> None:
    """2008–2010: points are counted from 1 inside paragraph 3, and may reach the number of the next paragraph."""
    extraction = read_text(tmp_path, OLD)
    found = [(item.paragraph, item.position, item.states) for item in extraction.items if item.type == "recommendation"]
    assert found == [
        ("3.1", "supported", ("MEX", "PER")),
        ("3.2", "supported", ("NGA", "TCD")),
        ("3.3", "supported", ("CZE", "CIV")),
        ("3.4", "supported", ("SVN",)),
        ("3.5", "supported", ("ESP",)),
        ("5.1", "pending", ("PRT",)),
        ("6.1", "noted", ("AUT",)),
    ]
    assert "already been implemented" in by_paragraph(extraction)["3.3"].position_text


def test_voluntary_pledges_are_items_of_their_own(tmp_path: Path) -> None:
    pledges = [item for item in read_text(tmp_path, OLD).items if item.type == "pledge"]
    assert [item.paragraph for item in pledges] == ["8 (a)", "8 (b)"]
    assert pledges[1].text == "Murania commits itself to: Report in two years."


def test_one_paragraph_supports_them_all(tmp_path: Path) -> None:
    text = """\
A/HRC/8/99
Report of the Working Group on the Universal Periodic Review
Murania
II. CONCLUSIONS AND/OR RECOMMENDATIONS
60. During the interactive dialogue, different countries have presented recommendations as follows:
1. Provide information on the prison reform (The Netherlands).
2. Continue training (United Kingdom).
61. All recommendations formulated during the interactive dialogue have been examined by Murania and enjoy the support of Murania.
"""
    extraction = read_text(tmp_path, text)
    assert [(i.paragraph, i.position, i.states) for i in extraction.items] == [
        ("60.1", "supported", ("NLD",)),
        ("60.2", "supported", ("GBR",)),
    ]
