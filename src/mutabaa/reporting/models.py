"""Reports that were made: what was asked, as of which date, and the file that came out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import Timestamped, public_id


class GeneratedReport(Timestamped):
    """One document made from a view at a date. Kept, so that the same figures can be shown again."""

    class Kind(models.TextChoices):
        STATUS = "status", _("Status of implementation")
        UPR_MATRIX = "upr_matrix", _("UPR matrix of recommendations")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    query = models.TextField(blank=True)
    as_of = models.DateField(_("as of"))
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=12, default="waiting")
    progress = models.PositiveSmallIntegerField(default=0)
    path = models.CharField(max_length=300, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    message = models.TextField(blank=True)
    source_import = models.BigIntegerField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title
