"""Figures of several groups put together: from their numerators and denominators, or not at all.

The mean of percentages is no percentage: groups of different size weigh alike in it. So a share of the whole is computed anew
from sums (`domain.md` §4.5, 3), and where a sum is not known the answer is a refusal with its reason.
"""

from collections.abc import Sequence
from decimal import Decimal

from mutabaa.indicators.statistics.values import Absence, Figure, Measure, Scale


class CannotCombine(Exception):
    """`reason`: "nothing", "no_parts", "absent", "index", "existence"; in words in `wording.NOT_COMBINED`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def combine(figures: Sequence[Figure], scale: Scale) -> Figure:
    """One figure for all groups together. The groups must not overlap: the caller knows that, numbers cannot tell.

    A group to which the question does not apply is left out; one that is missing or suppressed makes the whole unknown.
    """
    if scale.measure in (Measure.INDEX, Measure.EXISTENCE):
        raise CannotCombine(scale.measure.value)
    known = [f for f in figures if f.absent is not Absence.NOT_APPLICABLE]
    if not known:
        raise CannotCombine("nothing")
    if any(f.absent is not None for f in known):
        raise CannotCombine("absent")
    if scale.measure is Measure.COUNT:
        return Figure(sum((f.value for f in known if f.value is not None), Decimal(0)))
    if any(f.numerator is None or f.denominator is None for f in known):
        raise CannotCombine("no_parts")
    top = sum((f.numerator for f in known if f.numerator is not None), Decimal(0))
    bottom = sum((f.denominator for f in known if f.denominator is not None), Decimal(0))
    if bottom == 0:
        raise CannotCombine("nothing")
    return Figure(scale.compute(top, bottom), numerator=top, denominator=bottom)
