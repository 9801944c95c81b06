from mutabaa.plans.services.agreements import agree, ask_agreement, decline
from mutabaa.plans.services.approval import approve_plan, not_agreed
from mutabaa.plans.services.edits import drop_edit, keep_edit, resolve_edit
from mutabaa.plans.services.evidence import add_evidence, remove_evidence
from mutabaa.plans.services.lines import (
    add_budget_line,
    add_milestone,
    edit_budget_line,
    edit_milestone,
    reach_milestone,
    remove_budget_line,
    remove_milestone,
)
from mutabaa.plans.services.measures import add_measure, remove_measure, save_measure
from mutabaa.plans.services.outcomes import (
    add_outcome,
    drop_indicator,
    edit_outcome,
    put_outcomes_in_order,
    recommendations_of,
    remove_outcome,
    set_indicator,
)
from mutabaa.plans.services.plans import add_items, create_plan, edit_plan, leave_out, move_plan, set_published
from mutabaa.plans.services.progress import report_progress

__all__ = [
    "add_budget_line",
    "add_evidence",
    "add_items",
    "add_measure",
    "add_milestone",
    "add_outcome",
    "agree",
    "approve_plan",
    "ask_agreement",
    "create_plan",
    "decline",
    "drop_edit",
    "drop_indicator",
    "edit_budget_line",
    "edit_milestone",
    "edit_outcome",
    "edit_plan",
    "keep_edit",
    "leave_out",
    "move_plan",
    "not_agreed",
    "put_outcomes_in_order",
    "reach_milestone",
    "recommendations_of",
    "remove_budget_line",
    "remove_evidence",
    "remove_measure",
    "remove_milestone",
    "remove_outcome",
    "report_progress",
    "resolve_edit",
    "save_measure",
    "set_indicator",
    "set_published",
]
