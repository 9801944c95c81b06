"""Who may have which report made."""

from typing import Any

from mutabaa.accounts.policies import is_contributor, is_secretariat, is_statistician, role_of


def may_make_report(person: Any) -> bool:
    return role_of(person) != "visitor"


def may_see_unpublished(person: Any) -> bool:
    """The State's own people may have internal reports made, each over what they see; the others of what is public."""
    return is_secretariat(person) or is_contributor(person) or is_statistician(person)


def may_make_matrix(person: Any) -> bool:
    return is_secretariat(person)


def may_delete_report(person: Any, report: Any) -> bool:
    return is_secretariat(person) or (report.created_by_id is not None and report.created_by_id == person.pk)
