"""Loads the funds, programmes and providers."""

import datetime as dt

from django.db import transaction

from mutabaa.assistance.models import Fund, Provider
from mutabaa.core.models import names
from mutabaa.core.reference import entries, in_all_languages, upsert


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Idempotent; counts by kind. An entry that ended is kept with its last day: requests and contributions name it."""
    return {"funds": load_funds(), "providers": load_providers()}


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def load_funds() -> int:
    rows = [
        Fund(
            code=e["code"], basis=e.get("basis") or "", for_states=e["for_states"], source=e.get("source") or "", mark=e["mark"],
            as_of=day(e.get("as_of")), valid_from=day(e.get("valid_from")), valid_to=day(e.get("valid_to")), order=n,
            **names(e["name"]), **names(e["who_may_ask"], "who_may_ask"), **names(e["purpose"], "purpose"),
        )
        for n, e in enumerate(entries("assistance", "funds.json", "funds"), 1)
    ]  # fmt: skip
    plain = ["basis", "for_states", "source", "mark", "as_of", "valid_from", "valid_to", "order"]
    return upsert(Fund, rows, ["code"], [*plain, *in_all_languages("name", "who_may_ask", "purpose")])


def load_providers() -> int:
    rows = [
        Provider(code=e["code"], order=n, **names(e["name"]), **names(e["how_to_ask"], "how_to_ask"))
        for n, e in enumerate(entries("assistance", "providers.json", "providers"), 1)
    ]
    return upsert(Provider, rows, ["code"], ["order", *in_all_languages("name", "how_to_ask")])
