"""The words of the indicators room: plain data."""

from django.db import models
from django.utils.translation import pgettext_lazy


class IndicatorKind(models.TextChoices):
    """HR/PUB/12/5: commitments, efforts, results."""

    STRUCTURAL = "structural", pgettext_lazy("indicator", "Structural")
    PROCESS = "process", pgettext_lazy("indicator", "Process")
    OUTCOME = "outcome", pgettext_lazy("indicator", "Outcome")


class Direction(models.TextChoices):
    UP = "up", pgettext_lazy("indicator", "Higher is better")
    DOWN = "down", pgettext_lazy("indicator", "Lower is better")
    NONE = "none", pgettext_lazy("indicator", "Neither")
