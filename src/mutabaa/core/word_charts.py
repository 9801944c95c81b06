"""Native Word charts: horizontal bars, stacked or plain, drawn by Word itself and editable there. Pure.

The values stand in the chart as cached values and in a small embedded workbook, so that "Edit data" works in Word and
LibreOffice needs nothing else. Right-to-left documents mirror the bars.
"""

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from mutabaa.core.publication import Bars

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
EMU_PER_TWIP = 635
ROW, LEGEND_LINE, MINIMUM = 420, 400, 1300  # heights in twips


def add_chart(document_part: Any, number: int, bars: Bars, width: int, language: str) -> str:
    """Put the chart and its workbook into the package; returns the `w:drawing` that shows it. `width` in twips."""
    package = document_part.package
    book = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), BOOK_TYPE, workbook_of(bars), package)
    chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    book_id = chart.relate_to(book, f"{RELATIONS}/package")
    chart._blob = chart_xml(bars, language, book_id).encode()
    chart_id = document_part.relate_to(chart, f"{RELATIONS}/chart")
    lines = max(1, -(-len(bars.series) // 4)) if len(bars.series) > 1 else 0
    height = max(MINIMUM, len(bars.categories) * ROW + 300) + lines * LEGEND_LINE
    alternative = bars.description or bars.title
    return (
        f'<w:drawing><wp:inline xmlns:wp="{WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width * EMU_PER_TWIP}" cy="{height * EMU_PER_TWIP}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{1000 + number}" name="chart{number}" descr={quoteattr(alternative)}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{MAIN}"><a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}" xmlns:r="{RELATIONS}" r:id="{chart_id}"/>'
        f"</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def workbook_of(bars: Bars) -> bytes:
    """Categories in column A, a column per series."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Sheet1")
    for row, label in enumerate(bars.categories, 1):
        sheet.write_string(row, 0, label)
    for column, (name, _colour, values) in enumerate(bars.series, 1):
        sheet.write_string(0, column, name)
        for row, value in enumerate(values, 1):
            sheet.write_number(row, column, value)
    book.close()
    return buffer.getvalue()


def chart_xml(bars: Bars, language: str, book_id: str) -> str:
    rtl = language[:2] == "ar"
    rows = len(bars.categories)
    many = len(bars.series) > 1
    kind = "percentStacked" if bars.shares else "stacked" if many else "clustered"
    axis = "maxMin" if rtl else "minMax"
    side = "r" if rtl else "l"
    overlap = '<c:overlap val="100"/>' if many else ""
    labels = points("c:cat", "c:strRef", "c:strCache", f"Sheet1!$A$2:$A${rows + 1}", bars.categories)
    series = "".join(one_series(n, s, labels, many) for n, s in enumerate(bars.series))
    legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{letters(900, rtl)}</c:legend>' if many else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{MAIN}" xmlns:r="{RELATIONS}"><c:roundedCorners val="0"/>'
        '<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{kind}"/><c:varyColors val="0"/>{series}<c:gapWidth val="45"/>'
        f'{overlap}<c:axId val="111"/><c:axId val="222"/></c:barChart>'
        '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="BFC9D2"/></a:solidFill></a:ln></c:spPr>{letters(900, rtl)}'
        '<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="{axis}"/><c:min val="0"/></c:scaling><c:delete val="1"/><c:axPos val="b"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:crossAx val="111"/><c:crosses val="max"/></c:valAx>'
        f'</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:externalData r:id="{book_id}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def one_series(number: int, series: tuple[str, str, Sequence[int]], labels: str, stacked: bool) -> str:
    name, colour, values = series
    column = chr(ord("B") + number)
    place, ink = ("ctr", "FFFFFF") if stacked else ("outEnd", "17222D")
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        + points("c:tx", "c:strRef", "c:strCache", f"Sheet1!${column}$1", [name])
        + f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill><a:ln w="9525"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>'
        '<c:invertIfNegative val="0"/><c:dLbls><c:numFmt formatCode="0;;;" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="800" b="1"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:defRPr></a:pPr>'
        f'<a:endParaRPr lang="en-GB"/></a:p></c:txPr><c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        + labels
        + points(
            "c:val",
            "c:numRef",
            "c:numCache",
            f"Sheet1!${column}$2:${column}${len(values) + 1}",
            [str(v) for v in values],
        )
        + "</c:ser>"
    )


def points(tag: str, reference: str, cache: str, place: str, values: Sequence[str]) -> str:
    code = "<c:formatCode>General</c:formatCode>" if cache == "c:numCache" else ""
    items = "".join(f'<c:pt idx="{n}"><c:v>{escape(v)}</c:v></c:pt>' for n, v in enumerate(values))
    return f'<{tag}><{reference}><c:f>{place}</c:f><{cache}>{code}<c:ptCount val="{len(values)}"/>{items}</{cache}></{reference}></{tag}>'


def letters(size: int, rtl: bool) -> str:
    """Text of axes and legend: `size` in hundredths of a point."""
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr rtl="{int(rtl)}"><a:defRPr sz="{size}"><a:solidFill><a:srgbClr val="17222D"/></a:solidFill>'
        '<a:latin typeface="Calibri"/><a:ea typeface="Microsoft YaHei"/><a:cs typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )
