"""A view leaves the system as a file, and the file holds exactly that view."""

import csv
import datetime as dt
import io
import json

import docx
import openpyxl
import pypdfium2
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from mutabaa.core import downloads, pdf, typesetting
from mutabaa.recommendations.exports import CHUNK, QUERIES_PER_CHUNK, export
from mutabaa.recommendations.filters import RecommendationView
from mutabaa.recommendations.models import Cluster, PositionEntry, Recommendation, Responsibility, Translation
from tests import world

pytestmark = pytest.mark.django_db


def content(response):
    return b"".join(response.streaming_content)


def exported(query, form, person, rows=None):
    view = RecommendationView.from_query(QueryDict(query))
    found = view.apply(Recommendation.objects.in_scope(person) if rows is None else rows)
    return content(export(view, found, form, person))


def as_records(query, person):
    return json.loads(exported(query, "json", person))


@pytest.fixture
def full(people):
    """A record with everything that a row can tell."""
    france = world.state("FRA", name_en="France")
    record = world.recommendation(
        "Prohibit corporal punishment in all settings",
        world.document("A/HRC/46/15", world.mechanism("UPR", "upr"), published_on=dt.date(2021, 3, 9), cycle=3),
        paragraph="142.17", position="supported", position_partial=True, priority="high", priority_reason="gravity", status="in_progress",
        status_on=dt.date(2023, 5, 1), lead=people.health, themes=[world.theme()], groups=[world.group()], sdgs=[world.sdg("16.2")], recommending_states=[france],
    )  # fmt: skip
    Responsibility.objects.create(recommendation=record, institution=people.health, role="lead")
    Responsibility.objects.create(recommendation=record, institution=people.justice, role="partner")
    PositionEntry.objects.create(
        recommendation=record, position="noted", text="First we noted it.", stated_on=dt.date(2021, 1, 1)
    )
    PositionEntry.objects.create(
        recommendation=record, position="supported", text="Now we support it.", stated_on=dt.date(2021, 6, 1)
    )
    Translation.objects.create(recommendation=record, language="ar", text="حظر العقوبة البدنية")
    Cluster.objects.create(code="punishment", title_en="Corporal punishment", visibility="public").members.add(record)
    return record


def test_it_works(full, people):
    row = as_records("", people.secretariat)["records"][0]
    told = {
        "symbol": "A/HRC/46/15", "paragraph": "142.17", "family": "Universal Periodic Review", "published_on": "2021-03-09", "cycle": 3,
        "text": "Prohibit corporal punishment in all settings", "language": "English", "recommending_states": ["France"], "position": "Supported",
        "position_partial": "yes", "position_text": "Now we support it.", "themes": ["Right to health"], "groups": ["Children"], "lead": "Health",
        "partners": ["Justice"], "status": "In progress", "status_on": "2023-05-01", "priority": "High", "priority_reason": "Gravity",
        "clusters": ["Corporal punishment"], "visibility": "Public",
    }  # fmt: skip
    assert {key: row[key] for key in told} == told
    assert row["url"].endswith(full.get_absolute_url())


def test_the_file_holds_the_rows_of_the_view_alone(people):
    world.recommendation("Ratify the Optional Protocol", status="implemented")
    world.recommendation("Adopt a law", status="not_started")
    lines = list(csv.reader(io.StringIO(exported("status=implemented", "csv", people.secretariat).decode("utf-8-sig"))))
    assert len(lines) == 2
    assert "Ratify the Optional Protocol" in lines[1]
    told = as_records("status=implemented", people.secretariat)["notes"]
    assert "Status: Implemented" in told
    assert "1 recommendation." in told


def test_a_grouped_view_keeps_its_order_with_the_group_first(people):
    health, school = world.theme("health"), world.theme("school")
    world.recommendation("Both", themes=[school, health])
    world.recommendation("One", themes=[school])
    world.recommendation("None")
    found = as_records("group_by=theme", people.secretariat)
    assert next(iter(found["columns"])) == "group"
    assert [(r["group"], r["text"]) for r in found["records"]][0] == ("Health", "Both")
    assert sorted(r["text"] for r in found["records"] if r["group"] == "School") == ["Both", "One"]
    assert found["records"][-1]["group"] == "none"
    assert "3 recommendations." in found["notes"]


