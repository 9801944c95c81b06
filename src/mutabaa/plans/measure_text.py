"""What a measure holds: its fields, compared, and as JSON for keeping and for editions."""

import datetime as dt
from typing import Any

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
    """All fields of a measure as `plain_value` writes them. Four queries unless prefetched."""
    return {
        name: plain_value(name, getattr(measure, name).all() if name in MANY else getattr(measure, name))
        for name in FIELDS
    }


def plain_at(measure: Measure, version: int) -> dict[str, Any] | None:
    """The same as it stood at a version, out of the history; None where it is no longer there. At most five queries."""
    row = measure.history.filter(version=version).order_by("-history_date", "-history_id").first()
    if row is None:
        return None
    out: dict[str, Any] = {name: plain_value(name, getattr(row, name)) for name in TEXTS | PLAIN}
    out |= {name: getattr(row, f"{name}_id") for name in SINGLE}
    for name, model in MANY.items():
        links = getattr(row, name).all()
        # The historical link names the other row after its model; a measure's link to a measure by `to_`.
        column = "to_measure_id" if model is Measure else f"{model._meta.model_name}_id"
        out[name] = sorted(getattr(link, column) for link in links)
    return out


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
