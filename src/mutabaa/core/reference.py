"""Reading a room's `reference/*.json` and writing it to the database, so that loading it again changes nothing."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import models


def entries(room: str, file: str, key: str) -> list[dict[str, Any]]:
    """The list under `key` of `<room>/reference/<file>`; empty where the room has no such file."""
    path = settings.PACKAGE / room / "reference" / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as source:
        return json.load(source)[key]


def upsert(model: type[models.Model], rows: Iterable[models.Model], key: Sequence[str], fields: Sequence[str]) -> int:
    """Insert or update by the unique `key`; one statement per 500 rows. Returns how many rows were given."""
    columns = [f.attname for f in model._meta.concrete_fields if f.name in key]
    unique = {tuple(getattr(row, column) for column in columns): row for row in rows}
    model._default_manager.bulk_create(
        list(unique.values()),
        batch_size=500,
        update_conflicts=True,
        unique_fields=list(key),
        update_fields=list(fields),
    )
    return len(unique)


def in_all_languages(*fields: str) -> list[str]:
    """Column names of translated fields: `("name",)` → `["name_en", "name_ar", …]`."""
    from mutabaa.core.models import CONTENT_LANGUAGES

    return [f"{field}_{language}" for field in fields for language in CONTENT_LANGUAGES]
