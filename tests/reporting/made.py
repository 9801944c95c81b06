"""Reports made in the test, and what stands in their files."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pypdfium2
from django.utils import timezone

from mutabaa.reporting import making, services
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.states import Section


def asked(by: Any, **fields: Any) -> GeneratedReport:
    """A status report in the queue, of everything, as of today."""
    return services.ask_for_status_report(
        by,
        **{
            "query": "",
            "title": "Status of implementation",
            "as_of": timezone.localdate(),
            "language": "en",
            "public_only": True,
            "sections": Section.values,
        }
        | fields,
    )


def finished(report: GeneratedReport) -> GeneratedReport:
    """After the worker's part."""
    making.make(report.pk)
    report.refresh_from_db()
    assert report.is_ready, report.message
    return report


def made(by: Any, **fields: Any) -> GeneratedReport:
    return finished(asked(by, **fields))


def matrix(by: Any, **fields: Any) -> GeneratedReport:
    defaults: dict[str, Any] = {"language": "en", "as_of": timezone.localdate()}
    return finished(services.ask_for_matrix(by, **defaults | fields))


def parts(source: Path | bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(report: GeneratedReport) -> str:
    """All text of all parts of the file, without markup."""
    found = [data.decode("utf-8", "replace") for name, data in parts(report.file).items() if name.endswith(".xml")]
    return re.sub(r"<[^>]+>", " ", "".join(found))


def printed(report: GeneratedReport) -> str:
    """The text of all pages of a PDF, with single spaces."""
    pages = pypdfium2.PdfDocument(report.file)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def tables(report: GeneratedReport) -> list[list[list[str]]]:
    """Cell texts of the tables of the file, read with python-docx."""
    document = docx.Document(str(report.file))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def table(report: GeneratedReport, first_cell: str) -> dict[str, list[str]]:
    """The rows of the table whose heading begins so, by their first cell."""
    found = next(rows for rows in tables(report) if rows[0][0] == first_cell)
    return {row[0]: row[1:] for row in found[1:]}


def days_ago(n: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=n)
