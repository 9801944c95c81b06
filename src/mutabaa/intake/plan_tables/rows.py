"""A mapped grid as rows of a plan, each with what is wrong or doubtful in it. Pure: names and references are matched later."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from mutabaa.core.text import fold
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.plan_tables.grid import Grid, Line
from mutabaa.intake.plan_tables.spans import Span, read_span
from mutabaa.intake.plan_tables.values import (
    Money,
    Reference,
    read_marker,
    read_money,
    read_percent,
    read_references,
)
from mutabaa.intake.plan_tables.words import GROUPED, coded
from mutabaa.intake.tables.mapping import Mapping, fold_name

Reason = tuple[str, str]


@dataclass
class PlanRow:
    """One measure of the table. `cells`: the row as it stands in the file, empty outcome cells filled from above; `texts`: the mapped
    fields. `refused` keeps it aside, `doubts` wants a person's eye."""

    line: int
    cells: list[str]
    texts: dict[str, str]
    start: dt.date | None = None
    due: dt.date | None = None
    money: list[Money] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    type: str = ""
    marker: int | None = None
    execution: str = ""
    percent: int | None = None
    refused: list[Reason] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    @property
    def key(self) -> tuple[str, str]:
        """By what a measure is known when it comes again: its outcome and its words."""
        return fold(self.text("outcome")), fold(self.text("title"))


def read_rows(grid: Grid, mapping: Mapping, ends_on: dt.date) -> Iterator[PlanRow]:
    """The measures, in order. `ends_on`, the plan's end, is the date of what goes on as long as the plan.

    Raises `BadFile` where a mapped column is not there. A row without words of its own goes on with the measure above:
    its money and its references are added there.
    """
    places = places_of(grid, mapping)
    above: dict[str, str] = {}
    before: PlanRow | None = None
    for line in grid.lines:
        if line.heading:
            above = under_heading(above, line.heading, places)
            continue
        texts, cells = texts_of(line, grid, mapping, places, above)
        if not texts.get("title"):
            own = {name: own_text(line, place) for name, place in places.items()}
            if before is not None and not own.get("outcome") and (own.get("budget") or own.get("references")):
                extend(before, own, mapping, texts)
            continue
        before_row, before = before, row_of(line, cells, texts, ends_on)
        if before_row is not None:
            yield before_row
    if before is not None:
        yield before


def places_of(grid: Grid, mapping: Mapping) -> dict[str, int]:
    known = {fold_name(name): place for place, name in reversed(list(enumerate(grid.header)))}
    places = {}
    for name, columns in mapping.columns.items():
        wanted = [known[fold_name(column)] for column in columns if fold_name(column) in known]
        if not wanted:
            raise BadFile("mapping_column_missing", field=columns[0] if columns else name)
        places[name] = wanted[0]
    return places


def under_heading(above: dict[str, str], heading: str, places: dict[str, int]) -> dict[str, str]:
    """A row from side to side names the outcome where no column does, else the theme."""
    if "outcome" not in places:
        return {"outcome": heading} | {name: above[name] for name in ("theme",) if name in above}
    return {"theme": heading} if "theme" not in places else {}


def own_text(line: Line, place: int) -> str:
    return (line.cells[place] or "").strip() if place < len(line.cells) else ""


