"""What may be compared with what, and how a difference is told."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mutabaa.indicators.statistics.values import COMPARABLE, Figure, Measure

FEW = 30  # people asked in a survey, below which a figure says little (`domain.md` §4.5, 5)


@dataclass(frozen=True)
class Side:
    """One side of a comparison: what was measured, where, when, how. `method` tells one definition of the indicator from the
    next: the number of breaks in the series up to this period. `survey`: the figure comes from a sample."""

    indicator: str
    measure: Measure
    unit: str
    period: str
    area: str
    figure: Figure
    groups: str = ""
    source: str = ""
    method: int = 0
    survey: bool = False


def refusals(one: Side, other: Side) -> list[str]:
    """Why the two cannot be compared; empty where they can. In words in `wording.NOT_COMPARED`."""
    found = []
    if one.indicator != other.indicator:
        found.append("another_indicator")
    if one.measure is Measure.COUNT or other.measure is Measure.COUNT:
        found.append("counts")
    elif one.measure not in COMPARABLE or other.measure not in COMPARABLE:
        found.append("no_quantity")
    if one.unit != other.unit or one.measure is not other.measure:
        found.append("another_unit")
    if (one.area, one.groups) != (other.area, other.groups) and one.period != other.period:
        found.append("another_period")
    if one.area == other.area and one.method != other.method:
        found.append("break_between")
    if one.figure.value is None or other.figure.value is None:
        found.append("no_figure")
    if (one.area, one.period, one.groups) == (other.area, other.period, other.groups):
        found.append("same_thing")
    return found


def cautions(one: Side, other: Side) -> list[str]:
    """What a reader must know beside a comparison that is allowed. In words in `wording.CAUTIONS`."""
    found = []
    if one.source != other.source:
        found.append("another_source")
    if any(side.survey and side.figure.n is not None and side.figure.n < FEW for side in (one, other)):
        found.append("few_asked")
    if (overlap := intervals(one.figure, other.figure)) is not Overlap.UNKNOWN:
        found.append(overlap.value)
    return found


class Overlap(StrEnum):
    """Disjoint intervals: the difference is clear. Overlapping ones: it may be chance; that is no proof that there is none."""

    APART = "intervals_apart"
    OVERLAPPING = "intervals_overlap"
    UNKNOWN = "intervals_unknown"


def intervals(one: Figure, other: Figure) -> Overlap:
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return Overlap.UNKNOWN
    return Overlap.APART if one.high < other.low or other.high < one.low else Overlap.OVERLAPPING


@dataclass(frozen=True)
class Difference:
    """`amount` is `other` less `one`, in percentage points for proportions, else in the unit. `relative`: share of `one`, or None
    where `one` is nought. `ratio`: `other` to `one`."""

    amount: Decimal
    in_points: bool
    relative: Decimal | None
    ratio: Decimal | None


def difference(one: Side, other: Side) -> Difference:
    """Raises `ValueError` where `refusals` has something to say: no page shows a difference that is not allowed."""
    if refusals(one, other) or one.figure.value is None or other.figure.value is None:
        raise ValueError("these two cannot be compared")
    amount = other.figure.value - one.figure.value
    of = one.figure.value
    return Difference(
        amount,
        one.measure is Measure.PROPORTION,
        amount / of if of else None,
        other.figure.value / of if of else None,
    )
