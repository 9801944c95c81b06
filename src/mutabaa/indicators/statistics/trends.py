"""Which way a series goes. Three points at least, and never across a break (`domain.md` §4.5, 8)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ENOUGH = 3
STEADY = 0.01  # of the mean level a year: less is called no change


@dataclass(frozen=True)
class Point:
    """`at` in years (2024.25 for the second quarter). `breaks`: the definition or source changed before this point."""

    at: float
    value: Decimal | None
    breaks: bool = False


class Course(StrEnum):
    IMPROVING = "improving"
    WORSENING = "worsening"
    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    TOO_SHORT = "too_short"


@dataclass(frozen=True)
class Trend:
    """`per_year`: slope of the straight line through the points, in the unit. `compound`: mean compound change a year as a share;
    None where a value is not above nought. `points` and `since` tell what it rests on; `cut`: a break left earlier points out."""

    course: Course
    points: int
    since: float | None = None
    until: float | None = None
    per_year: Decimal | None = None
    compound: float | None = None
    cut: bool = False


def since_last_break(points: Sequence[Point]) -> list[Point]:
    """Points in order of time from the last break on, those without a value left out."""
    ordered = sorted(points, key=lambda p: p.at)
    start = max((i for i, p in enumerate(ordered) if p.breaks), default=0)
    return [p for p in ordered[start:] if p.value is not None]


def trend(points: Sequence[Point], better: str = "none") -> Trend:
    """`better`: "up", "down" or "none", the direction in which the indicator improves."""
    used = since_last_break(points)
    cut = len(used) < sum(p.value is not None for p in points)
    if len(used) < ENOUGH:
        return Trend(Course.TOO_SHORT, len(used), cut=cut)
    times = [p.at for p in used]
    values = [float(p.value) for p in used if p.value is not None]
    middle, level = sum(times) / len(times), sum(values) / len(values)
    spread = sum((t - middle) ** 2 for t in times)
    slope = sum((t - middle) * (v - level) for t, v in zip(times, values, strict=True)) / spread
    return Trend(
        _course(slope, level, better),
        len(used),
        times[0],
        times[-1],
        Decimal(repr(slope)),
        compound_change(values[0], values[-1], times[-1] - times[0]),
        cut,
    )


def _course(slope: float, level: float, better: str) -> Course:
    if abs(slope) <= STEADY * abs(level):
        return Course.STEADY
    if better == "none":
        return Course.RISING if slope > 0 else Course.FALLING
    return Course.IMPROVING if (slope > 0) == (better == "up") else Course.WORSENING


def compound_change(first: float, last: float, years: float) -> float | None:
    """The share by which a value must change each year to come from `first` to `last`."""
    if first <= 0 or last <= 0 or years <= 0:
        return None
    return math.exp(math.log(last / first) / years) - 1


def on_the_way(baseline: Point, target: Point, at: float) -> Decimal | None:
    """Where the straight path from baseline to target stands at a time; None outside it."""
    if baseline.value is None or target.value is None or not baseline.at <= at <= target.at or target.at == baseline.at:
        return None
    share = Decimal(repr((at - baseline.at) / (target.at - baseline.at)))
    return baseline.value + (target.value - baseline.value) * share
