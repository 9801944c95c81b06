"""Reports that were made: what was asked, as of which date, and the file that came out."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.policies import is_outside_reader, is_secretariat
from mutabaa.core.models import Timestamped, public_id
from mutabaa.reporting.states import REPORT_TONE, ReportForm, ReportKind, ReportState


class ReportQuerySet(models.QuerySet["GeneratedReport"]):
    def visible_to(self, person: Any) -> "ReportQuerySet":
        """One's own; the secretariat reads all. Records restricted to named persons are in no report.

        Who has moved to a role outside the State no longer reads the internal reports of former days.
        """
        if is_secretariat(person):
            return self
        if not getattr(person, "is_authenticated", False):
            return self.none()
        mine = self.filter(created_by_id=person.pk)
        return mine.filter(public_only=True) if is_outside_reader(person) else mine

    def under_way(self) -> "ReportQuerySet":
        return self.filter(state__in=[ReportState.WAITING, ReportState.WORKING])


class GeneratedReport(Timestamped):
    """One document made from a view at a date. Kept, so that the same figures can be shown again."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=ReportKind)
    title = models.CharField(_("title"), max_length=200)
    query = models.TextField(blank=True, help_text="the view of the table, as a query string")
    as_of = models.DateField(_("as of"))
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    form = models.CharField(_("file"), max_length=8, choices=ReportForm, default=ReportForm.WORD)
    public_only = models.BooleanField(_("published content only"), default=True)
    sections = models.JSONField(default=list, help_text="parts of a status report")
    state = models.CharField(_("state"), max_length=12, choices=ReportState, default=ReportState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=300, blank=True, help_text="relative to MUTABAA_HOME/reports")
    size = models.PositiveBigIntegerField(default=0)
    message = models.TextField(blank=True, help_text="why it could not be made")
    counts = models.JSONField(default=dict, help_text="what came out; names of `wording.OUTCOMES`")
    source_import = models.BigIntegerField(null=True, help_text="the import whose document is filled in")
    cycle = models.PositiveSmallIntegerField(null=True, help_text="of a matrix made from scratch")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return REPORT_TONE.get(self.state, "")

    @property
    def is_working(self) -> bool:
        return self.state in {ReportState.WAITING, ReportState.WORKING}

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.DONE

    @property
    def file(self) -> Path:
        return Path(settings.HOME) / "reports" / self.path
