"""What was found: observations, the files in which they came, and the requests that asked for them."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.policies import is_contributor, is_secretariat, is_statistician
from mutabaa.core.models import Timestamped, Versioned, public_id
from mutabaa.indicators.models.indicators import Indicator
from mutabaa.indicators.states import ABSENT, STATE_TONE, DeliveryState, ObservationState, RequestState, Status
from mutabaa.indicators.statistics.values import Absence, Figure
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids
from mutabaa.taxonomy.models import State


class Delivery(Versioned):
    """A file of figures: what it holds is previewed, then imported whole, and can be undone until a figure of it is validated."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    file_name = models.CharField(_("file"), max_length=200)
    path = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    form = models.CharField(_("format"), max_length=20, blank=True)
    options = models.JSONField(default=dict, help_text="columns, indicator, area: what a person said of the table")
    state = models.CharField(_("state"), max_length=12, choices=DeliveryState, default=DeliveryState.PREVIEWED)
    counts = models.JSONField(default=dict, help_text="rows, new, same, changed, refused, seconds")
    refused = models.JSONField(default=list, help_text="[line, code, detail] of the first refused rows")
    sample = models.JSONField(default=list, help_text="the first rows as they were understood")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("file of figures")
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class ObservationQuerySet(models.QuerySet["Observation"]):
    def visible_to(self, person: Any) -> "ObservationQuerySet":
        """Validated figures of the indicators that the person sees. Figures at work: secretariat, statisticians, and the institution
        that entered them. Small counts are hidden later, by `figures.shown`: no page shows these rows without it."""
        if is_secretariat(person) or is_statistician(person):
            return self
        seen = Q(state=ObservationState.VALIDATED)
        if is_contributor(person):
            seen |= Q(institution_id__in=institution_ids(person)) & ~Q(state=ObservationState.WITHDRAWN)
        return self.filter(seen, indicator__in=Indicator.objects.visible_to(person))

    def in_force(self) -> "ObservationQuerySet":
        """What everybody uses: one figure for each indicator, period, area and group."""
        return self.filter(state=ObservationState.VALIDATED)

    def as_of(self, moment: dt.datetime) -> "ObservationQuerySet":
        """What was in force then: an old report keeps its figures."""
        return self.filter(validated_at__lte=moment).filter(Q(ended_at=None) | Q(ended_at__gt=moment))

    def waiting(self) -> "ObservationQuerySet":
        return self.filter(state=ObservationState.ENTERED)


class Observation(models.Model):
    """One figure. Its content is never changed: a correction is a new row, and the earlier one stays with its dates.

    `breakdown` names the group, "" the whole: categories by dimension in alphabetical order, "age=0-4&sex=female".
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator"))
    area = models.ForeignKey(State, models.PROTECT, related_name="+", verbose_name=_("State or area"))
    period = models.CharField(_("period"), max_length=12)
    starts_on = models.DateField()
    breakdown = models.CharField(_("group"), max_length=250, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6, null=True)
    numerator = models.DecimalField(_("numerator"), max_digits=20, decimal_places=4, null=True)
    denominator = models.DecimalField(_("denominator"), max_digits=20, decimal_places=4, null=True)
    low = models.DecimalField(_("lower bound"), max_digits=20, decimal_places=6, null=True)
    high = models.DecimalField(_("upper bound"), max_digits=20, decimal_places=6, null=True)
    n = models.PositiveIntegerField(_("people asked"), null=True)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.NORMAL)
    breaks = models.BooleanField(_("break in the series"), default=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ObservationState, default=ObservationState.ENTERED)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="observations")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"))
    validated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    validated_at = models.DateTimeField(_("validated"), null=True)
    ended_at = models.DateTimeField(_("in force until"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["indicator_id", "area_id", "starts_on", "period", "breakdown"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "breakdown"],
                condition=Q(state="validated"),
                name="one_truth_each",
            ),
            models.UniqueConstraint(
                fields=["indicator", "area", "period", "breakdown"],
                condition=Q(state="entered"),
                name="one_figure_waits_each",
            ),
            models.CheckConstraint(
                condition=Q(value=None, status__in=ABSENT) | (Q(value__isnull=False) & ~Q(status__in=ABSENT)),
                name="a_value_or_why_there_is_none",
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "state", "area", "breakdown", "starts_on"], name="figure_of_indicator"),
            models.Index(fields=["state", "indicator"], name="figure_to_validate"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area_id} {self.period} {self.breakdown}"

    @property
    def figure(self) -> Figure:
        absent = Absence(self.status) if self.value is None else None
        return Figure(self.value, absent, self.numerator, self.denominator, self.low, self.high, self.n)

    @property
    def tone(self) -> str:
        return STATE_TONE.get(self.state, "")

    @property
    def key(self) -> tuple[int, str, str, str]:
        """What there is one truth of."""
        return self.indicator_id, self.area_id, self.period, self.breakdown


class FigureRequestQuerySet(models.QuerySet["FigureRequest"]):
    def visible_to(self, person: Any) -> "FigureRequestQuerySet":
        if is_secretariat(person) or is_statistician(person):
            return self
        return self.filter(institution_id__in=institution_ids(person))


class FigureRequest(Timestamped, Versioned):
    """An institution is asked for the figures of an indicator for a period, by a date."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="requests", verbose_name=_("indicator"))
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("institution"))
    period = models.CharField(_("period"), max_length=12)
    message = models.TextField(_("message"), blank=True)
    due_on = models.DateField(_("due date"))
    state = models.CharField(_("state"), max_length=10, choices=RequestState, default=RequestState.OPEN)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = FigureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for figures")
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}"
