"""Writing a form's fields into a row that somebody else may have changed, and checking amounts."""

from decimal import Decimal
from typing import Any

from babel.numbers import is_currency
from django.db import models
from django.utils.translation import gettext as _

from mutabaa.core.errors import Conflict, Invalid


def changes_of(row: models.Model, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields whose value differs from the row's; many-to-many ones are compared by their keys. A query for each of these."""
    out = {}
    for name, value in fields.items():
        field = row._meta.get_field(name)
        if field.many_to_many:
            stands = set(getattr(row, name).values_list("pk", flat=True))
            if stands != {v.pk for v in value}:
                out[name] = value
        elif written(getattr(row, name)) != written(value):
            out[name] = value
    return out


def written(value: Any) -> Any:
    """Browsers send line breaks as CR LF; a text that differs in these alone is the same."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def refuse_stale(row: Any, version: int | None, mine: dict[str, Any]) -> None:
    """Raises `Conflict` where the row stands at another version than the one the form started from."""
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else changed this while you were writing. Both texts are kept: put together what should stand."
            ),
            current=row,
            mine=mine,
        )


def put(row: models.Model, changes: dict[str, Any]) -> None:
    """Set the plain fields; nothing is saved."""
    for name, value in changes.items():
        if not row._meta.get_field(name).many_to_many:
            setattr(row, name, written(value))


def write(row: Any, changes: dict[str, Any]) -> None:
    """Save the row under its next version."""
    put(row, changes)
    for name, value in changes.items():
        if row._meta.get_field(name).many_to_many:  # before the save, so that the version in the history holds them
            getattr(row, name).set(value)
    row.version += 1
    row.save()


def check_money(amount: Decimal | None, currency: str, field: str = "amount", currency_field: str = "currency") -> None:
    """Not negative, and in a currency that there is (ISO 4217)."""
    if amount is not None and amount < 0:
        raise Invalid(_("An amount cannot be negative."), field=field)
    if currency and not is_currency(currency):
        raise Invalid(
            _("There is no currency “%(code)s”. Use the three letters of ISO 4217, for example USD.")
            % {"code": currency},
            field=currency_field,
        )
    if amount is not None and not currency:
        raise Invalid(_("Name the currency of the amount."), field=currency_field)
