"""Who may do what in follow-up. Each predicate answers for one person and one thing; services ask it in their transaction."""

from typing import Any

from django.db.models import QuerySet

from mutabaa.accounts.models import Role, User
from mutabaa.accounts.policies import is_administrator, is_contributor, is_outside_reader, is_secretariat, role_of
from mutabaa.followup.models import Assignment, Comment, ExternalAssessment, Update
from mutabaa.followup.states import UPDATE_STEPS, AssignmentState, UpdateState
from mutabaa.institutions.models import FocalPoint
from mutabaa.institutions.policies import institution_ids, validates_for, writes_for
from mutabaa.recommendations.models import Recommendation, Responsibility

Assessor = ExternalAssessment.Assessor
# The NHRI and civil society speak for themselves; the secretariat enters what the United Nations published.
ASSESSORS: dict[str, frozenset[str]] = {
    Role.NHRI.value: frozenset({Assessor.NHRI.value}),
    Role.CSO.value: frozenset({Assessor.CSO.value}),
    Role.SECRETARIAT.value: frozenset({Assessor.MECHANISM.value, Assessor.UN.value}),
    Role.ADMINISTRATOR.value: frozenset({Assessor.MECHANISM.value, Assessor.UN.value}),
}


def may_assign(person: Any) -> bool:
    return is_secretariat(person)


def may_answer_assignment(person: Any, assignment: Assignment) -> bool:
    """Accept or return: any open post of the institution, while the assignment lives."""
    live = assignment.state in (AssignmentState.PROPOSED, AssignmentState.ACCEPTED)
    return live and writes_for(person, assignment.institution_id)


def may_request(person: Any) -> bool:
    return is_secretariat(person)


def is_responsible(recommendation_id: int, institution_id: int) -> bool:
    """One query."""
    return Responsibility.objects.filter(recommendation_id=recommendation_id, institution_id=institution_id).exists()


def may_write_update(person: Any, recommendation: Recommendation, institution_id: int) -> bool:
    """A post in the institution, and the institution answers for the item (T-111). One query."""
    return writes_for(person, institution_id) and is_responsible(recommendation.pk, institution_id)


def may_edit_update(person: Any, update: Update) -> bool:
    return update.editable and may_write_update(person, update.recommendation, update.institution_id)


def may_approve(person: Any, update: Update) -> bool:
    return update.state == UpdateState.SUBMITTED and validates_for(person, update.institution_id)


def may_publish(person: Any, update: Update) -> bool:
    return update.state == UpdateState.APPROVED and is_secretariat(person)


def may_ask_back(person: Any, update: Update) -> bool:
    """The validating authority what was submitted to it, the secretariat what was approved."""
    return may_approve(person, update) or may_publish(person, update)


def may_withdraw_update(person: Any, update: Update) -> bool:
    return UpdateState.WITHDRAWN in UPDATE_STEPS[update.state] and writes_for(person, update.institution_id)


def may_set_status(person: Any) -> bool:
    return is_secretariat(person)


def may_see_internal(person: Any) -> bool:
    return is_secretariat(person)


def assessors_of(person: Any) -> frozenset[str]:
    """In whose name a person may record an assessment."""
    return ASSESSORS.get(role_of(person), frozenset())


def may_assess(person: Any, assessor: str) -> bool:
    return assessor in assessors_of(person)


def in_scope(person: Any, recommendation: Recommendation) -> bool:
    """A contributor's own items. One query."""
    return Responsibility.objects.filter(
        recommendation_id=recommendation.pk, institution_id__in=institution_ids(person)
    ).exists()


def may_comment(person: Any, recommendation: Recommendation) -> bool:
    """NHRI, civil society, parliament, the secretariat, and contributors in their scope, on what they can see."""
    if is_contributor(person):
        return in_scope(person, recommendation)
    return is_outside_reader(person) or is_secretariat(person)


def may_hide_comment(person: Any, comment: Comment) -> bool:
    """The author may take it back; the secretariat may hide it, with a reason that the author is told."""
    return not comment.hidden_because and (is_secretariat(person) or comment.author_id == person.pk)


def may_edit_criteria(person: Any) -> bool:
    return is_administrator(person)


def may_use_workbook(person: Any, institution_id: int) -> bool:
    return writes_for(person, institution_id)


def may_see_history(person: Any, update: Update) -> bool:
    """Earlier wordings of an update: its institution and the secretariat."""
    return is_secretariat(person) or writes_for(person, update.institution_id)


def can_see(person: Any, recommendation: Recommendation) -> bool:
    """One query."""
    return Recommendation.objects.visible_to(person).filter(pk=recommendation.pk).exists()


# Whom to tell.


def secretariat_people() -> QuerySet[User]:
    """The secretariat; where nobody has that role yet, the administrators."""
    people = User.objects.filter(is_active=True, role=Role.SECRETARIAT)
    return people if people.exists() else User.objects.filter(is_active=True, role=Role.ADMINISTRATOR)


def people_of(institution_ids: Any, *kinds: str) -> QuerySet[User]:
    """Active people with an open post of these kinds (all where none is named) in these institutions."""
    posts = FocalPoint.objects.filter(institution_id__in=institution_ids, until=None)
    if kinds:
        posts = posts.filter(kind__in=kinds)
    return User.objects.filter(is_active=True, role=Role.CONTRIBUTOR, pk__in=posts.values("user_id"))


def focal_points_of(*institutions: int) -> list[User]:
    """Main and alternate focal points; where an institution has none, its validating authority."""
    found: list[User] = []
    for institution in institutions:
        people = list(people_of([institution], FocalPoint.Kind.MAIN, FocalPoint.Kind.ALTERNATE))
        found += people or people_of([institution])
    return found


def validating_people(institution: int) -> QuerySet[User]:
    return people_of([institution], FocalPoint.Kind.VALIDATING)
