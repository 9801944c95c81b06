"""Figures as a person may see them: small counts hidden, in words, in order. Every page, file and chart takes its rows from here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from mutabaa.core.installation import current
from mutabaa.core.templatetags.mutabaa import babel_locale
from mutabaa.indicators.breakdowns import parts_of
from mutabaa.indicators.models import Indicator, Observation
from mutabaa.indicators.policies import sees_small_counts
from mutabaa.indicators.states import MeasureKind, Status
from mutabaa.indicators.statistics.periods import read_period
from mutabaa.indicators.statistics.suppression import Cell, hidden
from mutabaa.indicators.statistics.values import Absence, Figure

SIGNS = {Status.MISSING.value: "…", Status.NOT_APPLICABLE.value: "×", Status.SUPPRESSED.value: "◌"}


@dataclass(frozen=True)
class Shown:
    """A figure as this person sees it. `hidden`: a small count, or one that would give a small count away."""

    row: Observation
    figure: Figure
    decimals: int = 1
    hidden: bool = False
    exists: bool = False  # the figure says yes or no

    @property
    def value(self) -> Decimal | None:
        return self.figure.value

    @property
    def status(self) -> str:
        return Status.SUPPRESSED.value if self.hidden else self.row.status

    @property
    def status_label(self) -> str:
        return str(Status(self.status).label)

    @property
    def sign(self) -> str:
        """What stands where there is no number; the words beside it say why."""
        return SIGNS.get(self.status, "")

    @property
    def text(self) -> str:
        if self.value is None:
            return self.sign
        if self.exists:
            return _("Yes") if self.value else _("No")
        return number_text(self.value, self.decimals)

    @property
    def interval(self) -> str:
        low, high = self.figure.low, self.figure.high
        if low is None or high is None:
            return ""
        return f"{number_text(low, self.decimals)} – {number_text(high, self.decimals)}"

    @property
    def at(self) -> float:
        period = read_period(self.row.period)
        return period.at if period else float(self.row.starts_on.year)


def number_text(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    places = "0" * decimals
    return format_decimal(
        rounded, format=f"#,##0.{places}" if places else "#,##0", locale=babel_locale(), numbering_system="latn"
    )


def own_area() -> str:
    """The State of the installation: one query."""
    return str(current().state_id or "")


def shown(rows: Iterable[Observation], indicators: dict[int, Indicator], person: Any) -> list[Shown]:
    """The rows as the person may see them.

    Small counts are hidden with the others of their table, so `rows` must hold **every group** of each indicator, area and period
    that it holds a group of; else a hidden figure could be worked out from a row that was left out here and shown elsewhere.
    """
    listed = list(rows)
    gone = set() if sees_small_counts(person) else hidden_keys(listed, indicators)
    out = []
    for row in listed:
        out.append(seen_as(row, indicators[row.indicator_id], hidden=row.pk in gone))
    return out


def seen_as(row: Observation, indicator: Indicator, *, hidden: bool = False) -> Shown:
    figure = Figure(absent=Absence.SUPPRESSED) if hidden else row.figure
    return Shown(row, figure, indicator.decimals, hidden, indicator.measure == MeasureKind.EXISTENCE)


def hidden_keys(rows: Sequence[Observation], indicators: dict[int, Indicator]) -> set[int]:
    """Keys of the rows whose counts must not be shown. No query."""
    tables: dict[tuple[int, str, str], list[Observation]] = defaultdict(list)
    for row in rows:
        if indicators[row.indicator_id].counts_people:
            tables[row.indicator_id, row.area_id, row.period].append(row)
    out: set[int] = set()
    for (indicator, _area, _period), table in tables.items():
        if len(table) > 1 or table[0].breakdown:
            out |= _hidden_of(table, indicators[indicator])
    return out


def _hidden_of(table: Sequence[Observation], indicator: Indicator) -> set[int]:
    names = sorted({name for row in table for name in parts_of(row.breakdown)})
    cells: dict[Cell, Observation] = {}
    for row in table:
        parts = parts_of(row.breakdown)
        cells[tuple(parts.get(name) for name in names)] = row
    counts = {cell: people_in(row, indicator) for cell, row in cells.items()}
    return {cells[cell].pk for cell in hidden(counts)}


def people_in(row: Observation, indicator: Indicator) -> int | None:
    """How many people the figure tells of: the numerator, or the count itself; None where nobody can know."""
    if row.value is None:
        return None
    if indicator.measure == MeasureKind.COUNT:
        return int(row.value)
    if row.numerator is not None:
        return round(row.numerator)
    if row.denominator is not None and indicator.measure in (MeasureKind.PROPORTION, MeasureKind.RATE):
        return round(row.value * row.denominator / indicator.factor)
    return None
