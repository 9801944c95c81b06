"""Groups put together by their sums. Worked examples from the literature, where the mean of percentages misleads."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.indicators.statistics.combining import CannotCombine, combine
from mutabaa.indicators.statistics.values import Absence, Figure, Measure, Scale

D = Decimal
PER_CENT = Scale(Measure.PROPORTION, D(100))
# Charig et al., BMJ 292 (1986) 879–882: operations on small and large kidney stones that succeeded, of all.
OPEN_SURGERY = [(81, 87), (192, 263)]
PUNCTURE = [(234, 270), (55, 80)]
# Bickel, Hammel and O'Connell, Science 187 (1975) 398–404: the six largest departments, admitted of all women who applied.
WOMEN = [(89, 108), (17, 25), (202, 593), (131, 375), (94, 393), (24, 341)]


def shares(pairs):
    return [Figure(PER_CENT.compute(D(a), D(b)), numerator=D(a), denominator=D(b)) for a, b in pairs]


@pytest.mark.parametrize(
    ("pairs", "top", "bottom", "whole"),
    [(OPEN_SURGERY, 273, 350, D("78.0")), (PUNCTURE, 289, 350, D("82.6")), (WOMEN, 557, 1835, D("30.4"))],
)
def test_published_examples(pairs, top, bottom, whole):
    got = combine(shares(pairs), PER_CENT)
    assert (got.numerator, got.denominator) == (top, bottom)
    assert round(got.value, 1) == whole


def test_the_mean_of_percentages_would_be_another_number():
    mean = sum(f.value for f in shares(WOMEN)) / len(WOMEN)
    assert round(mean, 1) == D("41.7")  # not 30.4


@pytest.mark.parametrize(
    ("figures", "scale", "reason"),
    [
        ([Figure(D(40)), Figure(D(60))], PER_CENT, "no_parts"),
        ([*shares(WOMEN), Figure(absent=Absence.MISSING)], PER_CENT, "absent"),
        ([*shares(WOMEN), Figure(absent=Absence.SUPPRESSED)], PER_CENT, "absent"),
        ([], PER_CENT, "nothing"),
        ([Figure(absent=Absence.NOT_APPLICABLE)], PER_CENT, "nothing"),
        ([Figure(D(1))], Scale(Measure.INDEX), "index"),
    ],
)
def test_it_refuses_with_the_reason(figures, scale, reason):
    with pytest.raises(CannotCombine) as told:
        combine(figures, scale)
    assert told.value.reason == reason


def test_what_does_not_apply_is_left_out_and_nought_is_not():
    groups = shares([(0, 50), (10, 50)])
    assert combine([*groups, Figure(absent=Absence.NOT_APPLICABLE)], PER_CENT).value == 10
    assert combine(groups[1:], PER_CENT).value == 20


pairs = st.lists(
    st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8
)


@given(pairs)
def test_the_whole_lies_between_its_parts(made):
    groups = shares(made)
    whole = combine(groups, PER_CENT).value
    assert min(f.value for f in groups) - D("1e-9") <= whole <= max(f.value for f in groups) + D("1e-9")


@given(pairs)
def test_the_order_of_groups_is_of_no_matter(made):
    assert combine(shares(made), PER_CENT) == combine(shares(made[::-1]), PER_CENT)
