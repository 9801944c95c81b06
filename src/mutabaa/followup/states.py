"""The words of follow-up, and the transitions that are allowed: plain data."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AssignmentState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("assignment", "Waiting for acceptance")
    ACCEPTED = "accepted", pgettext_lazy("assignment", "Accepted")
    RETURNED = "returned", pgettext_lazy("assignment", "Returned")
    WITHDRAWN = "withdrawn", pgettext_lazy("assignment", "Withdrawn")


ASSIGNMENT_STEPS = {
    "proposed": {"accepted", "returned", "withdrawn"},
    "accepted": {"returned", "withdrawn"},
    "returned": set(),
    "withdrawn": set(),
}


class RequestState(models.TextChoices):
    OPEN = "open", pgettext_lazy("request", "Open")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("request", "Cancelled")


class UpdateState(models.TextChoices):
    """enter → approve (institution) → validate (secretariat) → publish."""

    DRAFT = "draft", pgettext_lazy("update", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("update", "Waiting for the validating authority")
    APPROVED = "approved", pgettext_lazy("update", "Waiting for the secretariat")
    ASKED_BACK = "asked_back", pgettext_lazy("update", "Asked back")
    PUBLISHED = "published", pgettext_lazy("update", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("update", "Withdrawn")


UPDATE_STEPS = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"approved", "asked_back", "withdrawn"},
    "approved": {"published", "asked_back"},
    "asked_back": {"submitted", "withdrawn"},
    "published": set(),
    "withdrawn": set(),
}
EDITABLE_UPDATES = {"draft", "asked_back"}
UPDATE_TONE = {
    "draft": "",
    "submitted": "warn",
    "approved": "fair",
    "asked_back": "bad",
    "published": "good",
    "withdrawn": "",
}
