"""A plan is built from clusters: outcome first, then measures; nothing that came in is lost."""

import datetime as dt
from decimal import Decimal

import pytest

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.indicators.models import Indicator
from mutabaa.plans import services
from mutabaa.plans.models import Measure, Plan, PlanItem
from mutabaa.plans.states import PlanState
from mutabaa.recommendations.models import Cluster
from tests import world

pytestmark = pytest.mark.django_db
DATES = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2030, 12, 31)}


@pytest.fixture
def plan(people):
    return services.create_plan(people.secretariat, title_en="Plan for the child", currency="usd", **DATES)


@pytest.fixture
def outcome(people, plan):
    return services.add_outcome(people.secretariat, plan, title="Children survive", target="12 per 1,000 by 2030")


def measure(people, outcome, **fields):
    given = {"title": "Train midwives", "type": "training", "lead": people.health, "due_on": dt.date(2027, 12, 31)}
    fields.setdefault("recommendations", [world.recommendation()])
    return services.add_measure(people.secretariat, outcome, **given | fields)


def test_it_makes_a_draft_with_its_currency_in_capitals(people, plan):
    assert (plan.state, plan.currency, plan.version) == (PlanState.DRAFT, "USD", 1)
    assert AuditEntry.objects.filter(verb="plan.created", object_id=str(plan.pk)).exists()


def test_several_plans_stand_side_by_side(people, plan):
    other = services.create_plan(
        people.secretariat, title_en="Plan against racism", kind="thematic", themes=[world.theme()], **DATES
    )
    assert {plan.pk, other.pk} == set(Plan.objects.visible_to(people.secretariat).values_list("pk", flat=True))


def test_authors_are_institutions_and_organizations(people):
    plan = services.create_plan(
        people.secretariat, title_en="P", authors=[people.health, "Network of Parents", " "], **DATES
    )
    assert [str(a) for a in plan.authors.all()] == ["Health", "Network of Parents"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ends_on": dt.date(2025, 12, 31)}, "ends_on"),
        ({"currency": "XX9"}, "currency"),
        ({"title_en": ""}, "title_en"),
        ({"visibility": "restricted"}, "visibility"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(people, fields, field):
    with pytest.raises(Invalid) as refusal:
        services.create_plan(people.secretariat, **{"title_en": "P", **DATES} | fields)
    assert refusal.value.field == field
    assert not Plan.objects.exists()


@pytest.mark.parametrize("role", ["focal", "statistician", "nhri", "cso", "parliament"])
def test_only_the_secretariat_makes_plans(people, role):
    with pytest.raises(NotAllowed):
        services.create_plan(getattr(people, role), title_en="P", **DATES)


def test_an_outcome_brings_every_member_of_its_cluster(people, plan):
    cluster = Cluster.objects.create(code="survival", title_en="Survival")
    members = [world.recommendation() for _n in range(3)]
    cluster.members.set(members)
    services.add_outcome(people.secretariat, plan, title="T", target="G", cluster=cluster)
    assert set(plan.items.values_list("recommendation_id", flat=True)) == {r.pk for r in members}


@pytest.mark.parametrize(("title", "target", "field"), [(" ", "G", "title"), ("T", " ", "target")])
def test_outcome_and_target_are_required(people, plan, title, target, field):
    with pytest.raises(Invalid) as refusal:
        services.add_outcome(people.secretariat, plan, title=title, target=target)
    assert refusal.value.field == field


def test_outcomes_are_numbered_and_put_in_order(people, plan):
    made = [services.add_outcome(people.secretariat, plan, title=t, target="G") for t in "abc"]
    services.put_outcomes_in_order(people.secretariat, plan, [made[2], made[0], made[1]])
    assert [(o.number, o.title) for o in plan.outcomes.order_by("number")] == [(1, "c"), (2, "a"), (3, "b")]


def test_an_order_that_leaves_one_out_is_refused(people, plan):
    made = [services.add_outcome(people.secretariat, plan, title=t, target="G") for t in "ab"]
    with pytest.raises(Invalid):
        services.put_outcomes_in_order(people.secretariat, plan, made[:1])


def test_an_outcome_with_measures_is_not_removed(people, plan, outcome):
    row = measure(people, outcome)
    with pytest.raises(Invalid):
        services.remove_outcome(people.secretariat, outcome)
    services.remove_measure(people.secretariat, row, "Given to another plan.")
    services.remove_outcome(people.secretariat, outcome)
    assert plan.outcomes.get().removed


def test_an_indicator_has_baseline_and_target(people, outcome):
    indicator = Indicator.objects.create(code="u5mr", name_en="Under-five mortality", kind="outcome")
    line = services.set_indicator(
        people.secretariat,
        outcome,
        indicator,
        baseline=Decimal("31.5"),
        baseline_year=2024,
        target=Decimal(12),
        target_year=2030,
    )
    assert (line.baseline, line.target_year) == (Decimal("31.5"), 2030)
    again = services.set_indicator(people.secretariat, outcome, indicator, baseline=Decimal(30), baseline_year=2025)
    assert again.pk == line.pk
    with pytest.raises(Invalid) as refusal:
        services.set_indicator(people.secretariat, outcome, indicator, baseline=Decimal(30))
    assert refusal.value.field == "baseline_year"


def test_a_measure_serves_many_recommendations_and_is_entered_once(people, plan, outcome):
    served = [world.recommendation() for _n in range(4)]
    row = measure(
        people,
        outcome,
        recommendations=served,
        partners=[people.justice],
        milestones=[{"title": "Curriculum ready", "due_on": dt.date(2026, 9, 30)}],
        budget=[{"amount": Decimal("120000.50"), "year": 2026, "source": "un", "funding": "funded"}],
    )
    assert row.code == "1.1"
    assert set(row.recommendations.all()) == set(served)
    assert row.milestones.get().title == "Curriculum ready"
    assert row.budget_lines.get().currency == "USD"
    assert PlanItem.objects.filter(plan=plan, recommendation__in=served).count() == 4
    assert measure(people, outcome).code == "1.2"


def test_a_number_is_never_given_twice(people, outcome):
    measure(people, outcome)
    services.remove_measure(people.secretariat, measure(people, outcome), "No longer needed.")
    assert measure(people, outcome).number == 3


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": " "}, "title"),
        ({"lead": None}, "lead"),
        ({"due_on": None}, "due_on"),
        ({"starts_on": dt.date(2028, 1, 1)}, "due_on"),
        ({"type": "wish"}, "type"),
        ({"gender_marker": 2}, "gender_analysis"),
        ({"gender_marker": 4, "gender_analysis": "x"}, "gender_marker"),
        ({"recommendations": []}, "recommendations"),
        ({"milestones": [{"title": "Late", "due_on": dt.date(2029, 1, 1)}]}, "due_on"),
        ({"budget": [{"amount": Decimal(-1), "year": 2026}]}, "amount"),
        ({"budget": [{"amount": Decimal(1), "year": 2026, "currency": "DOLLARS"}]}, "currency"),
        ({"budget": [{"amount": Decimal(1), "year": 26}]}, "year"),
        ({"budget": [{"amount": Decimal(1), "year": 2026, "source": "none", "funding": "funded"}]}, "source"),
    ],
)
def test_a_measure_that_cannot_be_is_refused_and_nothing_of_it_stays(people, outcome, fields, field):
    with pytest.raises(Invalid) as refusal:
        measure(people, outcome, **fields)
    assert refusal.value.field == field
    assert not Measure.objects.exists()


