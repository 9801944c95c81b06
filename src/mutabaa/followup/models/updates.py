"""What institutions did: updates, their evidence, and texts kept where two people wrote at once."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core.models import Timestamped, Translated, Versioned, Visibility, public_id
from mutabaa.followup.models.requests import RequestItem
from mutabaa.followup.states import EDITABLE_UPDATES, UPDATE_TONE, UpdateState
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.recommendations.models import Component, Recommendation
from mutabaa.recommendations.states import Status


class Obstacle(models.Model):
    """A coded kind of difficulty (T-091)."""

    code = models.SlugField(max_length=40, unique=True)
    name = Translated(models.CharField(_("name"), max_length=120, blank=True))
    hint = Translated(models.TextField(_("hint"), blank=True))
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("obstacle")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name or self.code


class UpdateQuerySet(models.QuerySet["Update"]):
    def editable(self) -> "UpdateQuerySet":
        return self.filter(state__in=EDITABLE_UPDATES)

    def visible_to(self, person: Any) -> "UpdateQuerySet":
        """Published and public ones of visible items for everyone; an institution's own in any state; from `approved` on, the secretariat's."""
        published = Q(state=UpdateState.PUBLISHED)
        seen = published & Q(visibility=Visibility.PUBLIC)
        if is_secretariat(person):
            seen |= Q(state__in=[UpdateState.APPROVED, UpdateState.PUBLISHED])
            seen |= Q(state=UpdateState.ASKED_BACK, approved_by__isnull=False)  # had reached the secretariat before
        elif reads_all_institutions(person):
            seen |= published & Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            mine = institution_ids(person)
            seen |= Q(institution_id__in=mine)
            ours = Recommendation.objects.all().assigned_to_ids(mine)
            seen |= published & Q(visibility=Visibility.INSTITUTIONS, recommendation_id__in=ours)
        return self.filter(seen, recommendation__in=Recommendation.objects.visible_to(person))

    def with_evidence(self) -> "list[Update]":
        """The updates in their order, with institution, component and the evidence that stands (`shown_evidence`): one query.

        For the few updates of one record: each is read once for every piece of its evidence. Not for a sliced set.
        """
        proof = models.FilteredRelation("evidence", condition=Q(evidence__removed=False))
        rows: Any = self.annotate(proof=proof).order_by(*self.query.order_by, "proof__id")
        found: dict[int, Any] = {}
        for row in rows.select_related("institution", "component", "proof"):
            update = found.setdefault(row.pk, row)
            if update is row:
                update.shown_evidence = []
            piece = getattr(row, "proof", None)
            if piece is not None:
                update.shown_evidence.append(piece)
        return list(found.values())


class Update(Timestamped, Versioned):
    """What an institution did on an item: entered, approved by its authority, validated and published by the secretariat."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="updates")
    component = models.ForeignKey(
        Component, models.SET_NULL, null=True, blank=True, related_name="updates", verbose_name=_("component")
    )
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="updates", verbose_name=_("institution"))
    request_item = models.ForeignKey(RequestItem, models.SET_NULL, null=True, blank=True, related_name="updates")
    state = models.CharField(_("state"), max_length=12, choices=UpdateState, default=UpdateState.DRAFT)
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(_("language"), max_length=8, default="en")
    what_was_done = models.TextField(_("what was done"), blank=True)
    done_from = models.DateField(_("from"), null=True, blank=True)
    done_until = models.DateField(_("until"), null=True, blank=True)
    for_whom = models.TextField(_("for whom"), blank=True)
    obstacles = models.ManyToManyField(Obstacle, blank=True, related_name="updates", verbose_name=_("obstacles"))
    obstacle_text = models.TextField(_("obstacles in words"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    proposed_status = models.CharField(_("proposed status"), max_length=30, choices=Status, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    back_reason = models.TextField(_("why it was asked back"), blank=True)
    history = HistoricalRecords(m2m_fields=[obstacles])

    objects = UpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("update")
        ordering = ["-published_at", "-updated_at"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} · {self.institution}"

    @property
    def tone(self) -> str:
        return UPDATE_TONE[self.state]

    @property
    def editable(self) -> bool:
        return self.state in EDITABLE_UPDATES


class Evidence(Timestamped):
    """A file or a link that shows what an update says. Files lie outside the web root under a random name."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="evidence")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("link"), blank=True, max_length=500)
    file = models.FileField(_("file"), blank=True, max_length=200)
    original_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    removed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("evidence")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class KeptEdit(models.Model):
    """What a person wrote from an older version of an update, kept until they merge it, so that neither text is lost."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    update = models.ForeignKey(Update, models.CASCADE, related_name="kept_edits")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    base_version = models.PositiveIntegerField()
    mine = models.JSONField(help_text="field → what the person wrote, dates as ISO, obstacles as codes")
    kept_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return f"{self.update_id} v{self.base_version}"


class WorkbookUpload(models.Model):
    """A filled workbook that came back: what was read, waiting for the person's decision."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list, help_text="one object per line of the sheet, as read")
    outcome = models.JSONField(default=dict, help_text="counts, after it was applied")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return self.file_name
