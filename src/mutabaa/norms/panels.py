"""What this room adds to other rooms' pages: the instruments that carry out a recommendation, and those of an institution."""

from typing import Any

from django.http import HttpRequest

from mutabaa.core import pages
from mutabaa.core.pages import Panel
from mutabaa.norms.models import Instrument
from mutabaa.norms.on_record import linked_instruments, names_on_record
from mutabaa.norms.policies import may_record, may_record_for

FEW = 10  # of an institution; the list has them all


def instruments_of_record(request: HttpRequest, record: Any) -> Panel | None:
    """With the way to link one or to record a new one. No query but the person's posts: the names came with the record's."""
    found = linked_instruments(record.named)
    may_add = may_record(request.user)
    if not found and not may_add:
        return None
    lines = [{"instrument": row, "may_edit": may_record_for(request.user, row.adopted_by)} for row in found]
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
    pages.record_names.append(names_on_record)
    pages.record_panels.append(instruments_of_record)
    pages.institution_panels.append(instruments_of_institution)
