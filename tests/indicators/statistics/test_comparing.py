"""What may be compared with what: proportions, rates, ratios, indices; never counts (A/HRC/34/24 ¶42, ¶74)."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.indicators.statistics.comparing import Overlap, Side, cautions, difference, intervals, refusals
from mutabaa.indicators.statistics.values import Absence, Figure, Measure

D = Decimal
HERE = Side("literacy", Measure.PROPORTION, "%", "2024", "XMU", Figure(D("80")), source="census")
THERE = replace(HERE, area="XOT", figure=Figure(D("60")))
numbers = st.decimals(min_value=0, max_value=1000, places=2)


def test_two_states_in_one_year():
    assert refusals(HERE, THERE) == []
    told = difference(HERE, THERE)
    assert (told.amount, told.in_points, told.relative) == (D("-20"), True, D("-0.25"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"measure": Measure.COUNT, "unit": "persons"}, "counts"),
        ({"measure": Measure.EXISTENCE}, "no_quantity"),
        ({"unit": "per 1,000"}, "another_unit"),
        ({"period": "2020"}, "another_period"),
        ({"indicator": "enrolment"}, "another_indicator"),
        ({"figure": Figure(absent=Absence.MISSING)}, "no_figure"),
        ({"figure": Figure(absent=Absence.SUPPRESSED)}, "no_figure"),
    ],
)
def test_it_refuses(change, reason):
    other = replace(THERE, **change)
    assert reason in refusals(HERE, other)
    with pytest.raises(ValueError, match="cannot be compared"):
        difference(HERE, other)


def test_counts_are_refused_on_either_side_and_on_both():
    count = replace(HERE, measure=Measure.COUNT)
    assert "counts" in refusals(count, THERE)
    assert "counts" in refusals(HERE, count)
    assert "counts" in refusals(count, replace(count, area="XOT"))


def test_two_periods_of_one_state_across_a_break():
    before = replace(HERE, period="2015", figure=Figure(D("70")))
    assert refusals(before, HERE) == []
    assert refusals(before, replace(HERE, method=1)) == ["break_between"]


def test_a_figure_with_itself():
    assert refusals(HERE, HERE) == ["same_thing"]


def test_percentage_points_are_not_per_cent():
    """From 40 per cent to 44 per cent: 4 points, and one tenth more."""
    told = difference(replace(HERE, figure=Figure(D("40"))), replace(HERE, period="2025", figure=Figure(D("44"))))
    assert (told.amount, told.in_points, told.relative) == (D("4"), True, D("0.1"))


def test_a_fall_in_deaths_of_children_as_published():
    """UN IGME, Levels & Trends in Child Mortality, report 2020: 93 deaths per 1,000 live births in 1990, 38 in 2019, a fall of 59 per cent."""
    first = Side("u5mr", Measure.RATE, "per 1,000", "1990", "WLD", Figure(D("93")))
    told = difference(first, replace(first, period="2019", figure=Figure(D("38"))))
    assert not told.in_points
    assert round((told.relative or D(0)) * 100) == -59


@given(numbers, numbers)
def test_a_difference_turned_round_changes_its_sign(a, b):
    one, other = replace(HERE, figure=Figure(a)), replace(THERE, figure=Figure(b))
    assert difference(one, other).amount == -difference(other, one).amount


@given(numbers)
def test_nothing_is_divided_by_nought(a):
    told = difference(replace(HERE, figure=Figure(D(0))), replace(THERE, figure=Figure(a)))
    assert told.relative is None
    assert told.ratio is None


def test_intervals_that_meet_tell_of_chance():
    one = Figure(D("20"), low=D("15"), high=D("25"))
    assert intervals(one, Figure(D("24"), low=D("24"), high=D("30"))) is Overlap.OVERLAPPING
    assert intervals(one, Figure(D("30"), low=D("26"), high=D("34"))) is Overlap.APART
    assert intervals(one, Figure(D("30"))) is Overlap.UNKNOWN


def test_few_people_asked_and_another_source_are_told():
    small = replace(THERE, survey=True, source="survey", figure=Figure(D("60"), n=29))
    assert cautions(HERE, small) == ["another_source", "few_asked"]
    assert cautions(HERE, replace(small, figure=Figure(D("60"), n=30))) == ["another_source"]
