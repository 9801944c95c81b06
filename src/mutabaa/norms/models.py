"""What the State adopted to carry out recommendations: laws, regulations, policies, institutions (T-085, T-207)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat, is_statistician
from mutabaa.core.models import Timestamped, Translated, Versioned, Visibility, public_id
from mutabaa.institutions.models import Institution
from mutabaa.norms.states import INSTRUMENT_TONE, InstrumentKind, InstrumentState
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import Theme


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, person: Any) -> "InstrumentQuerySet":
        """Everyone reads what is public; those who work in the State "institutions"; the secretariat its own."""
        seen = Q(visibility=Visibility.PUBLIC)
        if is_secretariat(person):
            seen |= Q(visibility__in=[Visibility.INSTITUTIONS, Visibility.SECRETARIAT])
        elif is_contributor(person) or is_statistician(person):
            seen |= Q(visibility=Visibility.INSTITUTIONS)
        return self.filter(seen)

    def for_list(self) -> "InstrumentQuerySet":
        """With what a line shows, the latest adopted first, those without a date last: two queries."""
        return (
            self.select_related("adopted_by")
            .prefetch_related("themes")
            .order_by(F("adopted_on").desc(nulls_last=True), "pk")
        )


class Instrument(Timestamped, Versioned):
    """A law, policy or other instrument, linked to the recommendations that it carries out."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    title = Translated(models.CharField(_("title"), max_length=300, blank=True))
    kind = models.CharField(_("kind"), max_length=20, choices=InstrumentKind)
    state = models.CharField(_("state"), max_length=10, choices=InstrumentState, default=InstrumentState.ADOPTED)
    citation = models.CharField(_("number or citation"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force since"), null=True, blank=True)
    ended_on = models.DateField(_("repealed or replaced on"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("adopted or issued by"),
    )
    summary = models.TextField(_("what it changes"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    url = models.URLField(_("address of the text"), blank=True, max_length=500)
    themes = models.ManyToManyField(Theme, related_name="instruments", blank=True, verbose_name=_("themes"))
    recommendations = models.ManyToManyField(
        Recommendation, related_name="instruments", blank=True, verbose_name=_("recommendations")
    )
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    history = HistoricalRecords(m2m_fields=[themes, recommendations])

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["-adopted_on", "id"]

    def __str__(self) -> str:
        return self.title or self.citation

    def get_absolute_url(self) -> str:
        return reverse("portal:instrument", args=[self.public_id])

    def workspace_url(self) -> str:
        return reverse("norms:instrument", args=[self.public_id])

    @property
    def tone(self) -> str:
        return INSTRUMENT_TONE.get(self.state, "")

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC
