"""The request in Word: thirteen parts, in six languages, marked as a draft until the State consents."""

import io
import zipfile

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override
from docx import Document

from mutabaa.assistance.request_document import write
from tests import world
from tests.assistance import made

pytestmark = pytest.mark.django_db
MARK = "Draft, not approved"
OBJECTIVE = {
    "en": "Objective and expected results", "ar": "الهدف والنتائج المتوقعة", "es": "Objetivo y resultados previstos",
    "fr": "Objectif et résultats attendus", "ru": "Цель и ожидаемые результаты", "zh-hans": "目标与预期成果",
}  # fmt: skip


def document(client, row, language="en"):
    answer = client.get(reverse("assistance:request_word", args=[row.public_id]) + f"?language={language}")
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    return answer, Document(io.BytesIO(data)), data


def text_of(doc):
    cells = [cell.text for table in doc.tables for line in table.rows for cell in line.cells]
    return "\n".join([p.text for p in doc.paragraphs] + cells)


def test_it_holds_the_thirteen_parts_in_order_with_what_was_written(people, signed_in):
    item = world.recommendation("Train health workers.")
    row = made.granted(people)
    row.recommendations.set([item])
    _answer, doc, _data = document(signed_in(people.focal), row)
    headings = [p.text for p in doc.paragraphs if p.style.name == "Heading 1"]
    assert [h.split(".")[0] for h in headings] == [str(n) for n in range(1, 14)]
    text = text_of(doc)
    for words in (
        "Train health workers.",
        item.reference,
        "Forty trainers work",
        "40,000 USD",
        "Minister of Foreign Affairs",
        "Note 12",
    ):
        assert words in text
    assert MARK not in text


def test_before_the_consent_it_says_so_first_on_every_page_and_in_its_name(people, signed_in):
    row = made.to_consent(people)
    answer, doc, _data = document(signed_in(people.focal), row)
    assert MARK in doc.paragraphs[2].text
    assert MARK in doc.sections[0].footer.paragraphs[0].text
    assert "draft-" in answer["Content-Disposition"]


def test_withdrawn_before_the_consent_it_stays_a_draft(people, signed_in):
    from mutabaa.assistance import services

    row = services.withdraw(people.focal, made.draft(people.focal, people.health), reason="Not now")
    _answer, doc, _data = document(signed_in(people.focal), row)
    assert MARK in text_of(doc)


@pytest.mark.parametrize("language", list(OBJECTIVE))
def test_labels_are_in_the_chosen_language_and_the_states_text_as_it_is(people, signed_in, language):
    row = made.approved(people)
    answer, doc, data = document(signed_in(people.focal), row, language)
    text = text_of(doc)
    with override(language):
        label = gettext("Objective and expected results")
    if language != "en" and label == OBJECTIVE["en"]:
        pytest.skip("the catalogue of this language does not have the strings yet")
    assert OBJECTIVE[language] in text
    assert "Trainers in every region." in text
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
    assert ("<w:bidiVisual/>" in body) is (language == "ar")


def test_an_unknown_language_gives_the_pages_own(people, signed_in):
    _answer, doc, _data = document(signed_in(people.focal), made.approved(people), "xx")
    assert OBJECTIVE["en"] in text_of(doc)


def test_the_writer_needs_four_methods_so_that_another_format_can_have_it(people):
    class Recorder:
        def __init__(self):
            self.heads = []

        def heading(self, text, level=1):
            self.heads.append(text)

        def paragraph(self, text, style="Normal", *, language="", keep=False): ...

        def table(self, widths, rows, *, header=(), numbers=(), description=""):
            assert all(len(line) == len(header) for line in rows)

    recorder = Recorder()
    write(recorder, made.granted(people), [])
    assert len(recorder.heads) == 13
