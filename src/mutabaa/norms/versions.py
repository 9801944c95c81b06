"""The versions of an instrument and what each changed, as far as the reader may see it."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.norms.services import FIELDS
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import Theme

LIMIT = 200  # versions that are read; a link is a version too


@dataclass(frozen=True)
class Change:
    """`old` and `new` as they are read: choices by their labels, dates as dates."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Version:
    when: dt.datetime
    who: str
    changes: list[Change]
    first: bool


def versions_of(instrument: Instrument, person: Any) -> list[Version]:
    """The newest first. A version that differs only by recommendations closed to the person is left out: its place in the
    list would tell of them. Five queries, whatever the number of versions."""
    rows = list(instrument.history.select_related("history_user")[: LIMIT + 1])
    themes = tags(rows, "themes", "theme_id")
    links = tags(rows, "recommendations", "recommendation_id")
    names = {t.pk: str(t) for t in Theme.objects.filter(pk__in=set().union(*themes.values()))} if themes else {}
    seen = Recommendation.objects.own().visible_to(person).select_related("document")
    references = {r.pk: r.reference for r in seen.filter(pk__in=set().union(*links.values()))} if links else {}
    places = {pk for row in rows if (pk := row.adopted_by_id)}
    institutions = Institution.objects.in_bulk(places) if places else {}
    out = []
    for number, row in enumerate(rows[:LIMIT]):
        if number + 1 == len(rows):
            out.append(Version(row.history_date, str(row.history_user or ""), [], True))
            continue
        before = rows[number + 1]
        changes = differing(row, before, institutions)
        for label, held, known in ((field("themes"), themes, names), (field("recommendations"), links, references)):
            gone, come = held[before.pk] - held[row.pk], held[row.pk] - held[before.pk]
            old, new = ([known[pk] for pk in sorted(part) if pk in known] for part in (gone, come))
            if old or new:
                changes.append(Change(label, "; ".join(old), "; ".join(new)))
        if changes:
            out.append(Version(row.history_date, str(row.history_user or ""), changes, False))
    return out


def tags(rows: list[Any], name: str, column: str) -> dict[int, set[int]]:
    """Version → primary keys of what was linked then: one query."""
    model: Any = getattr(Instrument.history.model, name).model
    held: dict[int, set[int]] = defaultdict(set)
    for version, pk in model._default_manager.filter(history_id__in=[r.pk for r in rows]).values_list(
        "history_id", column
    ):
        held[version].add(pk)
    return held


def differing(row: Any, before: Any, institutions: dict[int, Institution]) -> list[Change]:
    out = []
    for name in FIELDS:
        item: Any = Instrument._meta.get_field(name)
        old, new = getattr(before, item.attname), getattr(row, item.attname)
        if old == new:
            continue
        if name == "adopted_by":
            old, new = (str(institutions.get(pk, "")) for pk in (old, new))
        elif item.choices:
            old, new = (str(dict(item.flatchoices).get(value, value)) for value in (old, new))
        out.append(Change(str(item.verbose_name), old, new))
    return out


def field(name: str) -> str:
    return str(Instrument._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
