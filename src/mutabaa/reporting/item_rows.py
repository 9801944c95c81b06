"""A recommendation as a row of the report's long table, and as the last cell of the UPR matrix."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mutabaa.core.publication import Cell, Para, Span
from mutabaa.core.wording import day_text
from mutabaa.followup.models import Update
from mutabaa.recommendations.states import Status
from mutabaa.reporting.facts import Item
from mutabaa.reporting.states import TONE_FILL

HEADER_WIDTHS = [13, 33, 15, 11, 36]


def header() -> list[str]:
    return [
        _("Document and paragraph"),
        _("Recommendation"),
        _("Institutions"),
        _("Status"),
        _("What was done, and the next step"),
    ]


def item_row(item: Item, language: str) -> list[Any]:
    return [
        reference(item),
        text(item, language),
        institutions(item),
        Cell(status(item), TONE_FILL[item.tone]),
        list(done(item)) or [Para(Span(_("No update has been published."), italic=True))],
    ]


def repeated_row(item: Item, group: str, language: str) -> list[Any]:
    told = _("Set out above under “%(group)s”.") % {"group": group}
    return [
        reference(item),
        Cell([Para(Span(told, italic=True))], columns=2),
        Cell(status(item), TONE_FILL[item.tone]),
        "",
    ]


def reference(item: Item) -> list[Para]:
    record = item.record
    out = [Para(Span(record.document.symbol or record.document.title, symbol=True))]
    if record.paragraph:
        out.append(Para([_("para."), " ", Span(record.paragraph, symbol=True)]))
    out.append(Para(Span(record.mechanism.label, colour="475564")))
    if record.published_on:
        out.append(Para(Span(str(record.published_on.year), colour="475564", symbol=True)))
    return out


def text(item: Item, language: str) -> list[Para]:
    """The text in the report's language where there is a translation, else the original."""
    out = [Para(Span(item.text, language=item.language), language=item.language)]
    translation = item.translation
    if translation and not translation.official:
        out.append(Para(Span(_("Translation that is not official."), italic=True, colour="475564")))
    states = [str(s) for s in item.record.recommending_states.all()]
    if states:
        joined = pgettext("list separator", ", ").join(states)
        out.append(Para([Span(_("Recommended by:"), bold=True), " ", joined]))
    if item.position_label:
        position = item.position_label
        if item.record.position_partial:
            position = _("%(position)s (in part)") % {"position": position}
        out.append(Para([Span(_("Position of the State:"), bold=True), " ", position]))
    return out


def institutions(item: Item) -> list[Para]:
    if not item.lead and not item.partners:
        return [Para(Span(_("Not assigned"), italic=True))]
    out = [Para(Span(item.lead, bold=True))] if item.lead else []
    return [*out, *(Para(name) for name in item.partners)]


def status(item: Item) -> list[Para]:
    out = [Para(Span(item.status_label, bold=True))]
    for component, then in item.components:
        out.append(Para([Span(f"({component.label})", symbol=True), " ", str(Status(then).label)]))
    return out


def done(item: Item) -> Iterator[Para]:
    """The latest update of each institution, newest first, then the next step."""
    for update in item.updates:
        yield Para([Span(heading(update), bold=True)])
        if update.what_was_done.strip():
            yield Para(Span(update.what_was_done.strip(), language=update.language), language=update.language)
    planned = item.next_step
    if planned:
        yield Para([Span(_("Next step:"), bold=True)])
        yield Para(Span(planned.next_step.strip(), language=planned.language), language=planned.language)


def heading(update: Update) -> str:
    assert update.published_at is not None
    day = day_text(timezone.localtime(update.published_at).date())
    return _("%(institution)s, %(day)s") % {"institution": update.institution.name, "day": day}
