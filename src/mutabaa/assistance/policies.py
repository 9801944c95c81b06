"""Who may do what with gaps, needs, requests and what was given. Services ask in their transaction."""

from typing import Any

from django.db.models import QuerySet

from mutabaa.accounts.models import Role, User
from mutabaa.accounts.policies import is_contributor, is_secretariat
from mutabaa.assistance.models import AssistanceRequest, Gap, Given
from mutabaa.assistance.states import BEFORE_CONSENT, REQUEST_STEPS, RequestState
from mutabaa.followup.policies import people_of, secretariat_people
from mutabaa.institutions.models import FocalPoint
from mutabaa.institutions.policies import institution_ids, validates_for, writes_for


def may_look_at_obstacles(person: Any) -> bool:
    return is_secretariat(person) or is_contributor(person)


def may_record_gap(person: Any, institution_id: int | None) -> bool:
    """The secretariat any; a contributor those of the own institution."""
    return is_secretariat(person) or (institution_id is not None and writes_for(person, institution_id))


def may_edit_gap(person: Any, gap: Gap) -> bool:
    return may_record_gap(person, gap.institution_id)


def may_choose_readers(person: Any) -> bool:
    """Who reads a gap, a request or what was given: the secretariat decides what the State shows."""
    return is_secretariat(person)


def may_ask_for(person: Any, institution_id: int) -> bool:
    return is_secretariat(person) or writes_for(person, institution_id)


def works_on(person: Any, request: AssistanceRequest) -> bool:
    """The State's own people who stand behind a request: they read remarks and who did what."""
    return is_secretariat(person) or writes_for(person, request.institution_id)


def may_edit_request(person: Any, request: AssistanceRequest) -> bool:
    return request.state == RequestState.DRAFT and may_ask_for(person, request.institution_id)


def wrote_in(person: Any, request: AssistanceRequest) -> bool:
    """One query, remembered on the request."""
    if not hasattr(request, "_writer_ids"):
        request._writer_ids = set(request.writers.values_list("pk", flat=True)) | {request.author_id}  # type: ignore[attr-defined]
    return person.pk in request._writer_ids  # type: ignore[attr-defined]


def validating_authorities(institution_id: int) -> QuerySet[User]:
    return people_of([institution_id], FocalPoint.Kind.VALIDATING)


def may_approve(person: Any, request: AssistanceRequest) -> bool:
    """The institution's validating authority; not for a text of one's own where another authority can do it."""
    if request.state != RequestState.TO_APPROVE or not validates_for(person, request.institution_id):
        return False
    if not wrote_in(person, request):
        return True
    return not validating_authorities(request.institution_id).exclude(pk__in=request._writer_ids).exists()  # type: ignore[attr-defined]


def consenting_people() -> QuerySet[User]:
    """Who may record the State's consent: the secretariat and the administrators."""
    return User.objects.filter(is_active=True, role__in=[Role.SECRETARIAT, Role.ADMINISTRATOR])


def may_consent(person: Any, request: AssistanceRequest) -> bool:
    """Nobody consents alone to what they wrote or approved where another person can (four eyes)."""
    if request.state != RequestState.TO_CONSENT or not is_secretariat(person):
        return False
    if not wrote_in(person, request) and person.pk != request.approved_by_id:
        return True
    others = consenting_people().exclude(pk__in={*request._writer_ids, request.approved_by_id or 0})  # type: ignore[attr-defined]
    return not others.exists()


def people_to_consent(request: AssistanceRequest) -> list[User]:
    """Whom to tell that a request waits: the secretariat, without those who wrote it; where nobody is left, all who could."""
    wrote = {*request.writers.values_list("pk", flat=True), request.author_id, request.approved_by_id}
    able = [p for p in consenting_people() if p.pk not in wrote]
    secretariat = [p for p in able if p.role == Role.SECRETARIAT]
    return secretariat or able or list(secretariat_people())


def may_ask_back(person: Any, request: AssistanceRequest) -> bool:
    """The validating authority what waits for it; the secretariat what waits for consent, or was approved and not yet sent."""
    if request.state == RequestState.TO_APPROVE:
        return validates_for(person, request.institution_id) or is_secretariat(person)
    return request.state in (RequestState.TO_CONSENT, RequestState.APPROVED) and is_secretariat(person)


def may_conduct(person: Any, request: AssistanceRequest) -> bool:
    """Submitting, and all that follows with the addressee: the secretariat's."""
    return is_secretariat(person)


def may_report_on(person: Any, request: AssistanceRequest) -> bool:
    """Delivery, completion, evaluation: the institution that asked, and the secretariat."""
    return works_on(person, request)


def may_withdraw(person: Any, request: AssistanceRequest) -> bool:
    if RequestState.WITHDRAWN not in REQUEST_STEPS[request.state]:
        return False
    return is_secretariat(person) or (request.state in BEFORE_CONSENT and writes_for(person, request.institution_id))


def may_publish(person: Any, request: AssistanceRequest) -> bool:
    return is_secretariat(person) and request.is_sent


def may_record_given(person: Any, institution_id: int | None) -> bool:
    return is_secretariat(person) or (institution_id is not None and writes_for(person, institution_id))


def may_edit_given(person: Any, given: Given) -> bool:
    return may_record_given(person, given.institution_id)


def institutions_open_to(person: Any) -> set[int] | None:
    """The institutions a person may record for; None: all."""
    return None if is_secretariat(person) else institution_ids(person)