def texts_of(
    line: Line, grid: Grid, mapping: Mapping, places: dict[str, int], above: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """The texts of the fields and of all cells. `above` is brought up to date: a new outcome ends what stood for the one before."""
    cells = [(cell or "").strip() for cell in line.cells] + [""] * (len(grid.header) - len(line.cells))
    texts: dict[str, str] = {}
    for name in ("theme", "outcome", "target"):
        place = places.get(name)
        own = own_text(line, place) if place is not None else ""
        if own:
            if own != above.get(name) and name != "target":
                for lower in ("outcome", "target")[0 if name == "theme" else 1 :]:
                    if lower in places:
                        above.pop(lower, None)
            above[name] = own
    for name, place in places.items():
        merged = place < len(line.cells) and line.cells[place] is None
        key = f"={name}"  # what a merged cell above holds
        own = own_text(line, place)
        if own:
            above[key] = own
        elif not merged:
            above.pop(key, None)
        texts[name] = own or (above.get(key, "") if merged and name not in {"budget", "title"} else "")
    for name in GROUPED:
        if name in above:
            texts[name] = above[name]
            if name in places and places[name] < len(cells):
                cells[places[name]] = above[name]
    for name, constant in mapping.constants.items():
        texts[name] = texts.get(name) or constant
    return texts, cells


def row_of(line: Line, cells: list[str], texts: dict[str, str], ends_on: dt.date) -> PlanRow:
    row = PlanRow(line.number, cells, texts)
    if not row.text("outcome"):
        row.refused.append(("plan_no_outcome", ""))
    elif not row.text("target"):
        texts["target"] = row.text("indicator")
        if not texts["target"]:
            row.refused.append(("plan_no_target", row.text("outcome")[:120]))
    read_time(row, ends_on)
    read_budget(row, texts)
    row.references = read_references(row.text("references"))
    if not row.references:
        row.refused.append(("plan_no_reference", row.text("references")[:120]))
    row.type = coded("type", row.text("type")) if row.text("type") else ""
    if not row.type:
        row.refused.append(("plan_type_unknown", row.text("type")[:60]))
    if row.text("gender_marker"):
        row.marker = read_marker(row.text("gender_marker"))
        if row.marker is None:
            row.refused.append(("plan_marker_unreadable", row.text("gender_marker")[:60]))
        elif not row.text("gender_analysis"):
            row.doubts.append(("plan_marker_unexplained", str(row.marker)))
            row.marker = None
    read_execution(row)
    return row


def read_time(row: PlanRow, ends_on: dt.date) -> None:
    """Start and due, from columns of their own or from one that holds both. A start is the first day of its cell, a due the last."""
    spans: dict[str, Span] = {}
    for name in ("period", "start", "due"):
        if said := row.text(name):
            found = read_span(said)
            if found is None:
                row.refused.append(("plan_date_unreadable", said[:60]))
                return
            spans[name] = found
    if "period" in spans:
        row.start, row.due = spans["period"].start, spans["period"].end
    if "start" in spans:
        row.start = spans["start"].start or spans["start"].end
    if "due" in spans:
        row.due = spans["due"].end
    if row.due is None:
        row.due = ends_on
        row.doubts.append(("plan_due_assumed", ends_on.isoformat()))
    if row.start and row.start == row.due and "start" not in spans:
        row.start = None  # a single day is when it is due
    if row.start and row.start > row.due:
        row.refused.append(("plan_end_before_start", f"{row.start.isoformat()} – {row.due.isoformat()}"))


def read_budget(row: PlanRow, texts: dict[str, str]) -> None:
    said = texts.get("budget", "")
    found = read_money(said)
    if found is None:
        row.refused.append(("plan_money_unreadable", said[:60]))
        return
    for money in found:
        if money.amount < 0:
            row.refused.append(("plan_money_negative", said[:60]))
        row.money.append(with_column_values(row, money, texts))


def with_column_values(row: PlanRow, money: Money, texts: dict[str, str]) -> Money:
    """The currency and the year of the row's own columns, where the cell of the amount names none."""
    year = money.year
    if year is None and texts.get("year"):
        span = read_span(texts["year"])
        if span is None or span.end is None:
            row.refused.append(("plan_year_unreadable", texts["year"][:60]))
        else:
            year = span.end.year
    return Money(money.amount, money.currency or texts.get("currency", "").strip(), year, money.words)


def read_execution(row: PlanRow) -> None:
    said = row.text("execution")
    if not said:
        return
    row.execution, row.percent = coded("execution", said), read_percent(said)
    if not row.execution and row.percent is not None:
        row.execution = "completed" if row.percent == 100 else "under_way" if row.percent else "not_started"
    if not row.execution:
        row.doubts.append(("plan_execution_unknown", said[:60]))


def extend(row: PlanRow, own: dict[str, str], mapping: Mapping, texts: dict[str, str]) -> None:
    """A further row of the same measure: another budget line, more recommendations."""
    if own.get("budget"):
        values = {name: own.get(name) or mapping.constants.get(name, "") for name in ("currency", "year")} | {
            "budget": own["budget"]
        }
        read_budget(row, values)
    if own.get("references"):
        row.references += [r for r in read_references(own["references"]) if r not in row.references]
        if row.references:
            row.refused = [reason for reason in row.refused if reason[0] != "plan_no_reference"]
