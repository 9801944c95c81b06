"""An SDMX message as entries, against the dimensions of the indicators room.

A message of the SDG data structure names every dimension in every row. One that the indicator is not broken down by, and that
says the same in the whole series (`AGE` of under-five mortality), is part of the definition and no group.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from mutabaa.indicators.breakdowns import key_of
from mutabaa.indicators.exports import sdmx_id
from mutabaa.indicators.models import Indicator
from mutabaa.indicators.sdmx.messages import ATTRIBUTES, TIME, VALUE, Row
from mutabaa.indicators.states import MeasureKind
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.indicators.statistics.numbers import NotANumber, read_number
from mutabaa.indicators.statistics.periods import read_period
from mutabaa.intake.observations.names import Names
from mutabaa.intake.observations.tables import STATUS, Refusal, Result

TOTALS = {"_T", "_Z", "_X", "", "TOTAL", "ALLAREA", "BOTHSEX", "ALLAGE"}
# Components that name the observation and are no group of people.
NO_GROUPS = {
    "FREQ", "REPORTING_TYPE", "SERIES", "INDICATOR", "REF_AREA", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "DATAFLOW", "ACTION",
    "TIME_DETAIL", "TIME_COVERAGE", "BASE_PER", "GEO_INFO_URL", "GEO_INFO_TYPE", "GEO_INFO_NAME", "CUST_BREAKDOWN_LB", "VALUE_TYPE",
    "OBS_CONF", "CONF_STATUS", "DATA_LAST_UPDATE", "GOAL", "TARGET", "SERIES_DESC", "REF_AREA_DESC", "LASTCHANGE", "DECIMALS", "NUMERATOR",
    "DENOMINATOR", "SAMPLE_SIZE", VALUE, TIME, *ATTRIBUTES,
}  # fmt: skip
ESTIMATED = {"E", "M"}  # NATURE of the SDG structure: estimated, modelled
SeriesValues = dict[str, dict[str, set[str]]]


def series_of(row: Row) -> str:
    return row.get("SERIES") or row.get("INDICATOR")


def values_by_series(rows: Iterable[Row]) -> SeriesValues:
    """Series → component → its values, of which two are enough to know that it varies."""
    out: SeriesValues = defaultdict(lambda: defaultdict(set))
    for row in rows:
        seen = out[series_of(row)]
        for name, value in row.components.items():
            if name not in NO_GROUPS and len(seen[name]) < 2:
                seen[name].add(value)
    return out


def read_message(rows: Callable[[], Iterable[Row]], names: Names) -> Result:
    """Goes through the message twice: first for what varies within each series."""
    varying = values_by_series(rows())
    by_component = {d.sdmx or sdmx_id(d.code): d.code for d in names.groups.dimensions.values()}
    categories = {
        (dimension, category.sdmx or sdmx_id(code)): code
        for (dimension, code), category in names.groups.categories.items()
    }
    result = Result()
    for row in rows():
        got = entry_of(row, names, varying, by_component, categories)
        if isinstance(got, Entry):
            result.entries.append(got)
        else:
            result.refused.append(got)
    return result


def entry_of(
    row: Row, names: Names, varying: SeriesValues, by_component: dict[str, str], categories: dict[tuple[str, str], str]
) -> Entry | Refusal:  # fmt: skip
    series = series_of(row)
    code = names.indicator(series)
    indicator = names.indicators.get(code)
    if indicator is None:
        return row.line, ["series_unknown"], series[:80]
    period = read_period(row.period)
    if period is None:
        return row.line, ["no_period"], row.get(TIME)[:80]
    parts: dict[str, str] = {}
    for component, value in row.components.items():
        if component in NO_GROUPS or value.upper() in TOTALS:
            continue
        dimension = by_component.get(component, "")
        constant = len(varying[series][component]) == 1
        if constant and dimension not in names.wanted[code]:
            continue
        category = categories.get((dimension, value))
        if category is None:
            return row.line, ["unknown_group"], f"{component}={value}"[:80]
        parts[dimension] = category
    if unit_differs(row, indicator):
        return row.line, ["unit"], row.get("UNIT_MEASURE")[:80]
    try:
        return with_numbers(row, Entry(code, names.area(row.get("REF_AREA")), period, key_of(parts), line=row.line))
    except (NotANumber, ValueError):
        return row.line, ["number"], row.get(VALUE)[:80]


def unit_differs(row: Row, indicator: Indicator) -> bool:
    """Only what cannot be: code lists of units differ from one structure to the next."""
    unit = row.get("UNIT_MEASURE").upper()
    per_cent = unit in ("PERCENT", "PT", "PC")
    if indicator.measure == MeasureKind.PROPORTION:
        return unit in ("NUMBER", "NUM", "INDEX") or unit.startswith("PER_1000")
    return per_cent and indicator.factor != 100


def with_numbers(row: Row, entry: Entry) -> Entry:
    power = Decimal(10) ** int(row.get("UNIT_MULT") or 0)
    flag = row.get("OBS_STATUS").upper()
    text = row.get(VALUE)
    value = None if text.strip().lower() in ("", "nan") else read_number(text) * power
    status = STATUS.get(flag.casefold(), "normal")
    if value is None and status in ("normal", "provisional", "estimated"):
        status = "missing"
    elif value is not None and status in ("missing", "not_applicable", "suppressed"):
        status = "normal"
    elif value is not None and status == "normal" and row.get("NATURE").upper() in ESTIMATED:
        status = "estimated"
    bounds = [
        read_number(b) * power if (b := row.get(name)) and b.lower() != "nan" else None
        for name in ("LOWER_BOUND", "UPPER_BOUND")
    ]
    return replace(
        entry, value=value, low=bounds[0], high=bounds[1], status=status, breaks=flag == "B", source=row.get("SOURCE_DETAIL")[:300],
        note=(row.get("COMMENT_OBS") or row.get("COMMENT_TS"))[:500],
    )  # fmt: skip
