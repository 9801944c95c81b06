"""Who is asked to take an item, and what they answered."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_secretariat
from mutabaa.core.models import Timestamped, Versioned
from mutabaa.followup.states import AssignmentState
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids
from mutabaa.recommendations.models import Cluster, Component, Recommendation, Responsibility

LIVE = [AssignmentState.PROPOSED, AssignmentState.ACCEPTED]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, person: Any) -> "AssignmentQuerySet":
        """The secretariat's work table, and each institution's own; nobody else's."""
        if is_secretariat(person):
            return self.filter(recommendation__in=Recommendation.objects.visible_to(person))
        return self.filter(
            institution_id__in=institution_ids(person), recommendation__in=Recommendation.objects.visible_to(person)
        )

    def live(self) -> "AssignmentQuerySet":
        return self.filter(state__in=LIVE)

    def waiting(self) -> "AssignmentQuerySet":
        return self.filter(state=AssignmentState.PROPOSED)

    def returned_and_open(self) -> "AssignmentQuerySet":
        """Returned, and the item was given to nobody since."""
        later = Assignment.objects.live().filter(
            recommendation_id=OuterRef("recommendation_id"), created_at__gt=OuterRef("answered_at")
        )
        return self.filter(~Exists(later), state=AssignmentState.RETURNED)


class Assignment(Timestamped, Versioned):
    """An institution is asked to take an item, as lead or partner; it accepts or returns it with a reason.

    An accepted or waiting assignment has its `Responsibility` row; a returned or withdrawn one does not.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="assignments")
    component = models.ForeignKey(Component, models.SET_NULL, null=True, blank=True, related_name="assignments")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="assignments", verbose_name=_("institution")
    )
    role = models.CharField(_("role"), max_length=10, choices=Responsibility.Role)
    state = models.CharField(_("state"), max_length=12, choices=AssignmentState, default=AssignmentState.PROPOSED)
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="assignments")
    note = models.TextField(_("note"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    due_on = models.DateField(_("due date"), null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    history = HistoricalRecords()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        ordering = ["role", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "institution"],
                condition=Q(state__in=["proposed", "accepted"]),
                name="one_live_assignment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} → {self.institution}"
