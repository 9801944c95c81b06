"""The words of the room: kinds of tags, what became of a suggestion, where it comes from, how far a training is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TagKind(TextChoices):
    THEME = "theme", _("theme")
    GROUP = "group", _("affected group")
    SDG = "sdg", _("SDG goal or target")


FIELDS = {
    TagKind.THEME.value: "themes",
    TagKind.GROUP.value: "groups",
    TagKind.SDG.value: "sdgs",
}  # of a recommendation


class Decision(TextChoices):
    """A decision is never made twice by the machine: what a person rejected is not proposed again."""

    PROPOSED = "proposed", pgettext_lazy("suggestion", "Proposed")
    ACCEPTED = "accepted", pgettext_lazy("suggestion", "Accepted")
    REJECTED = "rejected", pgettext_lazy("suggestion", "Rejected")


class Source(TextChoices):
    LEARNED = "learned", _("learned from your tags")
    KEYWORDS = "keywords", _("words of the keyword table")
    MAPPING = "mapping", _("mapping of themes")


class TrainingState(TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", pgettext_lazy("training", "Learning")
    DONE = "done", pgettext_lazy("training", "Done")
    REFUSED = "refused", pgettext_lazy("training", "Not done")


TRAINING_TONE = {"done": "good", "refused": "bad", "running": "info", "waiting": ""}
