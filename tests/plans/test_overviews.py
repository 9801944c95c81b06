"""The overviews show what stands in the plans, to each person what they may read, on the page and in every file."""

import csv
import datetime as dt
import io
import json
import re

import pytest
from django.utils import timezone

from mutabaa.plans.models import BudgetLine, Milestone, PlanItem, Progress
from tests import world
from tests.plans import made

PAGES = "/workspace/plans/"


@pytest.fixture
def plan(people):
    return made.plan(title_en="Plan for the child")


@pytest.fixture
def outcome(plan):
    return made.outcome(plan)


def page(client, name, **query):
    answer = client.get(f"{PAGES}{name}/", query)
    assert answer.status_code == 200
    return answer.content.decode()


def read(client, name, **query):
    """The page without its markup."""
    return re.sub(r"<[^>]+>", "", page(client, name, **query))


def rows(client, name, **query):
    """The file of a view as CSV: a dictionary per line."""
    answer = client.get(f"{PAGES}files/{name}/csv/", query)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def days_ago(n):
    return timezone.localdate() - dt.timedelta(days=n)


@pytest.mark.parametrize("name", ["coverage", "matrix", "late", "institutions", "budget", "timeline"])
def test_it_answers_where_there_is_no_plan_yet(signed_in, people, name):
    assert "There is no plan" in page(signed_in(people.secretariat), name) or name == "coverage"


def test_it_does_not_know_a_plan_that_a_person_may_not_read(signed_in, people, plan):
    plan.visibility = "secretariat"
    plan.save()
    client = signed_in(people.nhri)
    for name in ("coverage", "matrix", "late", "institutions", "budget", "timeline", "files/matrix/csv"):
        assert client.get(f"{PAGES}{name}/?plan={plan.public_id}").status_code == 404
    assert "Plan for the child" not in client.get(f"{PAGES}coverage/").content.decode()


class TestMatrix:
    def test_it_shows_a_recommendation_with_its_measures_and_one_without(self, signed_in, people, plan, outcome):
        served, waiting = world.recommendation("Reduce child mortality."), world.recommendation("Register all births.")
        made.measure(outcome, serves=[served], title="Train midwives", lead=people.health, partners=[people.justice])
        PlanItem.objects.create(plan=plan, recommendation=waiting)
        text = page(signed_in(people.secretariat), "matrix", plan=plan.public_id)
        assert "Train midwives" in text
        assert "Register all births." in text
        assert "Without a measure" in text
        lines = rows(signed_in(people.secretariat), "matrix")
        assert [(x["Recommendation"], x["Lead institution"], x["Partner institutions"]) for x in lines] == [
            ("Reduce child mortality.", "Health", "Justice"),
            ("Register all births.", "", ""),
        ]

    def test_it_leaves_out_what_a_person_may_not_read(self, signed_in, people, plan, outcome):
        hidden = world.recommendation("Release the xylophone.", visibility="secretariat")
        made.measure(outcome, serves=[hidden, world.recommendation("Register all births.")])
        text = read(signed_in(people.focal), "matrix")
        assert "Register all births." in text
        assert "xylophone" not in text
        assert "1 recommendation" in text
        assert len(rows(signed_in(people.focal), "matrix")) == 1

    def test_it_narrows_by_institution_execution_and_lack_of_measures(self, signed_in, people, plan, outcome):
        a, b, c = (world.recommendation(f"Text {name}.") for name in "abc")
        made.measure(outcome, serves=[a], lead=people.health, execution="delayed")
        made.measure(outcome, serves=[b], lead=people.justice, execution="cancelled")
        PlanItem.objects.create(plan=plan, recommendation=c)
        client = signed_in(people.secretariat)

        def texts(**query):
            return sorted({x["Recommendation"] for x in rows(client, "matrix", **query)})

        assert texts(institution="health") == ["Text a."]
        assert texts(execution="cancelled") == ["Text b."]
        assert texts(uncovered="1") == ["Text b.", "Text c."]
        assert texts(institution="health", execution="cancelled") == []

    def test_it_can_show_everything_received(self, signed_in, people, plan, outcome):
        made.measure(outcome)
        world.recommendation("In no plan.")
        assert len(rows(signed_in(people.secretariat), "matrix")) == 1
        assert len(rows(signed_in(people.secretariat), "matrix", plan="received")) == 2


class TestLate:
    def test_it_tells_how_late_a_measure_and_a_milestone_are(self, signed_in, people, outcome):
        late = made.measure(outcome, title="Late one", starts_on=days_ago(90), due_on=days_ago(12))
        Progress.objects.create(
            measure=late,
            execution="delayed",
            next_step="Open the tender.",
            reported_on=days_ago(30),
            author=people.focal,
        )
        waits = made.measure(outcome, title="Missed step", due_on=days_ago(-50))
        Milestone.objects.create(measure=waits, title="Contract signed", due_on=days_ago(3))
        for over in ("completed", "cancelled"):
            done = made.measure(outcome, starts_on=days_ago(90), due_on=days_ago(40), execution=over)
            Milestone.objects.create(measure=done, title="Never ticked", due_on=days_ago(60))
        lines = rows(signed_in(people.secretariat), "late")
        assert [(x["Measure"], x["Milestone"], x["Days late"], x["Next step"]) for x in lines] == [
            ("Late one", "", "12", "Open the tender."),
            ("Missed step", "Contract signed", "3", ""),
        ]
        text = read(signed_in(people.secretariat), "late")
        assert "2 measures are late" in text
        assert "12" in text
        assert "Contract signed" in text


