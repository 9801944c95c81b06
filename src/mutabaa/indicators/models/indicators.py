"""What is measured: an indicator with its metadata sheet, by what it can be broken down, and where it should arrive."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat, is_statistician
from mutabaa.core.models import Timestamped, Translated, Versioned, Visibility
from mutabaa.indicators.states import Direction, IndicatorKind, MeasureKind, Origin, Periodicity, SourceKind
from mutabaa.indicators.statistics.values import Measure, Scale
from mutabaa.institutions.models import Institution
from mutabaa.taxonomy.models import Label, Right, Sdg, Theme

SEX = "sex"


class Attribute(Label):
    """A part into which OHCHR's guide (HR/PUB/12/5) unpacks a right, so that indicators cover all of it."""

    right = models.ForeignKey(Right, models.CASCADE, related_name="attributes", verbose_name=_("right"))

    class Meta(Label.Meta):
        verbose_name = _("attribute of a right")


class Dimension(Label):
    """By what people or cases are told apart. `self_identified`: a person says it of themselves, freely, and may say several
    (OHCHR, human rights-based approach to data). `sdmx`: the dimension of the SDG data structure that means the same."""

    self_identified = models.BooleanField(_("by self-identification"), default=False)
    sdmx = models.CharField(max_length=40, blank=True)

    class Meta(Label.Meta):
        verbose_name = _("dimension")


class Category(Label):
    """One group of a dimension. `sdmx`: its code in the SDG code lists."""

    code = models.SlugField(_("code"), max_length=40)  # type: ignore[assignment]  # unique in its dimension only
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="categories", verbose_name=_("dimension"))
    sdmx = models.CharField(max_length=40, blank=True)

    class Meta(Label.Meta):
        verbose_name = _("category")
        constraints = [models.UniqueConstraint(fields=["dimension", "code"], name="category_once")]


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, person: Any) -> "IndicatorQuerySet":
        """Secretariat and statisticians all; institutions those meant for them; others what is public. Out of use: the first two."""
        if is_secretariat(person) or is_statistician(person):
            return self
        seen = [Visibility.PUBLIC]
        if is_contributor(person):
            seen.append(Visibility.INSTITUTIONS)
        return self.filter(visibility__in=seen, active=True)

    def with_sheet(self) -> "IndicatorQuerySet":
        """With all that a metadata sheet shows: four queries, however often a page looks."""
        return self.select_related("right", "attribute", "owner").prefetch_related("themes", "sdgs", "dimensions")

    def for_list(self) -> "IndicatorQuerySet":
        """What a row of a list shows: no query per row, and none of the long texts."""
        long = ("definition", "rationale", "method", "source", "limitations")
        return self.select_related("right", "owner").defer(
            *(f"{name}_{language}" for name in long for language in ("en", "ar", "es", "fr", "ru", "zh"))
        )


class Indicator(Timestamped, Versioned):
    """One indicator by OHCHR's method (HR/PUB/12/5): structural, process or outcome, on a right or a theme."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = Translated(models.CharField(_("name"), max_length=300, blank=True))
    definition = Translated(models.TextField(_("definition"), blank=True))
    rationale = Translated(models.TextField(_("rationale"), blank=True))
    method = Translated(models.TextField(_("method of computation"), blank=True))
    source = Translated(models.CharField(_("data source"), max_length=300, blank=True))
    limitations = Translated(models.TextField(_("comments and limitations"), blank=True))
    kind = models.CharField(_("kind"), max_length=12, choices=IndicatorKind)
    measure = models.CharField(_("measure"), max_length=12, choices=MeasureKind, default=MeasureKind.PROPORTION)
    factor = models.DecimalField(
        _("multiplier"), max_digits=12, decimal_places=0, default=100,
        help_text=_("100 for per cent; 1,000 or 100,000 for rates; 1 for ratios."),
    )  # fmt: skip
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1)
    right = models.ForeignKey(
        Right, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name=_("right")
    )
    attribute = models.ForeignKey(
        Attribute, models.SET_NULL, null=True, blank=True, related_name="indicators", verbose_name=_("attribute")
    )
    themes = models.ManyToManyField(Theme, related_name="indicators", blank=True, verbose_name=_("themes"))
    sdgs = models.ManyToManyField(Sdg, related_name="indicators", blank=True, verbose_name=_("SDGs"))
    dimensions = models.ManyToManyField(
        Dimension, related_name="indicators", blank=True, verbose_name=_("disaggregation")
    )
    unit = Translated(models.CharField(_("unit"), max_length=80, blank=True))
    direction = models.CharField(
        _("direction of improvement"), max_length=10, choices=Direction, default=Direction.NONE
    )
    source_kind = models.CharField(_("kind of source"), max_length=16, choices=SourceKind, blank=True)
    periodicity = models.CharField(_("periodicity"), max_length=1, choices=Periodicity, default=Periodicity.YEAR)
    owner = models.ForeignKey(
        Institution, models.SET_NULL, null=True, blank=True, related_name="indicators",
        verbose_name=_("institution that holds the data"),
    )  # fmt: skip
    counts_people = models.BooleanField(_("it counts people"), default=True)
    origin = models.CharField(_("list"), max_length=10, choices=Origin, default=Origin.NATIONAL)
    origin_code = models.CharField(_("code in that list"), max_length=40, blank=True)
    sdmx_series = models.CharField(_("SDMX series"), max_length=60, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=20, default=Visibility.PUBLIC,
        choices=[c for c in Visibility.choices if c[0] != Visibility.RESTRICTED],
    )  # fmt: skip
    active = models.BooleanField(_("in use"), default=True)

    objects = IndicatorQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[themes, sdgs, dimensions])

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code

    def get_absolute_url(self) -> str:
        return reverse("indicators:detail", args=[self.code])

    @property
    def scale(self) -> Scale:
        return Scale(Measure(self.measure), Decimal(self.factor))

    @property
    def is_survey(self) -> bool:
        return self.source_kind == SourceKind.SURVEY


class TargetPoint(Timestamped):
    """A point of the path: the baseline, or a value to be reached in a year, with who set it."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    baseline = models.BooleanField(_("baseline"), default=False)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=6)
    set_by = models.CharField(_("set by"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year"),
            models.UniqueConstraint(
                fields=["indicator"], condition=models.Q(baseline=True), name="one_baseline_each"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}: {self.value}"
