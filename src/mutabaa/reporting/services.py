"""Asking for reports, and deleting them. What the worker makes of it is in `making.py`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.states import BatchState, Format
from mutabaa.jobs.services import enqueue
from mutabaa.recommendations.filters import RecommendationView
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.policies import may_delete_report, may_make_matrix, may_make_report, may_see_unpublished
from mutabaa.reporting.states import ReportKind, Section

MAKE = "mutabaa.reporting.jobs.make_report"
MOST_UNDER_WAY = 5  # of one person, so that nobody fills the queue


@transaction.atomic
def ask_for_status_report(
    by: Any, *, query: str, title: str, as_of: dt.date, language: str, public_only: bool, sections: Sequence[str]
) -> GeneratedReport:
    """Put a status report in the worker's queue. `query` is a view of the table; what is unknown in it is left out."""
    if not may_make_report(by):
        raise NotAllowed(_("Sign in to have reports made."))
    chosen = [section for section in Section.values if section in sections]
    if not chosen or len(chosen) < len(set(sections)):
        raise Invalid(_("Choose at least one part of the report."), field="sections")
    view = RecommendationView.from_query(QueryDict(query))
    return queued(
        by,
        ReportKind.STATUS,
        query=view.query(),
        title=title,
        as_of=as_of,
        language=language,
        public_only=public_only,
        sections=chosen,
    )


@transaction.atomic
def ask_for_matrix(
    by: Any,
    *,
    language: str,
    as_of: dt.date,
    public_only: bool = True,
    source: ImportBatch | None = None,
    cycle: int | None = None,
) -> GeneratedReport:
    """Put a UPR matrix in the queue: an imported thematic list filled in (`source`), or a new document of a `cycle`."""
    if not may_make_matrix(by):
        raise NotAllowed(_("Only the secretariat makes the UPR matrix."))
    if (source is None) == (cycle is None):
        raise Invalid(_("Choose an imported list or a cycle."), field="source")
    if source is not None and (source.format != Format.UPR_LIST or source.state != BatchState.APPLIED):
        raise Invalid(_("Only a thematic list whose import was applied can be filled in."), field="source")
    if source is not None:
        title = source.file_name.rsplit(".", 1)[0]
    else:
        with override(language):
            title = _("UPR matrix of recommendations, cycle %(cycle)s") % {"cycle": cycle}
    return queued(
        by,
        ReportKind.UPR_MATRIX,
        title=title[:200],
        as_of=as_of,
        language=language,
        public_only=public_only,
        source_import=source.pk if source else None,
        cycle=cycle,
    )


def queued(by: Any, kind: str, **fields: Any) -> GeneratedReport:
    """Check what both kinds have in common, write the row, and enqueue the job in the same transaction."""
    fields["title"] = " ".join(fields["title"].split())
    if not fields["title"]:
        raise Invalid(_("Give the report a title."), field="title")
    if len(fields["title"]) > 200:
        raise Invalid(_("The title is longer than 200 letters."), field="title")
    if fields["as_of"] > timezone.localdate():
        raise Invalid(_("The date lies in the future."), field="as_of")
    if fields["language"] not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose one of the languages."), field="language")
    if not fields["public_only"] and not may_see_unpublished(by):
        raise NotAllowed(_("Only the State’s own staff have internal reports made."))
    if GeneratedReport.objects.filter(created_by=by).under_way().count() >= MOST_UNDER_WAY:
        raise Invalid(
            ngettext(
                "%(n)s report of yours is being made. Wait until it is ready.",
                "%(n)s reports of yours are being made. Wait until one is ready.",
                MOST_UNDER_WAY,
            )
            % {"n": MOST_UNDER_WAY}
        )
    report = GeneratedReport.objects.create(kind=kind, created_by=by, **fields)
    audit(
        by,
        "report.asked",
        report,
        kind=kind,
        title=report.title,
        query=report.query,
        as_of=report.as_of.isoformat(),
        language=report.language,
        public_only=report.public_only,
    )
    enqueue(MAKE, report.pk)
    return report


@transaction.atomic
def delete_report(by: Any, report: GeneratedReport) -> None:
    """Delete the entry, and its file after the commit. One that is being made is dropped when the worker is done."""
    report = GeneratedReport.objects.select_for_update().get(pk=report.pk)
    if not may_delete_report(by, report):
        raise NotAllowed(_("Only who asked for a report, or the secretariat, deletes it."))
    audit(by, "report.deleted", report, title=report.title, as_of=report.as_of.isoformat())
    file = report.file if report.path else None
    report.delete()
    if file is not None:
        transaction.on_commit(lambda: file.unlink(missing_ok=True))
