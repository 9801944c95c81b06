"""Asking for reports, what becomes of them, and deleting them. How the worker makes the file is in `making.py`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.states import BatchState, Format
from mutabaa.jobs.services import enqueue
from mutabaa.notifications.services import notify
from mutabaa.recommendations.filters import RecommendationView
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.notices import FAILED, READY
from mutabaa.reporting.policies import may_delete_report, may_make_matrix, may_make_report, may_see_unpublished
from mutabaa.reporting.states import ReportForm, ReportKind, ReportState, Section

MAKE = "mutabaa.reporting.jobs.make_report"
LONG = dt.timedelta(seconds=30)  # who waited that long may have left the page, and is told
MOST_UNDER_WAY = 5  # of one person, so that nobody fills the queue


@transaction.atomic
def ask_for_status_report(
    by: Any,
    *,
    query: str,
    title: str,
    as_of: dt.date,
    language: str,
    public_only: bool,
    sections: Sequence[str],
    form: str = ReportForm.WORD,
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
        form=form,
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
    form: str = ReportForm.WORD,
) -> GeneratedReport:
    """Put a UPR matrix in the queue: an imported thematic list filled in (`source`), or a new document of a `cycle`."""
    if not may_make_matrix(by):
        raise NotAllowed(_("Only the secretariat makes the UPR matrix."))
    if (source is None) == (cycle is None):
        raise Invalid(_("Choose an imported list or a cycle."), field="source")
    if source is not None and (source.format != Format.UPR_LIST or source.state != BatchState.APPLIED):
        raise Invalid(_("Only a thematic list whose import was applied can be filled in."), field="source")
    if source is not None and form != ReportForm.WORD:
        raise Invalid(_("An imported list comes back as the Word document that it was. Choose Word."), field="form")
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
        form=form,
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
    if fields["form"] not in ReportForm.values:
        raise Invalid(_("Choose one of the kinds of file."), field="form")
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


def begin(report: GeneratedReport) -> None:
    """The worker has it in hand, for the first time or anew."""
    GeneratedReport.objects.filter(pk=report.pk).update(state=ReportState.WORKING, progress=0, message="")


def note_progress(report: GeneratedReport, percent: int) -> None:
    """100 is kept for a file that is there."""
    GeneratedReport.objects.filter(pk=report.pk).update(progress=min(percent, 99))


@transaction.atomic
def finish(report: GeneratedReport, **fields: Any) -> bool:
    """Write the outcome down. False where the report was deleted, or finished by another worker, meanwhile."""
    row = GeneratedReport.objects.select_for_update(no_key=True).filter(pk=report.pk).first()
    if row is None:
        return False
    if not row.is_working:
        return True
    for name, value in fields.items():
        setattr(row, name, value)
    if row.path:
        row.size = row.file.stat().st_size
    row.save()
    done = row.is_ready
    audit(row.created_by, "report.made" if done else "report.failed", row, title=row.title, **row.counts)
    if row.created_by and timezone.now() - row.created_at > LONG:
        url = reverse("reporting:report", args=[row.public_id])
        notify(
            [row.created_by],
            kind=READY if done else FAILED,
            key=f"report:{row.public_id}",
            url=url,
            title=row.title,
        )
    return True


@transaction.atomic
def delete_report(by: Any, report: GeneratedReport) -> None:
    """Delete the entry, and its file after the commit. One that is being made is dropped when the worker is done."""
    report = GeneratedReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    if not may_delete_report(by, report):
        raise NotAllowed(_("Only who asked for a report, or the secretariat, deletes it."))
    audit(by, "report.deleted", report, title=report.title, as_of=report.as_of.isoformat())
    file = report.file if report.path else None
    report.delete()
    if file is not None:
        transaction.on_commit(lambda: file.unlink(missing_ok=True))
