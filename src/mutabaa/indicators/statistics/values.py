"""A figure and its kinds. Missing, zero, not applicable and suppressed are four different things."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Measure(StrEnum):
    """What kind of number an indicator gives. Only some kinds may be compared (HR/PUB/12/5; T-163, T-263)."""

    PROPORTION = "proportion"  # part of a whole, in per cent
    RATE = "rate"  # events per so many people at risk
    RATIO = "ratio"  # one quantity to another, such as a parity index
    INDEX = "index"  # a score made by a published method
    COUNT = "count"  # how many, in one State and period
    EXISTENCE = "existence"  # 1: it exists; 0: it does not (structural indicators)


COMPARABLE = frozenset({Measure.PROPORTION, Measure.RATE, Measure.RATIO, Measure.INDEX})
COMPUTED = frozenset({Measure.PROPORTION, Measure.RATE, Measure.RATIO})  # from a numerator and a denominator


class Absence(StrEnum):
    """Why there is no number."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True)
class Figure:
    """A number or the reason why there is none; with what it was computed from, where that is known."""

    value: Decimal | None = None
    absent: Absence | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    n: int | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.absent is None):
            raise ValueError("a figure has either a value or the reason why there is none")


@dataclass(frozen=True)
class Scale:
    """How the number comes from numerator and denominator: `factor` is 100 for per cent, 100,000 for some rates."""

    measure: Measure
    factor: Decimal = Decimal(1)

    def compute(self, numerator: Decimal, denominator: Decimal) -> Decimal:
        """Raises `ZeroDivisionError` for a denominator of nought: nothing can be said of nobody."""
        if denominator == 0:
            raise ZeroDivisionError("a share of nothing")
        return numerator * self.factor / denominator
