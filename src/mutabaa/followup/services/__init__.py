"""The verbs of follow-up, by subject."""

from mutabaa.followup.services.assessments import record_assessment
from mutabaa.followup.services.assignments import accept_assignment, assign, return_assignment, withdraw_assignment
from mutabaa.followup.services.comments import add_comment, hide_comment
from mutabaa.followup.services.edits import drop_edit, keep_edit, resolve_edit
from mutabaa.followup.services.evidence import add_evidence, remove_evidence, share_evidence
from mutabaa.followup.services.requests import (
    cancel_request,
    close_request,
    create_request,
    extend_request,
    remind_due,
    remind_now,
)
from mutabaa.followup.services.statuses import change_criterion, has_evidence, set_status
from mutabaa.followup.services.updates import (
    answer_many,
    approve_update,
    ask_back_update,
    publish_update,
    save_update,
    start_update,
    submit_update,
    withdraw_update,
)

__all__ = [
    "accept_assignment",
    "add_comment",
    "add_evidence",
    "answer_many",
    "approve_update",
    "ask_back_update",
    "assign",
    "cancel_request",
    "change_criterion",
    "close_request",
    "create_request",
    "drop_edit",
    "extend_request",
    "has_evidence",
    "hide_comment",
    "keep_edit",
    "publish_update",
    "record_assessment",
    "remind_due",
    "remind_now",
    "remove_evidence",
    "resolve_edit",
    "return_assignment",
    "save_update",
    "set_status",
    "share_evidence",
    "start_update",
    "submit_update",
    "withdraw_assignment",
    "withdraw_update",
]
