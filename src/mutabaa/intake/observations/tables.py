"""A table of figures as entries: long or wide, with numbers as statistical services write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mutabaa.core.text import fold
from mutabaa.indicators.breakdowns import key_of
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.indicators.statistics.numbers import NotANumber, read_cell, read_number
from mutabaa.indicators.statistics.periods import Period, read_period
from mutabaa.intake.files import sniff, xlsx
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.observations.columns import WHOLES, Layout, layout_of, single
from mutabaa.intake.observations.names import Names
from mutabaa.intake.tables.decode import MAX_TABLE_BYTES, cell_text, decode, separator_of, split

Refusal = tuple[int, list[str], str]
Rows = list[tuple[int, list[str]]]
STATUS = {
    "a": "normal", "p": "provisional", "e": "estimated", "i": "estimated", "f": "estimated", "m": "not_applicable", "o": "missing",
    "l": "missing", "h": "missing", "q": "suppressed", "c": "suppressed", "n": "normal", "u": "normal", "d": "normal", "g": "normal",
    "v": "normal", "b": "normal",
}  # fmt: skip
STATUS |= {w: w for w in ("normal", "provisional", "estimated", "missing", "not_applicable", "suppressed")}
STATUS |= {"final": "normal", "not applicable": "not_applicable", "preliminary": "provisional"}


@dataclass
class Result:
    """What a file gave: entries, and rows that could not be read."""

    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def rows_of(path: Path, sheet: str = "") -> tuple[Rows, str]:
    """The filled rows as text, and the separator ("" for a workbook). Raises `BadFile`."""
    kind = sniff.expect(path, "csv", "xlsx", "json")
    if kind == "xlsx":
        rows = [(n, [cell_text(cell) for cell in cells]) for n, cells in xlsx.rows(path, sheet=sheet)]
        separator = ""
    else:
        if path.stat().st_size > MAX_TABLE_BYTES:
            raise BadFile("too_large", limit_mb=MAX_TABLE_BYTES // 1024**2)
        text, _encoding = decode(path.read_bytes())
        separator = separator_of(text)
        rows = list(enumerate(split(text, separator), 1))
    filled = [(n, cells) for n, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise BadFile("no_rows")
    return filled, separator


def best_sheet(path: Path, names: Names) -> str:
    """The sheet of a workbook whose header is understood best: the first is often a sheet of explanations."""
    if sniff.kind_of(path) != "xlsx":
        return ""

    def score(sheet: str) -> int:
        head = []
        for n, cells in xlsx.rows(path, sheet=sheet):
            head.append((n, [cell_text(c) for c in cells]))
            if len(head) > 60:
                break
        return sum(bool(r) for r in layout_of(head, names.dimensions, names.words).roles) if head else -1

    return max(xlsx.sheet_names(path), key=score)


def layout_for(rows: Rows, names: Names, options: dict[str, Any]) -> Layout:
    """As a person said, else as the header says."""
    found = layout_of(rows, names.dimensions, names.words)
    said = options.get("roles")
    if said is None:
        return found
    roles = [str(role) for role in said][: len(found.names)]
    return Layout(found.header, found.names, single(roles + [""] * (len(found.names) - len(roles))))


def read_table(
    rows: Rows, separator: str, layout: Layout, names: Names, options: dict[str, Any], own_area: str
) -> Result:
    """`options`: `indicator`, `area`, `source` for the whole table; `comma`: "decimal" or "thousands"."""
    reader = TableReader(
        layout, names, options, own_area, options.get("comma") or ("decimal" if separator == ";" else "")
    )
    result = Result()
    for line, cells in rows[layout.header + 1 :]:
        for entry in reader.entries(line, cells):
            if isinstance(entry, Entry):
                result.entries.append(entry)
            else:
                result.refused.append(entry)
    return result


class TableReader:
    def __init__(self, layout: Layout, names: Names, options: dict[str, Any], own_area: str, comma: str) -> None:
        self.layout, self.names, self.options, self.own_area, self.comma = layout, names, options, own_area, comma
        self.places = {role: i for i, role in reversed(list(enumerate(layout.roles))) if role}
        # What stands in the file is looked up once.
        self.wholes: dict[str, bool] = {}
        self.periods: dict[str, Period | None] = {}
        self.dimensions = {
            role.split(":", 1)[1]: i for i, role in enumerate(layout.roles) if role.startswith("dimension:")
        }

    def cell(self, cells: Sequence[str], role: str) -> str:
        place = self.places.get(role)
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def entries(self, line: int, cells: Sequence[str]) -> Iterator[Entry | Refusal]:
        """One entry of a long row, one for each filled cell of a wide one."""
        parts: dict[str, str] = {}
        for dimension, place in self.dimensions.items():
            word = cells[place].strip() if place < len(cells) else ""
            if not word or self.is_whole(word):
                continue
            code = self.names.groups.find(dimension, word)
            if code is None:
                yield line, ["unknown_group"], word[:80]
                return
            parts[dimension] = code
        wide = [*self.layout.periods, *self.layout.groups]
        if not wide:
            yield self.long(line, cells, parts)
            return
        for place in wide:
            text = cells[place].strip() if place < len(cells) else ""
            if not text:
                continue
            kind, _colon, name = self.layout.roles[place].partition(":")
            if kind == "at":
                yield self.entry(line, cells, read_period(name), parts, text)
            else:
                dimension, _equals, code = name.partition("=")
                yield self.entry(line, cells, self.period(cells), parts | {dimension: code}, text)

    def is_whole(self, word: str) -> bool:
        if word not in self.wholes:
            self.wholes[word] = fold(word) in WHOLES
        return self.wholes[word]

    def period(self, cells: Sequence[str]) -> Period | None:
        text = self.cell(cells, "period")
        if text not in self.periods:
            self.periods[text] = read_period(text)
        return self.periods[text]

    def long(self, line: int, cells: Sequence[str], parts: dict[str, str]) -> Entry | Refusal:
        return self.entry(line, cells, self.period(cells), parts, self.cell(cells, "value"))

    def entry(
        self, line: int, cells: Sequence[str], period: Period | None, parts: dict[str, str], text: str
    ) -> Entry | Refusal:
        if period is None:
            return line, ["no_period"], self.cell(cells, "period")[:80]
        indicator = self.cell(cells, "indicator") or str(self.options.get("indicator", ""))
        area = self.cell(cells, "area") or str(self.options.get("area", "")) or self.own_area
        try:
            said = read_cell(text, self.comma)
            numbers = {name: self.number(cells, name) for name in ("numerator", "denominator", "low", "high", "n")}
        except NotANumber as fault:
            return line, [fault.code], text[:80]
        flag = self.cell(cells, "status").casefold()
        status = (said.status if said else "") or STATUS.get(flag, "normal")
        value = said.value if said else None
        if (
            value is None
            and status in ("normal", "provisional", "estimated")
            and not text
            and numbers["numerator"] is None
        ):
            status = "missing"
        people = numbers["n"]
        return Entry(
            self.names.indicator(indicator), self.names.area(area), period, key_of(parts), value,
            numbers["numerator"] if said is None or said.numerator is None else said.numerator,
            numbers["denominator"] if said is None or said.denominator is None else said.denominator,
            numbers["low"] if said is None or said.low is None else said.low,
            numbers["high"] if said is None or said.high is None else said.high,
            int(people) if people is not None and 0 <= people < 2_000_000_000 else None, status,
            flag == "b" or self.cell(cells, "breaks").casefold() in ("1", "yes", "true", "x"),
            (self.cell(cells, "source") or str(self.options.get("source", "")))[:300], self.cell(cells, "note")[:500], line,
        )  # fmt: skip

    def number(self, cells: Sequence[str], role: str) -> Any:
        text = self.cell(cells, role)
        return read_number(text, self.comma) if text else None
