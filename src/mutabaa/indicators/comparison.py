"""Two figures of an indicator chosen on a page, and what may be said of them together."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from mutabaa.core.wording import share_text
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.figures import Shown, number_text, shown
from mutabaa.indicators.models import Indicator
from mutabaa.indicators.statistics.comparing import Side, cautions, difference, refusals
from mutabaa.indicators.statistics.values import Measure
from mutabaa.indicators.wording import CAUTIONS, NOT_COMPARED

MOST_CHOICES = 600


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass
class Comparison:
    """`refused` or `sentences`; neither before two figures are chosen."""

    ones: list[Choice]
    others: list[Choice]
    one: Shown | None = None
    other: Shown | None = None
    one_label: str = ""
    other_label: str = ""
    refused: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)


def value_of(s: Shown) -> str:
    return f"{s.row.area_id}|{s.row.period}|{s.row.breakdown}"


def label_of(s: Shown, groups: Groups) -> str:
    return " · ".join([str(s.row.area), s.row.period, groups.label(s.row.breakdown)])


def compare_of(indicator: Indicator, person: Any, one: str, other: str, groups: Groups) -> Comparison:
    """One query."""
    rows = (
        indicator.observations.in_force()
        .select_related("area")
        .order_by("-starts_on", "-period", "area_id", "breakdown")
    )
    seen = shown(rows[: MOST_CHOICES * 2], {indicator.pk: indicator}, person)[:MOST_CHOICES]
    known = {value_of(s): s for s in seen}
    result = Comparison(
        [Choice(value, label_of(s, groups), value == one) for value, s in known.items()],
        [Choice(value, label_of(s, groups), value == other) for value, s in known.items()],
    )
    result.one, result.other = known.get(one), known.get(other)
    if result.one is None or result.other is None:
        return result
    result.one_label, result.other_label = label_of(result.one, groups), label_of(result.other, groups)
    left, right = (side_of(s, indicator, seen) for s in (result.one, result.other))
    result.refused = [str(NOT_COMPARED[code]) for code in refusals(left, right)]
    if not result.refused:
        result.sentences = told(left, right, indicator)
        result.cautions = [str(CAUTIONS[code]) for code in cautions(left, right)]
    return result


def side_of(s: Shown, indicator: Indicator, seen: list[Shown]) -> Side:
    breaks = sum(
        1 for o in seen
        if o.row.breaks and (o.row.area_id, o.row.breakdown) == (s.row.area_id, s.row.breakdown) and o.row.starts_on <= s.row.starts_on
    )  # fmt: skip
    return Side(
        indicator.code, Measure(indicator.measure), indicator.unit, s.row.period, s.row.area_id, s.figure, s.row.breakdown,
        s.row.source, breaks, indicator.is_survey,
    )  # fmt: skip


def told(left: Side, right: Side, indicator: Indicator) -> list[str]:
    """The difference, and how many times the one is the other."""
    got = difference(left, right)
    amount = number_text(abs(got.amount), indicator.decimals)
    unit = _("percentage points") if got.in_points else indicator.unit
    if got.amount == 0:
        return [_("The two figures are equal.")]
    said = (
        _("The second is %(amount)s %(unit)s higher.")
        if got.amount > 0
        else _("The second is %(amount)s %(unit)s lower.")
    )
    sentences = [said % {"amount": f"\u2066{amount}\u2069", "unit": unit}]
    if got.ratio is not None:
        sentences.append(
            _("Ratio of the second to the first: %(ratio)s.") % {"ratio": f"\u2066{number_text(got.ratio, 2)}\u2069"}
        )
    if not got.in_points and got.relative is not None:
        sentences.append(
            _("In relation to the first: %(share)s.") % {"share": f"\u2066{share_text(float(got.relative))}\u2069"}
        )
    return sentences
