"""What a measure holds: its fields, compared, and as JSON for keeping and for editions."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, QuerySet, Value

from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.plans.models import Measure, Outcome
from mutabaa.recommendations.models import Recommendation

TEXTS = frozenset(
    {
        "title", "description", "stakeholders", "beneficiaries", "gender_analysis", "feasibility", "assumptions", "risks",
        "verification",
    }
)  # fmt: skip
PLAIN = frozenset({"type", "starts_on", "due_on", "gender_marker"})
SINGLE: dict[str, Any] = {"outcome": Outcome, "lead": Institution}
MANY: dict[str, Any] = {
    "recommendations": Recommendation,
    "partners": Institution,
    "depends_on": Measure,
    "instruments": Instrument,
}
FIELDS = TEXTS | PLAIN | SINGLE.keys() | MANY.keys()


def same_text(text: str) -> str:
    """Browsers send line ends as CR LF, files as LF: one form for comparing and keeping."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def plain_value(name: str, value: Any) -> Any:
    """A field's value for comparing and keeping: texts trimmed, dates as ISO, rows by their key."""
    if name in TEXTS:
        return same_text(value or "")
    if name in SINGLE:
        return value.pk if value is not None else None
    if name in MANY:
        return sorted(row.pk for row in value)
    return value.isoformat() if isinstance(value, dt.date) else value


def plain_values(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: plain_value(name, value) for name, value in fields.items()}


def plain_of(measure: Measure) -> dict[str, Any]:
    """All fields of a measure as `plain_value` writes them. One query, for the links."""
    out = {name: plain_value(name, getattr(measure, name)) for name in TEXTS | PLAIN}
    out |= {name: getattr(measure, f"{name}_id") for name in SINGLE}
    return out | links_of(measure)


def links_of(measure: Measure) -> dict[str, list[int]]:
    """Field → the keys of the rows it is linked to. One query."""
    tables: dict[str, Any] = {name: getattr(Measure, name).through._default_manager for name in MANY}
    rows = {
        name: rows.filter(**{"from_measure" if name == "depends_on" else "measure": measure.pk})
        for name, rows in tables.items()
    }
    return read_links(rows, [0]).get(0, {name: [] for name in MANY})


def links_at(versions: Iterable[int]) -> dict[int, dict[str, list[int]]]:
    """The same for historical rows, by their `history_id`. One query."""
    wanted = list(versions)
    tables: dict[str, Any] = {name: getattr(Measure.history.model, name).model._default_manager for name in MANY}  # type: ignore[attr-defined]
    found = read_links({name: rows.filter(history_id__in=wanted) for name, rows in tables.items()}, wanted)
    return {version: found.get(version, {name: [] for name in MANY}) for version in wanted}


def read_links(tables: dict[str, QuerySet[Any]], versions: list[int]) -> dict[int, dict[str, list[int]]]:
    """The links of several tables in one statement; `versions` of [0] means that they are the present ones."""
    parts = []
    for name, rows in tables.items():
        # A measure's link to a measure names the other by `to_`; all others are named after their model.
        key = "to_measure_id" if name == "depends_on" else f"{MANY[name]._meta.model_name}_id"
        version = Value(0) if versions == [0] else "history_id"
        parts.append(rows.order_by().values_list(Value(name, CharField()), version, key))
    out: dict[int, dict[str, list[int]]] = {}
    for name, version, key in parts[0].union(*parts[1:], all=True):
        out.setdefault(version, {n: [] for n in MANY})[name].append(key)
    for links in out.values():
        for keys in links.values():
            keys.sort()
    return out


def plain_at(measure: Measure, version: int) -> dict[str, Any] | None:
    """The same as it stood at a version, out of the history; None where it is no longer there. Two queries."""
    row = measure.history.filter(version=version).order_by("-history_date", "-history_id").first()
    if row is None:
        return None
    out: dict[str, Any] = {name: plain_value(name, getattr(row, name)) for name in TEXTS | PLAIN}
    out |= {name: getattr(row, f"{name}_id") for name in SINGLE}
    return out | links_at([row.pk])[row.pk]


def from_plain(name: str, value: Any) -> Any:
    """The reverse of `plain_value`: rows that no longer exist are left out. At most one query."""
    if name in SINGLE:
        return SINGLE[name].objects.filter(pk=value).first()
    if name in MANY:
        return list(MANY[name].objects.filter(pk__in=value))
    if name in {"starts_on", "due_on"}:
        return dt.date.fromisoformat(value) if value else None
    return value


def label_of(name: str) -> str:
    """The field's name in the reader's language."""
    return str(Measure._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
