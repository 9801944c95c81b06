from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.indicators.statistics.checking import faults
from mutabaa.indicators.statistics.values import Absence, Figure, Measure, Scale

D = Decimal
PER_CENT = Scale(Measure.PROPORTION, D(100))
RATE = Scale(Measure.RATE, D(1000))


def figure(value=None, **rest):
    return Figure(None if value is None else D(str(value)), **{k: D(str(v)) for k, v in rest.items()})


@pytest.mark.parametrize(
    ("given", "scale", "wrong"),
    [
        (figure(50), PER_CENT, []),
        (figure(0), PER_CENT, []),
        (figure(100), PER_CENT, []),
        (figure("100.1"), PER_CENT, ["beyond_whole"]),
        (figure(-1), PER_CENT, ["beyond_whole"]),
        (figure(120, numerator=12, denominator=10), PER_CENT, ["part_beyond_whole", "beyond_whole"]),
        (figure("33.3", numerator=1, denominator=3), PER_CENT, []),
        (figure(34, numerator=1, denominator=3), PER_CENT, ["value_disagrees"]),
        (figure(10, numerator=10, denominator=0), PER_CENT, ["nothing_to_share"]),
        (figure(1500, numerator=3, denominator=2), RATE, []),
        (figure(-3), RATE, ["negative"]),
        (figure("3.5"), Scale(Measure.COUNT), ["part_of_a_count"]),
        (figure(2), Scale(Measure.EXISTENCE), ["not_yes_or_no"]),
        (figure(-2), Scale(Measure.INDEX), []),
        (figure(50, low=40, high=60), PER_CENT, []),
        (figure(50, low=51, high=60), PER_CENT, ["value_outside_interval"]),
        (figure(50, low=60, high=40), PER_CENT, ["value_outside_interval"]),
        (figure(50, low=40), PER_CENT, ["half_an_interval"]),
        (figure(1, numerator=-1, denominator=3), RATE, ["negative_part"]),
    ],
)
def test_what_is_wrong(given, scale, wrong):
    assert faults(given, scale) == wrong


def test_no_number_and_no_reason_is_no_figure():
    with pytest.raises(ValueError, match="either"):
        Figure()
    with pytest.raises(ValueError, match="either"):
        Figure(D(0), absent=Absence.MISSING)


@given(st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_computed_share_is_always_right(pair):
    top, bottom = map(D, pair)
    assert faults(Figure(PER_CENT.compute(top, bottom), numerator=top, denominator=bottom), PER_CENT) == []
