"""Who brings files in."""

from typing import Any

from mutabaa.accounts.policies import is_secretariat


def may_import(person: Any) -> bool:
    return is_secretariat(person)
