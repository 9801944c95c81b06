"""The drawing of a timeline: a band per measure with its milestones and today's line. Pure: knows nothing of Django.

Each row is a drawing of its own that stretches with its table cell, placed in per cent, so that the page needs no script
and no inline style. Colour never stands alone: what is late is said in words beside it, and milestones differ in shape.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from mutabaa.core.charts import INK, SOFT, TRACK, Svg

BAND = {
    "not_started": "#87919b",
    "planned": "#87919b",
    "under_way": "#1f6f94",
    "completed": "#14532d",
    "delayed": "#a3261d",
    "suspended": "#b7791f",
    "cancelled": "#cfd7df",
}
HEIGHT, TOP, BAR = 28, 9, 10
TODAY = "#d97706"
NARROWEST = 0.6  # per cent: a measure of a few days is still seen


@dataclass(frozen=True)
class Mark:
    """A milestone. `state`: "done", "open" or "missed"."""

    label: str
    on: dt.date
    state: str


@dataclass(frozen=True)
class Axis:
    """The days that the drawing covers, both included; mirrored where the page runs from right to left."""

    first: dt.date
    last: dt.date
    rtl: bool = False

    def at(self, day: dt.date) -> float:
        """The place of a day in per cent from the left edge; days outside stand at the edge."""
        share = min(max((day - self.first).days / max((self.last - self.first).days, 1), 0.0), 1.0) * 100
        return round(100 - share if self.rtl else share, 2)

    def quarters(self) -> list[dt.date]:
        """The first day of each quarter inside; of each year where there would be more than forty."""
        step = 3 if (self.last - self.first).days <= 40 * 92 else 12
        days = [
            dt.date(year, month, 1)
            for year in range(self.first.year, self.last.year + 1)
            for month in range(1, 13, step)
        ]
        return [day for day in days if self.first < day <= self.last]


def header(axis: Axis, label: str) -> Svg:
    """Years with their quarters. `label` says it in words."""
    parts = [grid(axis, 36)]
    years = range(axis.first.year, axis.last.year + 1)
    every = max(1, -(-len(years) // 12))
    for year in years:
        start, end = axis.at(max(dt.date(year, 1, 1), axis.first)), axis.at(min(dt.date(year, 12, 31), axis.last))
        if (year - axis.first.year) % every == 0 and abs(end - start) >= 3:
            parts.append(text((start + end) / 2, 14, str(year), 12, 600))
    quarters = axis.quarters()
    if len(years) <= 6 and len(quarters) > len(years):
        for year in years:
            for number in range(4):
                first = dt.date(year, number * 3 + 1, 1)
                last = dt.date(year + (number == 3), (number * 3 + 4) % 12 or 12, 1)
                if axis.first <= first and last <= axis.last + dt.timedelta(days=1):
                    parts.append(text((axis.at(first) + axis.at(last)) / 2, 30, f"{number + 1}", 10, 400))
    return drawn("".join(parts), 36, label)


def band(
    axis: Axis, start: dt.date | None, due: dt.date, execution: str, marks: Sequence[Mark], today: dt.date, label: str
) -> Svg:
    """A measure without a start is drawn from a point at its due date. `label` tells the facts in words."""
    parts = [grid(axis, HEIGHT, years=True)]
    begin, end = axis.at(start or due), axis.at(due)
    left, width = min(begin, end), max(abs(end - begin), NARROWEST)
    left = min(left, 100 - width)
    dashes = ' stroke-dasharray="3 2"' if execution in {"not_started", "planned", "cancelled"} else ""
    parts.append(
        f'<rect x="{left:.2f}%" y="{TOP}" width="{width:.2f}%" height="{BAR}" rx="2" fill="{BAND[execution]}" stroke="{INK}" stroke-width="0.75"{dashes}/>'
    )
    for mark in marks:
        parts.append(milestone(axis.at(mark.on), mark))
    if axis.first <= today <= axis.last:
        x = axis.at(today)
        parts.append(f'<line x1="{x}%" x2="{x}%" y1="0" y2="{HEIGHT}" stroke="{TODAY}" stroke-width="2"/>')
    return drawn("".join(parts), HEIGHT, label)


def milestone(x: float, mark: Mark) -> str:
    """Reached: a filled diamond; open: an empty one; missed: a cross."""
    y = TOP + BAR / 2
    shape = {
        "done": f'<path d="M0 {y - 7}L7 {y}L0 {y + 7}L-7 {y}Z" fill="{INK}"/>',
        "open": f'<path d="M0 {y - 7}L7 {y}L0 {y + 7}L-7 {y}Z" fill="#fff" stroke="{INK}" stroke-width="1.5"/>',
        "missed": f'<path d="M-7 {y - 7}h14v14h-14Z" fill="#fff" stroke="#a3261d" stroke-width="1.5"/><path d="M-5 {y - 5}l10 10M5 {y - 5}l-10 10" stroke="#a3261d" stroke-width="2"/>',
    }[mark.state]
    return f'<svg x="{x}%" overflow="visible"><g><title>{escape(mark.label)}</title>{shape}</g></svg>'


def grid(axis: Axis, height: int, *, years: bool = False) -> str:
    """A line at each quarter, or at each year."""
    return "".join(
        f'<line x1="{axis.at(day)}%" x2="{axis.at(day)}%" y1="0" y2="{height}" stroke="{SOFT if day.month == 1 else TRACK}" stroke-width="{1 if day.month == 1 else 0.75}"/>'
        for day in axis.quarters()
        if day.month == 1 or not years
    )


def text(x: float, y: int, value: str, size: int, weight: int) -> str:
    return f'<text x="{x:.2f}%" y="{y}" text-anchor="middle" fill="{INK}" font-size="{size}" font-weight="{weight}">{escape(value)}</text>'


def drawn(inner: str, height: int, label: str) -> Svg:
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="100%" height="{height}" role="img" aria-label="{escape(label)}"'
        f' direction="ltr" font-family="sans-serif">{inner}</svg>'
    )
