"""One figure on its way in: completed from its parts, and checked, before it is written anywhere."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal

from mutabaa.indicators.statistics.checking import faults
from mutabaa.indicators.statistics.periods import Period
from mutabaa.indicators.statistics.values import COMPUTED, Absence, Figure, Scale

ABSENCES = {a.value for a in Absence}
KEPT = Decimal("0.000001")  # what the column holds
KEPT_PARTS = Decimal("0.0001")
EXACT = Context(prec=15)
MOST = Decimal(10) ** 13


@dataclass(frozen=True)
class Entry:
    """`line`: where it stands in its file, for refusals. `status`: as in `states.Status`."""

    indicator: str
    area: str
    period: Period
    breakdown: str = ""
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    n: int | None = None
    status: str = "normal"
    breaks: bool = False
    source: str = ""
    note: str = ""
    line: int = 0

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.indicator, self.area, self.period.code, self.breakdown

    @property
    def content(self) -> tuple[object, ...]:
        """What makes two figures for one key the same figure."""
        return (
            self.value, self.numerator, self.denominator, self.low, self.high, self.n, self.status, self.breaks,
            self.source, self.note,
        )  # fmt: skip


def completed(entry: Entry, scale: Scale) -> Entry:
    """With the value computed from numerator and denominator where it was not given, and all numbers as the columns keep them."""
    value = entry.value
    if value is None and entry.status not in ABSENCES and entry.numerator is not None:
        if scale.measure in COMPUTED and entry.denominator:
            value = scale.compute(entry.numerator, entry.denominator)
        elif scale.measure not in COMPUTED and entry.denominator is None:
            value = entry.numerator
    return replace(
        entry,
        value=_kept(value, KEPT),
        low=_kept(entry.low, KEPT),
        high=_kept(entry.high, KEPT),
        numerator=_kept(entry.numerator, KEPT_PARTS),
        denominator=_kept(entry.denominator, KEPT_PARTS),
    )


def _kept(number: Decimal | None, step: Decimal) -> Decimal | None:
    """At most 15 digits: what a database that keeps floating-point numbers gives back unchanged."""
    if number is None or abs(number) >= MOST:
        return number
    return EXACT.create_decimal(number).quantize(step, ROUND_HALF_EVEN)


def wrong_with(entry: Entry, scale: Scale) -> list[str]:
    """Codes of what cannot be right, for an entry that was completed; empty where it can be written."""
    numbers = (entry.value, entry.numerator, entry.denominator, entry.low, entry.high)
    if any(number is not None and abs(number) >= MOST for number in numbers):
        return ["too_large"]
    if entry.status in ABSENCES:
        return ["value_and_reason"] if entry.value is not None else []
    if entry.value is None:
        return ["nothing_to_share"] if entry.denominator == 0 else ["no_value"]
    figure = Figure(
        entry.value, None, entry.numerator, entry.denominator, entry.low, entry.high, entry.n
    )  # fmt: skip
    return faults(figure, scale)
