"""Who may do what with recommendations, clusters and views."""

from typing import Any

from mutabaa.accounts.policies import is_secretariat, role_of


def may_edit(person: Any) -> bool:
    """Tags, visibility, position, translations, components, clusters: the secretariat's work."""
    return is_secretariat(person)


def may_keep_views(person: Any) -> bool:
    return role_of(person) != "visitor"


def may_share_views(person: Any) -> bool:
    return is_secretariat(person)
