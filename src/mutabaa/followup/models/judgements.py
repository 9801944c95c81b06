"""What statuses mean, the State's own judgements, and those of others in their own scales: never merged."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core.models import Translated, Versioned, Visibility
from mutabaa.followup.models.updates import Update
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.mechanisms.models import Document, Grade
from mutabaa.recommendations.models import Component, Recommendation
from mutabaa.recommendations.states import STATUS_TONE, Status


class StatusCriterion(Versioned):
    """What a status means: the written criterion, changed by the administrator, quoted in each entry (T-231)."""

    status = models.CharField(max_length=30, choices=Status, unique=True)
    criterion = Translated(models.TextField(_("criterion"), blank=True))
    evidence_required = models.BooleanField(_("needs evidence"), default=False)
    score = models.SmallIntegerField(null=True)
    closed = models.BooleanField(_("ends the follow-up"), default=False)
    order = models.PositiveIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return str(self.get_status_display())


class StatusEntryQuerySet(models.QuerySet["StatusEntry"]):
    def visible_to(self, person: Any) -> "StatusEntryQuerySet":
        """Published judgements on visible items; internal evaluations for the secretariat alone (T-044)."""
        rows = self.filter(recommendation__in=Recommendation.objects.visible_to(person))
        return rows if is_secretariat(person) else rows.filter(internal=False)

    def published(self) -> "StatusEntryQuerySet":
        return self.filter(internal=False)


class StatusEntry(models.Model):
    """One judgement of the State on an item or component. Append-only; the latest published one stands on the item.

    `criterion` keeps the wording that was in force. `internal` entries are evaluations not meant for publication (T-044).
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="status_entries")
    component = models.ForeignKey(Component, models.CASCADE, null=True, blank=True, related_name="status_entries")
    status = models.CharField(_("status"), max_length=30, choices=Status)
    on = models.DateField(_("date"))
    criterion = models.TextField(_("criterion"), blank=True)
    note = models.TextField(_("note"), blank=True)
    update = models.ForeignKey(Update, models.SET_NULL, null=True, blank=True, related_name="status_entries")
    internal = models.BooleanField(_("internal evaluation"), default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StatusEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.status} {self.on}"

    @property
    def tone(self) -> str:
        return STATUS_TONE.get(self.status, "")


class AssessmentQuerySet(models.QuerySet["ExternalAssessment"]):
    def visible_to(self, person: Any) -> "AssessmentQuerySet":
        """Public ones of visible items; one's own; "institutions" for those responsible, statistician and secretariat."""
        seen = Q(visibility=Visibility.PUBLIC)
        if getattr(person, "is_authenticated", False):
            seen |= Q(author_id=person.pk)
        if is_secretariat(person):
            seen |= Q(visibility__in=[Visibility.INSTITUTIONS, Visibility.SECRETARIAT])
        elif reads_all_institutions(person):
            seen |= Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            mine = Recommendation.objects.all().assigned_to_ids(institution_ids(person))
            seen |= Q(visibility=Visibility.INSTITUTIONS, recommendation_id__in=mine)
        return self.filter(seen, recommendation__in=Recommendation.objects.visible_to(person))


class ExternalAssessment(models.Model):
    """Somebody else's judgement, in the assessor's own scale; never merged with the State's status. Append-only."""

    class Assessor(models.TextChoices):
        MECHANISM = "mechanism", _("Mechanism")
        NHRI = "nhri", _("National human rights institution")
        CSO = "cso", _("Civil society")
        UN = "un", _("United Nations")

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="assessments")
    component = models.ForeignKey(Component, models.SET_NULL, null=True, blank=True, related_name="assessments")
    assessor = models.CharField(_("assessor"), max_length=12, choices=Assessor)
    assessor_name = models.CharField(_("name of the assessor"), max_length=200, blank=True)
    grade = models.ForeignKey(Grade, models.PROTECT, related_name="assessments", verbose_name=_("grade"))
    on = models.DateField(_("date"))
    round = models.PositiveSmallIntegerField(_("round"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("document")
    )
    text = models.TextField(_("text"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("external assessment")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.grade}"
