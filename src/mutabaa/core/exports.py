"""Tables as files: CSV, XLSX, JSON, Word and PDF, from any iterable of rows. Pure: knows nothing of Django or the database.

Rows are read once and written as they come. Text that a spreadsheet could take for a formula is neutralised (security
rule 13); characters that XML cannot hold are left out.
"""

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, TypeAlias

import xlsxwriter

from mutabaa.core.documents import document_of
from mutabaa.core.publication import Para, Span, is_rtl, legal

Row: TypeAlias = "Mapping[str, Any] | Sequence[Any]"
# Full-width forms too: some spreadsheets read them as the plain ones.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
CSV_CHUNK = 200
LINE, LETTER, DATE = 728, 5.2, 58  # points: of a landscape page across, of a bold letter at most, of a date
CELL_LIMIT = 32_767  # letters that a cell of Excel holds

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# As they stand in menus, the most asked for first.
NAMES = {"xlsx": "Excel (XLSX)", "docx": "Word (DOCX)", "pdf": "PDF", "csv": "CSV", "json": "JSON"}
PAPER = {"docx", "pdf"}  # forms whose table must fit across a page


@dataclass(frozen=True)
class Column:
    """`kind`: "text", "date", "number", "symbol" (always left to right) or "list" (several texts). `width` in letters.

    `language_key` names the key of the row that holds the language of this text, where it is not the sheet's.
    """

    key: str
    label: str
    kind: str = "text"
    width: int = 20
    language_key: str = ""


@dataclass(frozen=True)
class Sheet:
    """`language` is the reader's: it gives the direction. `notes` tell what the table holds, in words."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    language: str = "en"
    notes: Sequence[str] = field(default_factory=tuple)
    notes_title: str = "Notes"

    def cells(self, row: Row) -> list[Any]:
        """The values of a row in the order of the columns."""
        if isinstance(row, Mapping):
            return [row.get(column.key) for column in self.columns]
        return list(row)


def neutralised(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before it, as a person would type it."""
    return "'" + text if text[:1] and text[0] in FORMULA_STARTS else text


def plain(value: Any) -> str:
    """A value as text: dates in ISO form, several texts with "; " between them."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "; ".join(plain(v) for v in value)
    return legal(str(value))


def csv_chunks(sheet: Sheet) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel reads it rightly; CR LF. Notes are left out: they are not data."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([neutralised(c.label) for c in sheet.columns])
    yield b"\xef\xbb\xbf"
    for number, row in enumerate(sheet.rows, 1):
        writer.writerow([v if is_number(v) else neutralised(plain(v)) for v in sheet.cells(row)])
        if number % CSV_CHUNK == 0:
            yield taken(buffer)
    yield taken(buffer)


def taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def json_chunks(sheet: Sheet) -> Iterator[bytes]:
    """An object with title, notes, names of the columns, and `records`: one object per row, dates in ISO form."""
    head = {
        "title": sheet.title,
        "language": sheet.language,
        "notes": list(sheet.notes),
        "columns": {c.key: c.label for c in sheet.columns},
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode("utf-8", "replace") + b', "records": ['
    for number, row in enumerate(sheet.rows):
        record = {c.key: json_value(v) for c, v in zip(sheet.columns, sheet.cells(row), strict=True)}
        yield (b",\n" if number else b"\n") + json.dumps(record, ensure_ascii=False).encode()
    yield b"\n]}\n"


def json_value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [json_value(v) for v in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return plain(value)


def write_xlsx(sheet: Sheet, file: IO[bytes]) -> None:
    """Real dates and numbers, frozen header, filter, a second sheet with the notes. Memory does not grow with the rows."""
    book = xlsxwriter.Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": legal(sheet.title)})
    page = book.add_worksheet(sheet_name(sheet.title))
    rtl = is_rtl(sheet.language)
    order = {"reading_order": 2 if rtl else 1, "valign": "top"}
    head = book.add_format(
        order | {"bold": True, "bg_color": "#E8F0F6", "font_color": "#123B5D", "text_wrap": True, "bottom": 1}
    )
    formats = {
        "text": book.add_format(order | {"text_wrap": True}),
        "symbol": book.add_format(
            {"valign": "top", "reading_order": 1, "align": "right" if rtl else "left", "text_wrap": True}
        ),
        "date": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "right" if rtl else "left"}),
        "number": book.add_format({"valign": "top", "num_format": "#,##0"}),
    }
    formats["list"] = formats["text"]
    if rtl:
        page.right_to_left()
    page.freeze_panes(1, 0)
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width, formats[column.kind])
        page.write_string(0, number, neutralised(plain(column.label)), head)
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for number, (column, value) in enumerate(zip(sheet.columns, sheet.cells(row), strict=True)):
            write_cell(page, last, number, value, formats[column.kind])
    page.autofilter(0, 0, last, max(len(sheet.columns) - 1, 0))
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    if sheet.notes:
        notes = book.add_worksheet(sheet_name(sheet.notes_title, taken_name=page.get_name()))
        notes.set_column(0, 0, 110)
        if rtl:
            notes.right_to_left()
        for number, note in enumerate([sheet.title, *sheet.notes]):
            notes.write_string(number, 0, neutralised(plain(note)), head if number == 0 else formats["text"])
    book.close()


def write_cell(page: Any, row: int, column: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, form)
    elif isinstance(value, dt.date):
        # Excel's calendar begins in 1900.
        day = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
        write = page.write_datetime if value.year >= 1900 else lambda r, c, v, f: page.write_string(r, c, plain(v), f)
        write(row, column, day, form)
    elif is_number(value):
        page.write_number(row, column, value, form)
    else:
        text = plain(value).replace("\r\n", "\n").replace("\r", "\n")
        page.write_string(row, column, neutralised(text)[:CELL_LIMIT], form)


def sheet_name(title: str, taken_name: str = "") -> str:
    """At most 31 letters, none that Excel forbids, and not the name of the other sheet."""
    name = "".join(" " if c in "[]:*?/\\" else c for c in legal(title)).strip(" '")[:31].strip(" '") or "1"
    return name if name.casefold() != taken_name.casefold() and name.casefold() != "history" else f"{name[:28]} 2"


def write_docx(sheet: Sheet, file: IO[bytes], day: Callable[[dt.date], str] = dt.date.isoformat) -> None:
    """A landscape table with a repeated header. `day` writes dates in the reader's language."""
    write_paper(sheet, file, "docx", day)


