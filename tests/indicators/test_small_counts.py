"""Small counts are hidden from everybody but statisticians, and cannot be worked out."""

import datetime as dt

import pytest
from django.urls import reverse

from mutabaa.indicators.figures import shown
from mutabaa.indicators.presenting import present
from mutabaa.indicators.services import ask_for_figures
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


def test_earlier_vintages_of_a_group_are_for_statisticians(people, signed_in):
    """The earlier figure was a small one; the later is not."""
    of = made.indicator(measure="count", factor=1, code="victims")
    made.figures(of, made.entry(of, value=60), made.entry(of, value=2, breakdown="sex=female", source="First count"))
    made.figures(of, made.entry(of, value=20, breakdown="sex=female", source="Second count"))
    now = of.observations.in_force().get(breakdown="sex=female")
    old = of.observations.get(state="replaced")
    address = reverse("indicators:figure", args=[now.pk])
    seen = signed_in(people.secretariat).get(address).content.decode()
    assert "Second count" in seen
    assert "First count" not in seen
    assert signed_in(people.focal).get(reverse("indicators:figure", args=[old.pk])).status_code == 404
    assert "First count" in signed_in(people.statistician).get(address).content.decode()


def test_a_request_does_not_show_one_institution_the_figures_of_another(people, signed_in):
    of = made.indicator("victims", measure="count", factor=1)
    made.figures(of, made.entry(of, value=60), made.entry(of, value=2, breakdown="sex=female"))
    row = ask_for_figures(
        people.secretariat, indicator=of, institution=people.justice, period="2024", due_on=dt.date(2099, 1, 1)
    )
    text = signed_in(people.stranger).get(reverse("indicators:request", args=[row.public_id])).content.decode()
    assert 'name="c-1-2024" value=""' in text


def test_of_a_page_that_is_cut_off_no_period_is_shown_in_part(people, monkeypatch):
    of = made.indicator(measure="count", factor=1)
    made.figures(
        of, made.entry(of, "2023", 43), made.entry(of, "2023", 3, breakdown="sex=female"), made.entry(of, "2023", 40, breakdown="sex=male"),
        made.entry(of, "2024", 50), made.entry(of, "2024", 20, breakdown="sex=female"), made.entry(of, "2024", 30, breakdown="sex=male"),
    )  # fmt: skip
    monkeypatch.setattr("mutabaa.indicators.presenting.MOST_ROWS", 5)
    page = present(of, None)
    assert page.cut_off
    assert {s.row.period for s in page.own} == {"2024"}
