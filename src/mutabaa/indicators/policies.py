"""Who may do what with indicators and figures."""

from typing import Any

from mutabaa.accounts.models import Role, User
from mutabaa.accounts.policies import is_contributor, is_secretariat, is_statistician
from mutabaa.indicators.models import FigureRequest, Indicator, Observation
from mutabaa.indicators.states import ObservationState, RequestState
from mutabaa.institutions.policies import institution_ids, writes_for


def may_manage(person: Any) -> bool:
    """The list and the metadata sheets: the secretariat and the statisticians."""
    return is_secretariat(person) or is_statistician(person)


def may_validate(person: Any) -> bool:
    """A statistician's work alone (T-164, T-345)."""
    return is_statistician(person)


def may_import(person: Any) -> bool:
    return is_statistician(person)


def may_request(person: Any) -> bool:
    return is_secretariat(person) or is_statistician(person)


def may_answer(person: Any, request: FigureRequest) -> bool:
    return request.state == RequestState.OPEN and writes_for(person, request.institution_id)


def entering_institutions(person: Any, indicator: Indicator) -> set[int]:
    """In whose name a contributor enters figures: the institution that holds the data."""
    mine = institution_ids(person)
    return {indicator.owner_id} & mine if indicator.owner_id else set()


def may_enter(person: Any, indicator: Indicator) -> bool:
    """Statisticians, and the people of the institution that holds the data."""
    return is_statistician(person) or bool(is_contributor(person) and entering_institutions(person, indicator))


def may_withdraw(person: Any, row: Observation) -> bool:
    """Statisticians; what was not validated yet, also the person who entered it."""
    own = row.state == ObservationState.ENTERED and row.entered_by_id == getattr(person, "pk", None)
    return is_statistician(person) or own


def sees_small_counts(person: Any) -> bool:
    """Those bound by statistical confidentiality."""
    return is_statistician(person)


def statisticians() -> Any:
    return User.objects.filter(is_active=True, role=Role.STATISTICIAN)
