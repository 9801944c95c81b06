"""Dates as files give them."""

import datetime as dt
import re
from functools import lru_cache
from typing import Any

EPOCH = dt.date(1899, 12, 30)  # Excel's day 0, its 29 February 1900 included
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?\Z", re.S)
_YEAR_LAST = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})\Z")
_MONTHS = {name: n for n, names in enumerate(
    ["jan janv ene", "feb fév févr", "mar mars", "apr avr abr", "may mai", "jun juin", "jul juil", "aug août ago", "sep sept", "oct", "nov", "dec déc dic"], 1
) for name in names.split()}  # fmt: skip
_NAMED = re.compile(r"(\d{1,2})[ .\-]+([^\W\d_]+)[ .\-]+(\d{4})\Z")


def excel_day(number: float) -> dt.date | None:
    """An Excel serial number as a date; None outside 1950–2100, where it is no date of ours."""
    if not 18_264 <= number <= 73_051:
        return None
    return EPOCH + dt.timedelta(days=int(number))


def read_date(value: Any) -> tuple[dt.date | None, bool]:
    """The date in a cell, and whether it was an Excel serial number. `(None, False)` where it cannot be read.

    Day before month where both could be meant, as the United Nations write; a bare year is no date.
    """
    if isinstance(value, dt.datetime):
        return value.date(), False
    if isinstance(value, dt.date):
        return value, False
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return excel_day(float(value)), True
    return read_date_text(str(value or "").strip())


@lru_cache(5000)
def read_date_text(text: str) -> tuple[dt.date | None, bool]:
    """`read_date` of a text without spaces around it. One export has few dates, each thousands of times."""
    try:
        if match := _ISO.match(text):
            return dt.date(int(match[1]), int(match[2]), int(match[3])), False
        if match := _YEAR_LAST.match(text):
            first, second, year = int(match[1]), int(match[2]), int(match[3])
            return (dt.date(year, first, second) if second > 12 else dt.date(year, second, first)), False
        if match := _NAMED.match(text):
            name = match[2].lower()
            month = next((n for start, n in _MONTHS.items() if name.startswith(start)), None)
            return (dt.date(int(match[3]), month, int(match[1])) if month else None), False
        if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
            return excel_day(float(text)), True
    except ValueError:
        return None, False
    return None, False
