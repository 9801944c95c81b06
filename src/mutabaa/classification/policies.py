"""Who may decide on suggestions, map themes and have the model learn."""

from typing import Any

from mutabaa.accounts.policies import is_administrator, is_secretariat


def may_decide(person: Any) -> bool:
    return is_secretariat(person)


def may_map_themes(person: Any) -> bool:
    return is_secretariat(person)


def may_train(person: Any) -> bool:
    return is_administrator(person)
