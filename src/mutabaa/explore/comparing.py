"""Figures of a search: over the years, as a matrix, side by side, and by how many mechanisms. All counted by the index under
the same rules as the results."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from mutabaa.core.charts import PALETTE, PLAIN, Cell, Chart, Row, Series, bars, columns
from mutabaa.core.templatetags.mutabaa import babel_locale, decimal
from mutabaa.explore.asking import Asking
from mutabaa.explore.results import ordered
from mutabaa.recommendations.search import BY_KEY, label_rows
from mutabaa.search import services

Counts = Mapping[str, int]
DRAWN_SERIES = 5
SPLITS = ["family", "position", "type", "region", "body", "theme", "group", "status"]
MATRIX_ROWS = ["theme", "group", "goal", "target", "by", "institution", "state", "body"]
MATRIX_COLUMNS = ["family", "body", "year", "region", "position", "type", "status"]
RAISED = ["theme", "group", "goal", "target"]
COMPARED = ["state", "region", "body", "family", "theme", "group", "by"]
MOST_ROWS, MOST_COLUMNS, MOST_COMPARED = 40, 14, 4


def plain(value: int) -> str:
    return decimal(value, babel_locale())


def named(codes: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Names by facet and code; a code that has none stands for itself."""
    found = label_rows({facet: list(held) for facet, held in codes.items()})
    return {facet: {code: found.get(facet, {}).get(code) or code for code in held} for facet, held in codes.items()}


def largest_first(counts: Counts) -> list[str]:
    return sorted(counts, key=lambda code: (-counts[code], code))


def crossed(asking: Asking, person: Any, rows: str, cols: str) -> dict[tuple[str, str], int]:
    """Counts by row and column. A facet that groups another's values is added up from that one's; each value has one group.
    `cols` has at most one value per record."""
    counts = services.table(asking.question(), person, BY_KEY[rows].of or rows, BY_KEY[cols].of or cols)
    groups = {facet: services.groups_of(facet) for facet in (rows, cols) if BY_KEY[facet].of}
    out: dict[tuple[str, str], int] = {}
    for (row, col), n in counts.items():
        r = groups[rows].get(row, "") if rows in groups else row
        c = groups[cols].get(col, "") if cols in groups else col
        if r and c:
            out[r, c] = out.get((r, c), 0) + n
    return out


# -- Over the years ------------------------------------------------------------------------------------------------------------


def years_between(years: Iterable[str]) -> list[str]:
    """Every year from the first to the last, those without any among them."""
    found = sorted(int(year) for year in years if year.isdigit())
    return [str(year) for year in range(found[0], found[-1] + 1)] if found else []


def trend(asking: Asking, person: Any, split: str, title: str) -> Chart | None:
    """Results by year; with `split` the largest values of that facet on each other (a record with several counts in each)."""
    search = reverse("explore:search")
    if split:
        counts = crossed(asking, person, split, "year")
        totals: dict[str, int] = {}
        for (value, _year), n in counts.items():
            totals[value] = totals.get(value, 0) + n
        largest = ordered(split, totals)[:DRAWN_SERIES]
        labels = named({split: largest})[split]
        years = years_between(year for _value, year in counts)
        series = [Series(code, labels[code], PALETTE[n]) for n, code in enumerate(largest)]
        data = [Row(year, {code: counts.get((code, year), 0) for code in largest}) for year in years]
    else:
        held = services.facets_of(asking.question(facets=["year"]), person).get("year", {})
        years = years_between(held)
        series = [Series("n", _("Recommendations"), PLAIN)]
        data = [Row(year, {"n": held.get(year, 0)}) for year in years]
    if not data:
        return None
    svg = columns(
        data, series, uid="trend", title=title, rtl=get_language_bidi(), number=plain,
        description=_("One column for each year. The same figures stand in the table below the chart."),
    )  # fmt: skip
    table = []
    for row in reversed(data):
        year = int(row.label)
        of_year = asking.but(first=year, last=year)
        cells = [Cell(row.label, search + of_year.address)]
        for kind in series:
            address = of_year.with_values(split, [kind.key]).address if split else of_year.address
            n = row.values.get(kind.key, 0)
            cells.append(Cell(n, search + address if n else ""))
        table.append(cells)
    return Chart(
        title=title,
        svg=svg,
        header=[_("Year"), *(kind.label for kind in series)],
        rows=table,
        legend=series if split else (),
    )


