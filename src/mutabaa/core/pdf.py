"""PDF in any of the six languages, printed by Typst from the same blocks as Word documents. Pure, without network.

What people wrote goes to Typst as JSON, never as code; `pdf.typ` beside this file is the whole layout. The fonts come
with the package, and those of the system are ignored: a document looks the same wherever it is printed.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import IO, Any

import typst

from mutabaa.core.publication import (
    HEAD_FILL,
    LINE,
    RIGHT_TO_LEFT,
    STYLES,
    Bars,
    Cell,
    Inline,
    Para,
    Span,
    TableCell,
    legal,
    paragraphs_of,
    spans_of,
    tag_of,
)

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
LATIN, ARABIC, CHINESE = "Noto Sans", "Noto Sans Arabic", "Noto Sans SC"
LAST = ["DejaVu Sans", "Droid Sans Fallback"]  # signs, then rare characters of East Asia
FAMILIES = {
    "en": [LATIN, ARABIC, CHINESE, *LAST],
    "ar": [ARABIC, LATIN, CHINESE, *LAST],
    "zh": [CHINESE, LATIN, ARABIC, *LAST],
}
LEADING = {"ar": 0.75, "zh": 0.75}
MARGIN = 56.7  # points: two centimetres
COVER_TOP, COVER_GAP = 110, 30
BREAK = "\x01"
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
LONG_WORD = re.compile(r"[!-~\u00a1-\u02ff\u0400-\u052f]{15,}")
KEPT_LETTERS = 3000  # a row with more in one cell may run over the end of a page, whatever was asked


def printable(text: str) -> str:
    """Text as Typst may have it: one kind of line end, and places where a symbol or an address may be broken."""
    text = legal(LINE_ENDS.sub("\n", text)).replace("\t", " ")
    return LONG_WORD.sub(lambda found: breakable(found[0]), text)


def breakable(word: str) -> str:
    """After slashes and the like; in what has none, each fifteen letters."""
    out = []
    for piece in re.split(r"(?<=[/_.?&=\-])", word):
        out += [piece[start : start + 15] for start in range(0, len(piece), 15)]
    return BREAK.join(out)


class PdfDocument:
    """Collects blocks from top to bottom; `save` prints them. Rows of tables may be generators: they run while saving."""

    def __init__(
        self, language: str, title: str, *, author: str = "", landscape: bool = False, footer: str = ""
    ) -> None:
        self.language = language
        self.title, self.author, self.footer = title, author, footer or title
        self.deepest = 0
        self.sections: list[dict[str, Any]] = [{"landscape": landscape, "blocks": []}]

    # what a document is made of

    def cover(self, title: str, subtitle: str = "", lines: Sequence[Inline] = (), *, above: str = "") -> None:
        """A page of its own; `above` stands over the title, `lines` at some distance under it."""
        self.space(COVER_TOP)
        if above:
            self.paragraph(above, "Subtitle")
        self.paragraph(title, "Title")
        if subtitle:
            self.paragraph(subtitle, "Subtitle")
        self.space(COVER_GAP)
        for line in lines:
            self.paragraph(line)
        self.page_break()

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """No level is left out on the way down: PDF/UA forbids it."""
        self.deepest = min(level, self.deepest + 1)
        self.add("heading", text=printable(text), level=self.deepest, **{"new-page": new_page})

    def paragraph(self, text: Inline, style: str = "Normal", *, language: str = "", keep: bool = False) -> None:
        self.add("paragraph", keep=keep, **para_data(Para(text, style, language)))

    def bullets(self, items: Iterable[Inline]) -> None:
        self.add("bullets", items=[inline_data(item) for item in items])

    def space(self, points: int) -> None:
        self.add("space", points=points)

    def table(
        self,
        widths: Sequence[float],
        rows: Iterable[Sequence[TableCell]],
        *,
        header: Sequence[str] = (),
        numbers: Iterable[int] = (),
        description: str = "",
        plain: bool = False,
        splits: bool = False,
    ) -> None:
        """`widths` are shares of the line; `numbers` the columns set at the end of the line; `plain` has no lines between
        cells; `splits` lets a long row run over the end of a page.
        """
        self.add(
            "table",
            widths=list(widths),
            header=[printable(label) for label in header],
            ends=list(numbers),
            plain=plain,
            rows=lambda: [row_data(row, splits) for row in rows],
        )

    def chart(self, bars: Bars) -> None:
        """Drawn by the layout, in the fonts of the text; mirrored where the text runs from right to left."""
        self.add(
            "chart",
            categories=[printable(label) for label in bars.categories],
            series=[{"name": printable(n), "colour": c, "values": list(v)} for n, c, v in bars.series],
            shares=bars.shares,
            description=legal(bars.description or bars.title),
        )

    def contents(self, deepest: int = 2) -> None:
        """A table of contents with links and page numbers."""
        self.add("contents", deepest=deepest)

    def page_break(self) -> None:
        self.add("page-break")

    def section(self, *, landscape: bool) -> None:
        """End this section; what follows stands on pages of the other or the same orientation."""
        self.sections.append({"landscape": landscape, "blocks": []})

    def add(self, kind: str, **data: Any) -> None:
        self.sections[-1]["blocks"].append({"kind": kind, **data})

    def save(self, file: IO[bytes]) -> None:
        """Print the document. Generators given as rows are used up: a second call prints without them."""
        file.write(printed(json.dumps(self.data(), ensure_ascii=False, separators=(",", ":"))))

    def data(self) -> dict[str, Any]:
        """All that `pdf.typ` is told."""
        script = self.language[:2]
        return {
            "language": self.language,
            "region": tag_of(self.language).partition("-")[2] or None,
            "right-to-left": sorted(RIGHT_TO_LEFT),
            "title": legal(self.title).strip() or "–",
            "author": legal(self.author),
            "footer": printable(self.footer),
            "fonts": FAMILIES,
            "leading": LEADING.get(script, 0.6),
            "margin": MARGIN,
            "line": LINE,
            "head-fill": HEAD_FILL,
            "styles": {
                name: {"size": size, "bold": bold, "colour": colour, "before": before, "after": after}
                for name, (size, bold, colour, before, after) in STYLES.items()
            },
            "sections": [
                {**section, "blocks": [{key: called(v) for key, v in block.items()} for block in section["blocks"]]}
                for section in self.sections
            ],
        }


def called(value: Any) -> Any:
    make: Callable[[], Any] | None = value if callable(value) else None
    return make() if make else value


def printed(document: str) -> bytes:
    """An accessible PDF (PDF/UA-1). Where a character is in none of our fonts it cannot be that, and is tagged all the same."""
    inputs = {"document": document}
    source = (HERE / "pdf.typ").read_bytes()
    try:
        return typst.compile(source, font_paths=fonts(), sys_inputs=inputs, pdf_standards=["ua-1"])
    except typst.TypstError as fault:
        if "PDF/UA" not in fault.message:
            raise
    return typst.compile(source, font_paths=fonts(), sys_inputs=inputs)


@cache
def fonts() -> Any:
    """Ours alone: neither the system's nor those inside Typst."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


