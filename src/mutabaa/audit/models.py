"""The append-only log of who did what. Entries are chained: each hash covers the entry before it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One deed. The actor stands as plain text, so that the entry outlives the account."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=200, blank=True)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(_("deed"), max_length=60, db_index=True)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    details = models.JSONField(_("details"), default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor} {self.verb}"

    def pairs(self) -> list[tuple[str, Any]]:
        """The details for a template, where `details.items` would read a detail that is called "items"."""
        return list(self.details.items())


class ChainHead(models.Model):
    """One row: the last sequence and digest. Locked while an entry is appended."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sequence}"
