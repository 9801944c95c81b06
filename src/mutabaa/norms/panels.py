"""What this room adds to other rooms' pages: the instruments that carry out a recommendation, and those of an institution."""

from typing import Any

from django.http import HttpRequest

from mutabaa.core import pages
from mutabaa.core.pages import Panel
from mutabaa.norms.models import Instrument
from mutabaa.norms.policies import may_edit, may_record

FEW = 10  # of an institution; the list has them all


def instruments_of_record(request: HttpRequest, record: Any) -> Panel | None:
    """With the way to link one or to record a new one. One query, and the person's posts."""
    found = list(
        Instrument.objects.visible_to(request.user).filter(recommendations=record).for_list().prefetch_related(None)
    )
    may_add = may_record(request.user)
    if not found and not may_add:
        return None
    lines = [{"instrument": row, "may_edit": may_edit(request.user, row)} for row in found]
    return Panel("norms/panels/record.html", {"record": record, "lines": lines, "may_record": may_add}, 25)


def instruments_of_institution(request: HttpRequest, institution: Any) -> Panel | None:
    """The newest. One query."""
    found = list(
        Instrument.objects.visible_to(request.user)
        .filter(adopted_by=institution)
        .for_list()
        .prefetch_related(None)[: FEW + 1]
    )
    context = {
        "institution": institution,
        "instruments": found[:FEW],
        "more": len(found) > FEW,
        "may_record": may_record(request.user),
    }
    return Panel("norms/panels/institution.html", context, 40)


def register_all() -> None:
    pages.record_panels.append(instruments_of_record)
    pages.institution_panels.append(instruments_of_institution)
