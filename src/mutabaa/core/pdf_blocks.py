"""Blocks of a document as the data that `pdf.typ` reads. Pure.

What is not set is left out, because long tables have many cells. `around` is the language of the document.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from mutabaa.core.publication import Cell, Inline, Para, Span, TableCell, is_rtl, legal, paragraphs_of, spans_of

BREAK = "\x01"
LONG_WORD = 60
LEFT, RIGHT, END = "\u2066", "\u2067", "\u2069"
UNBROKEN = 14  # where a word of more than twice as many letters has no place to be broken, it is made
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# In points, rather too much than too little: letters of a table and the line they stand on, to know how high a row is at
# most; a usual letter, to know which words are longer than their column is wide.
LETTER, CHINESE_LETTER, TABLE_LINE, USUAL_LETTER = 6.3, 9.5, 13, 4.8
FIRST_CHINESE = "\u1100"
SHORT = 0.35  # of a page
PADDING = 9  # points, of both sides of a cell
NARROW = 110  # points: wider columns hold every usual word
LANGUAGE = re.compile("[a-z]{2}")


def printable(text: str, longest: int = LONG_WORD) -> str:
    """Text as Typst may have it: one kind of line end, and longer words with places where they may be broken."""
    text = legal(LINE_ENDS.sub("\n", text)).replace("\t", " ")
    if len(text) <= longest:
        return text
    return re.sub(rf"[!-~\u00a1-\u02ff\u0400-\u052f]{{{longest + 1},}}", lambda found: breakable(found[0]), text)


def breakable(word: str) -> str:
    """After slashes and the like; what has none for long, where it must."""
    out = []
    for piece in re.split(r"(?<=[/_.?&=\-])", word):
        step = UNBROKEN if len(piece) > 2 * UNBROKEN else len(piece) or 1
        out += [piece[start : start + step] for start in range(0, len(piece), step)]
    return BREAK.join(out)


def span_data(span: Span, around: str, longest: int) -> "str | dict[str, Any]":
    text = printable(span.text, longest)
    rtl = is_rtl(span.language or around) and not span.symbol
    if text and rtl != is_rtl(around):
        text = f"{RIGHT if rtl else LEFT}{text}{END}"
    out: dict[str, Any] = {}
    if span.bold:
        out["b"] = 1
    if span.italic:
        out["i"] = 1
    if span.colour:
        out["c"] = span.colour
    if span.language != around and LANGUAGE.match(span.language):
        out["l"] = span.language[:2]
    return {"t": text, **out} if out else text


def inline_data(inline: Inline, around: str, longest: int = LONG_WORD) -> Any:
    spans = [span_data(span, around, longest) for span in spans_of(inline)]
    return "".join(spans) if all(isinstance(s, str) for s in spans) else spans  # type: ignore[arg-type]


def para_data(para: Para, around: str, longest: int = LONG_WORD) -> dict[str, Any]:
    out: dict[str, Any] = {"p": inline_data(para.spans, para.language or around, longest)}
    if para.style:
        out["y"] = para.style
    if para.language != around and LANGUAGE.match(para.language):
        out["l"] = para.language[:2]
    return out


def cell_data(cell: Cell, around: str, width: float) -> "str | dict[str, Any]":
    """`width` in points. Words longer than that are hyphenated, symbols broken."""
    fit = letters_across(width)
    paragraphs = [para_data(para, around, fit) for para in paragraphs_of(cell.content)]
    out: dict[str, Any] = {"p": paragraphs}
    if cell.fill:
        out["f"] = cell.fill
    if cell.columns > 1:
        out["n"] = cell.columns
    if cell.end:
        out["e"] = 1
    if width < NARROW and any(len(word) > fit for text in texts_of(cell) for word in text.split()):
        out["h"] = 1
    first = paragraphs[0]
    if len(out) == len(paragraphs) == len(first) == 1 and isinstance(first["p"], str):
        return first["p"]
    return out


def texts_of(cell: Cell) -> list[str]:
    """Of each paragraph."""
    return ["".join(span.text for span in spans_of(para.spans)) for para in paragraphs_of(cell.content)]


def letters_across(width: float) -> int:
    return max(int((width - PADDING) / USUAL_LETTER), 4)


class Shape(NamedTuple):
    """Widths of columns, and the height of the page they stand on."""

    widths: list[float]
    height: float


def row_data(row: Sequence[TableCell], around: str, shape: Shape, splits: bool) -> dict[str, Any]:
    """A row has a cell for each column. It is kept together only where it surely fits on a page: what ran over its end
    would be lost. One that may be split is kept together where it is short, lest a line of it stand alone.
    """
    cells = [given if isinstance(given, Cell) else Cell(given) for given in row]
    column, highest, out = 0, 0.0, []
    for cell in cells:
        width = sum(shape.widths[column : column + cell.columns]) or shape.widths[-1]
        out.append(cell_data(cell, around, width))
        highest, column = max(highest, height(cell, width)), column + cell.columns
    missing = len(shape.widths) - column
    return {"cells": out + [""] * missing, "breakable": highest > shape.height * (SHORT if splits else 0.8)}


def height(cell: Cell, width: float) -> float:
    """More than it is, in points."""
    across = max(width - PADDING - CHINESE_LETTER, CHINESE_LETTER)
    return TABLE_LINE * sum(length(text) / across + text.count("\n") + 1 for text in texts_of(cell))


def length(text: str) -> float:
    chinese = sum(character >= FIRST_CHINESE for character in text) if not text.isascii() else 0
    return chinese * CHINESE_LETTER + (len(text) - chinese) * LETTER
