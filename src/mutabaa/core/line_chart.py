"""Series over time as SVG text: lines with their points, gaps, breaks and intervals, mirrored for right-to-left pages. Pure.

As in `charts.py`, the same drawing serves the page (`width=None`: it stretches) and documents (`width` in pixels). Lines differ
by their dashes and markers, not by colour alone; the data stand in a table beside the drawing.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

from mutabaa.core.charts import GAP, INK, ROW_GAP, SMALL_SIZE, SOFT, TRACK, Canvas, Svg

HEIGHT = 240
TOP, FOOT = 18, 24
MARGIN, END = 0.1, 0.03  # shares of the width kept for the labels of the axis, and at the other end
COLOURS = ["#14466b", "#a3261d", "#14532d", "#6d4aa5", "#8a5a00", "#2b333b"]
DASHES = ["", "7 4", "2 3", "9 3 2 3", "4 4", "12 4"]
APART = 0.13  # of the width between the labels under the axis


@dataclass(frozen=True)
class Point:
    """`y` None: no value, a gap. `breaks`: the line does not lead here from the point before. `tip`: what pointing at it says."""

    x: float
    y: float | None
    tip: str = ""
    breaks: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Line:
    """`path`: a target or plan, drawn thin and without markers where it was not measured."""

    label: str
    points: Sequence[Point] = field(default_factory=tuple)
    path: bool = False


@dataclass(frozen=True)
class Swatch:
    """An entry of the legend: a short piece of the line itself."""

    label: str
    swatch: Svg


def legend(lines: Sequence[Line]) -> list[Swatch]:
    return [
        Swatch(
            line.label,
            Svg(
                f'<svg width="28" height="14" viewBox="0 0 28 14" aria-hidden="true" focusable="false"><line x1="0" x2="28" y1="7" y2="7"'
                f"{stroke(n, line)}/>{'' if line.path else marker('14', 7, n)}</svg>"
            ),
        )
        for n, line in enumerate(lines)
    ]


def stroke(n: int, line: Line) -> str:
    dash = "3 3" if line.path else DASHES[n % len(DASHES)]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f' stroke="{SOFT if line.path else COLOURS[n % len(COLOURS)]}" stroke-width="{1.5 if line.path else 2.25}"{dashes}'


def marker(x: str, y: float, n: int, tip: str = "") -> str:
    colour = COLOURS[n % len(COLOURS)]
    title = f"<title>{escape(tip)}</title>" if tip else ""
    fill = GAP if n % 2 else colour
    return f'<circle cx="{x}" cy="{y:.1f}" r="3.75" fill="{fill}" stroke="{colour}" stroke-width="2">{title}</circle>'


def nice_step(span: float) -> float:
    """1, 2 or 5 times a power of ten, so that four or five lines cross the drawing."""
    rough = span / 4 if span > 0 else 1.0
    power = 10 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)


def ticks(lowest: float, highest: float) -> list[float]:
    """From nought where the values are near enough to it: a cut axis makes small differences look large."""
    if lowest >= 0 and lowest <= highest * 0.75:
        lowest = 0.0
    step = nice_step(highest - lowest or abs(highest) or 1.0)
    first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
    return [round(n * step, 10) for n in range(first, max(last, first + 1) + 1)]


def line_chart(
    lines: Sequence[Line],
    x_labels: Sequence[tuple[float, str]],
    *,
    uid: str,
    title: str,
    description: str = "",
    rtl: bool = False,
    width: int | None = None,
    number: Callable[[float], str] = str,
) -> Svg:
    """`x_labels`: place and name of each period. `uid` must be unique on the page."""
    canvas = Canvas(rtl, width)
    values = [v for line in lines for p in line.points for v in (p.y, p.low, p.high) if v is not None]
    places = [x for x, _label in x_labels] or [0.0]
    axis = ticks(min(values), max(values)) if values else [0.0, 1.0]
    plot = Plot(canvas, min(places), max(places), axis[0], axis[-1])
    for tick in axis:
        plot.grid(tick, number(tick))
    last: float | None = None
    for x, label in reversed(x_labels):
        if label and (last is None or plot.share(last) - plot.share(x) >= APART):
            plot.name(x, label)
            last = x
    for n, line in enumerate(lines):
        plot.draw(n, line)
    canvas.y = HEIGHT + FOOT + ROW_GAP
    return canvas.drawing(uid, title, description)


class Plot:
    """From the values of the axes to places on the canvas."""

    def __init__(self, canvas: Canvas, first: float, last: float, bottom: float, top: float) -> None:
        self.canvas, self.first, self.last, self.bottom, self.top = canvas, first, last, bottom, top

    def share(self, value: float) -> float:
        """Of the width, from the start of the line of writing."""
        span = self.last - self.first
        return MARGIN + (1 - MARGIN - END) * ((value - self.first) / span if span else 0.5)

    def x(self, value: float) -> str:
        return self.canvas.across(1 - self.share(value) if self.canvas.rtl else self.share(value))

    def y(self, value: float) -> float:
        return TOP + (HEIGHT - TOP) * (1 - (value - self.bottom) / (self.top - self.bottom))

    def add(self, part: str) -> None:
        self.canvas.parts.append(part)

    def grid(self, value: float, label: str) -> None:
        y = self.y(value)
        start, end = (self.canvas.across(0.0), self.canvas.across(1.0))
        self.add(f'<line x1="{start}" x2="{end}" y1="{y:.1f}" y2="{y:.1f}" stroke="{TRACK}"/>')
        edge = self.canvas.across(1.0 if self.canvas.rtl else 0.0)
        self.add(
            f'<text x="{edge}" y="{y - 4:.1f}" text-anchor="start" fill="{SOFT}" font-size="{SMALL_SIZE}">{escape(label)}</text>'
        )

    def name(self, x: float, label: str) -> None:
        self.add(
            f'<text x="{self.x(x)}" y="{HEIGHT + 18}" text-anchor="middle" fill="{INK}" font-size="{SMALL_SIZE}" direction="ltr">{escape(label)}</text>'
        )

    def draw(self, n: int, line: Line) -> None:
        before: Point | None = None
        for point in line.points:
            if point.breaks and not line.path:
                self.add(
                    f'<line x1="{self.x(point.x)}" x2="{self.x(point.x)}" y1="{TOP}" y2="{HEIGHT}" stroke="{SOFT}" stroke-dasharray="1 4"/>'
                )
            if point.y is None:
                before = None
                continue
            if before is not None and before.y is not None and not point.breaks:
                self.add(
                    f'<line x1="{self.x(before.x)}" y1="{self.y(before.y):.1f}" x2="{self.x(point.x)}" y2="{self.y(point.y):.1f}"{stroke(n, line)}/>'
                )
            before = point
        for point in line.points:
            self.mark(n, line, point)

    def mark(self, n: int, line: Line, point: Point) -> None:
        if point.y is None or line.path:
            return
        if point.low is not None and point.high is not None:
            x = self.x(point.x)
            self.add(
                f'<line x1="{x}" x2="{x}" y1="{self.y(point.high):.1f}" y2="{self.y(point.low):.1f}" stroke="{COLOURS[n % len(COLOURS)]}" stroke-width="1" opacity="0.7"/>'
            )
        self.add(marker(self.x(point.x), self.y(point.y), n, point.tip))
