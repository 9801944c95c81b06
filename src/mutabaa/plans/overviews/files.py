"""A view of the plans as a file: XLSX, Word, PDF, CSV or JSON, of exactly the rows of the address."""

import tempfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet, csv_chunks, json_chunks, write_docx, write_xlsx
from mutabaa.core.wording import day_text
from mutabaa.plans.overviews.scope import Scope
from mutabaa.recommendations.exports import TYPES as TABLE_TYPES
from mutabaa.recommendations.exports import kept_language

TYPES = TABLE_TYPES | {"pdf": "application/pdf"}
FORMS = [("xlsx", "Excel (XLSX)"), ("docx", "Word (DOCX)"), ("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON")]


def sheet(scope: Scope, title: str, columns: Sequence[Column], rows: Iterable[Any], *notes: str) -> Sheet:
    """With the day, the plan and the filters in words. Rows are read when they are written."""
    made = _("Made on %(day)s.") % {"day": day_text(timezone.localdate())}
    language = (get_language() or "en")[:2]
    return Sheet(title, columns, rows, language, [*scope.in_words(), *notes, made], _("About this table"))


def amount(value: Decimal | None) -> int | float | None:
    """Money as a number that a spreadsheet adds up: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def download(table: Sheet, name: str, form: str) -> HttpResponseBase:
    """CSV and JSON are streamed, the others written to a temporary file first. 404 for an unknown form."""
    if form not in TYPES:
        raise Http404
    file_name = f"{name}-{timezone.localdate().isoformat()}.{form}"
    if form in {"csv", "json"}:
        chunks = csv_chunks(table) if form == "csv" else json_chunks(table)
        response: HttpResponseBase = StreamingHttpResponse(kept_language(chunks), content_type=TYPES[form])
        response["Content-Disposition"] = content_disposition_header(True, file_name)
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    write(table, form, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=TYPES[form])


def write(table: Sheet, form: str, file: IO[bytes]) -> None:
    if form == "xlsx":
        write_xlsx(table, file)
    else:
        write_docx(table, file, lambda day: day_text(day, "medium"))
