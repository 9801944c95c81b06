"""Pairs of recommendations that may be one demand, proposals of clusters, and the weights by which priorities are proposed."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_secretariat
from mutabaa.core.models import Timestamped, Translated, Versioned
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.states import Priority, PriorityReason
from mutabaa.recurrence.states import (
    CONFIRMED,
    LINK_TONE,
    PROPOSAL_TONE,
    WORKING,
    LinkState,
    ProposalState,
    SearchState,
)
from mutabaa.taxonomy.models import AffectedGroup, Theme

# `PERSONS_WORK` on a model: which of its rows a person made or decided on. The others are the machine's, and go with the record
# when an import is undone; without it, the first search after an import would make the import final.
NEVER = Q(pk__in=[])


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def visible_to(self, person: Any) -> "LikenessQuerySet":
        """Pairs of which the person may read both ends; what is only proposed or found different, the secretariat alone.

        Own records that were not withdrawn: another State's are never mixed in. Two look-ups by key per pair: as a list of
        all that the person reads, SQLite would go through that list again and again.
        """
        seen = Recommendation.objects.own().visible_to(person)
        rows = self.filter(Exists(seen.filter(pk=OuterRef("first_id"))), Exists(seen.filter(pk=OuterRef("second_id"))))
        return rows if is_secretariat(person) else rows.filter(state__in=CONFIRMED)

    def of(self, record: Recommendation) -> "LikenessQuerySet":
        return self.filter(Q(first=record) | Q(second=record))

    def with_texts(self) -> "LikenessQuerySet":
        """With what a list shows of both ends: no query per row."""
        ends = [f"{end}__{part}" for end in ("first", "second") for part in ("document", "mechanism")]
        return self.select_related(*ends)


class Likeness(Versioned):
    """Two recommendations, the one with the lower key first. `suggested` is the machine's, `state` a person's once decided.

    "Narrows" says that one of the two is a part of the other or a more particular form of it.
    """

    first = models.ForeignKey(Recommendation, models.CASCADE, related_name="likenesses_as_first")
    second = models.ForeignKey(Recommendation, models.CASCADE, related_name="likenesses_as_second")
    score = models.FloatField(_("likeness"), help_text="0–1")
    suggested = models.CharField(_("suggested"), max_length=12, choices=LinkState)
    across = models.BooleanField(_("in two languages"), default=False)
    method = models.PositiveSmallIntegerField(default=1, help_text="version of the method that found the pair")
    found_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(_("decision"), max_length=12, choices=LinkState, default=LinkState.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(_("note"), blank=True)

    objects = LikenessQuerySet.as_manager()
    PERSONS_WORK = Q(version__gt=1)

    class Meta:
        verbose_name = _("pair")
        ordering = ["-score", "first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="likeness_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="likeness_in_order"),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="likeness_to_decide")]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}"

    @property
    def tone(self) -> str:
        return LINK_TONE.get(self.state, "")

    def in_time(self) -> tuple[Recommendation, Recommendation]:
        """The earlier one, then the later one; by date, then by key. Reads both ends: select them."""
        pair = sorted([self.first, self.second], key=lambda r: (r.published_on is None, r.published_on or 0, r.pk))
        return pair[0], pair[1]


class Decision(models.Model):
    """One decision on a pair; the latest is the one in force. Append-only."""

    likeness = models.ForeignKey(Likeness, models.CASCADE, related_name="decisions")
    state = models.CharField(_("decision"), max_length=12, choices=LinkState)
    note = models.TextField(_("note"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at", "-id"]

    def __str__(self) -> str:
        return f"{self.state} {self.decided_at}"


class Compared(models.Model):
    """Which text of a record was compared with the others, and by which method: what is missing here is compared next."""

    recommendation = models.OneToOneField(Recommendation, models.CASCADE, related_name="compared")
    text_key = models.CharField(max_length=32)
    method = models.PositiveSmallIntegerField()
    PERSONS_WORK = NEVER

    def __str__(self) -> str:
        return str(self.recommendation_id)


class RepeatSearch(models.Model):
    """One run of the worker over the table: its progress, and what it found."""

    state = models.CharField(_("state"), max_length=10, choices=SearchState, default=SearchState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    everything = models.BooleanField(default=False, help_text="all records anew, not only new and changed ones")
    counts = models.JSONField(default=dict, help_text="records, compared, pairs, proposals, seconds")
    message = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=SearchState.RUNNING), name="one_search_runs_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.asked_at}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING


class ClusterProposal(Timestamped, Versioned):
    """A cluster that the machine proposes; accepting it makes a `Cluster`. Made of records of the State that are not restricted."""

    title = Translated(models.CharField(_("title"), max_length=200, blank=True))
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="cluster_proposals", verbose_name=_("theme")
    )
    members = models.ManyToManyField(Recommendation, related_name="cluster_proposals", blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="+")
    method = models.PositiveSmallIntegerField(default=1)
    history = HistoricalRecords(m2m_fields=[members])
    PERSONS_WORK = Q(version__gt=1)

    class Meta:
        verbose_name = _("proposed cluster")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title or f"{self.pk}"

    @property
    def tone(self) -> str:
        return PROPOSAL_TONE.get(self.state, "")


def weight(label: Any, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, default=default, validators=[MaxValueValidator(100)])


class PriorityRule(Versioned):
    """How priorities are proposed, and the size of clusters: one row, changed by the secretariat (T-342)."""

    recurrence = weight(_("weight of recurrence"), 40)
    follow_up = weight(_("weight of the selection for a follow-up procedure"), 30)
    gravity = weight(_("weight of gravity"), 40)
    groups = weight(_("weight of the groups affected"), 20)
    high = weight(_("high from"), 60)
    medium = weight(_("medium from"), 30)
    grave_themes = models.ManyToManyField(
        Theme, related_name="+", blank=True, verbose_name=_("themes of special gravity")
    )
    first_groups = models.ManyToManyField(
        AffectedGroup, related_name="+", blank=True, verbose_name=_("groups that come first")
    )
    smallest = models.PositiveSmallIntegerField(
        _("smallest cluster proposed"), default=5, validators=[MinValueValidator(2), MaxValueValidator(100)]
    )
    largest = models.PositiveSmallIntegerField(
        _("largest cluster proposed"), default=40, validators=[MinValueValidator(5), MaxValueValidator(500)]
    )
    history = HistoricalRecords(m2m_fields=[grave_themes, first_groups])

    def __str__(self) -> str:
        return "weights"


class PrioritySuggestion(models.Model):
    """What the weights say of one record; made by the worker, shown with its reason, applied by a person."""

    recommendation = models.OneToOneField(Recommendation, models.CASCADE, related_name="priority_suggestion")
    priority = models.CharField(_("priority"), max_length=10, choices=Priority)
    reason = models.CharField(_("reason of the priority"), max_length=30, choices=PriorityReason)
    points = models.PositiveSmallIntegerField(default=0)
    facts = models.JSONField(
        default=dict, help_text="mechanisms, documents: numbers; follow_up: bool; themes, groups: keys"
    )
    PERSONS_WORK = NEVER

    class Meta:
        ordering = ["-points", "recommendation_id"]
        indexes = [models.Index(fields=["-points", "recommendation"], name="suggestion_by_points")]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.priority}"
