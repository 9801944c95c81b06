"""Who may keep searches."""

from typing import Any

from mutabaa.accounts.policies import role_of


def may_save_searches(person: Any) -> bool:
    """Whoever has an account; visitors follow a search by its feed."""
    return role_of(person) != "visitor"


def may_change_search(person: Any, search: Any) -> bool:
    return may_save_searches(person) and search.user_id == person.pk
