"""Figures agree with the records they count, on the page and as data."""

import csv
import datetime as dt
import io
import json

import pytest
from django.utils import timezone

from mutabaa.recommendations.models import Responsibility
from tests import world


@pytest.fixture
def counted(db):
    """CRC: three records, two assigned, one updated, one implemented. UPR: one bare record, of another year."""
    health = world.institution("health")
    today = timezone.localdate()
    first = world.recommendation(
        "One.", status="implemented", last_update_on=today, themes=[world.theme(), world.theme("education")]
    )
    second = world.recommendation(
        "Two.", status="in_progress", last_update_on=today - dt.timedelta(days=400), themes=[world.theme()]
    )
    world.recommendation("Three.")
    for record in (first, second):
        Responsibility.objects.create(recommendation=record, institution=health, role="lead")
    world.recommendation(
        "Four.", world.document("A/HRC/900/1", of=world.mechanism("UPR", "upr"), published_on=dt.date(2024, 1, 1))
    )


def test_the_first_page_gives_the_figures_of_each_mechanism_family(counted, client):
    context = client.get("/").context

    assert (
        context["total"].total,
        context["total"].assigned,
        context["total"].updated,
        context["total"].implemented,
    ) == (4, 2, 1, 1)
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in context["table"].rows}
    assert rows == {"Treaty bodies": [3, 2, 1, 1], "Universal Periodic Review": [1, 0, 0, 0]}


@pytest.mark.parametrize(
    "group_by", ["family", "mechanism", "theme", "right", "group", "sdg", "institution", "status", "position", "year"]
)
def test_each_grouping_has_a_page_a_chart_and_data(counted, client, group_by):
    response = client.get(f"/figures/?group_by={group_by}")

    assert response.status_code == 200
    assert response.context["by"] == group_by
    data = json.loads(client.get(f"/figures/json/?group_by={group_by}").content)
    assert [(g["label"], g["recommendations"]) for g in data["groups"]] == [
        (row[0].value, row[1].value) for row in response.context["table"].rows
    ]


def test_figures_of_a_view_count_that_view(counted, client):
    response = client.get("/figures/?mechanism=CRC&group_by=theme")

    assert response.context["total"].total == 3
    assert {row[0].value: row[1].value for row in response.context["table"].rows} == {
        "Right to health": 2,
        "Education": 1,
    }


def test_the_csv_holds_every_status_and_no_formula(counted, client):
    theme = world.theme("evil", name_en="=SUM(A1)")
    world.recommendation("Five.", themes=[theme], status="superseded")

    response = client.get("/figures/csv/?group_by=theme")
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    line = next(row for row in rows if row["Code"] == "evil")
    assert line["Theme"] == "'=SUM(A1)"
    assert line["Status: Superseded"] == "1"
    assert line["Recommendations"] == "1"


def test_an_unknown_format_is_not_found(counted, client):
    assert client.get("/figures/xml/").status_code == 404


def test_every_chart_has_its_data_table(counted, client):
    page = client.get("/figures/?group_by=theme").content.decode()

    assert page.count('role="img"') == 1
    assert "The same figures as a table" in page


def test_an_index_counts_each_thing_once(counted, client):
    lines = {line.code: line for line in client.get("/themes/").context["lines"]}

    assert (lines["right-to-health"].total, lines["right-to-health"].assigned, lines["education"].total) == (2, 2, 1)
    assert {line.code: line.total for line in client.get("/mechanisms/").context["lines"]} == {"CRC": 3, "UPR": 1}


def test_a_subject_leads_to_the_list_of_its_records(counted, client):
    response = client.get("/themes/right-to-health/")

    assert response.context["figures"].total == 2
    assert len(client.get(response.context["list"]).context["lines"]) == 2
