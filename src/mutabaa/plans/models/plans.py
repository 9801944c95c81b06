"""Plans, the recommendations they answer, their desired outcomes, and the editions that were approved."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_outside_reader, is_secretariat
from mutabaa.core.models import Timestamped, Translated, Versioned, Visibility, public_id
from mutabaa.indicators.models import Indicator
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.norms.models import Instrument
from mutabaa.plans.states import PLAN_TONE, PlanKind, PlanState
from mutabaa.recommendations.models import LANGUAGES, Cluster, Recommendation
from mutabaa.taxonomy.models import AffectedGroup, Theme


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, person: Any) -> "PlanQuerySet":
        """The only way from a person to plans.

        Everyone reads what was published. The secretariat reads all; the statistician and contributors what is open to
        institutions; contributors also each plan in which their institution leads or takes part in a measure; the NHRI,
        civil society and parliament what is shared with them before it is public.
        """
        seen = Q(visibility=Visibility.PUBLIC, published_at__isnull=False)
        if is_secretariat(person):
            return self.all()
        if reads_all_institutions(person):
            seen |= Q(visibility__in=[Visibility.PUBLIC, Visibility.INSTITUTIONS])
        elif is_contributor(person):
            mine = institution_ids(person)
            seen |= Q(visibility__in=[Visibility.PUBLIC, Visibility.INSTITUTIONS])
            seen |= Q(pk__in=_plans_of(mine))
        elif is_outside_reader(person):
            seen |= Q(open_to_partners=True)
        return self.filter(seen).exclude(state=PlanState.WITHDRAWN)

    def published(self) -> "PlanQuerySet":
        """What the public pages may show."""
        return self.filter(visibility=Visibility.PUBLIC, published_at__isnull=False).exclude(state=PlanState.WITHDRAWN)

    def in_force(self, day: dt.date | None = None) -> "PlanQuerySet":
        """Approved, and the day (today) lies in the period (T-210)."""
        day = day or timezone.localdate()
        return self.filter(state=PlanState.APPROVED, starts_on__lte=day, ends_on__gte=day)


def _plans_of(institutions: set[int]) -> models.QuerySet[Any]:
    from mutabaa.plans.models.measures import Measure

    takes_part = Q(lead__in=institutions) | Q(
        pk__in=Measure.partners.through.objects.filter(institution_id__in=institutions).values("measure_id")
    )
    return Measure.objects.filter(takes_part).values("plan_id")


class Plan(Timestamped, Versioned):
    """A plan beside others: national, of a theme, of a federated entity. Written in `language`, titled in several."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    title = Translated(models.CharField(_("title"), max_length=200, blank=True))
    kind = models.CharField(_("kind"), max_length=20, choices=PlanKind, default=PlanKind.NATIONAL)
    language = models.CharField(_("language of the text"), max_length=8, choices=LANGUAGES, default="en")
    description = models.TextField(_("purpose and scope"), blank=True)
    mandate = models.TextField(_("mandate: on what the plan rests"), blank=True)
    starts_on = models.DateField(_("begins on"))
    ends_on = models.DateField(_("ends on"))
    themes = models.ManyToManyField(Theme, related_name="plans", blank=True, verbose_name=_("themes"))
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.INSTITUTIONS)
    open_to_partners = models.BooleanField(
        _("shown to the NHRI, civil society and parliament before it is public"), default=False
    )
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    grew_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="gave_rise_to", verbose_name=_("grew from")
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = HistoricalRecords(m2m_fields=[themes])

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["-starts_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_ends_after_start")]

    def __str__(self) -> str:
        return self.title or self.public_id

    def workspace_url(self) -> str:
        return reverse("plans:plan", args=[self.public_id])

    @property
    def tone(self) -> str:
        return PLAN_TONE[self.state]

    @property
    def is_in_force(self) -> bool:
        return self.state == PlanState.APPROVED and self.starts_on <= timezone.localdate() <= self.ends_on

    @property
    def is_public(self) -> bool:
        return (
            self.visibility == Visibility.PUBLIC and self.published_at is not None and self.state != PlanState.WITHDRAWN
        )


class PlanAuthor(models.Model):
    """Who wrote the plan: institutions of the State and others, civil society too."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="authors")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("institution")
    )
    name = models.CharField(_("name of an organization"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("author")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return str(self.institution) if self.institution_id else self.name


class PlanItem(models.Model):
    """A recommendation that the plan answers. It leaves the plan only with a reason, and stays on the coverage page."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="plan_items")
    left_out_because = models.TextField(_("why it is left out"), blank=True)
    left_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    left_out_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "recommendation"], name="plan_item_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} · {self.recommendation_id}"


class Outcome(Timestamped, Versioned):
    """The change in the enjoyment of a right that is wanted, with its target: set before any measure (T-298, T-203)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="outcomes")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    number = models.PositiveSmallIntegerField(_("number"))
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="outcomes", verbose_name=_("cluster")
    )
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="outcomes", verbose_name=_("theme")
    )
    groups = models.ManyToManyField(
        AffectedGroup, related_name="outcomes", blank=True, verbose_name=_("affected groups")
    )
    situation = models.TextField(_("situation"), blank=True)
    title = models.TextField(_("desired outcome"))
    target = models.TextField(_("target"))
    removed = models.BooleanField(_("removed"), default=False, editable=False)
    history = HistoricalRecords(m2m_fields=[groups])

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["number", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(target=""), name="outcome_has_title_and_target"),
            models.UniqueConstraint(fields=["plan", "number"], condition=Q(removed=False), name="outcome_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class OutcomeIndicator(Timestamped):
    """An indicator by which an outcome is judged, with where it starts and where it should arrive."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="outcomes", verbose_name=_("indicator"))
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    target = models.DecimalField(_("target value"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("year of the target"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["outcome", "indicator"], name="outcome_indicator_once")]

    def __str__(self) -> str:
        return f"{self.outcome_id} · {self.indicator}"


class Edition(models.Model):
    """An approved wording of a plan: who approved it, by what, when, and the whole plan as it then stood. Append-only."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField(_("edition"))
    authority = models.CharField(_("approved by"), max_length=200)
    instrument_text = models.CharField(_("instrument of approval"), max_length=300, blank=True)
    instrument = models.ForeignKey(Instrument, models.SET_NULL, null=True, blank=True, related_name="+")
    approved_on = models.DateField(_("approved on"))
    note = models.TextField(_("note"), blank=True)
    content = models.JSONField(help_text="the plan as `snapshot.py` writes it")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("edition")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.plan} · {self.number}"
