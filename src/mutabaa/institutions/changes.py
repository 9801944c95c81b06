"""Who changed what, from the kept history of a record, for its page."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Change:
    when: dt.datetime
    who: str
    kind: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)


HIDDEN = {"version", "updated_at", "created_at", "sessions_ended", "id"}


def changes_of(record: models.Model, limit: int = 20) -> list[Change]:
    """The newest `limit` versions with the fields that differ from the one before. One query, plus one per name of a
    linked record that changed."""
    rows = list(record.history.select_related("history_user").order_by("-history_date", "-history_id")[: limit + 1])  # type: ignore[attr-defined]
    out = []
    for n, row in enumerate(rows[:limit]):
        before = rows[n + 1] if n + 1 < len(rows) else None
        out.append(
            Change(row.history_date, str(row.history_user or ""), row.history_type, _differences(record, row, before))
        )
    return out


def _differences(record: models.Model, row: Any, before: Any) -> list[tuple[str, str, str]]:
    if before is None:
        return []
    found = []
    for item in record._meta.concrete_fields:
        if item.name in HIDDEN or not hasattr(row, item.attname):
            continue
        old, new = getattr(before, item.attname), getattr(row, item.attname)
        if old != new:
            found.append((str(item.verbose_name), _shown(item, before), _shown(item, row)))
    return found


def _shown(item: models.Field, row: Any) -> str:
    value = getattr(row, item.attname)
    if value in (None, "", []):
        return ""
    if item.is_relation:
        linked = item.related_model._default_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(linked or value)
    if item.choices:
        return str(dict(item.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "✓" if value else "–"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)
