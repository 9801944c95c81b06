"""Counts over recommendations: the one source of every figure on the desk, the portal and in reports (T-090, T-340)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mutabaa.recommendations.filters import RecommendationView, group_labels
from mutabaa.recommendations.models import Recommendation, Responsibility
from mutabaa.recommendations.states import Status


@dataclass(frozen=True)
class Line:
    """One line of a table of figures. `statuses` maps each status to its count."""

    code: Any
    label: str
    total: int
    assigned: int
    updated: int
    implemented: int
    statuses: dict[str, int]

    def share(self, part: str) -> float | None:
        """Between 0 and 1; None where there is nothing to take a share of."""
        return getattr(self, part) / self.total if self.total else None


COUNTS: dict[str, Any] = {
    "total": Count("pk", distinct=True),
    "assigned": Count(
        "pk", distinct=True, filter=Q(Exists(Responsibility.objects.filter(recommendation_id=OuterRef("pk"))))
    ),
    "implemented": Count("pk", distinct=True, filter=Q(status=Status.IMPLEMENTED)),
} | {f"status_{s}": Count("pk", distinct=True, filter=Q(status=s)) for s in Status.values}


def updated_count(today: dt.date) -> Count:
    return Count("pk", distinct=True, filter=Q(last_update_on__gte=today - dt.timedelta(days=365)))


def figures_by(rows: QuerySet[Recommendation], group_by: str, today: dt.date | None = None) -> list[Line]:
    """A line per group of `filters.GROUPINGS`, largest first: two queries. `rows` must already be what the person may see."""
    from mutabaa.recommendations.filters import GROUPINGS

    counted = (
        rows.order_by()
        .annotate(group_code=GROUPINGS[group_by][1])
        .values("group_code")
        .annotate(**COUNTS, updated=updated_count(today or timezone.localdate()))
    )
    found = list(counted)
    labels = group_labels(group_by, [f["group_code"] for f in found])
    lines = [
        line(f, labels.get(f["group_code"], str(f["group_code"] or ""))) for f in found if f["group_code"] is not None
    ]
    return sorted(lines, key=lambda x: (-x.total, str(x.label)))


def figures_of(rows: QuerySet[Recommendation], today: dt.date | None = None) -> Line:
    """The figures of all the rows together: one query."""
    found: dict[str, Any] = rows.order_by().aggregate(**COUNTS, updated=updated_count(today or timezone.localdate()))
    return line({**found, "group_code": None}, "")


def line(found: dict[str, Any], label: str) -> Line:
    return Line(
        code=found["group_code"],
        label=label,
        total=found["total"],
        assigned=found["assigned"],
        updated=found["updated"],
        implemented=found["implemented"],
        statuses={s: found[f"status_{s}"] for s in Status.values},
    )


__all__ = ["Line", "RecommendationView", "figures_by", "figures_of"]
