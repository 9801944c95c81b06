"""Who may do what with plans and measures. Services ask it in their transaction."""

from typing import Any

from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.institutions.policies import has_validating_authority, reads_all_institutions, validates_for, writes_for
from mutabaa.plans.models import Measure, Plan
from mutabaa.plans.states import Agreement, PlanState

OPEN_STATES = {PlanState.DRAFT, PlanState.APPROVED}
# What an institution agreed to: changing one of these asks it again, and after approval only the secretariat may.
COMMITMENTS = frozenset({"outcome", "title", "type", "lead", "partners", "starts_on", "due_on", "recommendations"})
# What the secretariat decides about another institution's measure.
SECRETARIAT_FIELDS = frozenset({"outcome", "lead"})


def may_make_plan(person: Any) -> bool:
    return is_secretariat(person)


def may_edit_plan(person: Any, plan: Plan) -> bool:
    """Its facts, outcomes, and which measures it has."""
    return plan.state in OPEN_STATES and is_secretariat(person)


def leads(person: Any, measure: Measure) -> bool:
    """A post in the lead institution."""
    return is_contributor(person) and writes_for(person, measure.lead_id)


def may_edit_measure(person: Any, measure: Measure) -> bool:
    """The secretariat, and the lead institution its own. Reads `measure.plan`: one query unless selected."""
    if measure.removed or measure.plan.state not in OPEN_STATES:
        return False
    return is_secretariat(person) or leads(person, measure)


def editable_fields(person: Any, measure: Measure, fields: frozenset[str]) -> frozenset[str]:
    """Of these fields, those that the person may change on this measure."""
    if not may_edit_measure(person, measure):
        return frozenset()
    if is_secretariat(person):
        return fields
    closed = COMMITMENTS if measure.plan.state == PlanState.APPROVED else SECRETARIAT_FIELDS
    return fields - closed


def may_report(person: Any, measure: Measure) -> bool:
    """Progress, milestones reached, evidence."""
    return may_edit_measure(person, measure)


def may_ask_agreement(person: Any, plan: Plan) -> bool:
    return may_edit_plan(person, plan)


def may_answer_agreement(person: Any, measure: Measure) -> bool:
    """The validating authority of the lead institution; where it has none, its focal points. Up to two queries."""
    if measure.removed or measure.agreement != Agreement.ASKED or not is_contributor(person):
        return False
    if validates_for(person, measure.lead_id):
        return True
    return writes_for(person, measure.lead_id) and not has_validating_authority(measure.lead_id)


def may_approve(person: Any, plan: Plan) -> bool:
    """Record the approval by the authority, from which the plan is in force."""
    return plan.state in {PlanState.DRAFT, PlanState.APPROVED, PlanState.ENDED} and is_secretariat(person)


def may_publish(person: Any, plan: Plan) -> bool:
    return plan.state != PlanState.WITHDRAWN and is_secretariat(person)


def may_see_inside(person: Any) -> bool:
    """Risks, feasibility, agreements, history: those who work in the State, not its readers outside."""
    return is_secretariat(person) or is_contributor(person) or reads_all_institutions(person)
