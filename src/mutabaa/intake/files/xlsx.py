"""An XLSX sheet read row by row: memory does not grow with the file, and hostile archives are refused.

A workbook is a zip of XML parts. What is held to: bytes that come out of the archive are counted as they are read (the
sizes that the archive states are not trusted), a document type declaration is refused (no entities, inside or outside), and
shared strings wait on disk with an index of 8 bytes each.
"""

import re
import tempfile
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from lxml import etree

from mutabaa.intake.files.faults import BadFile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
MAX_EXPANDED = 6 * 1024**3
FREE_EXPANSION = 64 * 1024**2
MAX_RATIO = 120
MAX_COLUMNS = 400
MAX_CELL = 1 << 20
_COLUMN = re.compile(r"[A-Z]+")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")


class Meter:
    """Counts what comes out of the archive, over all its parts."""

    def __init__(self, archive_size: int) -> None:
        self.limit = min(MAX_EXPANDED, max(FREE_EXPANSION, archive_size * MAX_RATIO))
        self.read_so_far = 0

    def count(self, size: int) -> None:
        self.read_so_far += size
        if self.read_so_far > self.limit:
            raise BadFile("expands_too_much", limit_mb=self.limit // 1024**2)


class MeteredPart:
    """A part of the archive as a file for the parser."""

    def __init__(self, stream: IO[bytes], meter: Meter) -> None:
        self.stream, self.meter = stream, meter

    def read(self, size: int = 65536) -> bytes:
        block = self.stream.read(min(size, 1 << 20) if size and size > 0 else 1 << 20)
        self.meter.count(len(block))
        return block


def _elements(archive: zipfile.ZipFile, name: str, tags: list[str], meter: Meter) -> Iterator[Any]:
    """The elements with one of `tags`, each freed after use."""
    with archive.open(name) as stream:
        events = etree.iterparse(
            MeteredPart(stream, meter),
            events=("end",),
            tag=[space + tag for tag in tags for space in (NS, STRICT)],
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        first = True
        for _event, element in events:
            if first:
                if element.getroottree().docinfo.doctype:
                    raise BadFile("doctype")
                first = False
            yield element
            element.clear()
            parent = element.getparent()
            if parent is not None:
                while element.getprevious() is not None:
                    del parent[0]


def _text_of(element: Any) -> str:
    """All `<t>` inside, without phonetic readings."""
    parts = []
    for node in element.iter():
        if not isinstance(node.tag, str):
            if node.tag is etree.Entity:
                raise BadFile("doctype")
            continue
        if node.tag.endswith("}t") and not (
            node.getparent() is not None and str(node.getparent().tag).endswith("}rPh")
        ):
            parts.append(node.text or "")
    return "".join(parts)


class SharedStrings:
    """The workbook's string table, kept in a temporary file."""

    def __init__(self, archive: zipfile.ZipFile, name: str | None, meter: Meter) -> None:
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 – lives as long as the object
        self.starts = array("Q", [0])
        self.recent: dict[int, str] = {}
        if name is None:
            return
        for element in _elements(archive, name, ["si"], meter):
            self.file.write(_text_of(element).encode("utf-8", "surrogatepass"))
            self.starts.append(self.file.tell())

    def __getitem__(self, index: int) -> str:
        if index in self.recent:
            return self.recent[index]
        if not 0 <= index < len(self.starts) - 1:
            raise BadFile("damaged_xlsx", part="sharedStrings")
        start, end = self.starts[index], self.starts[index + 1]
        self.file.seek(start)
        value = self.file.read(end - start).decode("utf-8", "replace")
        if len(value) < 200:
            if len(self.recent) > 20_000:
                self.recent.clear()
            self.recent[index] = value
        return value

    def close(self) -> None:
        self.file.close()


def sheet_names(path: Path) -> list[str]:
    """The visible sheets in their order. Raises `BadFile` as `rows` does."""
    with _faults(), zipfile.ZipFile(path) as archive:
        names = {info.filename.lstrip("/").lower(): info.filename for info in archive.infolist()}
        return list(_sheets(archive, names, Meter(path.stat().st_size)))


@contextmanager
def _faults() -> Iterator[None]:
    """What the libraries raise, as `BadFile`."""
    try:
        yield
    except BadFile:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError) as fault:
        raise BadFile("damaged_xlsx", part=str(fault)[:80]) from fault
    except (etree.XMLSyntaxError, ValueError) as fault:
        if "Resource limit" in str(fault):
            raise BadFile("expands_too_much", limit_mb=10) from fault  # one text of more than 10 MB
        raise BadFile("damaged_xlsx", part=str(fault)[:80]) from fault


def rows(path: Path, progress: Any = None, sheet: str = "") -> Iterator[tuple[int, list[Any]]]:
    """Row number as Excel shows it and the cells (str, float, bool or None) of the named sheet, else of the first visible one.

    Raises `BadFile`: not a workbook, damaged, truncated, encrypted, expands too much, document type declaration.
    """
    with _faults(), zipfile.ZipFile(path) as archive:
        yield from _rows_of(archive, path.stat().st_size, progress, sheet)


def _rows_of(archive: zipfile.ZipFile, size: int, progress: Any, wanted: str = "") -> Iterator[tuple[int, list[Any]]]:
    meter = Meter(size)
    names = {info.filename.lstrip("/").lower(): info.filename for info in archive.infolist()}
    found = _sheets(archive, names, meter)
    sheet = found.get(wanted) or next(iter(found.values()))
    shared = SharedStrings(archive, names.get("xl/sharedstrings.xml"), meter)
    try:
        number = 0
        for element in _elements(archive, sheet, ["row"], meter):
            stated = element.get("r")
            number = int(stated) if stated and stated.isdigit() else number + 1
            yield number, _cells(element, shared)
            if progress and number % 1000 == 0:
                progress(number)
    finally:
        shared.close()


def merged(path: Path) -> list[tuple[int, int, int, int]]:
    """Merged areas of the sheet that `rows` reads: first row, last row (as Excel numbers them), first and last column from 0."""
    out = []
    with _faults(), zipfile.ZipFile(path) as archive:
        meter = Meter(path.stat().st_size)
        names = {info.filename.lstrip("/").lower(): info.filename for info in archive.infolist()}
        sheet = next(iter(_sheets(archive, names, meter).values()))
        for element in _elements(archive, sheet, ["mergeCell"], meter):
            if match := _AREA.fullmatch(element.get("ref") or ""):
                first, top, last, bottom = match.groups()
                out.append((int(top), int(bottom), _column_number(first), _column_number(last)))
    return out


def _sheets(archive: zipfile.ZipFile, names: dict[str, str], meter: Meter) -> dict[str, str]:
    """Name → archive name of each visible sheet, one at least. The order and the targets are the workbook's own."""
    if "xl/workbook.xml" not in names:
        raise BadFile("wrong_kind", kind="zip", wanted="xlsx")
    targets = {}
    rels = names.get("xl/_rels/workbook.xml.rels")
    if rels:
        with archive.open(rels) as stream:
            content = MeteredPart(stream, meter).read(1 << 20)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(content, parser)
        if root.getroottree().docinfo.doctype:
            raise BadFile("doctype")
        targets = {r.get("Id"): (r.get("Target") or "").removeprefix("/xl/").removeprefix("/") for r in root}
    out: dict[str, str] = {}
    for element in _elements(archive, names["xl/workbook.xml"], ["sheet"], meter):
        if element.get("state") in {"hidden", "veryHidden"}:
            continue
        target = targets.get(element.get(REL + "id") or element.get(STRICT_REL + "id"), "")
        found = names.get(f"xl/{target}".lower()) if target else None
        if found:
            out.setdefault(element.get("name") or found, found)
    if out:
        return out
    fallback = sorted(n for n in names if n.startswith("xl/worksheets/") and n.endswith(".xml"))
    if not fallback:
        raise BadFile("damaged_xlsx", part="worksheets")
    return {fallback[0]: names[fallback[0]]}


def _cells(row: Any, shared: SharedStrings) -> list[Any]:
    cells: list[Any] = []
    for cell in row:
        if not isinstance(cell.tag, str) or not cell.tag.endswith("}c"):
            continue
        position = _column_number(cell.get("r") or "") if cell.get("r") else len(cells)
        if position >= MAX_COLUMNS:
            continue
        while len(cells) < position:
            cells.append(None)
        value = _value(cell, shared)
        if position < len(cells):
            cells[position] = value
        else:
            cells.append(value)
    return cells


def _column_number(reference: str) -> int:
    match = _COLUMN.match(reference)
    if not match or len(match.group()) > 3:
        return MAX_COLUMNS
    number = 0
    for letter in match.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, shared: SharedStrings) -> Any:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text_of(cell)
    raw = None
    for node in cell:
        if isinstance(node.tag, str) and node.tag.endswith("}v"):
            raw = node.text
            break
    if raw is None:
        return None
    if kind == "s":
        return shared[int(raw)]
    if kind == "b":
        return raw == "1"
    if kind in {"str", "e", "d"}:
        return raw
    return float(raw)
