"""The deeds of this room: each one transaction, checked, logged and told."""

from mutabaa.assistance.services.gaps import change_gap, change_state, record_gap
from mutabaa.assistance.services.given import change_given, record_given
from mutabaa.assistance.services.needs import change_need, drop_need, record_need
from mutabaa.assistance.services.obstacles import set_aside
from mutabaa.assistance.services.requests import save_request, start_request
from mutabaa.assistance.services.steps import (
    answer,
    approve,
    ask_approval,
    ask_back,
    complete,
    consent,
    deliver,
    discuss,
    evaluate,
    show_to,
    submit,
    withdraw,
)

__all__ = [
    "answer",
    "approve",
    "ask_approval",
    "ask_back",
    "change_gap",
    "change_given",
    "change_need",
    "change_state",
    "complete",
    "consent",
    "deliver",
    "discuss",
    "drop_need",
    "evaluate",
    "record_gap",
    "record_given",
    "record_need",
    "save_request",
    "set_aside",
    "show_to",
    "start_request",
    "submit",
    "withdraw",
]
