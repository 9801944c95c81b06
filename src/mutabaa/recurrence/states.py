"""The words of the recurrence room: plain data."""

from django.db import models
from django.utils.translation import pgettext_lazy


class LinkState(models.TextChoices):
    """What a person said of a pair. "Proposed" is the machine's; every other one is a decision."""

    PROPOSED = "proposed", pgettext_lazy("pair", "To decide")
    REPEATS = "repeats", pgettext_lazy("pair", "Repeats")
    NARROWS = "narrows", pgettext_lazy("pair", "Narrows")
    CONTRADICTS = "contradicts", pgettext_lazy("pair", "Contradicts")
    DIFFERENT = "different", pgettext_lazy("pair", "Different")


SUGGESTED = [LinkState.REPEATS, LinkState.NARROWS, LinkState.CONTRADICTS]
DECISIONS = [*SUGGESTED, LinkState.DIFFERENT]
# One demand: they bind a cluster and count as recurrence.
BINDING = [LinkState.REPEATS, LinkState.NARROWS]
# What everybody who reads both texts may see.
CONFIRMED = SUGGESTED

LINK_TONE = {"proposed": "", "repeats": "good", "narrows": "fair", "contradicts": "bad", "different": ""}


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", pgettext_lazy("proposal", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
    DISMISSED = "dismissed", pgettext_lazy("proposal", "Dismissed")
    MERGED = "merged", pgettext_lazy("proposal", "Merged into another")


PROPOSAL_TONE = {"proposed": "warn", "accepted": "good", "dismissed": "", "merged": ""}


class SearchState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("search of repeats", "Waiting")
    RUNNING = "running", pgettext_lazy("search of repeats", "Running")
    DONE = "done", pgettext_lazy("search of repeats", "Done")
    CANCELLED = "cancelled", pgettext_lazy("search of repeats", "Cancelled")
    FAILED = "failed", pgettext_lazy("search of repeats", "Failed")


WORKING = [SearchState.WAITING, SearchState.RUNNING]
