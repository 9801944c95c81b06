"""Every page states who may open it: `@allow(...)` on the view. A view that states nothing is closed."""

from collections.abc import Callable
from typing import Any, TypeVar

from mutabaa.accounts.models import Role
from mutabaa.accounts.policies import role_of

View = TypeVar("View", bound=Callable[..., Any])

VISITOR = "visitor"
EVERYONE = frozenset({VISITOR, *Role.values})
SIGNED_IN = frozenset(Role.values)
SECRETARIAT = frozenset({Role.SECRETARIAT.value, Role.ADMINISTRATOR.value})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR.value})
STATE_STAFF = frozenset(
    {Role.SECRETARIAT.value, Role.ADMINISTRATOR.value, Role.CONTRIBUTOR.value, Role.STATISTICIAN.value}
)
CONTRIBUTORS = frozenset({Role.CONTRIBUTOR.value})
WRITERS = SECRETARIAT | CONTRIBUTORS


def allow(*audiences: frozenset[str]) -> Callable[[View], View]:
    """State the roles that may open a page. Which objects they find there is the room's `visible_to`."""
    roles = frozenset().union(*audiences)

    def state(view: View) -> View:
        view.audience = roles  # type: ignore[attr-defined]
        return view

    return state


def may_open(view: Any, person: Any) -> bool:
    return role_of(person) in getattr(view, "audience", frozenset())
