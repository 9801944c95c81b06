"""Figures come in checked, wait for a statistician, and are never changed afterwards."""

from decimal import Decimal

import pytest
from django.utils import timezone

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.indicators.models import Observation
from mutabaa.indicators.services import Refused, enter, return_figure, validate, withdraw
from mutabaa.notifications.models import Notice
from tests import world
from tests.indicators import made

pytestmark = pytest.mark.django_db


def test_a_value_is_computed_from_its_parts(people):
    of = made.indicator()
    enter(people.statistician, of, [made.entry(of, numerator=1, denominator=3)])
    row = of.observations.get()
    assert (row.value, row.numerator, row.denominator) == (Decimal("33.333333"), 1, 3)
    assert (row.state, row.entered_by) == ("entered", people.statistician)


def test_nobody_uses_a_figure_before_it_is_validated(people):
    of = made.indicator()
    enter(people.statistician, of, [made.entry(of, value=40)])
    assert not of.observations.in_force()
    assert not Observation.objects.visible_to(people.focal).exists()
    assert validate(people.statistician, of.observations.all()) == 1
    assert Observation.objects.visible_to(people.focal).get().validated_by == people.statistician
    assert AuditEntry.objects.filter(verb="figures.validated").get().details["figures"] == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"value": 101}, "between 0 and 100"),
        ({"numerator": 5, "denominator": 4}, "larger than the denominator"),
        ({"numerator": 5, "denominator": 0}, "share of nobody"),
        ({"value": 5, "breakdown": "sex=other"}, "no such group"),
        ({"value": 5, "area": "ZZZ"}, "no such State"),
        ({"value": 5, "period": "2090"}, "not begun"),
        ({}, "say why"),
        ({"value": 5, "status": "missing"}, "a reason why there is none"),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_kept(people, fields, said):
    of = made.indicator()
    good = made.entry(of, "2020", 30)
    with pytest.raises(Refused, match=said):
        enter(people.statistician, of, [good, made.entry(of, **fields)])
    assert not of.observations.exists()


def test_the_same_period_twice(people):
    of = made.indicator()
    with pytest.raises(Refused, match="twice"):
        enter(people.statistician, of, [made.entry(of, value=30), made.entry(of, value=31)])


def test_missing_nought_not_applicable_and_suppressed_are_four_things(people):
    of = made.indicator()
    made.figures(
        of, made.entry(of, "2020", 0), made.entry(of, "2021", status="missing"), made.entry(of, "2022", status="not_applicable"),
        made.entry(of, "2023", status="suppressed"),
    )  # fmt: skip
    kept = {o.period: (o.value, o.status) for o in of.observations.in_force()}
    assert kept == {
        "2020": (0, "normal"), "2021": (None, "missing"), "2022": (None, "not_applicable"), "2023": (None, "suppressed"),
    }  # fmt: skip


def test_a_correction_is_a_new_vintage_and_an_old_report_keeps_its_figure(people):
    of = made.indicator()
    made.series(of, y2024=40)
    then = timezone.now()
    made.series(of, y2024=38)
    assert of.observations.in_force().get().value == 38
    assert of.observations.as_of(then).get().value == 40
    assert of.observations.filter(state="replaced").get().ended_at == of.observations.in_force().get().validated_at


def test_the_same_figure_again_changes_nothing(people):
    of = made.indicator()
    made.series(of, y2024="38.123456")
    found = enter(people.statistician, of, [made.entry(of, value="38.123456")])
    assert (found.same, found.new, found.changed) == (1, [], [])
    assert of.observations.count() == 1


def test_of_two_figures_that_wait_the_later_one_speaks(people):
    of = made.indicator()
    enter(people.statistician, of, [made.entry(of, value=40)])
    enter(people.statistician, of, [made.entry(of, value=41)])
    assert [o.value for o in of.observations.waiting()] == [41]
    assert of.observations.get(state="withdrawn").value == 40


def test_who_may_enter(people):
    of = made.indicator(owner=people.health)
    enter(people.focal, of, [made.entry(of, value=40)])
    assert of.observations.get().institution == people.health
    for person in (people.stranger, people.secretariat, people.nhri, people.cso):
        with pytest.raises(NotAllowed):
            enter(person, of, [made.entry(of, "2023", 40)])


def test_who_may_validate(people):
    of = made.indicator(owner=people.health)
    enter(people.focal, of, [made.entry(of, value=40)])
    for person in (people.secretariat, people.administrator, people.focal, people.nhri):
        with pytest.raises(NotAllowed):
            validate(person, of.observations.all())
    assert of.observations.waiting().count() == 1


def test_a_figure_goes_back_with_a_reason(people):
    of = made.indicator(owner=people.health)
    enter(people.focal, of, [made.entry(of, value=40)])
    with pytest.raises(Invalid):
        return_figure(people.statistician, of.observations.get(), " ")
    return_figure(people.statistician, of.observations.get(), "The census says 45.")
    assert of.observations.get().state == "returned"
    assert Notice.objects.get(user=people.focal).kind == "indicators.returned"


def test_a_validated_figure_is_withdrawn_by_a_statistician_alone(people):
    of = made.indicator(owner=people.health)
    (row,) = made.series(of, y2024=40)
    with pytest.raises(NotAllowed):
        withdraw(people.focal, row, "wrong")
    withdraw(people.statistician, row, "The survey was withdrawn.")
    assert not of.observations.in_force()
    assert of.observations.get().reason == "The survey was withdrawn."


def test_an_institution_sees_its_own_figures_at_work_and_no_other(people):
    of = made.indicator(owner=people.health)
    enter(people.focal, of, [made.entry(of, value=40)])
    assert Observation.objects.visible_to(people.focal).count() == 1
    assert Observation.objects.visible_to(people.stranger).count() == 0
    assert Observation.objects.visible_to(people.secretariat).count() == 1


def test_indicators_by_visibility(people):
    from mutabaa.indicators.models import Indicator

    for visibility in ("public", "institutions", "secretariat"):
        made.indicator(code=visibility, visibility=visibility)
    made.indicator(code="unused", active=False)

    def seen(person):
        return set(Indicator.objects.visible_to(person).values_list("code", flat=True))

    assert seen(people.statistician) == {"public", "institutions", "secretariat", "unused"}
    assert seen(people.focal) == {"public", "institutions"}
    assert seen(people.nhri) == seen(None) == {"public"}


def test_it_works_for_the_database_that_keeps_floats(people):
    of = made.indicator(measure="count", factor=1)
    made.figures(of, made.entry(of, value=12345678901))
    assert enter(people.statistician, of, [made.entry(of, value=12345678901)]).same == 1
    assert world.state().code == "XMU"
