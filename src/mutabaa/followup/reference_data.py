"""Loads the statuses with their criteria, and the coded obstacles."""

from django.db import transaction

from mutabaa.core.models import names
from mutabaa.core.reference import entries, in_all_languages, upsert
from mutabaa.followup.models import Obstacle, StatusCriterion


@transaction.atomic
def load_reference() -> dict[str, int]:
    """Idempotent; counts by kind."""
    return {"statuses": load_statuses(), "obstacles": load_obstacles()}


def load_statuses() -> int:
    """A criterion belongs to the administrator once it stands: only empty wordings are filled."""
    found = entries("followup", "statuses.json", "statuses")
    present = {row.status: row for row in StatusCriterion.objects.all()}
    for n, entry in enumerate(found, 1):
        wording = names(entry["criterion"], "criterion")
        row = present.get(entry["code"])
        if row is None:
            StatusCriterion.objects.create(
                status=entry["code"],
                evidence_required=bool(entry.get("evidence_required")),
                score=entry.get("score"),
                closed=bool(entry.get("closed")),
                order=n,
                **wording,
            )
            continue
        missing = {field: text for field, text in wording.items() if text and not getattr(row, field)}
        if missing:
            for field, text in missing.items():
                setattr(row, field, text)
            row.save(update_fields=[*missing])
    return len(found)


def load_obstacles() -> int:
    rows = [
        Obstacle(code=e["code"], order=n, **names(e["name"]), **names(e.get("hint") or {}, "hint"))
        for n, e in enumerate(entries("followup", "obstacles.json", "obstacles"), 1)
    ]
    return upsert(Obstacle, rows, ["code"], ["order", *in_all_languages("name", "hint")])
