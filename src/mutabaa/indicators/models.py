"""What is measured: an indicator and its definition."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.core.models import Timestamped, Translated, Versioned
from mutabaa.indicators.states import Direction, IndicatorKind
from mutabaa.taxonomy.models import Right, Theme


class Indicator(Timestamped, Versioned):
    """One indicator by OHCHR's method (HR/PUB/12/5): structural, process or outcome, on a right or a theme."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = Translated(models.CharField(_("name"), max_length=300, blank=True))
    definition = Translated(models.TextField(_("definition"), blank=True))
    kind = models.CharField(_("kind"), max_length=12, choices=IndicatorKind)
    right = models.ForeignKey(
        Right, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name=_("right")
    )
    themes = models.ManyToManyField(Theme, related_name="indicators", blank=True, verbose_name=_("themes"))
    unit = Translated(models.CharField(_("unit"), max_length=80, blank=True))
    direction = models.CharField(
        _("direction of improvement"), max_length=10, choices=Direction, default=Direction.NONE
    )
    active = models.BooleanField(_("in use"), default=True)
    history = HistoricalRecords(m2m_fields=[themes])

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code
