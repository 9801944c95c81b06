"""Imports: the file, what it would change, what it changed, and the mappings that people made for plain tables."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import Timestamped, public_id


class ImportBatch(Timestamped):
    """One file on its way in: read → previewed → applied, or refused, or undone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Being read")
        PREVIEWED = "previewed", _("Ready for your decision")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        REFUSED = "refused", _("Refused")
        UNDONE = "undone", _("Undone")

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    format = models.CharField(_("format"), max_length=30)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    file_name = models.CharField(_("file"), max_length=250)
    path = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    options = models.JSONField(default=dict)
    counts = models.JSONField(default=dict, help_text="rows, new, changed, unchanged, doubtful, refused, seconds, and quirks by name")
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row worth a person's eye: changed, doubtful or refused, with the reasons. New and unchanged rows are only counted (a sample of new ones is kept)."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    reasons = models.JSONField(default=list)
    label = models.CharField(max_length=200, blank=True)
    excerpt = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    recommendation_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["line"]

    def __str__(self) -> str:
        return f"{self.line} {self.outcome}"


class ColumnMapping(Timestamped):
    """How the columns of a plain table are to be read; made once by a person, found again by its header."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    header = models.JSONField(default=list)
    header_key = models.CharField(max_length=64, db_index=True)
    columns = models.JSONField(default=dict, help_text="field → column name")
    values = models.JSONField(default=dict, help_text="field → {value in the file: value of ours}")
    constants = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name
