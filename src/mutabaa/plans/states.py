"""The words of plans, and the transitions that are allowed: plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlanKind(models.TextChoices):
    NATIONAL = "national", pgettext_lazy("plan", "National human rights action plan")
    RECOMMENDATIONS = "recommendations", pgettext_lazy("plan", "Recommendations implementation plan")
    THEMATIC = "thematic", pgettext_lazy("plan", "Thematic plan")
    STRATEGY = "strategy", pgettext_lazy("plan", "Strategy")
    LOCAL = "local", pgettext_lazy("plan", "Plan of a federated entity or municipality")


class PlanState(models.TextChoices):
    """Whether a plan is in force follows from its approval and its period; it is not a state of its own."""

    DRAFT = "draft", pgettext_lazy("plan", "Draft")
    APPROVED = "approved", pgettext_lazy("plan", "Approved")
    ENDED = "ended", pgettext_lazy("plan", "Ended")
    WITHDRAWN = "withdrawn", pgettext_lazy("plan", "Withdrawn")


PLAN_STEPS = {
    "draft": {"approved", "withdrawn"},
    "approved": {"approved", "ended", "withdrawn"},  # approved again: the next edition
    "ended": {"approved"},
    "withdrawn": {"draft"},
}
PLAN_TONE = {"draft": "warn", "approved": "good", "ended": "", "withdrawn": ""}


class MeasureType(models.TextChoices):
    LAW = "law", pgettext_lazy("measure", "Law")
    POLICY = "policy", pgettext_lazy("measure", "Policy")
    INSTITUTION = "institution", pgettext_lazy("measure", "Institution")
    SERVICE = "service", pgettext_lazy("measure", "Service")
    BUDGET = "budget", pgettext_lazy("measure", "Budget")
    TRAINING = "training", pgettext_lazy("measure", "Training")
    AWARENESS = "awareness", pgettext_lazy("measure", "Awareness-raising")
    DATA = "data", pgettext_lazy("measure", "Data and statistics")
    REMEDY = "remedy", pgettext_lazy("measure", "Remedy")
    RATIFICATION = "ratification", pgettext_lazy("measure", "Ratification")


class Execution(models.TextChoices):
    """What became of a measure. Never read as the status of a recommendation (domain of its own)."""

    NOT_STARTED = "not_started", pgettext_lazy("measure", "Not started")
    PLANNED = "planned", pgettext_lazy("measure", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("measure", "Under way")
    COMPLETED = "completed", pgettext_lazy("measure", "Completed")
    DELAYED = "delayed", pgettext_lazy("measure", "Delayed")
    SUSPENDED = "suspended", pgettext_lazy("measure", "Suspended")
    CANCELLED = "cancelled", pgettext_lazy("measure", "Cancelled")


EXECUTION_TONE = {
    "not_started": "",
    "planned": "",
    "under_way": "fair",
    "completed": "good",
    "delayed": "bad",
    "suspended": "warn",
    "cancelled": "",
}
FINISHED = {"completed", "cancelled"}  # nothing is late any more


class Agreement(models.TextChoices):
    """Whether the responsible institution agreed to the measure and its dates (T-297)."""

    OPEN = "open", pgettext_lazy("agreement", "Not asked yet")
    ASKED = "asked", pgettext_lazy("agreement", "Waiting for the institution")
    AGREED = "agreed", pgettext_lazy("agreement", "Agreed")
    DECLINED = "declined", pgettext_lazy("agreement", "Not agreed")


AGREEMENT_STEPS = {
    "open": {"asked"},
    "asked": {"agreed", "declined", "open"},
    "agreed": {"asked", "open"},  # a commitment changed
    "declined": {"asked", "open"},
}
AGREEMENT_TONE = {"open": "", "asked": "warn", "agreed": "good", "declined": "bad"}


class GenderMarker(models.IntegerChoices):
    """How far a measure serves equality between women and men; the analysis behind it is required."""

    NONE = 0, _("0 – does not contribute to gender equality")
    LIMITED = 1, _("1 – contributes in a limited way")
    SIGNIFICANT = 2, _("2 – gender equality is a significant objective")
    PRINCIPAL = 3, _("3 – gender equality is the main objective")


class Funding(models.TextChoices):
    FUNDED = "funded", pgettext_lazy("budget", "Funded")
    UNFUNDED = "unfunded", pgettext_lazy("budget", "Not funded")


class BudgetSource(models.TextChoices):
    STATE = "state", pgettext_lazy("budget", "State budget")
    LOCAL = "local", pgettext_lazy("budget", "Budget of a federated entity or municipality")
    GRANT = "grant", pgettext_lazy("budget", "Grant")
    LOAN = "loan", pgettext_lazy("budget", "Loan")
    UN = "un", pgettext_lazy("budget", "United Nations")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("budget", "Civil society")
    PRIVATE = "private", pgettext_lazy("budget", "Private sector")
    NONE = "none", pgettext_lazy("budget", "No source yet")