def test_it_gives_the_translation_into_the_readers_language(full, people):
    assert as_records("", people.secretariat)["records"][0]["translation"] == ""
    with translation.override("ar"):
        assert as_records("", people.secretariat)["records"][0]["translation"] == "حظر العقوبة البدنية"
        book = openpyxl.load_workbook(io.BytesIO(exported("", "xlsx", people.secretariat)))
        table = docx.Document(io.BytesIO(exported("", "docx", people.secretariat))).tables[0]
    assert book.worksheets[0].sheet_view.rightToLeft
    assert "حظر العقوبة البدنية" in [c.text for c in table.rows[1].cells]


def test_a_visitors_file_tells_neither_visibility_nor_hidden_clusters(full, people):
    Cluster.objects.create(code="inner", title_en="Inner work", visibility="institutions").members.add(full)
    visitor = AnonymousUser()
    view = RecommendationView.from_query(QueryDict(""))
    found = json.loads(content(export(view, Recommendation.objects.own().visible_to(visitor), "json", visitor)))
    assert "visibility" not in found["columns"]
    assert found["records"][0]["clusters"] == ["Corporal punishment"]
    assert "Inner work" in as_records("", people.secretariat)["records"][0]["clusters"]


def test_dates_are_dates_in_a_workbook(full, people):
    page = openpyxl.load_workbook(io.BytesIO(exported("", "xlsx", people.secretariat))).worksheets[0]
    head = [c.value for c in page[1]]
    assert page.cell(2, head.index("Date") + 1).value.date() == dt.date(2021, 3, 9)
    assert page.cell(2, head.index("Cycle") + 1).value == 3


def test_the_download_page_gives_a_dated_file(full, people, signed_in):
    answer = signed_in(people.secretariat).get("/workspace/recommendations/download/csv/?theme=right-to-health")
    assert answer.status_code == 200
    today = dt.date.today().isoformat()  # noqa: DTZ011 - the name of the file is for people
    assert f"recommendations-{today}.csv" in answer["Content-Disposition"]
    assert "Prohibit corporal punishment" in content(answer).decode("utf-8-sig")
    assert signed_in(people.secretariat).get("/workspace/recommendations/download/exe/").status_code == 404


def test_a_contributor_gets_the_own_items_alone(full, people):
    world.recommendation("Somebody else's")
    assert [r["text"] for r in as_records("", people.focal)["records"]] == [full.text]


def test_two_thousand_rows_cost_a_fixed_number_of_queries(people):
    source, theme = world.document(), world.theme()
    made = Recommendation.objects.bulk_create(
        Recommendation(state=source.state, document=source, mechanism=source.mechanism, paragraph=str(n), text=f"Text {n}", published_on=source.published_on)
        for n in range(2000)
    )  # fmt: skip
    tie = Recommendation.themes.through
    tie.objects.bulk_create(tie(recommendation_id=r.pk, theme_id=theme.pk) for r in made)
    for query, extra in (("", 1), ("group_by=theme", 2)):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            lines = exported(query, "csv", people.secretariat).decode("utf-8-sig").splitlines()
        assert len(lines) == 2001
        assert len(asked) <= extra + QUERIES_PER_CHUNK * 2000 / CHUNK


def printed(data):
    return " ".join(" ".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(data)).split())


def test_a_view_is_printed_as_pdf(full, people):
    text = printed(exported("status=in_progress", "pdf", people.secretariat))
    for told in ("Recommendations", "Status: In progress", "Prohibit corporal"):
        assert told in text


def test_a_list_too_long_to_be_printed_while_one_waits_is_refused(full, people, signed_in, monkeypatch):
    world.recommendation("Another")
    monkeypatch.setattr(downloads, "MOST_PRINTED", 1)
    answer = signed_in(people.secretariat).get("/workspace/recommendations/download/pdf/")
    assert answer.status_code == 422
    assert "A PDF holds at most 1 rows" in answer.content.decode()


def test_a_printing_that_fails_says_what_to_do(full, people, signed_in, monkeypatch):
    def fail(settings, sections):
        raise typesetting.NotPrinted("memory")

    monkeypatch.setattr(pdf, "printed", fail)
    answer = signed_in(people.secretariat).get("/workspace/recommendations/download/pdf/")
    assert answer.status_code == 422
    assert "take Word" in answer.content.decode()


def test_the_table_offers_every_form(full, people, signed_in):
    page = signed_in(people.secretariat).get("/workspace/recommendations/?theme=right-to-health").content.decode()
    for form in ("xlsx", "docx", "pdf", "csv", "json"):
        assert f"/workspace/recommendations/download/{form}/?theme=right-to-health" in page
