"""A mapped table as source rows."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mutabaa.intake.cleaning import (
    clean_label,
    clean_text,
    session_number,
    split_paragraph,
    split_states,
    squeeze,
    upr_cycle,
)
from mutabaa.intake.files.dates import read_date
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.rows import Draft, SourceRow
from mutabaa.intake.tables.decode import Table, read_table
from mutabaa.intake.tables.mapping import DEFAULT_VALUES, Mapping, built_in, fold_name, header_key
from mutabaa.intake.uhri import LONG_BODY_NAMES, sdg_code, state_in_symbol

StateOf = Callable[[str], str | None]
_YEAR = re.compile(r"(?:19|20)\d\d")


def mapping_of(options: dict[str, Any]) -> Mapping | None:
    """The mapping a batch names: by content, or by the name of a kept one. None: found by the header."""
    if "mapping" in options:
        return Mapping.from_plain(options["mapping"])
    name = options.get("mapping_name")
    return kept_mapping(name=name) if name else None


def kept_mapping(*, name: str = "", header: list[str] | None = None) -> Mapping | None:
    """A mapping that a person made, by its name or its header. One query. Raises `BadFile` for an unknown name."""
    from mutabaa.intake.models import ColumnMapping

    if header is not None:
        found = ColumnMapping.objects.filter(header_key=header_key(header)).order_by("-updated_at").first()
    else:
        found = ColumnMapping.objects.filter(name=name).first()
        if found is None:
            raise BadFile("unknown_mapping", name=name)
    if found is None:
        return None
    plain = {
        "columns": found.columns,
        "values": found.values,
        "constants": found.constants,
        "separators": found.separators,
        "name": found.name,
    }
    return Mapping.from_plain(plain)


def known_mapping(header: list[str]) -> Mapping | None:
    """A kept mapping for this header first, then a built-in one."""
    return kept_mapping(header=header) or built_in(header)


def read(path: Path, mapping: Mapping | None, state_of: StateOf, scope: str) -> Iterator[SourceRow]:
    """Rows of the file. `scope` is the State of rows that name none. Raises `BadFile`."""
    table = read_table(path)
    mapping = mapping or known_mapping(table.header)
    if mapping is None:
        raise BadFile("no_mapping")
    return read_rows(table, mapping, state_of, scope)


def read_rows(table: Table, mapping: Mapping, state_of: StateOf, scope: str) -> Iterator[SourceRow]:
    places = {fold_name(name): i for i, name in reversed(list(enumerate(table.header)))}
    columns: dict[str, list[int]] = {}
    for name, wanted in mapping.columns.items():
        columns[name] = [places[fold_name(column)] for column in wanted if fold_name(column) in places]
        if not columns[name]:
            raise BadFile("mapping_column_missing", field=wanted[0] if wanted else name)
    if not columns.get("text"):
        raise BadFile("mapping_without_text")
    if not table.rows:
        raise BadFile("no_rows")
    return (row_of(n, cells, table, mapping, columns, state_of, scope) for n, cells in table.rows)


class Cells:
    """The mapped cells of one row."""

    def __init__(self, cells: list[str], mapping: Mapping, columns: dict[str, list[int]], draft: Draft) -> None:
        self.cells, self.mapping, self.columns, self.draft = cells, mapping, columns, draft

    def one(self, name: str) -> str:
        """The first filled cell of a field, else its constant."""
        for place in self.columns.get(name, ()):
            if place < len(self.cells) and self.cells[place].strip():
                return squeeze(self.cells[place])
        return self.mapping.constants.get(name, "")

    def raw(self, name: str) -> str:
        return next(
            (self.cells[p] for p in self.columns.get(name, ()) if p < len(self.cells) and self.cells[p].strip()), ""
        )

    def many(self, name: str) -> list[str]:
        """All values of a field: every mapped column, split at line breaks and the mapping's separator, renamed by its value map."""
        separator = self.mapping.separators.get(name, "")
        renamed = self.mapping.values.get(name, {})
        found = [self.cells[p] for p in self.columns.get(name, ()) if p < len(self.cells)] or [
            self.mapping.constants.get(name, "")
        ]
        out = []
        for cell in found:
            for line in cell.splitlines():
                for part in line.split(separator) if separator else [line]:
                    label = clean_label(part)
                    label = renamed.get(fold_name(label), label)
                    if label and label not in out:
                        out.append(label)
        return out

    def coded(self, name: str) -> str:
        """A value of ours through the mapping's value map, then the usual words for it; "" and a reason where it has none."""
        label = self.one(name)
        if not label:
            return ""
        key = fold_name(label)
        for known in (self.mapping.values.get(name, {}), DEFAULT_VALUES.get(name, {})):
            if key in known:
                return known[key]
        self.draft.reasons.append(("value_unknown", label[:60]))
        return ""


