"""What the secretariat asks, of whom, by when, and which reminders went out."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core.models import Timestamped, Versioned, public_id
from mutabaa.followup.states import RequestState
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids
from mutabaa.recommendations.models import Cluster, Recommendation


class InformationRequestQuerySet(models.QuerySet["InformationRequest"]):
    def visible_to(self, person: Any) -> "InformationRequestQuerySet":
        """All for the secretariat; for a contributor those that ask the own institution."""
        if is_secretariat(person):
            return self
        if is_contributor(person):
            asked = RequestItem.objects.filter(institution_id__in=institution_ids(person)).values("request_id")
            return self.filter(pk__in=asked)
        return self.none()

    def open(self) -> "InformationRequestQuerySet":
        return self.filter(state=RequestState.OPEN)

    def overdue(self, today: dt.date | None = None) -> "InformationRequestQuerySet":
        """Open, past the date, and something is still unanswered."""
        unanswered = RequestItem.objects.filter(answered_at=None).values("request_id")
        return self.open().filter(due_on__lt=today or timezone.localdate(), pk__in=unanswered)

    def with_progress(self, institutions: set[int] | None = None) -> "InformationRequestQuerySet":
        """`asked` and `answered`: numbers of items, of some institutions only where given."""
        mine = Q() if institutions is None else Q(items__institution_id__in=institutions)
        return self.annotate(
            asked=Count("items", filter=mine or None),
            answered=Count("items", filter=mine & Q(items__answered_at__isnull=False)),
        )


class InformationRequest(Timestamped, Versioned):
    """The secretariat asks institutions for information on items, by a date (T-080)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    message = models.TextField(_("message"), blank=True)
    due_on = models.DateField(_("due date"))
    state = models.CharField(_("state"), max_length=12, choices=RequestState, default=RequestState.OPEN)
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="requests")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = InformationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("information request")
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.OPEN

    @property
    def days_left(self) -> int:
        """Negative once the date has passed."""
        return (self.due_on - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        return -self.days_left


class RequestItem(models.Model):
    """One item asked of one institution. Answered when an update of that institution on it reaches the secretariat."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="items")
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="request_items")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="request_items")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "recommendation", "institution"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.recommendation_id} → {self.institution_id}"


class Reminder(models.Model):
    """A reminder that was sent: the unique key is what makes each one go out once."""

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="reminders")
    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    offset_days = models.SmallIntegerField(help_text="days before (negative) or after the due date")
    due_on = models.DateField()
    escalated = models.BooleanField(default=False)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "institution", "offset_days", "due_on"], name="reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.institution_id} {self.offset_days:+d}"
