"""Charts as SVG text: horizontal bars with their labels, mirrored for right-to-left pages. Pure: knows nothing of Django.

The same functions serve the page (`width=None`: bars stretch with the page, text keeps its size) and documents
(`width` in pixels: a drawing of fixed size that can be turned into a picture). No script, no style attribute: the
site's Content-Security-Policy forbids both. Colour never carries the meaning alone: segments stand in the order of
the legend, are parted by white lines, bear their number where it fits, and the data stand in a table beside the chart.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

# One colour per implementation status, wherever it is drawn. Each has a contrast of at least 3:1 to white, the colour
# of the separators and of the page (WCAG 1.4.11); hue and lightness both change from one to the next.
STATUS_COLOURS = {
    "implemented": "#14532d",
    "substantially_implemented": "#2f8f5b",
    "partially_implemented": "#1f6f94",
    "in_progress": "#b7791f",
    "ongoing_obligation": "#6d4aa5",
    "not_started": "#a3261d",
    "not_assessed": "#87919b",
    "not_accepted": "#525c66",
    "superseded": "#2b333b",
}
PLAIN = "#1f5f8b"
INK, SOFT, TRACK, GAP = "#17222d", "#475564", "#e4e9ee", "#ffffff"

TEXT_SIZE, SMALL_SIZE = 14, 12
LINE_HEIGHT, BAR_HEIGHT, ROW_GAP = 18, 20, 14
PHONE_LETTERS = 34
NARROWEST = 0.008
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


class Svg(str):
    """Markup that was escaped here; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Series:
    """One kind of segment: what the legend says, and its colour."""

    key: str
    label: str
    colour: str

    @property
    def swatch(self) -> Svg:
        return Svg(
            f'<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">'
            f'<rect width="14" height="14" rx="2" fill="{escape(self.colour)}"/></svg>'
        )


@dataclass(frozen=True)
class Row:
    """One bar. `values` maps the key of a series to its count; `note` stands at the end of the label's line."""

    label: str
    values: Mapping[str, int]
    note: str = ""

    @property
    def total(self) -> int:
        return sum(self.values.values())


@dataclass(frozen=True)
class Cell:
    """One cell of the data table; `value` keeps numbers as numbers, so that the page formats them."""

    value: str | int | float | None
    url: str = ""
    share: float | None = None

    @property
    def numeric(self) -> bool:
        return isinstance(self.value, int | float)


