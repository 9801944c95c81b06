"""A `Sheet` as the answer to a request: CSV and JSON streamed, Excel and Word through a temporary file."""

import tempfile
from collections.abc import Collection, Iterator

from django.conf import settings
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

from mutabaa.core.exports import Sheet, csv_chunks, json_chunks, write_docx, write_xlsx
from mutabaa.core.wording import day_text

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FORMATS = {"xlsx": "Excel (XLSX)", "docx": "Word (DOCX)", "csv": "CSV", "json": "JSON"}


def download(sheet: Sheet, name: str, form: str, forms: Collection[str] = tuple(TYPES)) -> HttpResponseBase:
    """`name-2026-11-25.form`. 404 for a form that is not among `forms`."""
    if form not in forms:
        raise Http404
    file_name = f"{name}-{timezone.localdate().isoformat()}.{form}"
    if form in {"csv", "json"}:
        chunks = csv_chunks(sheet) if form == "csv" else json_chunks(sheet)
        response: HttpResponseBase = StreamingHttpResponse(kept_language(chunks), content_type=TYPES[form])
        response["Content-Disposition"] = content_disposition_header(True, file_name)
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    if form == "xlsx":
        write_xlsx(sheet, file)
    else:
        write_docx(sheet, file, lambda day: day_text(day, "medium"))
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=TYPES[form])


def kept_language(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """A streamed answer is made after the request: each part is made in the language of the request."""
    language = get_language() or settings.LANGUAGE_CODE

    def each() -> Iterator[bytes]:
        while True:
            with override(language):
                chunk = next(chunks, None)
            if chunk is None:
                return
            yield chunk

    return each()
