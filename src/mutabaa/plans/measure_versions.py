"""The versions of one measure and what each changed, in words."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mutabaa.core.differences import Piece, word_differences
from mutabaa.plans.measure_text import MANY, PLAIN, SINGLE, TEXTS, label_of, links_at
from mutabaa.plans.models import Measure

SHOWN = 30


@dataclass(frozen=True)
class FieldChange:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Entry:
    """One version; `changes` are empty for the oldest that is shown."""

    row: Any
    changes: list[FieldChange]


def versions_of(measure: Measure) -> list[Entry]:
    """The last versions, newest first. Two queries, and one for each kind of row whose links changed."""
    rows = list(measure.history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    links = links_at(row.pk for row in rows)
    said = [values_at(row) | links[row.pk] for row in rows]
    changed = [
        {name: (old[name], new[name]) for name in sorted(new) if new[name] != old[name]} for new, old in pairwise(said)
    ]
    names = names_of_keys(changed)
    out = [
        Entry(
            row,
            [
                FieldChange(label_of(n), word_differences(worded(n, a, names), worded(n, b, names)))
                for n, (a, b) in c.items()
            ],
        )
        for row, c in zip(rows, changed, strict=False)
        if c
    ]
    return [*out, Entry(rows[-1], [])] if rows and len(rows) <= SHOWN else out


def values_at(row: Any) -> dict[str, Any]:
    out: dict[str, Any] = {name: getattr(row, name) for name in TEXTS | PLAIN | {"agreement", "agreement_note"}}
    return out | {name: getattr(row, f"{name}_id") for name in SINGLE}


def names_of_keys(changed: list[dict[str, tuple[Any, Any]]]) -> dict[tuple[Any, int], str]:
    """What the keys stand for: one query a kind of row."""
    wanted: dict[Any, set[int]] = {}
    for fields in changed:
        for name, sides in fields.items():
            if name in SINGLE:
                wanted.setdefault(SINGLE[name], set()).update(sides)
            elif name in MANY:
                wanted.setdefault(MANY[name], set()).update(*sides)
    names = {}
    for model, keys in wanted.items():
        related = {"Recommendation": "document", "Measure": "outcome"}.get(model.__name__)
        rows = model.objects.filter(pk__in=keys)
        for row in rows.select_related(related) if related else rows:
            names[model, row.pk] = str(row)
    return names


def worded(name: str, value: Any, names: dict[Any, str]) -> str:
    if name in SINGLE:
        return names.get((SINGLE[name], value), "–")
    if name in MANY:
        return ", ".join(names.get((MANY[name], key), "–") for key in value)
    field: Any = Measure._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, "" if value is None else value))
