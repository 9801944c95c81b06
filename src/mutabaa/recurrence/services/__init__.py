"""The verbs of the room: search for repeats, decide on pairs, work on proposed clusters, propose and apply priorities."""

from mutabaa.recurrence.services.deciding import decide, decide_several, near_identical
from mutabaa.recurrence.services.priorities import apply_priority, in_words, set_rule, suggest
from mutabaa.recurrence.services.proposing import (
    accept_proposal,
    dismiss,
    leave_out,
    merge,
    rename,
    split,
    unclustered,
)
from mutabaa.recurrence.services.rows import rule
from mutabaa.recurrence.services.searching import ask, cancel, find_repeats, run, to_compare

__all__ = [
    "accept_proposal",
    "apply_priority",
    "ask",
    "cancel",
    "decide",
    "decide_several",
    "dismiss",
    "find_repeats",
    "in_words",
    "leave_out",
    "merge",
    "near_identical",
    "rename",
    "rule",
    "run",
    "set_rule",
    "split",
    "suggest",
    "to_compare",
    "unclustered",
]
