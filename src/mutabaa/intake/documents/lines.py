"""Lines of a page as a reader gives them, before they become paragraphs."""

from dataclasses import dataclass, field


@dataclass
class Line:
    """`x0`, `x1`, `top`, `bottom` in points from the upper left corner; 0 where the reader does not know. `size`: height of the letters, 0 unknown.

    A reader may have joined two printed lines at a hyphen: `top` and `x0` are those of the first, `last_top` and `x1` of the second.
    """

    text: str
    x0: float = 0
    x1: float = 0
    top: float = 0
    bottom: float = 0
    last_top: float = 0
    size: float = 0
    bold: bool = False


@dataclass
class Page:
    number: int
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    height: float = 0
    width: float = 0
