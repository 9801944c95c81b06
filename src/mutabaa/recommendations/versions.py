"""The versions of one record and what each changed."""

import itertools
from collections import defaultdict
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.utils.translation import ngettext

from mutabaa.recommendations.models import Recommendation

UNSHOWN = {"version", "updated_at", "source_digest"}


def versions_of(record: Recommendation, *, first: int, limit: int) -> list[dict[str, Any]]:
    """At most `limit` versions from the `first` on (0 is the newest), each with its changes against the one before it.

    Two queries, whatever the number of versions. Changes are empty for the oldest version that was kept.
    """
    found = list(record.history.select_related("history_user")[first : first + limit + 1])
    tags = tags_of_versions([version.pk for version in found])
    return [
        {"version": new, "changes": changes(new, old, tags) if old is not None else []}
        for new, old in itertools.zip_longest(found, found[1:])
    ][:limit]


def tags_of_versions(versions: list[Any]) -> dict[tuple[str, Any], set[str]]:
    """Keys of the tags that each version bore, by field and version. One query.

    `diff_against` would ask for them field by field, twice for each version.
    """
    parts = []
    for field in Recommendation.history.model._history_m2m_fields:
        rows: Any = getattr(Recommendation.history.model, field.name).model._default_manager
        parts.append(
            rows.filter(history_id__in=versions)
            .order_by()
            .values_list(
                Value(field.name, CharField()), "history_id", Cast(field.m2m_reverse_field_name(), CharField())
            )
        )
    out: dict[tuple[str, Any], set[str]] = defaultdict(set)
    for name, version, key in parts[0].union(*parts[1:], all=True):
        out[name, version].add(key)
    return out


def changes(new: Any, old: Any, tags: dict[tuple[str, Any], set[str]]) -> list[dict[str, Any]]:
    """What is different in `new`, field by field in the order of their names."""
    names = [field.name for field in new._history_m2m_fields]
    delta = new.diff_against(old, excluded_fields=UNSHOWN.union(names))
    found = {
        change.field: (shown(change.field, change.old), shown(change.field, change.new)) for change in delta.changes
    }
    for name in names:
        before, after = tags.get((name, old.pk), set()), tags.get((name, new.pk), set())
        if before != after:
            found[name] = entries(before), entries(after)
    return [
        {"field": field_of(name).verbose_name, "old": before, "new": after}
        for name, (before, after) in sorted(found.items())
    ]


def entries(tags: set[str]) -> str:
    return ngettext("%(n)d entry", "%(n)d entries", len(tags)) % {"n": len(tags)}


def shown(name: str, value: Any) -> str:
    """A value for reading: choices by their labels."""
    choices = dict(field_of(name).flatchoices)
    return str(choices.get(value, value if value not in (None, "") else "–"))


def field_of(name: str) -> Any:
    return Recommendation._meta.get_field(name)