@dataclass(frozen=True, kw_only=True)
class Table:
    """What `core/components/figure_table.html` shows: the first cell of each row is its heading."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    @property
    def body(self) -> list[list[tuple[str, Cell]]]:
        """Each cell with the heading of its column, for narrow screens."""
        return [list(zip(self.header, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, kw_only=True)
class Chart(Table):
    """What `core/components/chart.html` shows: the drawing, its legend, and the same data as a table."""

    svg: Svg
    legend: Sequence[Series] = field(default_factory=tuple)
    note: str = ""


def stacked_bars(
    rows: Sequence[Row],
    series: Sequence[Series],
    *,
    uid: str,
    title: str,
    description: str = "",
    rtl: bool = False,
    width: int | None = None,
    number: Callable[[int], str] = str,
) -> Svg:
    """Each row as one bar of full length, divided by the shares of the series. Rows without any count show an empty track.

    `uid` must be unique on the page; `number` writes counts in the page's language.
    """
    canvas = Canvas(rtl, width)
    for row in rows:
        canvas.label(row.label, row.note or number(row.total))
        canvas.track()
        present = [(s, row.values.get(s.key, 0)) for s in series if row.values.get(s.key, 0) > 0]
        start = 0.0
        for one, share in zip(present, widths([count for _s, count in present]), strict=True):
            kind, count = one
            canvas.segment(start, share, kind.colour, f"{kind.label}: {number(count)}", number(count))
            start += share
        canvas.end_row()
    return canvas.drawing(uid, title, description)


def bars(
    rows: Sequence[Row],
    *,
    uid: str,
    title: str,
    description: str = "",
    colour: str = PLAIN,
    rtl: bool = False,
    width: int | None = None,
    number: Callable[[int], str] = str,
) -> Svg:
    """Each row as one bar whose length is its total, against the largest."""
    canvas = Canvas(rtl, width)
    largest = max((row.total for row in rows), default=0)
    for row in rows:
        canvas.label(row.label, row.note or number(row.total))
        canvas.track()
        if row.total:
            canvas.segment(0.0, max(row.total / largest, NARROWEST), colour, f"{row.label}: {number(row.total)}", "")
        canvas.end_row()
    return canvas.drawing(uid, title, description)


PALETTE = ["#1f5f8b", "#b7791f", "#2f8f5b", "#a3261d", "#6d4aa5", "#525c66"]
COLUMNS_HEIGHT, AXIS = 180, 22


def columns(
    rows: Sequence[Row],
    series: Sequence[Series],
    *,
    uid: str,
    title: str,
    description: str = "",
    rtl: bool = False,
    number: Callable[[int], str] = str,
) -> Svg:
    """Upright bars side by side, in the order of the page's direction: for years. The values of a row stand on each other in
    the order of `series`; the height is against the largest total, which is written at its line."""
    largest = max((row.total for row in rows), default=0)
    parts: list[str] = []
    step = 1.0 / max(len(rows), 1)
    every = max(1, -(-len(rows) // 9))  # so many labels as have room on a telephone
    top = SMALL_SIZE + 8
    for part in (0.5, 1.0):
        y = top + COLUMNS_HEIGHT * (1 - part)
        parts.append(f'<line x1="0" x2="100%" y1="{y:.1f}" y2="{y:.1f}" stroke="{TRACK}"/>')
        if largest * part == int(largest * part) and largest:
            x = "100%" if rtl else "0"  # a text starts at its right end where the drawing's direction is right to left
            parts.append(
                f'<text x="{x}" y="{y - 4:.1f}" text-anchor="start" fill="{SOFT}" font-size="{SMALL_SIZE}">{escape(number(int(largest * part)))}</text>'
            )
    for place, row in enumerate(rows):
        start = 1.0 - (place + 1) * step if rtl else place * step
        y = float(top + COLUMNS_HEIGHT)
        for kind in series:
            value = row.values.get(kind.key, 0)
            if not value:
                continue
            height = max(1.5, COLUMNS_HEIGHT * value / largest)
            y -= height
            parts.append(
                f'<rect x="{(start + step * 0.12) * 100:.3f}%" y="{y:.1f}" width="{step * 76:.3f}%" height="{height:.1f}"'
                f' fill="{escape(kind.colour)}" stroke="{GAP}" stroke-width="0.75"><title>{escape(row.label)} · {escape(kind.label)}: {escape(number(value))}</title></rect>'
            )
        if place % every == 0:
            parts.append(
                f'<text x="{(start + step / 2) * 100:.3f}%" y="{top + COLUMNS_HEIGHT + 16}" text-anchor="middle" fill="{INK}" font-size="{SMALL_SIZE}">{escape(row.label)}</text>'
            )
    parts.append(f'<line x1="0" x2="100%" y1="{top + COLUMNS_HEIGHT}" y2="{top + COLUMNS_HEIGHT}" stroke="{SOFT}"/>')
    canvas = Canvas(rtl, None)
    canvas.parts, canvas.y = parts, top + COLUMNS_HEIGHT + AXIS + ROW_GAP
    return canvas.drawing(uid, title, description)


def widths(counts: Sequence[int]) -> list[float]:
    """Shares that add up to 1, none so narrow that it cannot be seen."""
    total = sum(counts)
    if not total:
        return []
    raised = [max(count / total, NARROWEST) for count in counts]
    return [share / sum(raised) for share in raised]


class Canvas:
    """Collects the parts of a drawing from top to bottom. Places along the line are shares (0–1) from the start."""

    def __init__(self, rtl: bool, width: int | None) -> None:
        self.rtl = rtl
        self.width = width
        self.letters = PHONE_LETTERS if width is None else max(12, width // 9)
        self.y = 0
        self.parts: list[str] = []

    def across(self, share: float) -> str:
        """A length or place, in per cent of the page's width or in pixels."""
        return f"{share * 100:.3f}%".replace(".000%", "%") if self.width is None else f"{share * self.width:.2f}"

    def text(self, value: str, at_start: bool, colour: str, size: int) -> None:
        x = self.across(0.0 if at_start != self.rtl else 1.0)
        anchor = "start" if at_start else "end"
        self.parts.append(
            f'<text x="{x}" y="{self.y + TEXT_SIZE}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">'
            f"{FIRST_STRONG_ISOLATE}{escape(value)}{POP_ISOLATE}</text>"
        )

    def label(self, value: str, note: str) -> None:
        lines = wrapped(value, self.letters)
        self.text(note, False, SOFT, TEXT_SIZE)
        for line in lines:
            self.text(line, True, INK, TEXT_SIZE)
            self.y += LINE_HEIGHT
        self.y += 4

    def track(self) -> None:
        self.parts.append(f'<rect x="0" y="{self.y}" width="{self.across(1.0)}" height="{BAR_HEIGHT}" fill="{TRACK}"/>')

    def segment(self, start: float, share: float, colour: str, tip: str, inside: str) -> None:
        x = 1.0 - start - share if self.rtl else start
        self.parts.append(
            f'<rect x="{self.across(x)}" y="{self.y}" width="{self.across(share)}" height="{BAR_HEIGHT}" fill="{escape(colour)}"'
            f' stroke="{GAP}" stroke-width="1.5"><title>{escape(tip)}</title></rect>'
        )
        room = share * (self.width or 280)
        if inside and room >= len(inside) * 8 + 6:
            self.parts.append(
                f'<text x="{self.across(x + share / 2)}" y="{self.y + 14}" text-anchor="middle" fill="{readable_on(colour)}"'
                f' font-size="{SMALL_SIZE}" font-weight="600" pointer-events="none">{escape(inside)}</text>'
            )

    def end_row(self) -> None:
        self.y += BAR_HEIGHT + ROW_GAP

    def drawing(self, uid: str, title: str, description: str) -> Svg:
        height = max(self.y - ROW_GAP, 1) + 2
        box = (
            f'width="100%" height="{height}"'
            if self.width is None
            else (f'width="{self.width}" height="{height}" viewBox="0 0 {self.width} {height}"')
        )
        named = f"{uid}-title {uid}-desc" if description else f"{uid}-title"
        text = f'<desc id="{uid}-desc">{escape(description)}</desc>' if description else ""
        direction = "rtl" if self.rtl else "ltr"
        return Svg(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" {box} role="img" aria-labelledby="{named}"'
            f' direction="{direction}" font-family="sans-serif"><title id="{uid}-title">{escape(title)}</title>{text}'
            f"{''.join(self.parts)}</svg>"
        )


def wrapped(text: str, letters: int) -> list[str]:
    """Lines of about `letters` letters, at most two; Chinese characters count twice, and what is left over ends in "…"."""
    lines, line, used = [], "", 0
    for word in pieces(text):
        size = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in word)
        if line.strip() and used + size > letters:
            lines.append(line.strip())
            line, used = "", 0
        line, used = line + word, used + size
    lines.append(line.strip())
    if len(lines) <= 2:
        return lines
    return [lines[0], lines[1].rstrip(" ,;") + "…"]


def pieces(text: str) -> list[str]:
    """Words with the space after them; Chinese and Japanese text breaks anywhere."""
    out: list[str] = []
    for word in text.split():
        if unicodedata.east_asian_width(word[0]) in "WF":
            out += word
        else:
            out.append(word)
        out[-1] += " "
    return out


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` (WCAG 2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Between 1 and 21 (WCAG 2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(colour: str) -> str:
    """White or ink, whichever stands out more."""
    return max((GAP, "#000000"), key=lambda text: contrast(text, colour))
