import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.indicators.statistics.intervals import wilson

# Newcombe, Statistics in Medicine 17 (1998) 857–872, table I: Wilson's score method without continuity correction.
PUBLISHED = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]


@pytest.mark.parametrize(("successes", "n", "low", "high"), PUBLISHED)
def test_published_examples(successes, n, low, high):
    got = wilson(successes, n)
    assert [round(float(x), 4) for x in got] == [low, high]


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_lies_inside_and_the_bounds_within_a_whole(pair):
    successes, n = pair
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1


@pytest.mark.parametrize(("successes", "n"), [(1, 0), (5, 4), (-1, 4)])
def test_it_refuses_what_is_no_share(successes, n):
    with pytest.raises(ValueError, match="sample"):
        wilson(successes, n)
