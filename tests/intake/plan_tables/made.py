"""Word and Excel tables of an invented plan, made in the test."""

import io
from typing import Any

import docx
import xlsxwriter

HEADER = ["Theme", "Desired outcome", "Target", "Measure", "Type", "Lead institution", "Partners", "Start", "Due", "Budget", "Currency", "Recommendations"]  # fmt: skip
MIDWIVES = ["Right to health", "Fewer children die before their fifth birthday", "12 per 1,000 live births by 2030", "Train midwives in every district", "Training", "Ministry of Health", "Ministry of Justice", "Q1 2027", "end of 2028", "120 000", "USD", "CRC/C/XMU/CO/4 ¶ 24"]  # fmt: skip


def row(**changed: str) -> list[str]:
    """The first measure of the plan with some cells changed, by the name of the column."""
    names = {"lead": "Lead institution", "outcome": "Desired outcome", "references": "Recommendations"}
    cells = dict(zip(HEADER, MIDWIVES, strict=True))
    for name, text in changed.items():
        cells[names.get(name, name.capitalize())] = text
    return list(cells.values())


def below(**changed: str) -> list[str]:
    """A measure under the same outcome: its theme, outcome and target are empty."""
    return row(theme="", outcome="", target="", **changed)


def excel(rows: list[list[Any]], *, merge: list[tuple[int, int, int, int]] = (), header: list[str] = HEADER, title: str = "") -> bytes:  # type: ignore[assignment]  # fmt: skip
    """`merge`: first row, first column, last row, last column of `rows` counted from 0; the first cell's text stays."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        top = 0
        if title:
            sheet.merge_range(0, 0, 0, len(header) - 1, title)
            top = 2
        sheet.write_row(top, 0, header)
        for number, cells in enumerate(rows, top + 1):
            for place, cell in enumerate(cells):
                if cell != "":
                    sheet.write(number, place, cell)
        for first, left, last, right in merge:
            sheet.merge_range(first + top + 1, left, last + top + 1, right, rows[first][left])
    return target.getvalue()


def word(*tables: list[list[str]], merge: list[tuple[int, int, int]] = ()) -> bytes:  # type: ignore[assignment]
    """One Word table for each list of rows, headers included. `merge`: column, first and last row of the first table. A row
    of one cell goes from side to side."""
    document = docx.Document()
    document.add_heading("National action plan", 0)
    for number, rows in enumerate(tables):
        wide = max(map(len, rows))
        table = document.add_table(len(rows), wide)
        for place, cells in enumerate(rows):
            if len(cells) == 1:
                table.cell(place, 0).merge(table.cell(place, wide - 1)).text = cells[0]
                continue
            for column, text in enumerate(cells):
                table.cell(place, column).text = text
        if number == 0:
            for column, first, last in merge:
                text = table.cell(first, column).text
                table.cell(first, column).merge(table.cell(last, column)).text = text
        document.add_paragraph("")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
