"""It puts every recommendation in exactly one group of coverage, whatever happens to measures and items."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutabaa.plans.coverage import Cover, cover_counts, in_plans, with_cover
from mutabaa.plans.models import BudgetLine, Measure, PlanItem
from mutabaa.plans.overviews.gaps import Coverage
from mutabaa.plans.overviews.scope import Scope
from mutabaa.recommendations.models import Recommendation
from tests import world
from tests.plans import made


def groups(plan):
    rows = with_cover(Recommendation.objects.filter(in_plans([plan.pk])), [plan.pk])
    return dict(rows.values_list("pk", "cover"))


@pytest.fixture
def plan(db):
    return made.plan()


@pytest.fixture
def outcome(plan):
    return made.outcome(plan)


def test_it_tells_served_from_not_served_and_from_left_out(plan, outcome):
    served, waiting, left_out = (world.recommendation() for _ in range(3))
    made.measure(outcome, serves=[served])
    PlanItem.objects.create(plan=plan, recommendation=waiting)
    PlanItem.objects.create(plan=plan, recommendation=left_out, left_out_because="Outside the State's territory.")
    assert groups(plan) == {served.pk: "covered", waiting.pk: "uncovered", left_out.pk: "left_out"}


@pytest.mark.parametrize("change", [{"execution": "cancelled"}, {"removed": True}])
def test_it_does_not_count_a_cancelled_or_removed_measure_as_cover(outcome, plan, change):
    measure = made.measure(outcome)
    Measure.objects.filter(pk=measure.pk).update(**change)
    assert list(groups(plan).values()) == ["uncovered"]


def test_it_shows_a_recommendation_that_one_plan_left_out_and_another_still_holds_as_open(plan):
    record = world.recommendation()
    other = made.plan()
    PlanItem.objects.create(plan=plan, recommendation=record, left_out_because="Not ours.")
    PlanItem.objects.create(plan=other, recommendation=record)
    rows = Recommendation.objects.all()
    assert cover_counts(rows, [plan.pk, other.pk])["uncovered"] == 1
    assert cover_counts(rows, [plan.pk])["left_out"] == 1


def test_it_finds_what_stands_in_no_plan_at_all(plan, outcome, people):
    made.measure(outcome)
    outside = world.recommendation()
    cover = Coverage(scope_of(people.secretariat, plan), "no_plan")
    assert cover.chosen_ids() == [outside.pk]
    assert cover.chosen.count == 1
    assert cover.in_scope == 1


def test_it_counts_measures_without_budget_agreement_or_a_readable_recommendation(plan, outcome, people):
    hidden = world.recommendation(visibility="secretariat")
    whole = made.measure(outcome, agreement="agreed")
    BudgetLine.objects.create(measure=whole, year=2026, amount=10, currency="USD")
    BudgetLine.objects.create(measure=whole, year=2027, amount=10, currency="USD")
    made.measure(outcome, serves=[hidden])
    made.measure(outcome, execution="cancelled")
    lists = {x.key: x.count for x in Coverage(scope_of(people.focal, plan), "").lists}
    assert (lists["unbudgeted"], lists["not_agreed"], lists["no_recommendation"], lists["no_indicator"]) == (1, 1, 1, 1)
    assert {x.key: x.count for x in Coverage(scope_of(people.secretariat, plan), "").lists}["no_recommendation"] == 0


def test_it_neither_shows_nor_counts_what_a_person_may_not_read(plan, outcome, people):
    hidden = world.recommendation(visibility="secretariat")
    made.measure(outcome, serves=[hidden])
    assert Coverage(scope_of(people.focal, plan), "").in_scope == 0
    assert Coverage(scope_of(people.secretariat, plan), "").in_scope == 1


def scope_of(person, plan):
    from django.http import QueryDict

    return Scope(person, QueryDict(f"plan={plan.public_id}"))


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["serve", "add", "leave_out", "take_back", "cancel", "resume", "remove", "unserve", "drop"]),
        st.integers(0, 4),
        st.integers(0, 2),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
@pytest.mark.django_db
def test_it_loses_no_recommendation_whatever_is_done_to_the_rows(deeds):
    from django.db import transaction

    with transaction.atomic():
        plan = made.plan()
        outcome = made.outcome(plan)
        records = [world.recommendation() for _ in range(5)]
        measures = [made.measure(outcome, serves=[records[n]]) for n in range(3)]
        for deed, n, m in deeds:
            do(deed, plan, records[n], measures[m])
        everything = Recommendation.objects.filter(pk__in=[r.pk for r in records])
        counts = cover_counts(everything, [plan.pk])
        assert sum(counts.values()) == len(records)
        found = dict(with_cover(everything, [plan.pk]).values_list("pk", "cover"))
        in_plan = set(everything.filter(in_plans([plan.pk])).values_list("pk", flat=True))
        for record in records:
            assert found[record.pk] == expected(plan, record)
            assert (record.pk in in_plan) == (found[record.pk] != Cover.NO_PLAN)
            record.refresh_from_db()
            assert record.status == "not_assessed"
        transaction.set_rollback(True)


def do(deed, plan, record, measure):
    item = PlanItem.objects.filter(plan=plan, recommendation=record)
    match deed:
        case "serve":
            measure.recommendations.add(record)
        case "unserve":
            measure.recommendations.remove(record)
        case "add":
            PlanItem.objects.get_or_create(plan=plan, recommendation=record)
        case "drop":
            item.delete()
        case "leave_out":
            item.update(left_out_because="Fulfilled before the plan began.")
        case "take_back":
            item.update(left_out_because="")
        case "cancel" | "resume":
            state = "cancelled" if deed == "cancel" else "under_way"
            Measure.objects.filter(pk=measure.pk).update(execution=state)
        case "remove":
            Measure.objects.filter(pk=measure.pk).update(removed=True)


def expected(plan, record):
    """The rule in plain Python."""
    naming = [m for m in Measure.objects.filter(plan=plan, removed=False) if record in m.recommendations.all()]
    item = PlanItem.objects.filter(plan=plan, recommendation=record).first()
    if any(m.execution != "cancelled" for m in naming):
        return "covered"
    if item:
        return "left_out" if item.left_out_because else "uncovered"
    return "uncovered" if naming else "no_plan"
