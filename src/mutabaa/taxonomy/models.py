"""The lists by which everything is tagged: States, rights, themes, groups, Sustainable Development Goals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import Translated


class State(models.Model):
    """A State or area, by ISO 3166 alpha-3 code, under the UN's own names."""

    code = models.CharField(_("code"), max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2, blank=True)
    name = Translated(models.CharField(_("name"), max_length=120, blank=True))
    formal = Translated(models.CharField(_("formal name"), max_length=200, blank=True))
    region = models.CharField(_("region"), max_length=60, blank=True)
    group = models.CharField(_("regional group"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or self.code


class Label(models.Model):
    """What every tag has: a stable code, names in six languages, a place in the list."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = Translated(models.CharField(_("name"), max_length=200, blank=True))
    order = models.PositiveIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name or self.code


class Right(Label):
    class Meta(Label.Meta):
        verbose_name = _("right")
        verbose_name_plural = _("rights")


class Theme(Label):
    """A theme. `scheme` tells the list it belongs to: UHRI's, or the State's own (T-208)."""

    right = models.ForeignKey(
        Right, models.SET_NULL, null=True, blank=True, related_name="themes", verbose_name=_("right")
    )
    scheme = models.CharField(
        _("list"), max_length=20, default="uhri", choices=[("uhri", "UHRI"), ("national", _("National"))]
    )

    class Meta(Label.Meta):
        verbose_name = _("theme")
        verbose_name_plural = _("themes")


class AffectedGroup(Label):
    """Affected persons. `women` marks groups of women and girls, for gender statistics."""

    women = models.BooleanField(_("women or girls"), default=False)

    class Meta(Label.Meta):
        verbose_name = _("affected group")
        verbose_name_plural = _("affected groups")


class Sdg(models.Model):
    """A Sustainable Development Goal ("5") or target ("5.2"): only the code is stable across languages."""

    code = models.CharField(_("code"), max_length=5, unique=True)
    goal = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="targets", verbose_name=_("goal")
    )
    name = Translated(models.CharField(_("name"), max_length=200, blank=True))
    color = models.CharField(max_length=7, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("SDG goal or target")
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Alias(models.Model):
    """Another label under which a tag arrives from outside: labels are data, never enums."""

    class Kind(models.TextChoices):
        THEME = "theme", _("theme")
        GROUP = "group", _("affected group")
        STATE = "state", _("State")

    kind = models.CharField(max_length=10, choices=Kind)
    label = models.CharField(max_length=250)
    folded = models.CharField(max_length=250)
    code = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "folded"], name="alias_once")]

    def __str__(self) -> str:
        return f"{self.label} → {self.code}"
