"""What stands in the way: obstacles looked at, gaps in capacity, and the needs that follow from them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.assistance.states import GAP_TONE, Direction, GapState, Mode, NeedKind, Scope
from mutabaa.core.models import Timestamped, Versioned, Visibility, public_id
from mutabaa.followup.models import Obstacle, Update
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.taxonomy.models import Theme


class GapQuerySet(models.QuerySet["Gap"]):
    def visible_to(self, person: Any) -> "GapQuerySet":
        """Public ones for everyone; "institutions" for the institution concerned, for those that answer for a
        recommendation of the gap, and for those who read all institutions; the rest for the secretariat."""
        seen = Q(visibility=Visibility.PUBLIC)
        if is_secretariat(person):
            seen |= Q(visibility__in=[Visibility.INSTITUTIONS, Visibility.SECRETARIAT])
        elif reads_all_institutions(person):
            seen |= Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            mine = institution_ids(person)
            of_ours = Recommendation.objects.all().assigned_to_ids(mine)
            gaps = Gap.recommendations.through.objects.filter(recommendation_id__in=of_ours).values("gap_id")
            seen |= Q(visibility=Visibility.INSTITUTIONS) & (Q(institution_id__in=mine) | Q(pk__in=gaps))
        return self.filter(seen)


class Gap(Timestamped, Versioned):
    """A gap in the capacity to meet an obligation (T-035): in one institution, or in a theme."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    scope = models.CharField(_("scope"), max_length=12, choices=Scope, default=Scope.INSTITUTION)
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="capacity_gaps", verbose_name=_("institution")
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="capacity_gaps", verbose_name=_("theme")
    )
    obstacles = models.ManyToManyField(
        Obstacle, blank=True, related_name="capacity_gaps", verbose_name=_("kinds of obstacle")
    )
    description = models.TextField(_("description"))
    evidence = models.TextField(_("evidence"), blank=True)
    language = models.CharField(_("language of this text"), max_length=8, choices=LANGUAGES, default="en")
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="capacity_gaps", verbose_name=_("recommendations concerned")
    )
    visibility = models.CharField(
        _("who may read it"), max_length=20, choices=Visibility, default=Visibility.INSTITUTIONS
    )
    state = models.CharField(_("state"), max_length=12, choices=GapState, default=GapState.OPEN)
    closed_because = models.TextField(_("why it was closed"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField(_("recorded on"))
    history = HistoricalRecords(m2m_fields=[obstacles, recommendations])

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("capacity gap")
        verbose_name_plural = _("capacity gaps")
        ordering = ["-recorded_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="institution", institution__isnull=False) | Q(scope="theme", theme__isnull=False),
                name="gap_has_its_scope",
            ),
            models.CheckConstraint(condition=~Q(state="closed", closed_because=""), name="gap_closed_with_reason"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return GAP_TONE[self.state]


class ObstacleReview(models.Model):
    """That somebody looked at an obstacle an institution reported: it led to a gap, or was found to be none, with the reason.

    `obstacle` is empty where the update told of obstacles in words alone.
    """

    update = models.ForeignKey(Update, models.CASCADE, related_name="obstacle_reviews")
    obstacle = models.ForeignKey(Obstacle, models.PROTECT, null=True, related_name="reviews")
    gap = models.ForeignKey(Gap, models.PROTECT, null=True, related_name="reported")
    reason = models.TextField(_("why it is no gap"), blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(auto_now=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["update", "obstacle"], name="obstacle_reviewed_once"),
            models.UniqueConstraint(fields=["update"], condition=Q(obstacle=None), name="obstacle_words_reviewed_once"),
            models.CheckConstraint(
                condition=Q(gap__isnull=False) | ~Q(reason=""), name="obstacle_review_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.update_id} · {self.obstacle_id}"


class Need(Timestamped, Versioned):
    """What would close a gap (T-315). Who reads the gap reads its needs."""

    gap = models.ForeignKey(Gap, models.CASCADE, related_name="needs")
    kind = models.CharField(_("form of assistance"), max_length=20, choices=NeedKind)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.RECEIVED)
    mode = models.CharField(_("mode"), max_length=20, choices=Mode, blank=True)
    description = models.TextField(_("what is needed"))
    dropped_because = models.TextField(_("why it is no longer needed"), blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField(_("recorded on"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_kind_display()
