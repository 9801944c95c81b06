"""The words of the reporting room: plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutabaa.recommendations.states import Status


class ReportKind(models.TextChoices):
    STATUS = "status", _("Status of implementation")
    UPR_MATRIX = "upr_matrix", _("UPR matrix of recommendations")


class ReportForm(models.TextChoices):
    """What file it becomes; the names of `core.documents.FORMS`."""

    WORD = "docx", "Word (DOCX)"
    PDF = "pdf", "PDF"


class ReportState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("report", "Waiting")
    WORKING = "working", pgettext_lazy("report", "Being made")
    DONE = "done", pgettext_lazy("report", "Ready")
    FAILED = "failed", pgettext_lazy("report", "Could not be made")


REPORT_TONE = {"waiting": "", "working": "fair", "done": "good", "failed": "bad"}


class Section(models.TextChoices):
    """The parts of a status report, in their order."""

    SUMMARY = "summary", pgettext_lazy("report", "Summary with figures by status")
    FAMILIES = "families", pgettext_lazy("report", "Figures by mechanism family")
    THEMES = "themes", pgettext_lazy("report", "Figures by theme")
    INSTITUTIONS = "institutions", pgettext_lazy("report", "Figures by institution")
    OBSTACLES = "obstacles", pgettext_lazy("report", "Obstacles, counted")
    RECOMMENDATIONS = "recommendations", pgettext_lazy("report", "The recommendations one by one")
    ASSESSMENTS = "assessments", pgettext_lazy("report", "Assessments by others")
    CRITERIA = "criteria", pgettext_lazy("report", "What the statuses mean")


# Best to least, then what was not judged: the order of tables, bars and legends.
STATUS_ORDER = [
    Status.IMPLEMENTED, Status.SUBSTANTIAL, Status.PARTIAL, Status.IN_PROGRESS, Status.ONGOING, Status.NOT_STARTED,
    Status.NOT_ASSESSED, Status.NOT_ACCEPTED, Status.SUPERSEDED,
]  # fmt: skip
TONE_FILL = {"good": "E5F3EB", "fair": "E2F1F6", "warn": "FDF1DC", "bad": "FBE9E7", "": ""}
