"""Who is who. The only file that tests a role's name; other rooms' policies build on these."""

from collections.abc import Callable
from typing import Any

from mutabaa.accounts.models import Role


def role_of(person: Any) -> str:
    """The role's value, or "visitor" without an account."""
    return person.role if getattr(person, "is_authenticated", False) and person.is_active else "visitor"


def is_administrator(person: Any) -> bool:
    return role_of(person) == Role.ADMINISTRATOR


def is_secretariat(person: Any) -> bool:
    """The secretariat's work; an administrator of the installation may do it too."""
    return role_of(person) in {Role.SECRETARIAT, Role.ADMINISTRATOR}


def is_contributor(person: Any) -> bool:
    return role_of(person) == Role.CONTRIBUTOR


def is_statistician(person: Any) -> bool:
    return role_of(person) == Role.STATISTICIAN


def is_outside_reader(person: Any) -> bool:
    """NHRI, civil society, parliament: they read what is public and comment; the State cannot edit their texts."""
    return role_of(person) in {Role.NHRI, Role.CSO, Role.PARLIAMENT}


def may_manage_people(person: Any) -> bool:
    return is_administrator(person)


second_factor_rules: list[Callable[[Any], bool]] = [is_secretariat]


def needs_second_factor(person: Any) -> bool:
    """Security rule 7. Rooms above add their rules: the institutions room adds validating authorities."""
    return any(rule(person) for rule in second_factor_rules)