# -- Matrix --------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MatrixCell:
    """`shade`: 0–5, the number against the largest of the matrix."""

    count: int
    url: str
    shade: int
    column: str


@dataclass(frozen=True)
class Matrix:
    header: list[tuple[str, str]]
    rows: list[tuple[str, str, int, list[MatrixCell]]]
    more_rows: int
    more_columns: int


def matrix(asking: Asking, person: Any, rows: str, cols: str) -> Matrix:
    counts = crossed(asking, person, rows, cols)
    row_totals = services.facets_of(asking.question(facets=[rows]), person).get(rows, {})
    found_rows, found_cols = {r for r, _c in counts}, {c for _r, c in counts}
    col_totals = {c: sum(n for (_r, other), n in counts.items() if other == c) for c in found_cols}
    all_rows = sorted(found_rows, key=lambda code: (-row_totals.get(code, 0), code))
    all_cols = ordered(cols, col_totals)
    shown_rows, shown_cols = all_rows[:MOST_ROWS], all_cols[:MOST_COLUMNS]
    if cols == "year":
        shown_cols = shown_cols[::-1]
    labels = named({rows: shown_rows, cols: shown_cols}) if rows != cols else named({rows: {*shown_rows, *shown_cols}})
    largest = max(counts.values(), default=0)
    search = reverse("explore:search")

    def cell(row: str, col: str) -> MatrixCell:
        n = counts.get((row, col), 0)
        address = asking.with_values(rows, [row]).with_values(cols, [col]).address
        return MatrixCell(n, search + address if n else "", -(-5 * n // largest) if largest else 0, labels[cols][col])

    return Matrix(
        [(labels[cols][col], search + asking.with_values(cols, [col]).address) for col in shown_cols],
        [
            (labels[rows][row], search + asking.with_values(rows, [row]).address, row_totals.get(row, 0), [cell(row, col) for col in shown_cols])
            for row in shown_rows
        ],
        len(all_rows) - len(shown_rows),
        len(all_cols) - len(shown_cols),
    )  # fmt: skip


# -- By how many mechanisms ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Raised:
    """What several mechanisms say. `share` of the largest number of mechanisms, for the bar."""

    label: str
    url: str
    mechanisms: int
    families: int
    total: int
    first: str
    last: str
    names: list[str]


def raised(asking: Asking, person: Any, facet: str) -> list[Raised]:
    """For each value: by how many mechanisms and families it was raised, how often, from when to when. Most mechanisms first."""
    bodies = services.table(asking.question(), person, facet, "body")
    years = services.table(asking.question(), person, facet, "year")
    totals = services.facets_of(asking.question(facets=[facet]), person).get(facet, {})
    family = services.groups_of("family")
    by_value: dict[str, set[str]] = {}
    for value, body in bodies:
        by_value.setdefault(value, set()).add(body)
    labels = named({facet: list(by_value), "body": {b for found in by_value.values() for b in found}})
    search = reverse("explore:search")
    out = []
    for value, found in by_value.items():
        when = sorted(year for other, year in years if other == value)
        out.append(
            Raised(
                labels[facet][value], search + asking.with_values(facet, [value]).address, len(found),
                len({family.get(body, body) for body in found}), totals.get(value, 0), when[0] if when else "",
                when[-1] if when else "", sorted(labels["body"][body] for body in found),
            )
        )  # fmt: skip
    return sorted(out, key=lambda r: (-r.mechanisms, -r.families, -r.total, r.label))


# -- Side by side --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    label: str
    url: str
    total: int
    trend: Chart | None


@dataclass(frozen=True)
class Comparison:
    """`tables`: (heading, rows); a row is (label, [(number, share of that side, address), …])."""

    sides: list[Side]
    tables: list[tuple[str, list[tuple[str, list[tuple[int, float | None, str]]]]]]


COMPARED_BY = ["family", "theme", "group", "goal", "position", "type"]
LINES = 10


def compare(asking: Asking, person: Any, facet: str, codes: Sequence[str]) -> Comparison:
    """Up to four values of a facet, each under the rest of the search."""
    codes = list(codes)[:MOST_COMPARED]
    labels = named({facet: codes})[facet]
    search = reverse("explore:search")
    asked = [asking.with_values(facet, [code]) for code in codes]
    counted = [services.facets_of(one.question(facets=[*COMPARED_BY, "year"]), person) for one in asked]
    totals = [services.count(one.question(), person) for one in asked]
    sides = [
        Side(labels[code], search + one.address, total, year_chart(counts.get("year", {}), labels[code], f"years-{n}"))
        for n, (code, one, total, counts) in enumerate(zip(codes, asked, totals, counted, strict=True))
    ]
    wanted = [key for key in COMPARED_BY if key != facet]
    shown: dict[str, list[str]] = {}
    for key in wanted:
        together: dict[str, int] = {}
        for counts in counted:
            for value, n in counts.get(key, {}).items():
                together[value] = together.get(value, 0) + n
        shown[key] = largest_first(together)[:LINES]
    names = named(shown)
    tables = []
    for key in wanted:
        rows = []
        for value in shown[key]:
            cells = []
            for one, total, counts in zip(asked, totals, counted, strict=True):
                n = counts.get(key, {}).get(value, 0)
                cells.append(
                    (n, n / total if total else None, search + one.with_values(key, [value]).address if n else "")
                )
            rows.append((names[key][value], cells))
        if rows:
            tables.append((str(BY_KEY[key].label), rows))
    return Comparison(sides, tables)


def year_chart(counts: Counts, title: str, uid: str) -> Chart | None:
    years = years_between(counts)
    if not years:
        return None
    data = [Row(year, {"n": counts.get(year, 0)}) for year in years]
    series = [Series("n", _("Recommendations"), PLAIN)]
    svg = columns(
        data, series, uid=uid, title=title, rtl=get_language_bidi(), number=plain,
        description=_("One column for each year. The same figures stand in the table below the chart."),
    )  # fmt: skip
    rows = [[Cell(row.label), Cell(row.values["n"])] for row in reversed(data)]
    return Chart(title=title, svg=svg, header=[_("Year"), _("Recommendations")], rows=rows)


# -- A profile -----------------------------------------------------------------------------------------------------------------

PROFILES = ["state", "theme", "group", "goal", "target", "by", "body"]
PROFILE_CHARTS = ["family", "theme", "group", "position", "goal", "by", "state", "status"]
PROFILE_LINES = 10


def count_charts(asking: Asking, person: Any, facet: str) -> tuple[dict[str, dict[str, int]], list[Chart]]:
    """A chart for each facet that says something about this search, and the counts."""
    wanted = [key for key in PROFILE_CHARTS if key != facet and not (key == "state" and asking.scope == "own")]
    counts = services.facets_of(asking.question(facets=[*wanted, "year", "body"]), person)
    shown = {key: largest_first(counts.get(key, {}))[:PROFILE_LINES] for key in wanted}
    names = named(shown)
    search = reverse("explore:search")
    charts = []
    for key in wanted:
        if len(shown[key]) < 2 and key not in {"theme", "group"} or not shown[key]:
            continue
        title = str(BY_KEY[key].label)
        rows = [
            (names[key][code], counts[key][code], search + asking.with_values(key, [code]).address)
            for code in shown[key]
        ]
        svg = bars(
            [Row(label, {"n": n}) for label, n, _url in rows], uid=f"by-{key}", title=title, rtl=get_language_bidi(), number=plain,
            description=_("Bars by number of recommendations. The same figures stand in the table below the chart."),
        )  # fmt: skip
        left = len(counts[key]) - len(rows)
        note = _("The chart shows the %(n)s largest.") % {"n": len(rows)} if left > 0 else ""
        charts.append(
            Chart(title=title, svg=svg, header=[title, _("Recommendations")], rows=[[Cell(label, url), Cell(n)] for label, n, url in rows], note=note)
        )  # fmt: skip
    return counts, charts