def row_of(
    line: int,
    cells: list[str],
    table: Table,
    mapping: Mapping,
    columns: dict[str, list[int]],
    state_of: StateOf,
    scope: str,
) -> SourceRow:
    draft = Draft(line, "table")
    if len(cells) != len(table.header):
        extra = [cell for cell in cells[len(table.header) :] if cell.strip()]
        if extra:
            draft.reasons.append(("extra_cells", "; ".join(extra)[:200]))
        if extra or len(cells) < len(table.header):
            draft.quirks.append("ragged")
    row = Cells(cells, mapping, columns, draft)
    draft.text, quirks = clean_text(row.raw("text"))
    draft.quirks.extend(quirks)
    if not draft.text:
        draft.quirks.append("empty_text")
        draft.refused.append(("empty_text", ""))
    body = row.one("mechanism")
    body = mapping.values.get("mechanism", {}).get(fold_name(body), body)
    draft.body = LONG_BODY_NAMES.get(fold_name(body), clean_label(body))
    draft.symbol = row.one("symbol")
    draft.paragraph = row.one("paragraph")
    read_place_in_time(draft, row)
    read_states(draft, row, state_of, scope)
    draft.title = "" if draft.symbol else row.one("document").replace("{session}", draft.session).strip(" ,")
    if not draft.symbol and not draft.title:
        draft.title = mapping.name
    read_kind_and_position(draft, row)
    draft.recommending = [state_of(label.replace("*", "")) or label for label in row.many("recommending")]
    if draft.body == "UPR":
        read_upr(draft, state_of)
    draft.themes, draft.groups = row.many("themes"), row.many("groups")
    draft.sdgs = [sdg_code(label) for label in row.many("sdgs")]
    if not draft.body:
        draft.refused.append(("no_body", ""))
    set_identity(draft, row)
    return draft.finish()


def read_place_in_time(draft: Draft, row: Cells) -> None:
    raw = row.one("date")
    if raw:
        draft.published_on, serial = read_date(raw)
        if serial:
            draft.quirks.append("excel_date")
        if draft.published_on is None and not _YEAR.fullmatch(raw):
            draft.reasons.append(("date_unreadable", raw[:40]))
    year = _YEAR.search(row.one("year")) or (_YEAR.fullmatch(raw) if raw and draft.published_on is None else None)
    if draft.published_on is None and year:
        draft.published_on, _serial = read_date(f"{year.group()}-01-01")
    session = session_number(row.one("session"))
    draft.session = str(session) if session else ""
    stated = session_number(row.one("cycle"))
    draft.cycle = stated if stated and stated <= 9 else None


def read_states(draft: Draft, row: Cells, state_of: StateOf, scope: str) -> None:
    labels = [label.replace("*", "").strip() for label in row.many("state")]
    codes = list(dict.fromkeys(code for label in labels if (code := state_of(label))))
    if not codes and not labels:
        code = state_in_symbol(draft.symbol, state_of) or scope
        codes = [code] if code else []
    if len(codes) > 1:
        draft.reasons.append(("several_states", ", ".join(codes)))
    if not codes:
        draft.refused.append(("unknown_state", labels[0]) if labels else ("no_state", ""))
    draft.states = codes


def read_kind_and_position(draft: Draft, row: Cells) -> None:
    if row.one("kind"):
        draft.kind = row.coded("kind") or "recommendation"
    label = fold_name(row.one("position"))
    if label in DEFAULT_VALUES["kind"] and DEFAULT_VALUES["kind"][label] == "pledge":
        draft.kind = "pledge"  # UPR Info lists voluntary pledges with "Voluntary Pledge" as the response
        return
    position = row.coded("position")
    if position == "supported in part":
        draft.position, draft.partial = "supported", True
    else:
        draft.position = position


def read_upr(draft: Draft, state_of: StateOf) -> None:
    draft.cycle = upr_cycle(int(draft.session)) if draft.session else draft.cycle
    if not draft.paragraph:
        draft.paragraph, draft.text = split_paragraph(draft.text)
        if draft.paragraph:
            draft.quirks.append("upr_paragraph")
    draft.text, codes = split_states(draft.text, state_of)
    if codes:
        draft.quirks.append("upr_states_in_text")
        draft.recommending.extend(code for code in codes if code not in draft.recommending)


def set_identity(draft: Draft, row: Cells) -> None:
    """By what the row is known when it comes again: its own number; document and paragraph; else what it says, and who said it."""
    own = row.one("id")
    place = (*draft.states[:1], draft.body, draft.symbol or draft.title)
    if own:
        draft.identity = ("id", *place, own)
    elif draft.paragraph and (draft.symbol or draft.title):
        draft.identity = ("paragraph", *place, draft.paragraph, *draft.recommending)
