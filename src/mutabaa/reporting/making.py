"""The worker's part: the file of a report, written aside and renamed, so that there is never half of one."""

import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext as _
from django.utils.translation import override

from mutabaa.core.errors import Refusal
from mutabaa.core.typesetting import NotPrinted
from mutabaa.reporting import filled_list, status_report, upr_matrix
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.services import begin, finish, note_progress
from mutabaa.reporting.states import ReportKind, ReportState

logger = logging.getLogger("mutabaa.reporting")
Progress = Callable[[int], None]


def folder() -> Path:
    """Where reports lie, outside the web root, under names that nobody can guess."""
    path = Path(settings.HOME) / "reports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def make(pk: int) -> None:
    """Make the file. A report that is ready, failed or deleted is left alone; one that a killed worker began is begun anew.

    Whatever goes wrong is told on the report; a database that does not answer is for the queue to try again.
    """
    report = (
        GeneratedReport.objects.select_related("created_by")
        .filter(pk=pk, state__in=[ReportState.WAITING, ReportState.WORKING])
        .first()
    )
    if report is None:
        return
    begin(report)
    try:
        counts, name = write_file(report)
    except DatabaseError:
        raise
    except Exception as fault:
        if not isinstance(fault, Refusal):
            logger.exception("report %s could not be made", report.public_id)
        finish(report, state=ReportState.FAILED, message=explain(report, fault))
        return
    if not finish(report, state=ReportState.DONE, progress=100, path=name, counts=counts):
        (folder() / name).unlink(missing_ok=True)


def write_file(report: GeneratedReport) -> tuple[dict[str, int], str]:
    """The counts to keep, and the name of the file in `folder()`."""
    prefix = f".{report.public_id}."
    for left in folder().glob(f"{prefix}*.part"):
        left.unlink(missing_ok=True)  # of a worker that was killed
    handle, aside = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=folder())
    try:
        with os.fdopen(handle, "w+b") as file, override(report.language):
            counts = write(report, file, progress_of(report))
            file.flush()
            os.fsync(file.fileno())
        name = f"{report.public_id}.{report.form}"
        os.replace(aside, folder() / name)
        return counts, name
    finally:
        Path(aside).unlink(missing_ok=True)


def write(report: GeneratedReport, file: IO[bytes], progress: Progress) -> dict[str, int]:
    if report.kind == ReportKind.STATUS:
        document = status_report.StatusReport(report, progress)
        document.document().save(file)
        return {"recommendations": document.total.total}
    if report.source_import is not None:
        return filled_list.write(report, file, progress)
    matrix = upr_matrix.Matrix(report, progress)
    matrix.document().save(file)
    return {"recommendations": matrix.total}


def explain(report: GeneratedReport, fault: Exception) -> str:
    """What happened and what to do, in the language of the person who asked."""
    with override(getattr(report.created_by, "language", "") or report.language):
        if isinstance(fault, Refusal):
            return str(fault.message)
        if isinstance(fault, NotPrinted):
            return _("The report is too long to be printed as PDF. Ask for it as Word, or narrow it down by filters.")
        if isinstance(fault, OSError):
            return _("The file could not be written (%(said)s). Tell the administrator, then ask again.") % {
                "said": fault.strerror or type(fault).__name__
            }
        return _(
            "The report could not be made because of a fault in the system. Ask again; if it fails again, give the administrator this number: %(number)s."
        ) % {"number": report.public_id}


def progress_of(report: GeneratedReport) -> Progress:
    """Writes the progress down when it has moved by a per cent."""
    last = [0]

    def tell(percent: int) -> None:
        if percent > last[0]:
            last[0] = percent
            note_progress(report, percent)

    return tell
