"""Periods as they stand in tables: a year, half a year, a quarter, a month, or several years together."""

import datetime as dt
import re
from dataclasses import dataclass

EARLIEST, LATEST = 1900, 2100
_MONTHS_OF = {"S": 6, "Q": 3, "T": 3, "B": 2}
_FORMS = re.compile(
    r"(?P<year>\d{4})(?:[-\s]?(?P<letter>[SQTsqt])(?P<part>[1-4])|-M?(?P<month>0[1-9]|1[0-2])|[-–/](?P<to>\d{4}|\d{2}))?(?:\.0)?"
)


@dataclass(frozen=True, order=True)
class Period:
    """`starts` orders; `code` is how it is kept and shown: "2024", "2024-Q2", "2024-05", "2019-2021"."""

    starts: dt.date
    code: str

    @property
    def at(self) -> float:
        """In years, for axes and trends."""
        return self.starts.year + (self.starts.month - 1) / 12


def read_period(text: str) -> Period | None:
    """None where it is no period that the system knows."""
    found = _FORMS.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"])
    if not EARLIEST <= year <= LATEST:
        return None
    if found["letter"]:
        letter = "S" if found["letter"].upper() == "S" else "Q"
        part = int(found["part"])
        month = (part - 1) * _MONTHS_OF[letter] + 1
        return Period(dt.date(year, month, 1), f"{year}-{letter}{part}") if month <= 12 else None
    if found["month"]:
        return Period(dt.date(year, int(found["month"]), 1), f"{year}-{found['month']}")
    if found["to"]:
        last = int(found["to"]) if len(found["to"]) == 4 else year // 100 * 100 + int(found["to"])
        return Period(dt.date(year, 1, 1), f"{year}-{last}") if year < last <= year + 20 else None
    return Period(dt.date(year, 1, 1), str(year))
