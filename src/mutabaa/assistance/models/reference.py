"""Whom to ask: funds, programmes and providers, as dated reference data."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import Translated


class Mark(models.TextChoices):
    """How sure an entry is: funds are founded, renamed and closed, and nobody should rest on memory alone."""

    READ = "read", _("read in a source")
    KNOWN = "known", _("general knowledge, to be checked before use")


class FundQuerySet(models.QuerySet["Fund"]):
    def valid_on(self, day: dt.date) -> "FundQuerySet":
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))

    def for_requests(self, day: dt.date) -> "FundQuerySet":
        """What a State may turn to: funds for victims and for civil society are shown, never chosen."""
        return self.valid_on(day).filter(for_states=True)


class Fund(models.Model):
    """A fund or programme. `basis` names the decisions it rests on, `source` where this entry comes from."""

    code = models.SlugField(max_length=60, unique=True)
    name = Translated(models.CharField(_("name"), max_length=250, blank=True))
    who_may_ask = Translated(models.TextField(_("who may ask"), blank=True))
    purpose = Translated(models.TextField(_("for what"), blank=True))
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    for_states = models.BooleanField(_("open to requests of States"), default=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    mark = models.CharField(max_length=10, choices=Mark, default=Mark.KNOWN)
    as_of = models.DateField(_("as of"), null=True)
    valid_from = models.DateField(_("valid from"), null=True)
    valid_to = models.DateField(_("valid until"), null=True)
    order = models.PositiveIntegerField(default=0)

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund or programme")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name or self.code


class Provider(models.Model):
    """Who provides assistance, and how it is asked for."""

    code = models.SlugField(max_length=60, unique=True)
    name = Translated(models.CharField(_("name"), max_length=250, blank=True))
    how_to_ask = Translated(models.TextField(_("how to ask"), blank=True))
    order = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("provider")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name or self.code
