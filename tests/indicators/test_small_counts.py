"""Small counts are hidden from everybody but statisticians, and cannot be worked out."""

import pytest

from mutabaa.indicators.figures import shown
from tests.indicators import made

pytestmark = pytest.mark.django_db


def by_group(of, person):
    rows = of.observations.in_force()
    return {s.row.breakdown: s for s in shown(rows, {of.pk: of}, person)}


def victims(of):
    made.figures(
        of, made.entry(of, value=43), made.entry(of, value=3, breakdown="sex=female"), made.entry(of, value=40, breakdown="sex=male"),
    )  # fmt: skip


def test_a_small_count_and_the_one_that_would_tell_it(people):
    of = made.indicator(measure="count", factor=1)
    victims(of)
    seen = by_group(of, people.secretariat)
    assert [(seen[k].value, seen[k].hidden) for k in ("", "sex=female", "sex=male")] == [
        (43, False),
        (None, True),
        (None, True),
    ]
    assert seen["sex=female"].status == "suppressed"
    assert seen["sex=female"].figure.numerator is None


def test_a_statistician_sees_it(people):
    of = made.indicator(measure="count", factor=1)
    victims(of)
    assert by_group(of, people.statistician)["sex=female"].value == 3


def test_percentages_of_few_people_are_hidden_too(people):
    of = made.indicator()
    made.figures(
        of, made.entry(of, numerator=54, denominator=100), made.entry(of, numerator=4, denominator=50, breakdown="sex=female"),
        made.entry(of, numerator=50, denominator=50, breakdown="sex=male"),
    )  # fmt: skip
    seen = by_group(of, None)
    assert seen["sex=female"].hidden
    assert seen["sex=male"].hidden
    assert seen[""].value == 54


def test_a_percentage_with_its_denominator_tells_the_number_of_people(people):
    """8 per cent of 50 are 4 people."""
    of = made.indicator()
    made.figures(
        of, made.entry(of, value=54, denominator=100), made.entry(of, value=8, denominator=50, breakdown="sex=female")
    )
    assert by_group(of, None)["sex=female"].hidden


def test_what_counts_no_people_is_shown(people):
    of = made.indicator(measure="count", factor=1, counts_people=False)
    victims(of)
    assert not any(s.hidden for s in by_group(of, None).values())


def test_nought_is_shown(people):
    of = made.indicator(measure="count", factor=1)
    made.figures(
        of, made.entry(of, value=40), made.entry(of, value=0, breakdown="sex=female"), made.entry(of, value=40, breakdown="sex=male")
    )  # fmt: skip
    assert not any(s.hidden for s in by_group(of, None).values())
