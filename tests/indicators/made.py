"""An indicator and its figures, for tests of what reads them."""

import itertools
from decimal import Decimal
from typing import Any

from mutabaa.indicators.models import Category, Dimension, Indicator, Observation
from mutabaa.indicators.services import enter, validate
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.indicators.statistics.periods import read_period
from tests import world

counter = itertools.count(1)


def dimensions() -> None:
    """Sex and age."""
    for order, (code, sdmx, categories) in enumerate(
        [
            ("sex", "SEX", [("female", "F", "Female"), ("male", "M", "Male")]),
            ("age", "AGE", [("0-4", "Y0T4", "0–4 years"), ("5-17", "Y5T17", "5–17 years")]),
        ],
        1,
    ):
        row, _made = Dimension.objects.get_or_create(
            code=code, defaults={"name_en": code.title(), "sdmx": sdmx, "order": order}
        )
        for n, (category, abroad, name) in enumerate(categories, 1):
            Category.objects.get_or_create(
                dimension=row, code=category, defaults={"name_en": name, "sdmx": abroad, "order": n}
            )


def indicator(code: str = "", **fields: Any) -> Indicator:
    """A public proportion of people, in per cent, that should go down."""
    world.installation()
    dimensions()
    n = next(counter)
    return Indicator.objects.create(
        **{
            "code": code or f"indicator-{n}",
            "name_en": f"Population living in poverty, part {n}",
            "kind": "outcome",
            "measure": "proportion",
            "factor": 100,
            "unit_en": "%",
            "direction": "down",
        }
        | fields
    )


def entry(of: Indicator, period: str = "2024", value: Any = None, breakdown: str = "", **fields: Any) -> Entry:
    number = {k: Decimal(str(v)) for k, v in fields.items() if k in ("numerator", "denominator", "low", "high")}
    rest = {k: v for k, v in fields.items() if k not in number}
    known = read_period(period)
    assert known
    return Entry(
        **{"indicator": of.code, "area": "XMU", "period": known, "breakdown": breakdown}
        | {"value": None if value is None else Decimal(str(value))}
        | number
        | rest
    )


def series(of: Indicator, **values: Any) -> list[Observation]:
    """Validated figures for the whole: `series(x, y2020=40, y2021=38)`."""
    statistician = world.person("statistician")
    enter(statistician, of, [entry(of, name[1:], value) for name, value in values.items()])
    validate(statistician, of.observations.waiting())
    return list(of.observations.in_force())


def figures(of: Indicator, *entries: Entry) -> list[Observation]:
    statistician = world.person("statistician")
    enter(statistician, of, entries)
    validate(statistician, of.observations.waiting())
    return list(of.observations.in_force())
