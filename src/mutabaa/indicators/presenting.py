"""The page of an indicator, ready for a template: charts, the table of periods and groups, the trend in a sentence, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from mutabaa.core.line_chart import Line, Point, Swatch, legend, line_chart
from mutabaa.indicators.breakdowns import Groups, parts_of
from mutabaa.indicators.figures import Shown, number_text, own_area, shown
from mutabaa.indicators.models import SEX, Dimension, Indicator, Observation, TargetPoint
from mutabaa.indicators.states import MeasureKind
from mutabaa.indicators.statistics import trends
from mutabaa.indicators.statistics.combining import CannotCombine, combine
from mutabaa.indicators.statistics.values import COMPARABLE, Measure
from mutabaa.indicators.wording import COURSE_TONE, COURSES, NOT_COMBINED

MOST_ROWS = 4000  # figures of one page
PERIODS = 12  # columns of the table, the latest
LINES = 6
WITHOUT_OVERLAP = {SEX, "location", "disability", "income"}


@dataclass(frozen=True)
class Drawing:
    """What `indicators/_chart.html` shows."""

    title: str
    svg: Any
    legend: Sequence[Swatch] = field(default_factory=tuple)


@dataclass(frozen=True)
class TrendShown:
    label: str
    tone: str
    sentence: str


@dataclass(frozen=True)
class Presentation:
    indicator: Indicator
    area: str
    groups: Groups
    own: list[Shown]
    others: list[Shown]
    targets: list[tuple[TargetPoint, str]]
    periods: list[str]
    table: list[tuple[str, list[Shown | None]]]
    latest: Shown | None
    trend: TrendShown | None
    drawings: list[Drawing]
    by: Dimension | None
    choices: list[Dimension]
    missing_sex: bool
    breaks: list[Shown]
    cut_off: bool
    together: tuple[str, str] | None

    @property
    def goal(self) -> tuple[TargetPoint, str] | None:
        """The last point of the path, where it is a target."""
        return next((pair for pair in reversed(self.targets) if not pair[0].baseline), None)

    @property
    def any_hidden(self) -> bool:
        return any(s.hidden for s in self.own)

    @property
    def comparable(self) -> bool:
        return Measure(self.indicator.measure) in COMPARABLE

    @property
    def missing_dimensions(self) -> list[Dimension]:
        """Recommended for the indicator, and without any figure."""
        there = {name for s in self.own for name in parts_of(s.row.breakdown)}
        return [d for d in self.indicator.dimensions.all() if d.code not in there]


def present(indicator: Indicator, person: Any, by: str = "") -> Presentation:
    """Seven queries. `by`: the dimension of the second chart; the first that has figures where it has none."""
    area = own_area()
    found = indicator.observations.in_force().filter(Q(area_id=area) | Q(breakdown=""))
    rows = list(found.select_related("area").order_by("-starts_on", "-period")[: MOST_ROWS + 1])
    cut_off = len(rows) > MOST_ROWS
    if cut_off:
        # Not half a period: a small count could be worked out from a table that was not looked through whole.
        rows = [row for row in rows if row.starts_on > rows[-1].starts_on]
    seen = shown(rows, {indicator.pk: indicator}, person)[::-1]
    own = [s for s in seen if s.row.area_id == area]
    others = [s for s in seen if s.row.area_id != area]
    groups, targets = Groups.load(), list(indicator.targets.all())
    periods = list(dict.fromkeys(s.row.period for s in own))[-PERIODS:]
    whole = [s for s in own if not s.row.breakdown]
    choices = [d for d in groups.dimensions.values() if any(d.code in parts_of(s.row.breakdown) for s in own)]
    chosen = next((d for d in choices if d.code == by), choices[0] if choices else None)
    return Presentation(
        indicator, area, groups, own, others, [(t, number_text(t.value, indicator.decimals)) for t in targets], periods, table_of(own, periods, groups),
        next((s for s in reversed(whole) if s.value is not None), None), trend_of(whole, indicator),
        drawings_of(indicator, whole, own, others, targets, groups, chosen), chosen, choices,
        bool(indicator.counts_people and own and not any(SEX in parts_of(s.row.breakdown) for s in own)),
        [s for s in own if s.row.breaks and not s.row.breakdown], cut_off,
        together(own, indicator, chosen, groups),
    )  # fmt: skip


def together(
    own: Sequence[Shown], indicator: Indicator, by: Dimension | None, groups: Groups
) -> tuple[str, str] | None:
    """The groups of a dimension put together in their latest period, where nobody gave the whole: (period, the figure or the reason
    why there is none). Only of dimensions whose categories do not overlap."""
    if by is None or by.code not in WITHOUT_OVERLAP or not own:
        return None
    period = own[-1].row.period
    parts = [s for s in own if s.row.period == period and list(parts_of(s.row.breakdown)) == [by.code]]
    if any(s.row.period == period and not s.row.breakdown for s in own) or len(parts) < len(groups.within(by.code)):
        return None
    try:
        value = combine([s.figure for s in parts], indicator.scale).value
    except CannotCombine as refusal:
        return period, str(NOT_COMBINED[refusal.reason])
    return period, number_text(value, indicator.decimals) if value is not None else ""


def table_of(own: Sequence[Shown], periods: Sequence[str], groups: Groups) -> list[tuple[str, list[Shown | None]]]:
    cells = {(s.row.breakdown, s.row.period): s for s in own}
    keys = sorted({s.row.breakdown for s in own}, key=groups.rank)
    return [(groups.label(key), [cells.get((key, period)) for period in periods]) for key in keys]


def trend_points(rows: Sequence[Shown]) -> list[trends.Point]:
    return [trends.Point(s.at, s.value, s.row.breaks) for s in rows]


def trend_of(whole: Sequence[Shown], indicator: Indicator) -> TrendShown | None:
    if not whole or indicator.measure == MeasureKind.EXISTENCE:
        return None
    got = trends.trend(trend_points(whole), indicator.direction)
    label = str(COURSES[got.course])
    sentence = ""
    if got.per_year is not None and got.since is not None and got.until is not None:
        change = ("+" if got.per_year > 0 else "") + number_text(got.per_year, max(indicator.decimals, 1))
        sentence = _("%(change)s %(unit)s a year, by the straight line through %(points)s points from %(since)s to %(until)s.") % {
            "change": f"\u2066{change}\u2069",
            "unit": change_unit(indicator),
            "points": got.points,
            "since": int(got.since),
            "until": int(got.until),
        }  # fmt: skip
    if got.cut:
        left_out = _("Points before a break in the series are left out.")
        sentence = f"{sentence} {left_out}".strip()
    return TrendShown(label, COURSE_TONE.get(got.course, ""), sentence)


def change_unit(indicator: Indicator) -> str:
    """Differences of percentages are percentage points."""
    return _("percentage points") if indicator.measure == MeasureKind.PROPORTION else indicator.unit


def drawings_of(
    indicator: Indicator, whole: Sequence[Shown], own: Sequence[Shown], others: Sequence[Shown],
    targets: Sequence[TargetPoint], groups: Groups, by: Dimension | None,
) -> list[Drawing]:  # fmt: skip
    if indicator.measure == MeasureKind.EXISTENCE or not own:
        return []
    out = []
    path = path_of(targets, indicator)
    if whole:
        out.append(drawing(indicator, _("Over time"), [line_of(groups.label(""), whole), *path], "over-time"))
    if by:
        keys = [k for k in sorted({s.row.breakdown for s in own}, key=groups.rank) if list(parts_of(k)) == [by.code]]
        lines = [line_of(groups.label(k), [s for s in own if s.row.breakdown == k]) for k in keys[:LINES]]
        if lines:
            title = _("By group: %(dimension)s") % {"dimension": by}
            out.append(drawing(indicator, title, lines, "by-group"))
    if others and whole and Measure(indicator.measure) in COMPARABLE:
        areas = {s.row.area_id: str(s.row.area) for s in others}
        lines = [line_of(str(whole[-1].row.area), whole)]
        lines += [
            line_of(name, [s for s in others if s.row.area_id == code])
            for code, name in list(areas.items())[: LINES - 1]
        ]
        out.append(drawing(indicator, _("Beside other States"), lines, "states"))
    return out


def path_of(targets: Sequence[TargetPoint], indicator: Indicator) -> list[Line]:
    if not targets:
        return []
    points = [Point(float(t.year), float(t.value), number_text(t.value, indicator.decimals)) for t in targets]
    return [Line(_("Path from baseline to target"), points, path=True)]


def line_of(label: str, rows: Sequence[Shown]) -> Line:
    return Line(
        label,
        [
            Point(
                s.at, as_float(s.value), f"{label}, {s.row.period}: {s.text}", s.row.breaks, as_float(s.figure.low),
                as_float(s.figure.high),
            )
            for s in rows
        ],
    )  # fmt: skip


def as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def drawing(indicator: Indicator, title: str, lines: list[Line], uid: str) -> Drawing:
    names: dict[float, str] = {}
    for line in lines:
        for point in line.points:
            names.setdefault(point.x, f"{int(point.x)}" if point.x == int(point.x) else "")
    labels = sorted(names.items())
    svg = line_chart(
        lines,
        labels,
        uid=uid,
        title=f"{indicator.name} – {title} ({indicator.unit})",
        rtl=get_language_bidi(),
        number=axis_number,
    )
    return Drawing(title, svg, legend(lines) if len(lines) > 1 else ())


def axis_number(value: float) -> str:
    places = 0 if value == int(value) else 1 if round(value, 1) == value else 2
    return number_text(Decimal(repr(value)), places)


def courses(indicators: Sequence[Indicator], area: str) -> dict[int, tuple[str, str]]:
    """Indicator → its trend's name and tone, without numbers: for lists. One query."""
    rows = Observation.objects.in_force().filter(indicator__in=indicators, area_id=area, breakdown="")
    series: dict[int, list[trends.Point]] = {}
    for pk, starts, value, breaks in rows.values_list("indicator_id", "starts_on", "value", "breaks"):
        series.setdefault(pk, []).append(trends.Point(starts.year + (starts.month - 1) / 12, value, breaks))
    out = {}
    for row in indicators:
        got = trends.trend(series.get(row.pk, ()), row.direction)
        if got.course is not trends.Course.TOO_SHORT and row.measure != MeasureKind.EXISTENCE:
            out[row.pk] = (str(COURSES[got.course]), COURSE_TONE.get(got.course, ""))
    return out
