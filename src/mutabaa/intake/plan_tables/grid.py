"""The table of a Word or Excel file as rows of cells, with what is merged. Pure.

A Word document may hold the plan in several tables with one header, and repeat the header on every page.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutabaa.intake.documents.archive import Archive
from mutabaa.intake.documents.docx import text_of
from mutabaa.intake.files import sniff, xlsx
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.plan_tables.words import known_columns
from mutabaa.intake.tables.decode import cell_text, decode, separator_of, split
from mutabaa.intake.tables.mapping import fold_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_MERGED = 1_000_000  # cells
HEADER_WITHIN = 15  # rows from the top; above it stand titles
Cell = str | None


@dataclass(frozen=True)
class Line:
    """`number`: the row as the program shows it, in Word counted over all tables. A cell is None where it is one with the
    cell above it. `heading` is the text of a row that is one cell from side to side."""

    number: int
    cells: list[Cell]
    heading: str = ""


@dataclass(frozen=True)
class Grid:
    header: list[str]
    lines: list[Line]


def read_grid(path: Path) -> Grid:
    """Raises `BadFile`: no table, empty, wrong kind, damaged, too large."""
    kind = sniff.expect(path, "docx", "xlsx", "csv")
    if kind == "docx":
        tables = word_tables(path)
    elif kind == "xlsx":
        tables = [excel_table(path)]
    else:
        text, _encoding = decode(path.read_bytes())
        tables = [[Line(n, list(cells)) for n, cells in enumerate(split(text, separator_of(text)), 1)]]
    if sum(map(len, tables)) > MAX_ROWS:
        raise BadFile("too_many_rows", limit=MAX_ROWS)
    return put_together([table for table in tables if table])


def put_together(tables: list[list[Line]]) -> Grid:
    """The tables with the most usual header, in order, as one; header rows that come again are left out."""
    found = [(header_place(table), table) for table in tables]
    weights: dict[tuple[str, ...], int] = defaultdict(int)
    for place, table in found:
        if place is not None:
            weights[key_of(table[place])] += known_columns([c or "" for c in table[place].cells]) * 1000 + len(table)
    if not weights:
        raise BadFile("no_plan_table")
    main = max(weights, key=lambda key: weights[key])
    header: list[str] = []
    lines: list[Line] = []
    for place, table in found:
        if place is not None and key_of(table[place]) == main:
            header = header or [" ".join((cell or "").split()) for cell in table[place].cells]
            rest = table[place + 1 :]
        elif header and place is None and len(table[0].cells) == len(header):
            rest = table  # the table goes on after a break, without its header
        else:
            continue
        lines += [line for line in rest if key_of(line) != main and any(cell and cell.strip() for cell in line.cells)]
    if not lines:
        raise BadFile("no_rows")
    while header and not header[-1]:
        header.pop()
    return Grid(header, lines)


def key_of(line: Line) -> tuple[str, ...]:
    return tuple(fold_name(cell or "") for cell in line.cells)


def header_place(table: list[Line]) -> int | None:
    """The row near the top with the most names of columns that plans have, at least three."""
    best, place = 2, None
    for number, line in enumerate(table[:HEADER_WITHIN]):
        known = 0 if line.heading else known_columns([cell or "" for cell in line.cells])
        if known > best:
            best, place = known, number
    return place


def excel_table(path: Path) -> list[Line]:
    """The first visible sheet. A merged area reads as Excel shows it: its text once, in the first cell."""
    areas = xlsx.merged(path)
    below: set[tuple[int, int]] = set()
    for top, bottom, first, last in areas:
        rows, columns = range(top + 1, min(bottom, top + MAX_ROWS) + 1), range(first, min(last, MAX_COLUMNS) + 1)
        if len(below) + len(rows) * len(columns) > MAX_MERGED:
            raise BadFile("too_many_rows", limit=MAX_ROWS)
        below.update((row, column) for row in rows for column in columns)
    wide = {top: last - first + 1 for top, _bottom, first, last in areas if first == 0}
    out: list[Line] = []
    for number, cells in xlsx.rows(path):
        texts: list[Cell] = [cell_text(cell).strip() for cell in cells[:MAX_COLUMNS]]
        filled = [text for text in texts if text]
        if not filled and not any((number, column) in below for column in range(len(texts))):
            continue
        for column in range(len(texts)):
            if (number, column) in below:
                texts[column] = None
        heading = filled[0] if len(filled) == 1 and wide.get(number, 1) >= max(3, len(texts) - 1) else ""
        out.append(Line(number, texts, heading))
        if len(out) > MAX_ROWS:
            raise BadFile("too_many_rows", limit=MAX_ROWS)
    return out


def word_tables(path: Path) -> list[list[Line]]:
    with Archive(path) as archive:
        root = archive.xml("word/document.xml")
    if root is None:
        raise BadFile("damaged_docx", part="word/document.xml")
    if root.tag.startswith(STRICT):
        raise BadFile("strict_docx")
    number = 0
    out = []
    for table in root.iter(f"{W}tbl"):
        if any(True for _inner in table.iterancestors(f"{W}tbl")):
            continue  # a table in a cell is text of that cell
        lines = []
        for row in table.iterfind(f"{W}tr"):
            number += 1
            lines.append(word_line(number, row))
        out.append(lines)
    return out


def word_line(number: int, row: Any) -> Line:
    cells: list[Cell] = []
    own = list(row.iterfind(f"{W}tc")) + [tc for sdt in row.iterfind(f"{W}sdt") for tc in sdt.iter(f"{W}tc")]
    for cell in own:
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        wide = span.get(f"{W}val") if span is not None else "1"
        goes_on = merge is not None and merge.get(f"{W}val") != "restart"
        cells.append(None if goes_on else "\n".join(paragraphs_of(cell)).strip())
        cells += [""] * (min(int(wide) if (wide or "").isdigit() else 1, MAX_COLUMNS) - 1)
        if len(cells) > MAX_COLUMNS:
            break
    heading = (cells[0] or "") if len(own) == 1 and len(cells) > 2 else ""
    return Line(number, cells[:MAX_COLUMNS], heading)


def paragraphs_of(cell: Any) -> Iterator[str]:
    for paragraph in cell.iter(f"{W}p"):
        text = " ".join(text_of(paragraph).split())
        if text:
            yield text
