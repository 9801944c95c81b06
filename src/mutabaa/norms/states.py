"""The words of the norms room: plain data."""

from django.db import models
from django.utils.translation import pgettext_lazy


class InstrumentKind(models.TextChoices):
    CONSTITUTION = "constitution", pgettext_lazy("instrument", "Constitutional provision")
    LAW = "law", pgettext_lazy("instrument", "Law")
    REGULATION = "regulation", pgettext_lazy("instrument", "Decree or regulation")
    POLICY = "policy", pgettext_lazy("instrument", "Policy or strategy")
    PROGRAMME = "programme", pgettext_lazy("instrument", "Programme")
    PROTOCOL = "protocol", pgettext_lazy("instrument", "Protocol or guideline")
    INSTITUTION = "institution", pgettext_lazy("instrument", "Institution or mechanism set up")
    DECISION = "court_decision", pgettext_lazy("instrument", "Court decision")
    TREATY_ACTION = (
        "treaty_action",
        pgettext_lazy("instrument", "Ratification, accession or withdrawal of a reservation"),
    )


class InstrumentState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("instrument", "In preparation")
    ADOPTED = "adopted", pgettext_lazy("instrument", "Adopted")
    IN_FORCE = "in_force", pgettext_lazy("instrument", "In force")
    REPEALED = "repealed", pgettext_lazy("instrument", "Repealed or replaced")


INSTRUMENT_TONE = {"draft": "warn", "adopted": "fair", "in_force": "good", "repealed": ""}
