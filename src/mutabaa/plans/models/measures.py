"""Measures: what will be done, by whom, by when, with what; and what became of them."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.core.models import Timestamped, Versioned, public_id
from mutabaa.followup.models import Obstacle
from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.plans.models.plans import Outcome, Plan
from mutabaa.plans.states import (
    AGREEMENT_TONE,
    EXECUTION_TONE,
    FINISHED,
    Agreement,
    BudgetSource,
    Execution,
    Funding,
    GenderMarker,
    MeasureType,
)
from mutabaa.recommendations.models import Recommendation


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, person: Any) -> "MeasureQuerySet":
        """Measures of the plans that a person may read."""
        return self.filter(removed=False, plan__in=Plan.objects.visible_to(person))

    def standing(self) -> "MeasureQuerySet":
        """Those that were not removed from their plan."""
        return self.filter(removed=False)

    def of(self, institutions: set[int]) -> "MeasureQuerySet":
        """Led by one of these institutions, or with one of them as partner."""
        partner = Measure.partners.through.objects.filter(institution_id__in=institutions).values("measure_id")
        return self.filter(Q(lead__in=institutions) | Q(pk__in=partner))

    def late(self, day: dt.date | None = None) -> "MeasureQuerySet":
        """Past the due date and neither completed nor cancelled; or with a milestone that is (T-313)."""
        day = day or timezone.localdate()
        missed = Milestone.objects.filter(due_on__lt=day, done_on=None).values("measure_id")
        return self.filter(Q(due_on__lt=day) | Q(pk__in=missed)).exclude(execution__in=FINISHED)

    def in_order(self) -> "MeasureQuerySet":
        return self.order_by("plan_id", "outcome__number", "number", "id")


class Measure(Timestamped, Versioned):
    """One measure of a plan. It serves many recommendations and is entered once.

    Completing it never sets a recommendation "implemented": nothing here writes `Recommendation.status`.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="measures")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="measures", verbose_name=_("outcome"))
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.TextField(_("measure"))
    description = models.TextField(_("description"), blank=True)
    type = models.CharField(_("type"), max_length=15, choices=MeasureType)
    recommendations = models.ManyToManyField(
        Recommendation, related_name="measures", verbose_name=_("recommendations it serves")
    )
    lead = models.ForeignKey(
        Institution, models.PROTECT, related_name="measures_led", verbose_name=_("lead institution")
    )
    partners = models.ManyToManyField(
        Institution, related_name="measures_supported", blank=True, verbose_name=_("partner institutions")
    )
    stakeholders = models.TextField(_("stakeholders involved"), blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    beneficiaries = models.TextField(_("beneficiaries"), blank=True)
    gender_marker = models.PositiveSmallIntegerField(_("gender marker"), choices=GenderMarker, null=True, blank=True)
    gender_analysis = models.TextField(_("gender analysis"), blank=True)
    feasibility = models.TextField(_("feasibility"), blank=True)
    assumptions = models.TextField(_("assumptions"), blank=True)
    risks = models.TextField(_("risks"), blank=True)
    verification = models.TextField(_("means of verification"), blank=True)
    depends_on = models.ManyToManyField(
        "self", symmetrical=False, related_name="needed_by", blank=True, verbose_name=_("depends on")
    )
    instruments = models.ManyToManyField(
        Instrument, related_name="measures", blank=True, verbose_name=_("laws, policies and other instruments")
    )

    agreement = models.CharField(_("agreement"), max_length=10, choices=Agreement, default=Agreement.OPEN)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreement_note = models.TextField(_("what the institution said"), blank=True)

    # What `services.progress` writes; the entries hold the history.
    execution = models.CharField(_("execution"), max_length=12, choices=Execution, default=Execution.NOT_STARTED)
    execution_on = models.DateField(_("execution since"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("progress in per cent"), null=True, blank=True)
    reported_on = models.DateField(_("last report"), null=True, blank=True)

    removed = models.BooleanField(_("removed"), default=False, editable=False)
    history = HistoricalRecords(
        m2m_fields=[recommendations, partners, depends_on, instruments],
        excluded_fields=["execution", "execution_on", "percent", "reported_on"],
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["plan_id", "outcome_id", "number", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__gte=F("starts_on")), name="measure_due_after_start"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="measure_has_title"),
            models.CheckConstraint(
                condition=Q(gender_marker__isnull=True) | Q(gender_marker__lte=3), name="gender_marker_0_to_3"
            ),
            models.CheckConstraint(condition=Q(percent__isnull=True) | Q(percent__lte=100), name="percent_to_100"),
            models.UniqueConstraint(
                fields=["outcome", "number"], condition=Q(removed=False), name="measure_number_once"
            ),
        ]
        indexes = [models.Index(fields=["plan", "removed", "due_on"], name="measure_plan_due")]

    def __str__(self) -> str:
        return self.title[:100]

    def workspace_url(self) -> str:
        return reverse("plans:measure", args=[self.public_id])

    @property
    def code(self) -> str:
        """`2.3`: the third measure of the second outcome. Reads `outcome`: one query unless selected."""
        return f"{self.outcome.number}.{self.number}"

    @property
    def tone(self) -> str:
        return EXECUTION_TONE[self.execution]

    @property
    def agreement_tone(self) -> str:
        return AGREEMENT_TONE[self.agreement]

    @property
    def is_late(self) -> bool:
        """By its own due date; `MeasureQuerySet.late` counts missed milestones too."""
        return self.execution not in FINISHED and self.due_on < timezone.localdate()


class Milestone(Timestamped, Versioned):
    """A step on the way, with its date."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=300)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < timezone.localdate()


class BudgetLine(Timestamped, Versioned):
    """Money for a measure in one year from one source. `amount` in whole and hundredth units of `currency` (ISO 4217)."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="budget_lines")
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    source = models.CharField(_("source"), max_length=15, choices=BudgetSource, default=BudgetSource.STATE)
    source_name = models.CharField(_("name of the source"), max_length=200, blank=True)
    funding = models.CharField(_("funded or not"), max_length=10, choices=Funding, default=Funding.UNFUNDED)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["year", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative")]

    def __str__(self) -> str:
        return f"{self.year} {self.amount} {self.currency}"


class Progress(models.Model):
    """One report on a measure: the present one is the latest. Append-only."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="progress")
    execution = models.CharField(_("execution"), max_length=12, choices=Execution)
    percent = models.PositiveSmallIntegerField(_("progress in per cent"), null=True, blank=True)
    text = models.TextField(_("what was done"), blank=True)
    next_step = models.TextField(_("next step"), blank=True)
    obstacles = models.ManyToManyField(Obstacle, blank=True, related_name="progress", verbose_name=_("obstacles"))
    obstacle_text = models.TextField(_("obstacles in words"), blank=True)
    language = models.CharField(max_length=8, default="en")
    reported_on = models.DateField(_("as of"))
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("progress report")
        ordering = ["-reported_on", "-recorded_at", "-id"]

    def __str__(self) -> str:
        return f"{self.measure_id} {self.execution} {self.reported_on}"

    @property
    def tone(self) -> str:
        return EXECUTION_TONE[self.execution]


class MeasureEvidence(Timestamped):
    """A file or a link that shows what was done."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="evidence")
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
    """What a person wrote on a measure when somebody else had changed the same words meanwhile: kept until put together."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="kept_edits")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    base_version = models.PositiveIntegerField()
    mine = models.JSONField(help_text="field → what the person wrote, as `measure_text.as_kept` writes it")
    kept_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-kept_at"]

    def __str__(self) -> str:
        return f"{self.measure_id} v{self.base_version}"
