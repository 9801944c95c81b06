"""The installation itself, the institutions of every branch and level, and the people who answer for them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.core.models import CONTENT_LANGUAGES, Timestamped, Translated, Versioned, Visibility


class Institution(Timestamped, Versioned):
    """An institution of the State, or an independent one. A federated entity needs no parent (T-127)."""

    class Branch(models.TextChoices):
        EXECUTIVE = "executive", _("Executive")
        LEGISLATIVE = "legislative", _("Legislative")
        JUDICIAL = "judicial", _("Judicial")
        INDEPENDENT = "independent", _("Independent")
        CIVIL_SOCIETY = "civil_society", _("Civil society")

    class Level(models.TextChoices):
        NATIONAL = "national", _("National or federal")
        FEDERATED = "federated", _("Federated entity or region")
        LOCAL = "local", _("Local")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = Translated(models.CharField(_("name"), max_length=200, blank=True))
    short = Translated(models.CharField(_("short name"), max_length=60, blank=True))
    branch = models.CharField(_("branch"), max_length=20, choices=Branch, default=Branch.EXECUTIVE)
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.NATIONAL)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    active = models.BooleanField(_("active"), default=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def label(self) -> str:
        return self.short or self.name or self.code

    def names_by_language(self) -> list[tuple[str, str, str, str]]:
        """Code and own name of each language that has a name, the name, the short name."""
        own = {code[:2]: label for code, label in settings.LANGUAGES}
        return [
            (code, own[code], name, getattr(self, f"short_{code}"))
            for code in CONTENT_LANGUAGES
            if (name := getattr(self, f"name_{code}"))
        ]


class Installation(Versioned):
    """One row: whose system this is. Nothing about the State stands in code (T-006, T-120)."""

    state = models.OneToOneField("taxonomy.State", models.PROTECT, related_name="+", verbose_name=_("State"))
    title = Translated(models.CharField(_("title"), max_length=160, blank=True))
    languages = models.JSONField(_("languages"), default=list)
    host = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("host institution")
    )
    contact_email = models.EmailField(_("contact"), blank=True)
    mandate = Translated(models.TextField(_("mandate"), blank=True))
    stale_after_days = models.PositiveIntegerField(_("days after which an item without update is stale"), default=365)
    default_visibility = models.CharField(
        _("visibility of new recommendations"), max_length=20, choices=Visibility, default=Visibility.PUBLIC
    )
    reminder_days = models.JSONField(_("reminders: days before (negative) and after the due date"), default=list)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.title or str(self.state)


class FocalPoint(Timestamped):
    """A person's post in an institution. `until` set: the post was handed over; the row stays (T-110)."""

    class Kind(models.TextChoices):
        MAIN = "main", _("Main focal point")
        ALTERNATE = "alternate", _("Alternate focal point")
        VALIDATING = "validating", _("Validating authority")

    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="focal_points", verbose_name=_("institution")
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MAIN)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "user", "kind"], condition=Q(until=None), name="one_open_post_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.institution}"
