"""A request as a document, in Word or PDF."""

from typing import IO, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mutabaa.assistance.models import AssistanceRequest
from mutabaa.assistance.presentation import Cell, Section, Table, Text, sections
from mutabaa.core.documents import document_of
from mutabaa.core.publication import Para, Publication, Span
from mutabaa.core.wording import day_text

NOT_APPROVED_COLOUR = "A3261D"


def languages() -> list[tuple[str, str]]:
    """The six languages a reader may choose, by their own names: code of the interface and name."""
    return list(settings.LANGUAGES)


def write_document(request: AssistanceRequest, recommendations: Any, form: str, language: str, file: IO[bytes]) -> None:
    """The request as Word or PDF (`form`): labels in `language`, the State's text as it is."""
    with override(language):
        document = document_of(
            form, language[:2], request.title, author=str(request.institution), footer=footer_of(request)
        )
        write(document, request, recommendations)
        document.save(file)


def footer_of(request: AssistanceRequest) -> str:
    return request.title if request.has_consent else f"{draft_mark()} · {request.title}"


def draft_mark() -> str:
    return _("Draft, not approved")


def write(document: Publication, request: AssistanceRequest, recommendations: Any) -> None:
    """In the active language. A request without the State's consent says so before everything else, and on every page."""
    document.paragraph(_("Request for technical assistance"), "Subtitle")
    document.paragraph(Span(request.title, language=request.language), "Title", language=request.language)
    if not request.has_consent:
        mark = _("Draft, not approved: the State has not consented, and nothing of this may leave.")
        document.paragraph(Span(mark, bold=True, colour=NOT_APPROVED_COLOUR))
    document.paragraph(_("Made on %(day)s.") % {"day": day_text(timezone.localdate())}, "Note")
    for section in sections(request, recommendations):
        write_section(document, section)


def write_section(document: Publication, section: Section) -> None:
    document.heading(f"{section.number}. {section.title}", 1)
    if not section.blocks:
        document.paragraph(_("No information."), "Note")
    for block in section.blocks:
        if isinstance(block, Text):
            if block.label:
                document.paragraph(Span(block.label, bold=True), keep=True)
            for line in block.text.splitlines():
                document.paragraph(Span(line, language=block.language), language=block.language)
        elif isinstance(block, Table):
            document.table(
                block.widths,
                ([word_cell(cell) for cell in row] for row in block.rows),
                header=list(block.header),
                numbers=block.numbers,
                description=block.label,
            )


def word_cell(cell: Cell) -> Any:
    if cell.symbol:
        return Span(cell.text, symbol=bool(cell.text))
    if cell.language:
        return [Para(Span(cell.text, language=cell.language), language=cell.language)]
    return cell.text
