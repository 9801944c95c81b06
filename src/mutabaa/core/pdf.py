"""PDF in any of the six languages, printed by Typst from the same blocks as Word documents. Pure, without network.

What people wrote goes to Typst as JSON, never as code; `pdf.typ` beside this file is the whole layout. The fonts come
with the package, and those of the system are ignored: a document looks the same wherever it is printed.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any

from mutabaa.core.pdf_blocks import Shape, inline_data, letters_across, para_data, printable, row_data
from mutabaa.core.publication import (
    HEAD_FILL,
    LINE,
    RIGHT_TO_LEFT,
    STYLES,
    Bars,
    Inline,
    Para,
    Span,
    TableCell,
    legal,
    tag_of,
)
from mutabaa.core.typesetting import NotPrinted, printed

LATIN, ARABIC, CHINESE = "Noto Sans", "Vazirmatn", "Noto Sans SC"
LAST = ["Noto Sans Arabic", "DejaVu Sans", "Droid Sans Fallback"]  # rare letters, signs, rare characters of East Asia
FAMILIES = {
    "en": [LATIN, ARABIC, CHINESE, *LAST],
    "ar": [ARABIC, LATIN, CHINESE, *LAST],
    "zh": [CHINESE, LATIN, ARABIC, *LAST],
}
LEADING = {"ar": (0.8, 0.65), "zh": (0.75, 0.6)}  # between lines of text and of tables, in ems
MARGIN = 56.7  # points: two centimetres
# Letters and marks that only the language's own font has.
SAMPLES = {
    "ar": "حقوق الإنسان، نُفِّذت",
    "en": "Human rights – “yes”",
    "es": "¿Niñas y niños?",
    "fr": "« Œuvre » de l’être",
    "ru": "Права человека №",
    "zh": "人权，《公约》",
}
COVER_TOP, COVER_GAP = 110, 30
PAGE = (595.3, 841.9)  # A4, in points


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
        self.add("paragraph", keep=keep, **para_data(Para(text, style, language), self.language))

    def bullets(self, items: Iterable[Inline]) -> None:
        self.add("bullets", items=[inline_data(item, self.language) for item in items])

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
        shape = self.shape(widths)
        self.add(
            "table",
            how={
                "widths": list(widths),
                "header": [
                    printable(label, letters_across(width))
                    for label, width in zip(header, shape.widths, strict=bool(header))
                ],
                "ends": list(numbers),
                "plain": plain,
            },
            rows=lambda: [row_data(row, self.language, shape, splits) for row in rows],
        )

    def chart(self, bars: Bars) -> None:
        """Drawn by the layout, in the fonts of the text; mirrored where the text runs from right to left."""
        self.add(
            "chart",
            categories=[printable(label) for label in bars.categories],
            series=[{"name": printable(n), "colour": c, "values": list(v)} for n, c, v in bars.series],
            shares=bars.shares,
            description=legal(bars.description or bars.title).strip() or "–",
        )

    def contents(self, deepest: int = 2) -> None:
        """A table of contents with links and page numbers."""
        self.add("contents", deepest=deepest)

    def page_break(self) -> None:
        self.add("page-break")

    def section(self, *, landscape: bool) -> None:
        """End this section; what follows stands on pages of the other or the same orientation."""
        self.sections.append({"landscape": landscape, "blocks": []})

    def shape(self, widths: Sequence[float]) -> "Shape":
        """Of the columns of a table that stands here."""
        across, down = reversed(PAGE) if self.sections[-1]["landscape"] else PAGE
        return Shape([(across - 2 * MARGIN) * w / sum(widths) for w in widths], down - 2 * MARGIN)

    def add(self, kind: str, **data: Any) -> None:
        self.sections[-1]["blocks"].append({"kind": kind, **data})

    def save(self, file: IO[bytes]) -> None:
        """Print the document. Generators given as rows are used up: a second call prints without them."""
        sections = [
            {**section, "blocks": [{key: called(v) for key, v in block.items()} for block in section["blocks"]]}
            for section in self.sections
        ]
        file.write(printed(self.settings(), sections))

    def settings(self) -> dict[str, Any]:
        """What `pdf.typ` is told of the document as a whole."""
        leading, table_leading = LEADING.get(self.language[:2], (0.6, 0.5))
        return {
            "language": self.language,
            "region": tag_of(self.language).partition("-")[2] or None,
            "right-to-left": sorted(RIGHT_TO_LEFT),
            "title": legal(self.title).strip() or "–",
            "author": legal(self.author),
            "footer": printable(self.footer),
            "fonts": FAMILIES,
            "leading": leading,
            "table-leading": table_leading,
            "margin": MARGIN,
            "line": LINE,
            "head-fill": HEAD_FILL,
            "styles": {
                name: {"size": size, "bold": bold, "colour": colour, "before": before, "after": after}
                for name, (size, bold, colour, before, after) in STYLES.items()
            },
        }


def unprintable() -> list[str]:
    """Languages of `SAMPLES` for which a font is missing, or all where nothing can be printed. Takes half a second."""
    missing = []
    for language, sample in SAMPLES.items():
        paper = PdfDocument(language, sample)
        paper.paragraph([sample, Span(sample, bold=True)])
        file = io.BytesIO()
        try:
            paper.save(file)
        except NotPrinted:
            missing.append(language)
        else:
            if b"pdfuaid" not in file.getvalue():  # the mark of PDF/UA, refused where a letter has no font
                missing.append(language)
    return missing


def called(value: Any) -> Any:
    """Rows are made while saving."""
    make: Callable[[], Any] | None = value if callable(value) else None
    return make() if make else value
