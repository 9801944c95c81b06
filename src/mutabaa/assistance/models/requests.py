"""A targeted request for assistance: thirteen parts, a gate of consent, an answer, a result."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.assistance.models.gaps import Need
from mutabaa.assistance.models.reference import Fund, Provider
from mutabaa.assistance.states import (
    BEFORE_CONSENT,
    REQUEST_TONE,
    SENT,
    BudgetSource,
    GenderMarker,
    RequestState,
)
from mutabaa.core.models import Timestamped, Versioned, Visibility, public_id
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.taxonomy.models import Sdg


class RequestQuerySet(models.QuerySet["AssistanceRequest"]):
    def visible_to(self, person: Any) -> "RequestQuerySet":
        """Before it is submitted the asking institution and the secretariat; after that as its visibility says; for
        everybody else only what was submitted and published."""
        if is_secretariat(person):
            return self.all()
        sent = Q(submitted_on__isnull=False)
        seen = sent & Q(visibility=Visibility.PUBLIC)
        if reads_all_institutions(person):
            seen |= sent & Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            mine = institution_ids(person)
            of_ours = Recommendation.objects.all().assigned_to_ids(mine)
            links = AssistanceRequest.recommendations.through.objects.filter(recommendation_id__in=of_ours)
            seen |= Q(institution_id__in=mine)
            seen |= sent & Q(visibility=Visibility.INSTITUTIONS, pk__in=links.values("assistancerequest_id"))
        return self.filter(seen)

    def for_list(self) -> "RequestQuerySet":
        return self.select_related("institution", "fund", "provider", "need__gap").prefetch_related("lines")


class AssistanceRequest(Timestamped, Versioned):
    """The request by the thirteen parts of the template; a comment names the part.

    Nothing leaves before the State consents (T-235): the database itself refuses a request that is approved without an
    authority and a date, submitted without a consent, or public without having been submitted.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="requests", verbose_name=_("need"))
    title = models.CharField(_("title"), max_length=250)
    language = models.CharField(_("language of this text"), max_length=8, choices=LANGUAGES, default="en")
    # 1
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="assistance_requests", verbose_name=_("requesting institution")
    )
    contact = models.TextField(_("contact: post, address, e-mail, telephone"), blank=True)
    # 2
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="assistance_requests", verbose_name=_("recommendations addressed")
    )
    # 3
    gap_text = models.TextField(_("capacity gap"), blank=True)
    evidence = models.TextField(_("evidence of the gap"), blank=True)
    # 4
    assistance = models.TextField(_("assistance sought"), blank=True)
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("fund or programme")
    )
    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("provider")
    )
    addressee = models.CharField(_("addressee"), max_length=250, blank=True)
    # 5, with ExpectedResult; 6 is Activity
    objective = models.TextField(_("objective"), blank=True)
    # 7
    beneficiaries = models.TextField(_("beneficiaries"), blank=True)
    gender_marker = models.PositiveSmallIntegerField(_("gender marker"), choices=GenderMarker, null=True, blank=True)
    gender_analysis = models.TextField(_("gender analysis"), blank=True)
    participation = models.TextField(_("how those concerned take part"), blank=True)
    # 8 is BudgetLine; 9: the plan's item is text until a measure of the plans room can be named here
    plan_item = models.TextField(_("item of the national implementation plan"), blank=True)
    national_policy = models.TextField(_("national policy"), blank=True)
    cooperation_framework = models.TextField(_("United Nations cooperation framework"), blank=True)
    sdgs = models.ManyToManyField(Sdg, blank=True, related_name="assistance_requests", verbose_name=_("SDGs"))
    # 10
    partners = models.TextField(_("partners"), blank=True)
    # 11
    sustainability = models.TextField(_("sustainability"), blank=True)
    risks = models.TextField(_("risks"), blank=True)
    # 12
    monitoring = models.TextField(_("monitoring, evaluation and reporting"), blank=True)
    # 13
    consent_authority = models.CharField(_("authority that consents"), max_length=250, blank=True)
    consent_instrument = models.CharField(_("instrument"), max_length=250, blank=True)
    consent_on = models.DateField(_("date of consent"), null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    consented_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    state = models.CharField(_("state"), max_length=20, choices=RequestState, default=RequestState.DRAFT)
    visibility = models.CharField(
        _("who may read it"), max_length=20, choices=Visibility, default=Visibility.SECRETARIAT
    )
    submitted_on = models.DateField(_("submitted on"), null=True, blank=True)
    submitted_how = models.CharField(_("how it was submitted"), max_length=250, blank=True)
    decided_on = models.DateField(_("date of the answer"), null=True, blank=True)
    granted_what = models.TextField(_("what was granted"), blank=True)
    granted_amount = models.DecimalField(_("amount granted"), max_digits=16, decimal_places=2, null=True, blank=True)
    granted_currency = models.CharField(_("currency"), max_length=3, blank=True)
    conditions = models.TextField(_("conditions"), blank=True)
    evaluation = models.TextField(_("evaluation"), blank=True)
    lessons = models.TextField(_("lessons learned"), blank=True)
    back_reason = models.TextField(_("why it was asked back"), blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    writers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", help_text="all who wrote in it: none of them approves alone"
    )
    history = HistoricalRecords(m2m_fields=[recommendations, sdgs])

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for assistance")
        verbose_name_plural = _("requests for assistance")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["approved", *SENT]) | (Q(consent_on__isnull=False) & ~Q(consent_authority="")),
                name="no_step_without_consent",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT) | Q(submitted_on__isnull=False), name="request_sent_has_its_day"
            ),
            models.CheckConstraint(
                condition=Q(submitted_on__isnull=True) | Q(submitted_on__gte=F("consent_on")),
                name="request_sent_after_consent",
            ),
            models.CheckConstraint(
                condition=~Q(visibility="public") | Q(submitted_on__isnull=False), name="request_public_once_sent"
            ),
            models.CheckConstraint(
                condition=Q(granted_amount__isnull=True) | Q(granted_amount__gte=0), name="granted_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return REQUEST_TONE[self.state]

    @property
    def has_consent(self) -> bool:
        """False: whatever is printed or exported of it is marked as a draft that was not approved."""
        return self.state not in BEFORE_CONSENT and self.consent_on is not None

    @property
    def is_sent(self) -> bool:
        return self.submitted_on is not None


class ExpectedResult(models.Model):
    """A result with its indicator in words; `achieved` is filled in by the evaluation."""

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="results")
    order = models.PositiveSmallIntegerField(default=0)
    result = models.TextField(_("expected result"))
    indicator = models.TextField(_("indicator"), blank=True)
    target = models.CharField(_("target"), max_length=250, blank=True)
    achieved = models.TextField(_("what was achieved"), blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.result[:60]


class Activity(models.Model):
    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="activities")
    order = models.PositiveSmallIntegerField(default=0)
    activity = models.TextField(_("activity"))
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    responsible = models.CharField(_("responsible"), max_length=250, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="activity_ends_after_its_start",
            )
        ]

    def __str__(self) -> str:
        return self.activity[:60]


class BudgetLine(models.Model):
    """An amount that is asked for, or that the State or other donors bring."""

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("source"), max_length=10, choices=BudgetSource, default=BudgetSource.REQUESTED)
    label = models.CharField(_("for what"), max_length=250)
    donor = models.CharField(_("donor"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="budget_line_not_negative")]

    def __str__(self) -> str:
        return f"{self.label}: {self.amount} {self.currency}"


class Step(models.Model):
    """One step of a request, with its day. Append-only: what the chain and the page tell of the past."""

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="steps")
    came_from = models.CharField(max_length=20, choices=RequestState, blank=True)
    state = models.CharField(max_length=20, choices=RequestState)
    on = models.DateField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.state} {self.on}"

    @property
    def deed(self) -> str:
        """What was done, where the name of the state would tell what comes next."""
        deeds = {
            "draft": _("Asked back") if self.came_from else _("Draft begun"),
            "to_approve": _("Handed in for approval"),
            "to_consent": _("Approved by the institution")
            if self.came_from == RequestState.TO_APPROVE
            else _("Handed in for the State’s consent"),
            "approved": _("The State consented"),
        }
        return str(deeds.get(self.state) or self.get_state_display())