def write_pdf(sheet: Sheet, file: IO[bytes], day: Callable[[dt.date], str] = dt.date.isoformat) -> None:
    """The same table as PDF."""
    write_paper(sheet, file, "pdf", day)


def write_paper(sheet: Sheet, file: IO[bytes], form: str, day: Callable[[dt.date], str]) -> None:
    document = document_of(form, sheet.language, sheet.title, landscape=True)
    document.paragraph(sheet.title, "Title")
    for note in sheet.notes:
        document.paragraph(note, "Note")
    document.table(
        paper_widths(sheet.columns),
        (paper_cells(sheet, row, day) for row in sheet.rows),
        header=[c.label for c in sheet.columns],
        numbers=[n for n, c in enumerate(sheet.columns) if c.kind == "number"],
        description=sheet.title,
    )
    document.save(file)


def paper_widths(columns: Sequence[Column]) -> list[float]:
    """In points: each column holds its heading's longest word, and a date; the rest is shared by their widths."""
    least = [max(longest_word(c.label) * LETTER + 10, DATE if c.kind == "date" else 0) for c in columns]
    narrow: set[int] = set()
    while True:
        left = LINE - sum(least[n] for n in narrow)
        share = left / max(sum(c.width for n, c in enumerate(columns) if n not in narrow), 1)
        more = {n for n, c in enumerate(columns) if n not in narrow and c.width * share < least[n]}
        if not more or left <= 0 or len(narrow) + len(more) == len(columns):
            return [least[n] if n in narrow else c.width * max(share, 1) for n, c in enumerate(columns)]
        narrow |= more


def longest_word(text: str) -> int:
    """Letters that a line cannot be broken between; Chinese is broken anywhere."""
    return max(map(len, re.findall(r"[^\s\u2e80-\uffff]+", text)), default=1)


def paper_cells(sheet: Sheet, row: Row, day: Callable[[dt.date], str]) -> list[Any]:
    out: list[Any] = []
    for column, value in zip(sheet.columns, sheet.cells(row), strict=True):
        text = day(value) if isinstance(value, dt.date) else plain(value)
        language = str(row.get(column.language_key, "")) if column.language_key and isinstance(row, Mapping) else ""
        if column.kind == "symbol":
            out.append(Span(text, symbol=bool(text)))
        elif language:
            out.append([Para(Span(text, language=language), language=language)])
        else:
            out.append(text)
    return out
