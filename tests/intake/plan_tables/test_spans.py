"""Dates of plans, in the many ways in which tables write them."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.intake.plan_tables.spans import Span, read_span

Q3 = Span(dt.date(2027, 7, 1), dt.date(2027, 9, 30))
H1 = Span(dt.date(2027, 1, 1), dt.date(2027, 6, 30))
YEAR = Span(dt.date(2027, 1, 1), dt.date(2027, 12, 31))
YEARS = Span(dt.date(2026, 1, 1), dt.date(2028, 12, 31))
JUNE = Span(dt.date(2027, 6, 1), dt.date(2027, 6, 30))
DAY = Span(dt.date(2027, 6, 30), dt.date(2027, 6, 30))
END = Span(None, dt.date(2027, 12, 31))
MIDDLE = Span(None, dt.date(2027, 6, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((t, Q3) for t in ["Q3 2027", "2027 Q3", "T3 2027", "3rd quarter of 2027", "third quarter 2027", "3e trimestre 2027", "tercer trimestre de 2027",
                            "III квартал 2027 г.", "الربع الثالث من عام ٢٠٢٧", "2027年第三季度"]),
        *((t, H1) for t in ["H1 2027", "first half of 2027", "premier semestre 2027", "primer semestre de 2027", "первое полугодие 2027 года", "النصف الأول من 2027", "2027年上半年"]),
        *((t, YEAR) for t in ["2027", "٢٠٢٧", "in 2027", "2027年", "عام 2027"]),
        *((t, YEARS) for t in ["2026-2028", "2026–2028", "2026/2028", "2026 to 2028", "de 2026 à 2028", "с 2026 по 2028", "من 2026 إلى 2028", "2026年至2028年"]),
        *((t, JUNE) for t in ["June 2027", "juin 2027", "junio de 2027", "июнь 2027", "حزيران/يونيو 2027", "2027年6月", "06/2027", "2027-06"]),
        *((t, DAY) for t in ["30 June 2027", "2027-06-30", "30.06.2027", "30/06/2027", "30 de junio de 2027", "30 июня 2027 г.", "30 يونيو 2027", "2027年6月30日", "June 30, 2027", "46568"]),
        *((t, END) for t in ["end of 2027", "by the end of 2027", "fin 2027", "d'ici fin 2027", "a finales de 2027", "к концу 2027 года", "نهاية ٢٠٢٧", "بحلول نهاية عام 2027", "2027年底"]),
        *((t, MIDDLE) for t in ["mid-2027", "mi-2027", "mediados de 2027", "середина 2027", "منتصف 2027", "2027年中"]),
        ("Jan 2026 – Jun 2027", Span(dt.date(2026, 1, 1), dt.date(2027, 6, 30))),
        ("from March to June 2027", Span(dt.date(2027, 3, 1), dt.date(2027, 6, 30))),
        ("Q1 2026 - Q3 2027", Span(dt.date(2026, 1, 1), dt.date(2027, 9, 30))),
        *((t, Span(ongoing=True)) for t in ["Ongoing", "en continu", "постоянно", "مستمر", "持续"]),
    ],
)  # fmt: skip
def test_it_reads(text, expected):
    assert read_span(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "early 2027",
        "13/2027",
        "Q5 2027",
        "31.02.2027",
        "before 2027",
        "",
        "as needed",
        "1327",
        "2027 2028 2029",
    ],
)
def test_it_does_not_guess(text):
    assert read_span(text) is None


days = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@given(days)
def test_a_day_is_itself_in_every_notation(day):
    for text in (
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day} {calendar.month_name[day.month]} {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert read_span(text) == Span(day, day), text


@given(days, days)
def test_two_years_make_a_span_from_first_to_last_day(one, other):
    first, last = sorted((one.year, other.year))
    if first < last:
        assert read_span(f"{first}–{last}") == Span(dt.date(first, 1, 1), dt.date(last, 12, 31))


@given(st.text(max_size=60))
def test_whatever_a_cell_holds_it_answers_or_says_that_it_cannot(text):
    found = read_span(text)
    assert found is None or found.ongoing or found.end is not None
