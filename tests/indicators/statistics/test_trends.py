from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.indicators.statistics.trends import Course, Point, compound_change, on_the_way, trend

D = Decimal


def series(*values, start=2020):
    return [Point(start + i, None if v is None else D(str(v))) for i, v in enumerate(values)]


def test_it_goes_down_and_that_is_better():
    got = trend(series(40, 36, 33, 30), better="down")
    assert (got.course, got.points, got.since, got.until) == (Course.IMPROVING, 4, 2020, 2023)
    assert round(got.per_year, 2) == D("-3.30")  # least squares by hand: -16.5 / 5


@pytest.mark.parametrize("points", [[], series(1), series(1, 2), series(1, None, 2)])
def test_two_points_are_no_trend(points):
    assert trend(points).course is Course.TOO_SHORT


def test_points_before_a_break_are_left_out_and_it_says_so():
    points = [*series(40, 30, 20), Point(2023, D(60), breaks=True), Point(2024, D(61))]
    got = trend(points, better="down")
    assert (got.course, got.points, got.cut) == (Course.TOO_SHORT, 2, True)
    longer = trend([*points, Point(2025, D(70))], better="down")
    assert (longer.course, longer.since, longer.cut) == (Course.WORSENING, 2023, True)


def test_a_break_at_a_point_without_value_counts_too():
    points = [*series(40, 30, 20), Point(2023, None, breaks=True), Point(2024, D(60))]
    assert trend(points).points == 1


def test_without_a_direction_nothing_improves():
    assert trend(series(1, 2, 3)).course is Course.RISING
    assert trend(series(3, 2, 1)).course is Course.FALLING
    assert trend(series(50, 50, 50), better="up").course is Course.STEADY


def test_compound_change_of_a_published_series():
    """UN IGME 2020: under-five mortality of 93 in 1990 and 38 in 2019. ln(38/93)/29 = -0.0309 a year, continuous; compound -3.04 per cent."""
    assert compound_change(93, 38, 29) == pytest.approx(-0.0304, abs=5e-5)
    assert compound_change(0, 5, 3) is None


def test_the_path_to_a_target():
    start, end = Point(2020, D(40)), Point(2030, D(10))
    assert on_the_way(start, end, 2025) == 25
    assert (on_the_way(start, end, 2020), on_the_way(start, end, 2030)) == (40, 10)
    assert on_the_way(start, end, 2031) is None


values = st.lists(st.integers(1, 10**6), min_size=3, max_size=20)


@given(values)
def test_turned_round_in_time_a_trend_turns_round(made):
    forward, backward = trend(series(*made)), trend(series(*made[::-1]))
    assert float(forward.per_year) == pytest.approx(-float(backward.per_year), abs=1e-6, rel=1e-6)


@given(values)
def test_the_order_in_which_points_come_is_of_no_matter(made):
    points = series(*made)
    assert trend(points) == trend(points[::-1])
