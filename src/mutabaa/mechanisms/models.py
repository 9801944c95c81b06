"""Bodies that make recommendations, their treaties, cycles and documents, and the scales they judge by."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.core.models import Timestamped, Translated, Visibility
from mutabaa.taxonomy.models import State


class Family(models.TextChoices):
    TREATY_BODY = "treaty_body", _("Treaty bodies")
    UPR = "upr", _("Universal Periodic Review")
    SPECIAL_PROCEDURE = "special_procedure", _("Special procedures")
    REGIONAL_COURT = "regional_court", _("Regional courts")
    REGIONAL_BODY = "regional_body", _("Regional bodies")
    SPECIALISED_AGENCY = "specialised_agency", _("Specialized agencies")
    OTHER_UN = "other_un", _("Other United Nations bodies")
    COMMITMENT = "commitment", _("Voluntary commitments")


class Treaty(models.Model):
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = Translated(models.CharField(_("name"), max_length=250, blank=True))
    short = Translated(models.CharField(_("short name"), max_length=80, blank=True))
    adopted = models.PositiveIntegerField(_("adopted"), null=True)
    in_force = models.PositiveIntegerField(_("in force"), null=True)
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="protocols")

    class Meta:
        verbose_name = _("treaty")
        ordering = ["adopted", "code"]

    def __str__(self) -> str:
        return self.name or self.code


class Mechanism(models.Model):
    """A body, mandate or procedure. Mandates change: `valid_from` and `valid_to` date them."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    family = models.CharField(_("family"), max_length=30, choices=Family)
    name = Translated(models.CharField(_("name"), max_length=250, blank=True))
    short = Translated(models.CharField(_("short name"), max_length=80, blank=True))
    treaty = models.ForeignKey(
        Treaty, models.SET_NULL, null=True, blank=True, related_name="bodies", verbose_name=_("treaty")
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    order = models.PositiveIntegerField(default=0)
    confidential = models.BooleanField(_("confidential until published"), default=False)
    aliases = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("mechanism")
        verbose_name_plural = _("mechanisms")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def label(self) -> str:
        return self.short or self.name or self.code


class Document(Timestamped):
    """An official document of a mechanism about a State; `symbol` is kept as found, parsed or not."""

    class Kind(models.TextChoices):
        CONCLUDING_OBSERVATIONS = "concluding_observations", _("Concluding observations")
        LIST_OF_ISSUES = "list_of_issues", _("List of issues")
        LIST_PRIOR = "list_of_issues_prior_to_reporting", _("List of issues prior to reporting")
        UPR_REPORT = "upr_report", _("Report of the Working Group on the UPR")
        UPR_ADDENDUM = "upr_addendum", _("Addendum to a report on the UPR: positions of the State")
        VISIT_REPORT = "visit_report", _("Report on a country visit")
        THEMATIC_REPORT = "thematic_report", _("Thematic report")
        JUDGMENT = "judgment", _("Judgment")
        DECISION = "decision", _("Decision")
        VIEWS = "views", _("Views")
        REGIONAL_REPORT = "regional_report", _("Report of a regional body")
        PLEDGE_STATEMENT = "pledge_statement", _("Statement of voluntary commitments")
        ILO_OBSERVATION = "ilo_observation", _("Observation of the ILO supervisory bodies")
        OTHER = "other", _("Other document")

    mechanism = models.ForeignKey(Mechanism, models.PROTECT, related_name="documents", verbose_name=_("mechanism"))
    state = models.ForeignKey(State, models.PROTECT, related_name="documents", verbose_name=_("State"))
    symbol = models.CharField(_("symbol"), max_length=120, blank=True)
    title = Translated(models.CharField(_("title"), max_length=300, blank=True))
    kind = models.CharField(_("kind"), max_length=40, choices=Kind, default=Kind.OTHER)
    published_on = models.DateField(_("date"), null=True, blank=True)
    session = models.CharField(_("session"), max_length=60, blank=True)
    cycle = models.PositiveSmallIntegerField(_("cycle"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    url = models.URLField(_("address"), blank=True, max_length=500)
    visibility = models.CharField(_("visibility"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-published_on", "symbol"]
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "state", "symbol", "published_on"], name="document_once")
        ]

    def __str__(self) -> str:
        return self.symbol or self.title or str(self.pk)


class GradingScale(models.Model):
    """An assessor's own scale, dated: the same letter means different things in different bodies and years."""

    code = models.CharField(max_length=40, unique=True)
    assessor = models.CharField(_("assessor"), max_length=60)
    name = Translated(models.CharField(_("name"), max_length=200, blank=True))
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    source = models.TextField(blank=True)
    mark = models.CharField(max_length=3, blank=True)

    class Meta:
        ordering = ["assessor", "-valid_from"]

    def __str__(self) -> str:
        return self.name or self.code


class Grade(models.Model):
    """`score` places the grade on one line for statistics only: 3 best … -1 worst, None no information."""

    scale = models.ForeignKey(GradingScale, models.CASCADE, related_name="grades")
    code = models.CharField(max_length=40)
    name = Translated(models.CharField(_("name"), max_length=200, blank=True))
    meaning = Translated(models.TextField(_("meaning"), blank=True))
    score = models.SmallIntegerField(null=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["scale", "code"], name="grade_once")]

    def __str__(self) -> str:
        return f"{self.code} · {self.name}" if len(self.code) <= 2 else self.name
