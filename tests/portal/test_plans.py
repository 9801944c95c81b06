"""The public pages of plans show what was published, and nothing else."""

import pytest
from django.utils import timezone

from mutabaa.plans.models import BudgetLine, Edition, Milestone, PlanAuthor, PlanItem, Progress
from tests import world
from tests.plans import made

SECRET = [
    "a flood in spring",
    "the present staff suffices",
    "we need two more months",
    "the tender was contested",
    "xylophone",
]


@pytest.fixture
def plan(db):
    plan = made.plan(
        title_en="Plan for the child",
        visibility="public",
        published_at=timezone.now(),
        state="approved",
        description="It answers the Committee.",
    )
    author = world.person()
    PlanAuthor.objects.create(plan=plan, name="Children First")
    Edition.objects.create(
        plan=plan, number=1, authority="Council of Ministers", approved_on="2026-02-01", note=SECRET[0], recorded_by=author,
        content={"text": SECRET[4]},
    )  # fmt: skip
    outcome = made.outcome(plan)
    served = world.recommendation("Reduce child mortality.")
    hidden = world.recommendation("Release the xylophone.", visibility="institutions")
    measure = made.measure(
        outcome, serves=[served, hidden], title="Train midwives", risks=SECRET[0], feasibility=SECRET[1],
        agreement="declined", agreement_note=SECRET[2],
    )  # fmt: skip
    Milestone.objects.create(measure=measure, title="First class begins", due_on="2026-09-01")
    BudgetLine.objects.create(measure=measure, year=2026, amount=1200, currency="USD", funding="funded")
    Progress.objects.create(
        measure=measure, execution="under_way", text="Two classes ended.", next_step="Open a third.",
        obstacle_text=SECRET[3], reported_on=timezone.localdate(), author=author,
    )  # fmt: skip
    PlanItem.objects.create(plan=plan, recommendation=world.recommendation(), left_out_because="Noted.")
    return plan


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def test_it_says_whether_a_plan_is_in_force(client, db, plan):
    assert "Plan for the child" in read(client, "/plans/").split('id="in-force"')[1]
    plan.state = "ended"
    plan.save()
    text = read(client, "/plans/")
    assert "No published plan is in force today." in text
    assert "Plan for the child" in text


def test_it_says_so_where_no_plan_is_published(client, db):
    world.installation()
    assert "No plan is published yet" in read(client, "/plans/")


def test_it_shows_outcomes_measures_progress_money_and_approval(client, plan):
    text = read(client, f"/plans/{plan.public_id}/")
    for said in (
        "It answers the Committee.", "Under-five mortality falls", "Train midwives", "Health", "Two classes ended.", "Open a third.",
        "Council of Ministers", "Children First", "1,200", "USD",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("where", ["/plans/", "/plans/{}/", "/plans/{}/csv/", "/plans/{}/json/"])
def test_it_shows_nothing_that_is_not_public(client, plan, where):
    text = read(client, where.format(plan.public_id))
    assert [said for said in SECRET if said in text] == []


def test_it_does_not_count_recommendations_that_are_not_public(client, plan):
    from mutabaa.plans.public import figures_of_plan, public_plans

    figures = figures_of_plan(public_plans().get())
    assert (figures.recommendations, figures.covered, figures.left_out) == (2, 1, 1)


@pytest.mark.parametrize(
    "change",
    [{"visibility": "institutions"}, {"published_at": None}, {"state": "withdrawn"}, {"visibility": "secretariat"}],
)
def test_it_does_not_know_a_plan_that_is_not_published(client, plan, change):
    for field, value in change.items():
        setattr(plan, field, value)
    plan.save()
    record = world.recommendation()
    plan.measures.get().recommendations.add(record)
    assert "Plan for the child" not in read(client, "/plans/")
    for end in ("", "docx/", "csv/"):
        assert client.get(f"/plans/{plan.public_id}/{end}").status_code == 404
    assert "Train midwives" not in read(client, f"/recommendations/{record.public_id}/")


def test_it_links_a_recommendation_to_the_measures_that_serve_it(client, plan):
    record = plan.measures.get().recommendations.get(visibility="public")
    text = read(client, f"/recommendations/{record.public_id}/")
    assert "Train midwives" in text
    assert f"/plans/{plan.public_id}/" in text


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "csv", "json"])
def test_it_downloads_in_every_form(client, plan, form):
    answer = client.get(f"/plans/{plan.public_id}/{form}/")
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) > 100


def test_it_knows_no_other_form(client, plan):
    assert client.get(f"/plans/{plan.public_id}/exe/").status_code == 404
