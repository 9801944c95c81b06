"""What the index has still to learn: written in the transaction of the deed, read by whoever searches next."""

from django.db import models
from django.utils import timezone


class SearchChange(models.Model):
    """Records `first` to `last` of a kind were made, changed or removed. Rows are pruned after a month; the newest stays."""

    kind = models.PositiveSmallIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.kind}: {self.first}–{self.last}"
