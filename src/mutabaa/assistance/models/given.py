"""What this State gives to others: contributions to funds, assistance to other States, support for participation."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.assistance.models.reference import Fund
from mutabaa.assistance.states import GivenKind, Mode, NeedKind
from mutabaa.core.models import Timestamped, Versioned, Visibility, public_id
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids, reads_all_institutions
from mutabaa.taxonomy.models import State


class GivenQuerySet(models.QuerySet["Given"]):
    def visible_to(self, person: Any) -> "GivenQuerySet":
        seen = Q(visibility=Visibility.PUBLIC)
        if is_secretariat(person):
            seen |= Q(visibility__in=[Visibility.INSTITUTIONS, Visibility.SECRETARIAT])
        elif reads_all_institutions(person):
            seen |= Q(visibility=Visibility.INSTITUTIONS)
        elif is_contributor(person):
            seen |= Q(visibility=Visibility.INSTITUTIONS, institution_id__in=institution_ids(person))
        return self.filter(seen)


class Given(Timestamped, Versioned):
    """One contribution or act of assistance, by year (T-236, T-243, T-281)."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("type"), max_length=20, choices=GivenKind, default=GivenKind.CONTRIBUTION)
    year = models.PositiveSmallIntegerField(_("year"))
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="contributions", verbose_name=_("fund or programme")
    )
    state = models.ForeignKey(
        State, models.PROTECT, null=True, blank=True, related_name="assistance_received", verbose_name=_("State")
    )
    recipient = models.CharField(_("recipient in words"), max_length=250, blank=True)
    form = models.CharField(_("form of assistance"), max_length=20, choices=NeedKind, blank=True)
    mode = models.CharField(_("mode"), max_length=20, choices=Mode, blank=True)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language of this text"), max_length=8, default="en")
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="assistance_given", verbose_name=_("institution that gives")
    )  # fmt: skip
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    visibility = models.CharField(
        _("who may read it"), max_length=20, choices=Visibility, default=Visibility.INSTITUTIONS
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    history = HistoricalRecords()

    objects = GivenQuerySet.as_manager()

    class Meta:
        verbose_name = _("assistance given")
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="given_not_negative"),
            models.CheckConstraint(condition=Q(amount__isnull=True) | ~Q(currency=""), name="given_names_its_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.to_whom}"

    @property
    def to_whom(self) -> str:
        """Reads `fund` and `state`: a query each unless selected."""
        return str(self.fund or self.state or self.recipient)