# blocks as data; what is not set is left out, because long tables have many cells


def span_data(span: Span) -> "str | dict[str, Any]":
    text = printable(span.text)
    out: dict[str, Any] = {}
    if span.bold:
        out["b"] = 1
    if span.italic:
        out["i"] = 1
    if span.colour:
        out["c"] = span.colour
    if span.language:
        out["l"] = span.language
    if span.symbol:
        out["s"] = 1
    return {"t": text, **out} if out else text


def inline_data(inline: Inline) -> Any:
    spans = [span_data(span) for span in spans_of(inline)]
    return "".join(spans) if all(isinstance(s, str) for s in spans) else spans  # type: ignore[arg-type]


def para_data(para: Para) -> dict[str, Any]:
    out: dict[str, Any] = {"p": inline_data(para.spans)}
    if para.style:
        out["y"] = para.style
    if para.language:
        out["l"] = para.language
    return out


def cell_data(given: TableCell) -> "str | dict[str, Any]":
    cell = given if isinstance(given, Cell) else Cell(given)
    paragraphs = [para_data(para) for para in paragraphs_of(cell.content)]
    if (
        len(paragraphs) == 1
        and paragraphs[0].keys() == {"p"}
        and isinstance(paragraphs[0]["p"], str)
        and cell == Cell(cell.content)
    ):
        return str(paragraphs[0]["p"])
    out: dict[str, Any] = {"p": paragraphs}
    if cell.fill:
        out["f"] = cell.fill
    if cell.columns > 1:
        out["n"] = cell.columns
    if cell.end:
        out["e"] = 1
    return out


def row_data(row: Sequence[TableCell], splits: bool) -> dict[str, Any]:
    """A row that is kept together must fit on a page: what ran over its end would be lost."""
    return {"cells": [cell_data(cell) for cell in row], "breakable": splits or letters_in(row) > KEPT_LETTERS}


def letters_in(row: Sequence[TableCell]) -> int:
    """Of all cells of the row."""
    return sum(
        len(span.text)
        for given in row
        for para in paragraphs_of(given.content if isinstance(given, Cell) else given)
        for span in spans_of(para.spans)
    )
