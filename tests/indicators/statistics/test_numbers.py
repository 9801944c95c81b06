import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.indicators.statistics.numbers import NotANumber, Written, read_cell, read_number, written
from mutabaa.indicators.statistics.periods import read_period

D = Decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.5", "12.5"), ("12,5", "12.5"), ("1 372", "1372"), ("1\u00a0372,25", "1372.25"), ("1,234,567", "1234567"),
        ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("٣٫٥", "3.5"), ("١٢", "12"), ("45 %", "45"), ("−3", "-3"), ("0,125", "0.125"),
        ("1'234'567", "1234567"), ("2.5e3", "2500"),
    ],
)  # fmt: skip
def test_numbers_of_many_countries(text, value):
    assert read_number(text) == D(value)


def test_one_thousand_or_one():
    with pytest.raises(NotANumber) as told:
        read_number("1,234")
    assert told.value.code == "comma"
    assert read_number("1,234", "thousands") == 1234
    assert read_number("1,234", "decimal") == D("1.234")


@pytest.mark.parametrize("text", ["1372 [937-1828]", "1372 (937 – 1828)", "1 372 [937 to 1 828]", "1372[937–1828]"])
def test_bounds(text):
    assert read_cell(text) == Written(D(1372), D(937), D(1828))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("..", "missing"),
        (":", "missing"),
        ("n/a", "missing"),
        ("x", "not_applicable"),
        (":c", "suppressed"),
        ("<5", "suppressed"),
        ("*", "suppressed"),
    ],
)
def test_no_number_for_different_reasons(text, status):
    assert read_cell(text) == Written(status=status)


def test_numerator_and_denominator():
    assert read_cell("1 200/4 000") == Written(numerator=D(1200), denominator=D(4000))


@given(st.decimals(0, 1000, places=2), st.decimals(0, 1000, places=2), st.booleans())
def test_what_is_written_for_the_grid_is_read_back(a, b, parts):
    text = written(a, a, b, None, None, "normal") if parts else written(a, None, None, a, a + b, "normal")
    assert read_cell(text) == (Written(numerator=a, denominator=b) if parts else Written(a, a, a + b))


def test_nought_is_a_number_and_an_empty_cell_is_nothing():
    assert read_cell("0") == Written(D(0))
    assert read_cell(" ") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("-", "dash"),
        ("about 5", "number"),
        ("1.2.3", "number"),
        ("1e30", "number"),
        ("Infinity", "number"),
        ("12,34,5", "number"),
    ],
)
def test_it_does_not_guess(text, code):
    with pytest.raises(NotANumber) as told:
        read_cell(text)
    assert told.value.code == code


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_what_a_program_writes_is_read_back(value):
    assert read_number(str(value)) == value


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    with contextlib.suppress(NotANumber):
        read_cell(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("2024", "2024"), ("2024.0", "2024"), ("2024-Q2", "2024-Q2"), ("2024Q2", "2024-Q2"), ("2024 T2", "2024-Q2"), ("2024-05", "2024-05"),
     ("2024-S2", "2024-S2"), ("2019-2021", "2019-2021"), ("2019/20", "2019-2020"), ("2024-M05", "2024-05")],
)  # fmt: skip
def test_periods(text, code):
    assert read_period(text).code == code


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-S3", "1800", "2024-Q5", "2021-2019", "next year"])
def test_what_is_no_period(text):
    assert read_period(text) is None


def test_periods_stand_in_order():
    assert sorted([read_period("2024-Q3"), read_period("2024"), read_period("2023-S2")])[0].code == "2023-S2"
