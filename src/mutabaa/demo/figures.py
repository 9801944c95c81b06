"""Figures of the fictitious State: series that were entered, validated and corrected, a request, and neighbours to compare with.

All numbers are invented, for invented States.
"""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mutabaa.accounts.models import Role, User
from mutabaa.indicators.models import Indicator, Observation
from mutabaa.indicators.services import ask_for_figures, enter, set_path, validate
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.indicators.statistics.periods import Period, read_period
from mutabaa.institutions.models import Institution


def show_figures(people: dict[str, User], area: str, read: Callable[[str], dict[str, Any]]) -> None:
    """Nothing where the demonstration has no statistician or the catalogue is not loaded."""
    statistician = next((p for p in people.values() if p.role == Role.STATISTICIAN), None)
    secretariat = next(p for p in people.values() if p.role == Role.SECRETARIAT)
    if statistician is None:
        return
    data = read("figures")
    year = timezone.localdate().year
    for line in data["series"]:
        indicator = Indicator.objects.filter(code=line["indicator"]).first()
        if indicator is None:
            continue
        entries = [entry for part in line["figures"] for entry in entries_of(part, line, area, year)]
        enter(statistician, indicator, entries)
        if not line.get("waits"):
            validate(statistician, Observation.objects.filter(indicator=indicator))
        if path := line.get("path"):
            points = [
                (n == 0, year + back, Decimal(str(value)), data["set_by"] if n else "")
                for n, (back, value) in enumerate(path)
            ]
            set_path(secretariat, indicator, None, points)
        if holder := Institution.objects.filter(code=line.get("owner", "")).first():
            indicator.refresh_from_db()
            indicator.owner = holder
            indicator.save()
    for question in data["requests"]:
        indicator = Indicator.objects.filter(code=question["indicator"]).first()
        place = Institution.objects.filter(code=question["institution"]).first()
        if indicator and place:
            ask_for_figures(
                secretariat, indicator=indicator, institution=place, period=str(year - 1),
                due_on=timezone.localdate() + dt.timedelta(days=21), message=question["message"],
            )  # fmt: skip


def entries_of(part: dict[str, Any], line: dict[str, Any], area: str, year: int) -> list[Entry]:
    """A run of values that ends `ends` years before this one; a value is a number, [numerator, denominator], or a status."""
    out = []
    values = part["values"]
    for n, value in enumerate(values):
        period = read_period(str(year - part.get("ends", 1) - len(values) + 1 + n))
        if period is None or value is None:
            continue
        out.append(entry_of(value, period, part, line, part.get("area", area), breaks=part.get("breaks") == n))
    return out


def entry_of(
    value: Any, period: Period, part: dict[str, Any], line: dict[str, Any], area: str, *, breaks: bool
) -> Entry:
    numbers: dict[str, Any] = {}
    if isinstance(value, list):
        numbers = {"numerator": Decimal(str(value[0])), "denominator": Decimal(str(value[1]))}
    elif isinstance(value, str):
        numbers = {"status": value}
    else:
        numbers = {"value": Decimal(str(value))}
        if margin := part.get("margin"):
            numbers |= {"low": numbers["value"] - Decimal(str(margin)), "high": numbers["value"] + Decimal(str(margin))}
    return Entry(
        line["indicator"], area, period, part.get("group", ""), breaks=breaks, source=part.get("source", line["source"]),
        note=part.get("note", "") if breaks else "", **numbers,
    )  # fmt: skip
