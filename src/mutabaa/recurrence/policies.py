"""Who may do what with pairs, proposals and weights."""

from typing import Any

from mutabaa.accounts.policies import is_secretariat


def may_decide(person: Any) -> bool:
    """Deciding on pairs, on proposed clusters and priorities, setting the weights, asking for a search: the secretariat's work."""
    return is_secretariat(person)
