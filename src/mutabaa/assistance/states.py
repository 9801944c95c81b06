"""The words of technical assistance, and the steps that are allowed: plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Scope(models.TextChoices):
    """A gap lies in one institution, or runs through a theme whoever is in charge."""

    INSTITUTION = "institution", _("Institutional")
    THEME = "theme", _("Thematic")


class GapState(models.TextChoices):
    OPEN = "open", pgettext_lazy("gap", "Open")
    ADDRESSED = "addressed", pgettext_lazy("gap", "Being addressed")
    CLOSED = "closed", pgettext_lazy("gap", "Closed")


GAP_STEPS = {
    "open": {"addressed", "closed"},
    "addressed": {"open", "closed"},
    "closed": {"open"},
}
GAP_TONE = {"open": "warn", "addressed": "fair", "closed": "good"}


class NeedKind(models.TextChoices):
    """The eight forms of assistance (annex on assistance by OHCHR and the United Nations)."""

    ADVISORY = "advisory", _("Advisory services")
    TRAINING = "training", _("Seminar or training")
    VOLUNTEER = "volunteer", _("Posting of a United Nations Volunteer")
    CONSULTANT = "consultant", _("Services of a consultant")
    CONSULTATION = "consultation", _("Facilitation of a national or sectoral consultation")
    THEMATIC = "thematic", _("Support to thematic implementation")
    PEER_EXCHANGE = "peer_exchange", _("Facilitation of peer exchange")
    REFERRAL = "referral", _("Referral to multilateral or bilateral partners")


class Direction(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("assistance", "Received")
    PROVIDED = "provided", pgettext_lazy("assistance", "Provided")


class Mode(models.TextChoices):
    SOUTH_SOUTH = "south_south", _("South-South")
    TRIANGULAR = "triangular", _("Triangular")
    REGIONAL = "regional", _("Regional")
    BILATERAL = "bilateral", _("Bilateral")
    MULTILATERAL = "multilateral", _("Multilateral")


class RequestState(models.TextChoices):
    """draft → the institution's authority → the State's consent → submitted → an answer → delivered → evaluated."""

    DRAFT = "draft", pgettext_lazy("assistance", "Draft")
    TO_APPROVE = "to_approve", pgettext_lazy("assistance", "Waiting for the institution’s authority")
    TO_CONSENT = "to_consent", pgettext_lazy("assistance", "Waiting for the State’s consent")
    APPROVED = "approved", pgettext_lazy("assistance", "Internally approved")
    SUBMITTED = "submitted", pgettext_lazy("assistance", "Submitted")
    DISCUSSED = "under_discussion", pgettext_lazy("assistance", "Under discussion")
    GRANTED = "granted", pgettext_lazy("assistance", "Granted")
    PARTLY = "partly_granted", pgettext_lazy("assistance", "Partly granted")
    DECLINED = "declined", pgettext_lazy("assistance", "Declined")
    DELIVERING = "delivering", pgettext_lazy("assistance", "Being delivered")
    COMPLETED = "completed", pgettext_lazy("assistance", "Completed")
    EVALUATED = "evaluated", pgettext_lazy("assistance", "Evaluated")
    WITHDRAWN = "withdrawn", pgettext_lazy("assistance", "Withdrawn")


# The only way to "submitted" leads through "approved", and the only way to "approved" through "to_consent".
# Back to "draft" the consent falls: it was given to a text.
REQUEST_STEPS = {
    "draft": {"to_approve", "to_consent", "withdrawn"},
    "to_approve": {"to_consent", "draft", "withdrawn"},
    "to_consent": {"approved", "draft", "withdrawn"},
    "approved": {"submitted", "draft", "withdrawn"},
    "submitted": {"under_discussion", "granted", "partly_granted", "declined", "withdrawn"},
    "under_discussion": {"granted", "partly_granted", "declined", "withdrawn"},
    "granted": {"delivering", "withdrawn"},
    "partly_granted": {"delivering", "withdrawn"},
    "declined": set(),
    "delivering": {"completed"},
    "completed": {"evaluated"},
    "evaluated": set(),
    "withdrawn": set(),
}
BEFORE_CONSENT = ("draft", "to_approve", "to_consent")
SENT = (
    "submitted",
    "under_discussion",
    "granted",
    "partly_granted",
    "declined",
    "delivering",
    "completed",
    "evaluated",
)
ANSWERS = ("granted", "partly_granted", "declined")
REQUEST_TONE = {
    "draft": "",
    "to_approve": "warn",
    "to_consent": "warn",
    "approved": "fair",
    "submitted": "fair",
    "under_discussion": "fair",
    "granted": "good",
    "partly_granted": "good",
    "declined": "bad",
    "delivering": "good",
    "completed": "good",
    "evaluated": "good",
    "withdrawn": "",
}


class BudgetSource(models.TextChoices):
    REQUESTED = "requested", _("Requested")
    NATIONAL = "national", _("National contribution")
    OTHER = "other", _("Other donors")


class GenderMarker(models.IntegerChoices):
    """How far the activity serves gender equality (the marker of the United Nations system)."""

    NONE = 0, _("0 – does not contribute to gender equality")
    LIMITED = 1, _("1 – contributes in a limited way")
    SIGNIFICANT = 2, _("2 – gender equality is a significant objective")
    PRINCIPAL = 3, _("3 – gender equality is the principal objective")


class GivenKind(models.TextChoices):
    CONTRIBUTION = "contribution", _("Contribution to a fund or programme")
    ASSISTANCE = "assistance", _("Assistance to another State")
    PARTICIPATION = "participation", _("Support for civil society’s participation")
