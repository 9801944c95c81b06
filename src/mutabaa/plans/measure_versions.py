"""The versions of one measure and what each changed, in words."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from mutabaa.core.differences import Piece, word_differences
from mutabaa.plans.measure_text import MANY, PLAIN, SINGLE, TEXTS, label_of
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
    """The last versions, newest first. About eight queries."""
    rows = list(measure.history.select_related("history_user").order_by("-history_date", "-history_id")[: SHOWN + 1])
    said = [values_at(row) for row in rows]
    names = names_of_keys(said)
    out = []
    for place, row in enumerate(rows[:SHOWN]):
        changes = []
        if place + 1 < len(rows):
            new, old = said[place], said[place + 1]
            for name in sorted(new, key=str):
                if new[name] != old[name]:
                    one, two = (worded(measure, name, value, names) for value in (old[name], new[name]))
                    changes.append(FieldChange(label_of(name), word_differences(one, two)))
        if changes or place + 1 >= len(rows):
            out.append(Entry(row, changes))
    return out


def values_at(row: Any) -> dict[str, Any]:
    out: dict[str, Any] = {name: getattr(row, name) for name in TEXTS | PLAIN | {"agreement", "agreement_note"}}
    out |= {name: getattr(row, f"{name}_id") for name in SINGLE}
    for name, model in MANY.items():
        column = "to_measure_id" if model is Measure else f"{model._meta.model_name}_id"
        out[name] = tuple(sorted(getattr(link, column) for link in getattr(row, name).all()))
    return out


def names_of_keys(said: list[dict[str, Any]]) -> dict[tuple[type[models.Model], int], str]:
    """What the keys stand for: one query a kind of row."""
    wanted: dict[Any, set[int]] = {}
    for values in said:
        for name, model in SINGLE.items():
            wanted.setdefault(model, set()).add(values[name])
        for name, model in MANY.items():
            wanted.setdefault(model, set()).update(values[name])
    names = {}
    for model, keys in wanted.items():
        rows = model.objects.filter(pk__in=keys)
        related = {"Recommendation": "document", "Measure": "outcome"}.get(model.__name__)
        for row in rows.select_related(related) if related else rows:
            names[model, row.pk] = str(row)
    return names


def worded(measure: Measure, name: str, value: Any, names: dict[Any, str]) -> str:
    if name in SINGLE:
        return names.get((SINGLE[name], value), "–")
    if name in MANY:
        return ", ".join(names.get((MANY[name], key), "–") for key in value)
    field: Any = measure._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, "" if value is None else value))
