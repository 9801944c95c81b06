"""The words of the indicators room: plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
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


class MeasureKind(models.TextChoices):
    """The values are those of `statistics.values.Measure`."""

    PROPORTION = "proportion", pgettext_lazy("indicator", "Proportion (%)")
    RATE = "rate", pgettext_lazy("indicator", "Rate")
    RATIO = "ratio", pgettext_lazy("indicator", "Ratio")
    INDEX = "index", pgettext_lazy("indicator", "Index")
    COUNT = "count", pgettext_lazy("indicator", "Number of cases")
    EXISTENCE = "existence", pgettext_lazy("indicator", "Exists or not")


class SourceKind(models.TextChoices):
    """The four kinds of sources of OHCHR's guide."""

    EVENTS = "events", pgettext_lazy("indicator", "Events-based data on violations")
    ADMINISTRATIVE = "administrative", pgettext_lazy("indicator", "Administrative statistics")
    SURVEY = "survey", pgettext_lazy("indicator", "Household and opinion surveys")
    EXPERT = "expert", pgettext_lazy("indicator", "Expert judgements")


class Periodicity(models.TextChoices):
    YEAR = "A", pgettext_lazy("indicator", "Every year")
    HALF = "S", pgettext_lazy("indicator", "Every half year")
    QUARTER = "Q", pgettext_lazy("indicator", "Every quarter")
    MONTH = "M", pgettext_lazy("indicator", "Every month")
    IRREGULAR = "X", pgettext_lazy("indicator", "From time to time")


class Status(models.TextChoices):
    """Of a figure. The last three stand where there is no number, each for another reason."""

    NORMAL = "normal", pgettext_lazy("figure", "Final")
    PROVISIONAL = "provisional", pgettext_lazy("figure", "Provisional")
    ESTIMATED = "estimated", pgettext_lazy("figure", "Estimated")
    MISSING = "missing", pgettext_lazy("figure", "Missing")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("figure", "Not applicable")
    SUPPRESSED = "suppressed", pgettext_lazy("figure", "Suppressed")


ABSENT = [Status.MISSING.value, Status.NOT_APPLICABLE.value, Status.SUPPRESSED.value]


class ObservationState(models.TextChoices):
    ENTERED = "entered", pgettext_lazy("figure", "To be validated")
    VALIDATED = "validated", pgettext_lazy("figure", "Validated")
    RETURNED = "returned", pgettext_lazy("figure", "Returned")
    REPLACED = "replaced", pgettext_lazy("figure", "Replaced by a later figure")
    WITHDRAWN = "withdrawn", pgettext_lazy("figure", "Withdrawn")


STATE_TONE = {"entered": "warn", "validated": "good", "returned": "bad"}


class DeliveryState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("delivery", "Being read")
    REFUSED = "refused", pgettext_lazy("delivery", "Refused")
    MAPPING = "mapping", pgettext_lazy("delivery", "Columns to be named")
    PREVIEWED = "previewed", pgettext_lazy("delivery", "To be decided")
    APPLIED = "applied", pgettext_lazy("delivery", "Imported")
    DISCARDED = "discarded", pgettext_lazy("delivery", "Discarded")
    UNDONE = "undone", pgettext_lazy("delivery", "Undone")


class RequestState(models.TextChoices):
    OPEN = "open", _("Open")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")


class Origin(models.TextChoices):
    """Which list an indicator comes from."""

    OHCHR = "ohchr", pgettext_lazy("indicator", "OHCHR guide")
    SDG = "sdg", pgettext_lazy("indicator", "SDG indicator")
    NATIONAL = "national", _("National")
