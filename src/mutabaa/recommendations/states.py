"""The words of the recommendations room: plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an item is: "recommendation in the wide sense" covers them all."""

    RECOMMENDATION = "recommendation", _("Recommendation")
    CONCERN = "concern", _("Concern or observation")
    POSITIVE_ASPECT = "positive_aspect", _("Positive aspect")
    QUESTION = "question", _("Question")
    DECISION = "decision", _("Decision")
    REPARATION = "measure_of_reparation", _("Measure of reparation")
    PLEDGE = "pledge", _("Voluntary commitment")
    INFORMATION = "request_for_information", _("Request for information")


class Position(models.TextChoices):
    """A State's position on a UPR recommendation. Official values are supported and noted (HRC 5/1 ¶32)."""

    NONE = "", pgettext_lazy("position", "Not applicable")
    PENDING = "pending", pgettext_lazy("position", "Pending")
    SUPPORTED = "supported", pgettext_lazy("position", "Supported")
    NOTED = "noted", pgettext_lazy("position", "Noted")


class Status(models.TextChoices):
    """The State's own implementation status. Criteria are data of the follow-up room (`StatusCriterion`)."""

    NOT_ASSESSED = "not_assessed", pgettext_lazy("status", "Not assessed")
    NOT_STARTED = "not_started", pgettext_lazy("status", "Not started")
    IN_PROGRESS = "in_progress", pgettext_lazy("status", "In progress")
    PARTIAL = "partially_implemented", pgettext_lazy("status", "Partially implemented")
    SUBSTANTIAL = "substantially_implemented", pgettext_lazy("status", "Substantially implemented")
    IMPLEMENTED = "implemented", pgettext_lazy("status", "Implemented")
    ONGOING = "ongoing_obligation", pgettext_lazy("status", "Ongoing obligation")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("status", "Noted, not pursued")
    SUPERSEDED = "superseded", pgettext_lazy("status", "Superseded")


STATUS_TONE = {
    "not_assessed": "",
    "not_started": "bad",
    "in_progress": "warn",
    "partially_implemented": "warn",
    "substantially_implemented": "fair",
    "implemented": "good",
    "ongoing_obligation": "fair",
    "not_accepted": "",
    "superseded": "",
}


class Priority(models.TextChoices):
    NONE = "", pgettext_lazy("priority", "Not set")
    LOW = "low", pgettext_lazy("priority", "Low")
    MEDIUM = "medium", pgettext_lazy("priority", "Medium")
    HIGH = "high", pgettext_lazy("priority", "High")


class PriorityReason(models.TextChoices):
    """Why a priority was given (T-342)."""

    NONE = "", _("No reason given")
    RECURRENCE = "recurrence", _("Raised by several mechanisms or cycles")
    FOLLOW_UP = "follow_up_procedure", _("Selected for a follow-up procedure")
    GRAVITY = "gravity", _("Gravity")
    GROUPS = "groups_affected", _("Groups affected")
    POLICY = "national_policy", _("National policy")
