"""What cannot be right in a figure, found before anybody uses it."""

from decimal import Decimal

from mutabaa.indicators.statistics.values import COMPUTED, Figure, Measure, Scale

ROUNDING = Decimal("0.06")  # a published value is often rounded to one decimal
FINER = Decimal("0.006")  # of a small value, relative


def faults(figure: Figure, scale: Scale) -> list[str]:
    """Codes of what is wrong, in words in `wording.FAULTS`; empty where nothing is."""
    found = _of_the_parts(figure, scale) + _of_the_interval(figure)
    value = figure.value
    if value is None:
        return found
    if scale.measure is Measure.PROPORTION and not 0 <= value <= scale.factor:
        found.append("beyond_whole")
    elif value < 0 and scale.measure is not Measure.INDEX:
        found.append("negative")
    if scale.measure is Measure.EXISTENCE and value not in (0, 1):
        found.append("not_yes_or_no")
    if scale.measure is Measure.COUNT and value != value.to_integral_value():
        found.append("part_of_a_count")
    return found


def _of_the_parts(figure: Figure, scale: Scale) -> list[str]:
    top, bottom = figure.numerator, figure.denominator
    found = []
    if any(part is not None and part < 0 for part in (top, bottom)):
        return ["negative_part"]
    if bottom == 0 and figure.value is not None:
        found.append("nothing_to_share")
    if top is None or not bottom:
        return found
    if scale.measure is Measure.PROPORTION and top > bottom:
        found.append("part_beyond_whole")
    elif scale.measure in COMPUTED and figure.value is not None and not _agrees(figure.value, scale, top, bottom):
        found.append("value_disagrees")
    return found


def _agrees(value: Decimal, scale: Scale, top: Decimal, bottom: Decimal) -> bool:
    right = scale.compute(top, bottom)
    return abs(value - right) <= max(ROUNDING if scale.factor > 1 else FINER, abs(right) * FINER)


def _of_the_interval(figure: Figure) -> list[str]:
    low, high, value = figure.low, figure.high, figure.value
    if low is None and high is None:
        return []
    if low is None or high is None:
        return ["half_an_interval"]
    if low > high or (value is not None and not low <= value <= high):
        return ["value_outside_interval"]
    return []
