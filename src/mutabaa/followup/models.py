"""Assignments, requests, updates, evidence, statuses and external assessments."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.core.models import Timestamped, Translated, Versioned, Visibility, public_id
from mutabaa.followup.states import UPDATE_TONE, AssignmentState, RequestState, UpdateState
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.mechanisms.models import Document, Grade
from mutabaa.recommendations.models import Cluster, Component, Recommendation, Responsibility
from mutabaa.recommendations.states import STATUS_TONE, Status


class StatusCriterion(models.Model):
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


class Assignment(Timestamped, Versioned):
    """An institution is asked to take an item, as lead or partner; it accepts or returns it with a reason.

    An accepted or waiting assignment has its `Responsibility` row; a returned or withdrawn one does not.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="assignments")
    component = models.ForeignKey(Component, models.SET_NULL, null=True, blank=True, related_name="assignments")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="assignments", verbose_name=_("institution"))
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

    class Meta:
        verbose_name = _("assignment")
        ordering = ["role", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "institution"], condition=Q(state__in=["proposed", "accepted"]), name="one_live_assignment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} → {self.institution}"


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

    class Meta:
        verbose_name = _("information request")
        ordering = ["due_on"]

    def __str__(self) -> str:
        return self.title


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
        constraints = [models.UniqueConstraint(fields=["request", "institution", "offset_days", "due_on"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.institution_id} {self.offset_days:+d}"


class UpdateQuerySet(models.QuerySet["Update"]):
    def visible_to(self, person: Any) -> "UpdateQuerySet":
        """Published and public ones of visible items for everyone; an institution's own in any state; from `approved` on, the secretariat's."""
        published = Q(state=UpdateState.PUBLISHED)
        seen = published & Q(visibility=Visibility.PUBLIC)
        if is_secretariat(person):
            seen |= Q(state__in=[UpdateState.APPROVED, UpdateState.PUBLISHED, UpdateState.ASKED_BACK])
        elif reads_all_institutions(person):
            seen |= published & Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            mine = institution_ids(person)
            seen |= Q(institution_id__in=mine)
            seen |= published & Q(visibility=Visibility.INSTITUTIONS) & Q(recommendation__responsibilities__institution_id__in=mine)
        return self.filter(seen, recommendation__in=Recommendation.objects.visible_to(person)).distinct()


class Update(Timestamped, Versioned):
    """What an institution did on an item: entered, approved by its authority, validated and published by the secretariat."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="updates")
    component = models.ForeignKey(Component, models.SET_NULL, null=True, blank=True, related_name="updates", verbose_name=_("component"))
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

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.status} {self.on}"

    @property
    def tone(self) -> str:
        return STATUS_TONE.get(self.status, "")


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
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="assessments", verbose_name=_("document"))
    text = models.TextField(_("text"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("external assessment")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.grade}"


class Comment(models.Model):
    """A remark of the NHRI, civil society, parliament or the secretariat. Nobody else can edit it; it can be hidden, with a reason."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(auto_now_add=True)
    public = models.BooleanField(_("shown to the public"), default=True)
    hidden_because = models.TextField(blank=True)

    class Meta:
        ordering = ["written_at"]

    def __str__(self) -> str:
        return self.text[:60]
