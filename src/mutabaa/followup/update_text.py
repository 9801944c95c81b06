"""What an update holds: its fields, compared, and as JSON for keeping."""

import datetime as dt
from typing import Any

from mutabaa.followup.models import Obstacle, Update

FIELDS = (
    "what_was_done", "done_from", "done_until", "for_whom", "obstacle_text", "next_step", "proposed_status",
    "visibility", "language", "component",
)  # fmt: skip
TEXTS = {"what_was_done", "for_whom", "obstacle_text", "next_step"}


def same_text(text: str) -> str:
    """Browsers send line ends as CR LF, workbooks as LF: one form for comparing and keeping."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def values_of(update: Update) -> dict[str, Any]:
    """What a form writes, as it stands. One query for the obstacles unless prefetched."""
    return {name: getattr(update, name) for name in FIELDS} | {"obstacles": list(update.obstacles.all())}


def changed_fields(update: Update, fields: dict[str, Any]) -> dict[str, Any]:
    """Of `fields`, those that differ from the update."""
    out: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "obstacles":
            if {o.pk for o in value} != {o.pk for o in update.obstacles.all()}:
                out[name] = list(value)
        elif name in TEXTS:
            if same_text(value or "") != same_text(getattr(update, name)):
                out[name] = same_text(value or "")
        elif value != getattr(update, name):
            out[name] = value
    return out


def as_kept(fields: dict[str, Any]) -> dict[str, Any]:
    """Field values as JSON: dates as ISO, obstacles as codes, a component by its label."""
    out: dict[str, Any] = {}
    for name, value in fields.items():
        if name == "obstacles":
            out[name] = sorted(o.code for o in value)
        elif name == "component":
            out[name] = value.label if value else ""
        elif isinstance(value, dt.date):
            out[name] = value.isoformat()
        else:
            out[name] = value or ""
    return out


def from_kept(update: Update, kept: dict[str, Any]) -> dict[str, Any]:
    """The reverse of `as_kept`, for one update. At most two queries."""
    out: dict[str, Any] = dict(kept)
    for name in ("done_from", "done_until"):
        if name in out:
            out[name] = dt.date.fromisoformat(out[name]) if out[name] else None
    if "obstacles" in out:
        out["obstacles"] = list(Obstacle.objects.filter(code__in=out["obstacles"]))
    if "component" in out:
        out["component"] = (
            update.recommendation.components.filter(label=out["component"]).first() if out["component"] else None
        )
    return out
