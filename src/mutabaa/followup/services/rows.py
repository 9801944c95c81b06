"""Reading a row for a deed: locked, and refused where it changed since the person's page was made."""

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from mutabaa.core.errors import Conflict, Invalid

Row = TypeVar("Row", bound=models.Model)


def locked(row: Row, version: int | None = None, mine: dict[str, Any] | None = None, *related: str) -> Row:
    """The row as it stands, under a lock until the transaction ends. One query.

    The lock leaves the key free (`no_key`): on PostgreSQL, foreign keys are checked at the end of a transaction, when it holds
    the head of the log, and two that wait for each other's key would end in a deadlock.

    Raises `Conflict` where `version` is given and is not the row's. `related` are joined and locked with nothing of theirs.
    """
    manager = type(row)._default_manager.select_related(*related) if related else type(row)._default_manager
    fresh = manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    if version is not None and fresh.version != version:  # type: ignore[attr-defined]
        raise Conflict(
            _(
                "Somebody else changed this while you were writing. Both texts are kept: put together what should stand."
            ),
            current=fresh,
            mine=mine or {},
        )
    return fresh


def required(text: str, message: Any, field: str) -> str:
    """The text without outer space; `Invalid` with the message where nothing is left."""
    if not (clean := text.strip()):
        raise Invalid(message, field=field)
    return clean
