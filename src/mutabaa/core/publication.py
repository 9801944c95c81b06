"""What a document is made of, whatever file it becomes: a report is written once, against `Publication`. Pure.

`core.word` writes Word documents and `core.pdf` prints PDF from the same blocks, in six languages; `core.documents`
makes either by its name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Protocol, TypeAlias

RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}
TAGS = {"en": "en-GB", "ar": "ar-SA", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
INK, BRAND, SOFT, HEAD_FILL, LINE = "17222D", "123B5D", "475564", "E8F0F6", "BFC9D2"
# Name: size in points, bold, colour, space before and after in points.
STYLES: dict[str, tuple[float, bool, str, float, float]] = {
    "Normal": (10.5, False, INK, 0, 6),
    "Title": (28, True, BRAND, 0, 10),
    "Subtitle": (15, False, SOFT, 0, 6),
    "Heading 1": (17, True, BRAND, 20, 8),
    "Heading 2": (13, True, BRAND, 14, 5),
    "Heading 3": (11, True, BRAND, 10, 4),
    "List Bullet": (10.5, False, INK, 0, 3),
    "Caption": (9.5, True, SOFT, 8, 3),
    "Table Text": (9, False, INK, 0, 2),
    "Table Head": (9, True, BRAND, 2, 2),
    "Note": (9, False, SOFT, 0, 4),
    "Contents 1": (10.5, True, BRAND, 4, 2),
    "Contents 2": (10, False, INK, 0, 1),
    "Figure": (22, True, BRAND, 4, 0),
}
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Span:
    """A piece of text. `language` where it is not the document's; `symbol` for what always reads left to right."""

    text: str
    language: str = ""
    bold: bool = False
    italic: bool = False
    colour: str = ""
    symbol: bool = False


Inline: TypeAlias = "str | Span | Sequence[str | Span]"


@dataclass(frozen=True)
class Para:
    """A paragraph. `language` gives its direction; `style` is a name of `STYLES`."""

    spans: Inline
    style: str = ""
    language: str = ""


@dataclass(frozen=True)
class Cell:
    """A table cell. `fill` is a colour (RRGGBB); `columns` how many columns it covers."""

    content: "Inline | Sequence[Para]"
    fill: str = ""
    columns: int = 1
    end: bool = False


TableCell: TypeAlias = "Cell | Inline"


@dataclass(frozen=True)
class Bars:
    """`series` are (name, colour RRGGBB, a value per category); `shares` draws every bar to full length."""

    title: str
    categories: Sequence[str]
    series: Sequence[tuple[str, str, Sequence[int]]]
    shares: bool = False
    description: str = ""


class Publication(Protocol):
    """Collects blocks from top to bottom; `save` writes them. Rows of tables may be generators: they run while saving."""

    language: str

    def cover(self, title: str, subtitle: str = "", lines: Sequence[Inline] = (), *, above: str = "") -> None:
        """A page of its own; `above` stands over the title, `lines` at some distance under it."""

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None: ...

    def paragraph(self, text: Inline, style: str = "Normal", *, language: str = "", keep: bool = False) -> None:
        """`style` is a name of `STYLES`; `keep` holds it on the page of what follows."""

    def bullets(self, items: Iterable[Inline]) -> None: ...

    def space(self, points: int) -> None: ...

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
        cells; `splits` lets a long row run over the end of a page. The header is repeated on every page.
        """

    def chart(self, bars: Bars) -> None:
        """Horizontal bars, with their description for those who do not see them."""

    def contents(self, deepest: int = 2) -> None:
        """A table of contents with links, of the headings down to that level."""

    def page_break(self) -> None: ...

    def section(self, *, landscape: bool) -> None:
        """What follows stands on new pages of that orientation."""

    def save(self, file: IO[bytes]) -> None:
        """Write the document. Generators given as rows are used up: call it once."""


def is_rtl(language: str) -> bool:
    return language[:2] in RIGHT_TO_LEFT


def tag_of(language: str) -> str:
    return TAGS.get(language[:2], language)


def legal(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold: control characters, lone surrogates, U+FFFE and U+FFFF."""
    return _ILLEGAL.sub("", text)


def isolated(text: str, language: str) -> str:
    """A symbol, number or percentage inside a sentence of a right-to-left language; unchanged in others."""
    return f"\u2066{text}\u2069" if is_rtl(language) and text else text


def spans_of(inline: Inline) -> list[Span]:
    pieces: Sequence[str | Span] = [inline] if isinstance(inline, str | Span) else inline
    return [piece if isinstance(piece, Span) else Span(piece) for piece in pieces]


def paragraphs_of(content: "Inline | Sequence[Para]") -> list[Para]:
    """What a cell holds as paragraphs; an empty cell still needs one."""
    if isinstance(content, str | Span):
        return [Para(content)]
    if content and isinstance(content[0], Para):
        return list(content)  # type: ignore[arg-type]
    return [Para(content)]  # type: ignore[arg-type]
