"""SDMX-CSV 2.0 and SDMX-ML as rows of components, read as they come and written in the order of the standard.

Read: SDMX-CSV 1.0 and 2.0; SDMX-ML 2.1 generic and structure-specific data, 3.0 structure-specific data; with the series above
the observations or flat. Written: SDMX-CSV 2.0, and SDMX-ML 2.1 generic data, the one that the standard's own schemas can check
without a schema made for each data structure. XML is read with no entities, no network, no document type.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree

AGENCY, STRUCTURE, VERSION = "MUTABAA", "INDICATORS", "1.0.0"
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"
GENERIC = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic"
COMMON = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"
VALUE, TIME = "OBS_VALUE", "TIME_PERIOD"
ATTRIBUTES = (
    "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS", "NATURE", "LOWER_BOUND", "UPPER_BOUND", "SOURCE_DETAIL", "COMMENT_OBS", "COMMENT_TS",
)  # fmt: skip
OF_SERIES = ("UNIT_MEASURE", "UNIT_MULT")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_RANGE = re.compile(r"(\d{4})(?:-\d\d(?:-\d\d(?:T[\d:]+)?)?)?/P(\d{1,2})Y")
_REPORTING_YEAR = re.compile(r"(\d{4})-A1")
SECTIONS = {"Series", "Obs", "Group", "DataSet"}


class BadMessage(Exception):
    """`code`: "doctype", "damaged_xml", "no_sdmx" or "no_observations"."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Row:
    """One observation: every component by its identifier, dimensions, measure and attributes alike. `line` in its file."""

    components: dict[str, str] = field(default_factory=dict)
    line: int = 0

    def get(self, name: str) -> str:
        return self.components.get(name, "")

    @property
    def period(self) -> str:
        """The time period as tables write it: "2019-01-01/P3Y" is "2019-2021"."""
        time = self.get(TIME).strip()
        if found := _RANGE.fullmatch(time):
            years = int(found[2])
            return found[1] if years == 1 else f"{found[1]}-{int(found[1]) + years - 1}"
        if found := _REPORTING_YEAR.fullmatch(time):
            return found[1]
        return time

    @property
    def series_key(self) -> tuple[tuple[str, str], ...]:
        return tuple((k, v) for k, v in self.components.items() if k not in ATTRIBUTES and k not in (VALUE, TIME))


def sdmx_time(period: str) -> str:
    found = _YEARS.fullmatch(period)
    return f"{found[1]}-01-01/P{int(found[2]) - int(found[1]) + 1}Y" if found else period


# CSV


def is_sdmx_csv(header: Sequence[str]) -> bool:
    """1.0 begins with DATAFLOW, 2.0 with STRUCTURE; both name the measure and the time."""
    names = [name.strip().split(":")[0].upper() for name in header]
    begins = bool(names) and (names[0] in ("DATAFLOW", "STRUCTURE") or names[0].startswith("STRUCTURE["))
    return begins or {VALUE, TIME} <= set(names)


def read_rows(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    """Of a table whose header names components; labels beside codes (`SEX: Sex`, `F: Female`) are left off."""
    labelled = any(":" in name for name in header)
    names = [name.split(":")[0].strip().upper() for name in header]
    for line, cells in rows:
        values = {}
        for name, cell in zip(names, cells, strict=False):
            text = cell.strip()
            coded = name not in (
                VALUE,
                TIME,
                "SOURCE_DETAIL",
                "COMMENT_OBS",
                "COMMENT_TS",
                "STRUCTURE_ID",
                "STRUCTURE_NAME",
            )
            values[name] = text.split(":")[0].strip() if labelled and coded else text
        if values.get("ACTION", "").upper() != "D":
            yield Row(values, line)


def write_csv(rows: Sequence[Row]) -> bytes:
    dimensions = list(dict.fromkeys(name for row in rows for name, _value in row.series_key))
    names = [*dimensions, TIME, VALUE, *(name for name in ATTRIBUTES if any(row.get(name) for row in rows))]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *names])
    identity = ["datastructure", f"{AGENCY}:{STRUCTURE}({VERSION})", "R"]
    for row in rows:
        writer.writerow([*identity, *(sdmx_time(row.get(name)) if name == TIME else row.get(name) for name in names)])
    return out.getvalue().encode()


# XML