class TestByInstitution:
    def test_it_counts_what_each_institution_leads_and_supports(self, signed_in, people, outcome):
        funded = made.measure(outcome, lead=people.health, agreement="agreed", partners=[people.justice])
        BudgetLine.objects.create(measure=funded, year=2026, amount=5, currency="USD", funding="funded")
        part = made.measure(outcome, lead=people.health, due_on=days_ago(1), starts_on=days_ago(9))
        for funding in ("funded", "unfunded"):
            BudgetLine.objects.create(measure=part, year=2026, amount=5, currency="USD", funding=funding)
        made.measure(outcome, lead=people.health, execution="cancelled")
        lines = {x["Institution"]: x for x in rows(signed_in(people.secretariat), "institutions")}
        got = {key: lines["Health"][key] for key in ("Lead", "Partner", "Agreed", "Late", "Not funded", "Cancelled")}
        assert got == {"Lead": "3", "Partner": "0", "Agreed": "1", "Late": "1", "Not funded": "1", "Cancelled": "1"}
        assert (lines["Justice"]["Lead"], lines["Justice"]["Partner"]) == ("0", "1")

    def test_it_lists_the_measures_of_one_institution(self, signed_in, people, outcome):
        made.measure(outcome, title="Led by justice", lead=people.justice)
        made.measure(outcome, title="Supported by justice", partners=[people.justice])
        made.measure(outcome, title="Of health alone")
        text = page(signed_in(people.secretariat), "institutions", institution="justice")
        assert "Led by justice" in text
        assert "Supported by justice" in text
        assert "Of health alone" not in text


class TestBudget:
    def test_it_adds_up_each_currency_by_itself(self, signed_in, people, outcome):
        measure = made.measure(outcome, gender_marker=2)
        for currency, year, amount, funding in (
            ("USD", 2026, "100.50", "funded"),
            ("USD", 2027, "50", "unfunded"),
            ("EUR", 2026, "7", "unfunded"),
        ):
            BudgetLine.objects.create(measure=measure, year=year, amount=amount, currency=currency, funding=funding)
        cancelled = made.measure(outcome, execution="cancelled")
        BudgetLine.objects.create(measure=cancelled, year=2026, amount=999, currency="USD")
        lines = {(x["Currency"], x["Group"]): x for x in rows(signed_in(people.secretariat), "budget")}
        assert (lines["USD", "Total"]["Total"], lines["USD", "Total"]["Funded"]) == ("150.5", "100.5")
        assert lines["USD", "2027"]["Not funded"] == "50"
        assert lines["EUR", "Total"]["Total"] == "7"
        assert len(rows(signed_in(people.secretariat), "budget-lines")) == 3

    def test_it_lists_measures_without_a_budget(self, signed_in, people, outcome):
        made.measure(outcome, title="Costs nothing yet")
        text = page(signed_in(people.secretariat), "budget")
        assert "Costs nothing yet" in text


class TestTimeline:
    def test_it_draws_measures_and_says_what_is_late_in_words(self, signed_in, people, outcome):
        measure = made.measure(outcome, title="Late one", starts_on=days_ago(90), due_on=days_ago(12))
        Milestone.objects.create(measure=measure, title="Contract signed", due_on=days_ago(20))
        text = page(signed_in(people.secretariat), "timeline")
        assert "12 days overdue, 1 milestone missed" in text
        assert text.count("<svg") > 2
        assert "style=" not in text.split("</head>")[1]
        lines = rows(signed_in(people.secretariat), "timeline")
        assert [(x["Milestone"], x["Days late"]) for x in lines] == [
            ("", "12 days overdue, 1 milestone missed"),
            ("Contract signed", "20 days overdue"),
        ]


class TestFiles:
    @pytest.mark.parametrize("name", ["coverage", "matrix", "late", "institutions", "budget", "timeline", "unbudgeted"])
    @pytest.mark.parametrize("form", ["xlsx", "docx", "json"])
    def test_it_gives_each_view_in_each_form(self, signed_in, people, outcome, name, form):
        made.measure(outcome, starts_on=days_ago(90), due_on=days_ago(12))
        answer = signed_in(people.secretariat).get(f"{PAGES}files/{name}/{form}/")
        body = b"".join(answer.streaming_content)
        if form == "json":
            assert "records" in json.loads(body)
        else:
            assert body[:2] == b"PK"

    def test_it_knows_no_other_file(self, signed_in, people):
        client = signed_in(people.secretariat)
        assert client.get(f"{PAGES}files/matrix/exe/").status_code == 404
        assert client.get(f"{PAGES}files/secrets/csv/").status_code == 404
