"""A table as a download, in whatever form was asked for: one place for lists, exports and the portal."""

import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from mutabaa.core.errors import Invalid
from mutabaa.core.exports import TYPES, Row, Sheet, csv_chunks, json_chunks, write_docx, write_pdf, write_xlsx
from mutabaa.core.typesetting import NotPrinted
from mutabaa.core.wording import day_text, number_text

MOST_PRINTED = 2000  # rows of a PDF: three seconds of one processor and 400 MB


def download(sheet: Sheet, name: str, form: str, forms: Collection[str] = frozenset(TYPES)) -> HttpResponseBase:
    """The table as `name`-DAY.`form`. CSV and JSON are streamed; the others are written to a temporary file first.

    404 for a form not among `forms`; `Invalid` for a PDF of more than `MOST_PRINTED` rows.
    """
    if form not in forms:
        raise Http404
    file_name = f"{name}-{timezone.localdate().isoformat()}.{form}"
    if form in {"csv", "json"}:
        chunks = csv_chunks(sheet) if form == "csv" else json_chunks(sheet)
        response: HttpResponseBase = StreamingHttpResponse(kept_language(chunks), content_type=TYPES[form])
        response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
        return response
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it when it was sent
    if form == "xlsx":
        write_xlsx(sheet, file)
    elif form == "docx":
        write_docx(sheet, file, lambda day: day_text(day, "medium"))
    else:
        try:
            write_pdf(replace(sheet, rows=few(sheet.rows)), file, lambda day: day_text(day, "medium"))
        except NotPrinted as fault:
            raise Invalid(_("The PDF could not be made just now. Try again later, or take Word.")) from fault
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=TYPES[form])


def few(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, as long as they are not too many to be printed while a person waits."""
    for number, row in enumerate(rows):
        if number == MOST_PRINTED:
            raise Invalid(
                _("A PDF holds at most %(n)s rows of a list. Narrow it down by filters, or take Word or Excel.")
                % {"n": number_text(MOST_PRINTED)}
            )
        yield row


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