def read_xml(path: Path) -> Iterator[Row]:
    """The observations in order; memory does not grow with the file. Raises `BadMessage`."""
    series: dict[str, str] = {}
    found = False
    try:
        events = etree.iterparse(
            str(path), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        for n, (event, element) in enumerate(events):
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if n == 0:
                if element.getroottree().docinfo.doctype:
                    raise BadMessage("doctype")
                if "sdmx.org" not in element.tag:
                    raise BadMessage("no_sdmx", name)
            if event == "start":
                if name == "Series":
                    series = plain_attributes(element)
                continue
            if name in ("SeriesKey", "Attributes") and local(element.getparent()) == "Series":
                series = series | valued(element)
            elif name == "Obs":
                found = True
                yield Row(series | observation(element), element.sourceline or 0)
            if name == "Series":
                series = {}
            if name in SECTIONS:
                freed(element)
    except etree.XMLSyntaxError as fault:
        raise BadMessage("damaged_xml", str(fault)[:200]) from fault
    if not found:
        raise BadMessage("no_observations")


def local(element: Any) -> str:
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else ""


def plain_attributes(element: Any) -> dict[str, str]:
    """Without those of other namespaces (`xsi:type`, `ss:dataScope`)."""
    return {str(name): str(value) for name, value in element.attrib.items() if not str(name).startswith("{")}


def valued(element: Any) -> dict[str, str]:
    """`<Value id="SEX" value="F"/>` of a generic message."""
    return {str(v.get("id")): str(v.get("value")) for v in element if local(v) == "Value" and v.get("id")}


def observation(element: Any) -> dict[str, str]:
    out = {k: v for k, v in plain_attributes(element).items() if k not in ("type", "action")}
    for part in element:
        name = local(part)
        if name == "ObsDimension":
            out[str(part.get("id") or TIME)] = str(part.get("value"))
        elif name == "ObsValue":
            out[VALUE] = str(part.get("value"))
        elif name in ("ObsKey", "Attributes"):
            out |= valued(part)
    return out


def freed(element: Any) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def write_xml(rows: Sequence[Row], prepared: dt.datetime | None = None) -> bytes:
    """A generic data message of SDMX-ML 2.1, its series in the order of their first observation."""
    when = (prepared or dt.datetime.now(dt.UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    series: dict[tuple[tuple[str, str], ...], list[Row]] = {}
    for row in rows:
        series.setdefault(row.series_key, []).append(row)
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<mes:GenericData xmlns:mes="{MESSAGE}" xmlns:gen="{GENERIC}" xmlns:com="{COMMON}">\n'
        f"<mes:Header><mes:ID>{STRUCTURE}</mes:ID><mes:Test>false</mes:Test><mes:Prepared>{when}</mes:Prepared>"
        f'<mes:Sender id="{AGENCY}"/><mes:Structure structureID="{STRUCTURE}" dimensionAtObservation="{TIME}">'
        f'<com:Structure><Ref agencyID="{AGENCY}" id="{STRUCTURE}" version="1.0" class="DataStructure"/></com:Structure>'
        f'</mes:Structure></mes:Header>\n<mes:DataSet structureRef="{STRUCTURE}" action="Replace">\n'
    ]
    for key, found in series.items():
        parts.append(f"<gen:Series><gen:SeriesKey>{values(key)}</gen:SeriesKey>")
        parts.append(section("Attributes", [(n, found[0].get(n)) for n in OF_SERIES]))
        parts += [written_observation(row) for row in found]
        parts.append("</gen:Series>\n")
    parts.append("</mes:DataSet>\n</mes:GenericData>\n")
    return "".join(parts).encode()


def written_observation(row: Row) -> str:
    value = row.get(VALUE)
    measured = f"<gen:ObsValue value={quoteattr(value)}/>" if value else ""
    attributes = section("Attributes", [(n, row.get(n)) for n in ATTRIBUTES if n not in OF_SERIES])
    return f"<gen:Obs><gen:ObsDimension value={quoteattr(sdmx_time(row.get(TIME)))}/>{measured}{attributes}</gen:Obs>"


def section(name: str, pairs: Iterable[tuple[str, str]]) -> str:
    filled = [(key, value) for key, value in pairs if value]
    return f"<gen:{name}>{values(filled)}</gen:{name}>" if filled else ""


def values(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<gen:Value id={quoteattr(key)} value={quoteattr(legal(value))}/>" for key, value in pairs)


def legal(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(
        c for c in text if c in "\t\n\r" or c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff"
    )