def test_the_lead_is_no_partner(people, outcome):
    with pytest.raises(Invalid) as refusal:
        measure(people, outcome, partners=[people.health])
    assert refusal.value.field == "partners"


def test_dependencies_never_go_in_a_circle(people, outcome):
    one, two, three = (measure(people, outcome) for _n in range(3))
    services.save_measure(people.secretariat, one, 1, depends_on=[two])
    services.save_measure(people.secretariat, two, 1, depends_on=[three])
    for needed in (one, two, three):
        with pytest.raises(Invalid) as refusal:
            services.save_measure(people.secretariat, three, 1, depends_on=[needed])
        assert refusal.value.field == "depends_on"


def test_a_recommendation_leaves_the_plan_only_with_a_reason(people, plan):
    row = world.recommendation()
    services.add_items(people.secretariat, plan, [row])
    with pytest.raises(Invalid):
        services.leave_out(people.secretariat, plan, [row], "  ")
    services.leave_out(people.secretariat, plan, [row], "Answered by the plan against racism.")
    item = plan.items.get()
    assert (item.left_out_because, item.left_out_by) == ("Answered by the plan against racism.", people.secretariat)
    services.add_items(people.secretariat, plan, [row])
    assert plan.items.get().left_out_because == ""


def test_a_recommendation_that_a_measure_serves_is_not_left_out(people, plan, outcome):
    row = measure(people, outcome)
    with pytest.raises(Invalid) as refusal:
        services.leave_out(people.secretariat, plan, row.recommendations.all(), "Because.")
    assert "1.1" in str(refusal.value)


def test_the_due_date_does_not_pass_a_milestone(people, outcome):
    row = measure(people, outcome, milestones=[{"title": "Halfway", "due_on": dt.date(2027, 6, 30)}])
    with pytest.raises(Invalid) as refusal:
        services.save_measure(people.secretariat, row, 1, due_on=dt.date(2027, 1, 1))
    assert refusal.value.field == "due_on"


def test_who_reads_which_plan(people, plan, outcome):
    def readers():
        names = ["secretariat", "administrator", "statistician", "nhri", "cso", "parliament", "focal", "stranger"]
        return {n for n in names if Plan.objects.visible_to(getattr(people, n)).filter(pk=plan.pk).exists()}

    assert readers() == {"secretariat", "administrator", "statistician", "focal", "stranger"}
    services.edit_plan(people.secretariat, plan, None, visibility="secretariat")
    assert readers() == {"secretariat", "administrator"}
    measure(people, outcome)  # led by health
    assert readers() == {"secretariat", "administrator", "focal"}
    services.edit_plan(people.secretariat, plan, None, open_to_partners=True)
    assert readers() == {"secretariat", "administrator", "focal", "nhri", "cso", "parliament"}
