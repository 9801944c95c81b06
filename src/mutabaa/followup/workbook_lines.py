"""From the cells of a returned workbook to lines with values, each problem named: columns found by code or by header."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mutabaa.core.errors import Invalid
from mutabaa.followup.models import Obstacle
from mutabaa.followup.update_text import same_text
from mutabaa.followup.workbook import COLUMNS, DATES, FIELDS, plain
from mutabaa.recommendations.states import Status

HEAD_ROWS = 15
EXCEL_START = dt.date(1899, 12, 30)  # day 0 of Excel's calendar, its wrong 29 February 1900 included
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DIGITS = {ord("٠") + n: str(n) for n in range(10)} | {ord("۰") + n: str(n) for n in range(10)}
_BETWEEN = re.compile(r"[;؛；\n]")


@dataclass
class Line:
    """One line of the sheet. `values` hold only the columns that the file has, as kept: text, ISO dates, obstacle codes."""

    number: int
    item: str
    draft: str = ""
    version: int = 0
    base: dict[str, str] = field(default_factory=dict)
    reference: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def lines(sheets: list[list[list[Any]]]) -> list[Line]:
    """The filled lines of the sheet with our columns. Raises `Invalid` where no sheet has them. One query."""
    for rows in sheets:
        if (found := columns(rows)) is not None:
            head, places = found
            return list(read(rows, head, places))
    raise Invalid(
        _(
            "This file has no sheet with the columns of the workbook. Download the workbook here, fill it, and upload that file."
        ),
        field="file",
    )


def columns(rows: list[list[Any]]) -> tuple[int, dict[str, int]] | None:
    """Index of the last heading row and column → place; by the hidden codes, else by the headings in any language."""
    labels: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels |= {same_text(str(label)).casefold(): code for code, label in COLUMNS.items()}
    by_code: tuple[int, dict[str, int]] | None = None
    by_label: tuple[int, dict[str, int]] | None = None
    for index, row in enumerate(rows[:HEAD_ROWS]):
        texts = [same_text(c) if isinstance(c, str) else "" for c in row]
        coded = {t: place for place, t in enumerate(texts) if t in COLUMNS}
        named = {labels[t.casefold()]: place for place, t in enumerate(texts) if t.casefold() in labels}
        if by_code is None and "item" in coded and set(coded) & set(FIELDS):
            by_code = index, coded
        if by_label is None and "item" in named and set(named) & set(FIELDS):
            by_label = index, named
    if by_code and by_label:
        return max(by_code[0], by_label[0]), by_code[1]
    return by_code or by_label


def read(rows: list[list[Any]], head: int, places: dict[str, int]) -> Iterator[Line]:
    statuses, obstacles = status_names(), obstacle_names()
    for index, row in enumerate(rows[head + 1 :], start=head + 2):

        def cell(code: str, row: list[Any] = row) -> Any:
            place = places.get(code)
            return row[place] if place is not None and place < len(row) else ""

        item = plain(str(cell("item")).strip())
        given = [c for c in (cell(code) for code in FIELDS) if c not in ("", None)]
        if not item and not given:
            continue
        line = Line(index, item, reference=plain(str(cell("reference")).strip(" \u2066\u2069")))
        draft, _space, version = plain(str(cell("draft")).strip()).partition(" ")
        if version.isdigit():
            line.draft, line.version = draft, int(version)
        line.base = traces_in(str(cell("base")))
        if not item:
            line.problems.append(
                _("The key of the item is missing, so the line cannot be placed. Copy it from a fresh workbook.")
            )
        for code in FIELDS:
            if code in places:
                line.values[code] = value(line, code, cell(code), statuses, obstacles)
        yield line


def traces_in(text: str) -> dict[str, str]:
    return dict(re.findall(r'"([a-z_]+)": ?"([0-9a-f]{8})"', text))


def value(line: Line, code: str, cell: Any, statuses: dict[str, str], obstacles: dict[str, str]) -> Any:
    """A cell as kept; what cannot be read becomes a problem of the line."""
    if code in DATES:
        day = day_of(cell)
        if day is None:
            line.problems.append(
                _("“%(value)s” under “%(column)s” is not a day. Write it as 2026-05-31.")
                % {"value": cell, "column": COLUMNS[code]}
            )
            return ""
        return day
    text = same_text(plain(words_of(cell)))
    if code == "proposed_status":
        if text and text.casefold() not in statuses:
            line.problems.append(_("“%(value)s” is not a status. Choose one from the list.") % {"value": text})
        return statuses.get(text.casefold(), "")
    if code == "obstacles":
        names = [n.strip() for n in _BETWEEN.split(text) if n.strip()]
        if unknown := [n for n in names if n.casefold() not in obstacles]:
            line.problems.append(
                _("“%(value)s” is not an obstacle of the list on the second sheet.") % {"value": "; ".join(unknown)}
            )
        return sorted({obstacles[n.casefold()] for n in names if n.casefold() in obstacles})
    return text


def words_of(cell: Any) -> str:
    if isinstance(cell, dict):
        return str(cell["date"])
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def day_of(cell: Any) -> str | None:
    """ISO date, "" for an empty cell, None where it is no date. Knows Excel's day numbers, ISO and day-month-year."""
    if isinstance(cell, dict):
        return str(cell["date"])
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return (
            (EXCEL_START + dt.timedelta(days=int(cell))).isoformat() if 18_264 <= cell <= 109_574 else None
        )  # 1950–2199
    text = str(cell).strip().translate(_DIGITS)
    if not text:
        return ""
    try:
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = map(int, found.groups())
            return dt.date(year, month, day).isoformat()
        return dt.date.fromisoformat(text[:10]).isoformat() if len(text) == 10 or text[10:11] in " T" else None
    except ValueError:
        return None


def status_names() -> dict[str, str]:
    """Every name of a status, in every language of the interface, and its code."""
    out = {code: code for code in Status.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            out |= {str(label).casefold(): code for code, label in Status.choices}
    return out


def obstacle_names() -> dict[str, str]:
    out: dict[str, str] = {}
    for obstacle in Obstacle.objects.all():
        out[obstacle.code.casefold()] = obstacle.code
        for language, _name in settings.LANGUAGES:
            if name := getattr(obstacle, f"name_{language[:2]}", ""):
                out[name.casefold()] = obstacle.code
    return out
