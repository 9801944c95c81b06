"""Word documents in any of the six languages: direction, fonts, tables of any length, contents, page numbers. Pure.

Text is written as WordprocessingML straight into the file, so that ten thousand rows cost seconds and little memory;
python-docx gives the skeleton (styles, footer, parts). In a right-to-left document paragraphs, runs, tables and sections
are all marked so, and symbols such as `A/HRC/46/15 ¶ 142.17` are isolated (U+2066…U+2069): otherwise they turn round.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from mutabaa.core.publication import (
    HEAD_FILL,
    LINE,
    Bars,
    Cell,
    Inline,
    Para,
    Span,
    TableCell,
    is_rtl,
    isolated,
    legal,
    paragraphs_of,
    spans_of,
    tag_of,
)
from mutabaa.core.word_charts import add_chart
from mutabaa.core.word_styles import language_mark, skeleton, style_id

PAGE = (11906, 16838)  # A4, in twentieths of a point
MARGIN = 1134
COVER_TOP, COVER_GAP = 110, 30  # points
MARKER = "\u2063body\u2063"


class WordDocument:
    """Collects blocks from top to bottom; `save` writes them. Rows of tables may be generators: they run while saving."""

    def __init__(
        self, language: str, title: str, *, author: str = "", landscape: bool = False, footer: str = ""
    ) -> None:
        self.language = language
        self.rtl = is_rtl(language)
        self.landscape = landscape
        self.blocks: list[str | Iterable[str] | Callable[[], str]] = []
        self.headings: list[tuple[int, str, str]] = []
        self.charts = 0
        self.skeleton = skeleton(language)
        core = self.skeleton.core_properties
        core.title, core.author, core.language, core.comments = (
            legal(title)[:250],
            legal(author)[:250],
            tag_of(language),
            "",
        )
        self._footer(footer or title)

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
        name = f"_part{len(self.headings) + 1}"
        self.headings.append((level, text, name))
        number = len(self.headings)
        mark = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        inner = f'{mark}{self.runs(text, "")}<w:bookmarkEnd w:id="{number}"/>'
        self.blocks.append(
            self._p(inner, f"Heading {level}", "", "<w:keepNext/>" + ("<w:pageBreakBefore/>" if new_page else ""))
        )

    def paragraph(self, text: Inline, style: str = "Normal", *, language: str = "", keep: bool = False) -> None:
        self.blocks.append(self.para(Para(text, style, language), "<w:keepNext/>" if keep else ""))

    def bullets(self, items: Iterable[Inline]) -> None:
        for item in items:
            self.blocks.append(self.para(Para(item, "List Bullet")))

    def space(self, points: int) -> None:
        self.blocks.append(f'<w:p><w:pPr><w:spacing w:before="{points * 20}" w:after="0"/></w:pPr></w:p>')

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
        full = self.width()
        sizes = [round(full * w / sum(widths)) for w in widths]
        self.blocks.append(self._table_start(sizes, description, plain))
        at_end = set(numbers)
        if header:
            cells = [Cell(h, HEAD_FILL, end=i in at_end) for i, h in enumerate(header)]
            self.blocks.append(self._row(cells, sizes, set(), head=True))
        self.blocks.append(self._row(row, sizes, at_end, splits=splits) for row in rows)
        self.blocks.append("</w:tbl>" + '<w:p><w:pPr><w:spacing w:before="0" w:after="120"/></w:pPr></w:p>')

    def chart(self, bars: Bars) -> None:
        """A native chart that can be edited in Word, with its text alternative."""
        self.charts += 1
        drawing = add_chart(self.skeleton.part, self.charts, bars, self.width() - 100, self.language)
        # Left to right even in Arabic documents: the chart mirrors itself, and LibreOffice turns Latin labels round otherwise.
        self.blocks.append(
            f'<w:p><w:pPr><w:pStyle w:val="Normal"/><w:bidi w:val="0"/></w:pPr><w:r>{drawing}</w:r></w:p>'
        )

    def contents(self, deepest: int = 2) -> None:
        """A table of contents with links, filled in already; Word can rebuild it with page numbers."""
        self.blocks.append(lambda: self._contents(deepest))

    def page_break(self) -> None:
        self.blocks.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')

    def section(self, *, landscape: bool) -> None:
        """End this section; what follows stands on pages of the other or the same orientation."""
        self.blocks.append(f"<w:p><w:pPr>{self._section_properties()}</w:pPr></w:p>")
        self.landscape = landscape

    def width(self) -> int:
        """Of the line, in twips."""
        return (PAGE[1] if self.landscape else PAGE[0]) - 2 * MARGIN

    def save(self, file: IO[bytes]) -> None:
        """Write the document. Generators given as rows are used up: a second call writes without them."""
        last = self.skeleton.sections[-1]
        self._orient(last)
        marker = parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{MARKER}</w:t></w:r></w:p>")
        self.skeleton.element.body.insert(0, marker)
        buffer = io.BytesIO()
        self.skeleton.save(buffer)
        self.skeleton.element.body.remove(marker)
        with (
            zipfile.ZipFile(buffer) as source,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as target,
        ):
            for info in source.infolist():
                data = source.read(info)
                if info.filename != "word/document.xml":
                    target.writestr(info.filename, data)
                    continue
                before, after = re.split(f"<w:p>(?:(?!<w:p>).)*{MARKER}.*?</w:p>", data.decode(), maxsplit=1)
                with target.open("word/document.xml", "w", force_zip64=True) as out:
                    for part in (before, *self._parts(), after):
                        if isinstance(part, str):
                            out.write(part.encode())
                        else:
                            for piece in part:
                                out.write(piece.encode())

    def _parts(self) -> Iterator[str | Iterable[str]]:
        for block in self.blocks:
            yield block() if callable(block) else block

    # markup of one piece

    def runs(self, spans: Inline, language: str) -> str:
        """Runs of a paragraph whose language is `language` (empty: the document's)."""
        return "".join(self._run(span, language or self.language) for span in spans_of(spans))

    def _run(self, span: Span, around: str) -> str:
        language = span.language or around
        text = legal(span.text)
        rtl = is_rtl(language) and not span.symbol
        if span.symbol and is_rtl(around):
            text = f"\u2066{text}\u2069"
        properties = "".join(
            (
                "<w:b/><w:bCs/>" if span.bold else "",
                "<w:i/><w:iCs/>" if span.italic else "",
                f'<w:color w:val="{span.colour}"/>' if span.colour else "",
                "<w:rtl/>" if rtl else "",
                language_mark(language),
            )
        )
        return f"<w:r><w:rPr>{properties}</w:rPr>{text_markup(text)}</w:r>"

    def para(self, para: Para, extra: str = "") -> str:
        return self._p(self.runs(para.spans, para.language), para.style or "Normal", para.language, extra)

    def _p(self, inner: str, style: str, language: str, extra: str = "", end: bool = False) -> str:
        bidi = "<w:bidi/>" if is_rtl(language or self.language) else '<w:bidi w:val="0"/>' if self.rtl else ""
        place = '<w:jc w:val="right"/>' if end else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}{bidi}{place}</w:pPr>{inner}</w:p>'

    def _table_start(self, sizes: Sequence[int], description: str, plain: bool) -> str:
        line = '<w:{} w:val="single" w:sz="4" w:space="0" w:color="' + LINE + '"/>'
        edges = ("top", "bottom", "insideH") if plain else ("top", "left", "bottom", "right", "insideH", "insideV")
        return (
            f'<w:tbl><w:tblPr>{"<w:bidiVisual/>" if self.rtl else ""}<w:tblW w:w="{sum(sizes)}" w:type="dxa"/>'
            f'<w:tblBorders>{"".join(line.format(e) for e in edges)}</w:tblBorders><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="90" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
            '<w:right w:w="90" w:type="dxa"/></w:tblCellMar><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
            + (f"<w:tblDescription w:val={quoteattr(legal(description))}/>" if description else "")
            + "</w:tblPr><w:tblGrid>"
            + "".join(f'<w:gridCol w:w="{size}"/>' for size in sizes)
            + "</w:tblGrid>"
        )

    def _row(
        self,
        cells: Sequence[TableCell],
        sizes: Sequence[int],
        at_end: set[int],
        *,
        head: bool = False,
        splits: bool = False,
    ) -> str:
        out = [f"<w:tr><w:trPr>{'' if splits else '<w:cantSplit/>'}{'<w:tblHeader/>' if head else ''}</w:trPr>"]
        column = 0
        for given in cells:
            cell = given if isinstance(given, Cell) else Cell(given)
            width = sum(sizes[column : column + cell.columns])
            out.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>')
            if cell.columns > 1:
                out.append(f'<w:gridSpan w:val="{cell.columns}"/>')
            if cell.fill:
                out.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>')
            out.append("</w:tcPr>")
            style, end = ("Table Head" if head else "Table Text"), cell.end or column in at_end
            for para in paragraphs_of(cell.content):
                out.append(
                    self._p(
                        self.runs(para.spans, para.language),
                        para.style or style,
                        para.language,
                        "<w:keepNext/>" if head else "",
                        end,
                    )
                )
            out.append("</w:tc>")
            column += cell.columns
        out.append("</w:tr>")
        return "".join(out)

    def _contents(self, deepest: int) -> str:
        field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        begin = (
            field.format("begin")
            + f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{deepest}" \\h \\z \\u </w:instrText></w:r>'
            + field.format("separate")
        )
        shown = [h for h in self.headings if h[0] <= deepest]
        out = []
        for place, (level, text, name) in enumerate(shown):
            link = f'<w:hyperlink w:anchor="{name}" w:history="1">{self.runs(text, "")}</w:hyperlink>'
            inner = (begin if place == 0 else "") + link + (field.format("end") if place == len(shown) - 1 else "")
            out.append(self._p(inner, f"Contents {min(level, 2)}", ""))
        return "".join(out)

    # pages

    def _footer(self, text: str) -> None:
        section = self.skeleton.sections[-1]
        section.different_first_page_header_footer = False
        footer = section.footer
        footer.is_linked_to_previous = False
        for old in list(footer.paragraphs):
            footer._element.remove(old._element)
        number = "".join(
            f'<w:r><w:rPr>{language_mark(self.language)}</w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>{between}'
            for name, between in (("PAGE", '<w:r><w:t xml:space="preserve"> / </w:t></w:r>'), ("NUMPAGES", ""))
        )
        inner = self.runs(text + " · ", "") + number
        border = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{LINE}"/></w:pBdr>'
        footer._element.append(
            parse_xml(self._p(inner, "Note", "", border).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1))
        )

    def _orient(self, section: Any) -> None:
        section.orientation = WD_ORIENT.LANDSCAPE if self.landscape else WD_ORIENT.PORTRAIT
        across, down = reversed(PAGE) if self.landscape else PAGE
        section.page_width, section.page_height = Twips(across), Twips(down)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(MARGIN)
        section.header_distance = section.footer_distance = Twips(600)
        if self.rtl and section._sectPr.find(qn("w:bidi")) is None:
            section._sectPr.append(OxmlElement("w:bidi"))

    def _section_properties(self) -> str:
        across, down = reversed(PAGE) if self.landscape else PAGE
        turned = ' w:orient="landscape"' if self.landscape else ""
        reference = self.skeleton.sections[-1]._sectPr.find(qn("w:footerReference"))
        return (
            f'<w:sectPr><w:footerReference w:type="default" r:id="{reference.get(qn("r:id"))}"/><w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{across}" w:h="{down}"{turned}/>'
            f'<w:pgMar w:top="{MARGIN}" w:right="{MARGIN}" w:bottom="{MARGIN}" w:left="{MARGIN}" w:header="600" w:footer="600" w:gutter="0"/>'
            f"{'<w:bidi/>' if self.rtl else ''}</w:sectPr>"
        )


def text_markup(text: str) -> str:
    """`w:t` elements, with line breaks and tabs as Word writes them."""
    out = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text)):
        if number:
            out.append("<w:br/>")
        for place, piece in enumerate(line.split("\t")):
            if place:
                out.append("<w:tab/>")
            if piece:
                out.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return "".join(out)


__all__ = ["Bars", "Cell", "Inline", "Para", "Span", "WordDocument", "is_rtl", "isolated", "legal", "tag_of"]
