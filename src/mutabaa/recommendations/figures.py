"""Counts over recommendations: the one source of every figure on the desk, the portal and in reports (T-090, T-340)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Basis:
    """Where status, last update and responsibility stand on the rows: today's columns, or annotations that hold those of
    an earlier date (the reporting room makes them). `groups` replaces expressions of `filters.GROUPINGS`.
    """

    status: str = "status"
    last_update: str = "last_update_on"
    assigned: Any = field(
        default_factory=lambda: Q(Exists(Responsibility.objects.filter(recommendation_id=OuterRef("pk"))))
    )
    groups: Mapping[str, Any] = field(default_factory=dict)

    def counts(self) -> dict[str, Any]:
        return {
            "total": Count("pk", distinct=True),
            "assigned": Count("pk", distinct=True, filter=self.assigned),
            "implemented": Count("pk", distinct=True, filter=Q(**{self.status: Status.IMPLEMENTED})),
        } | {f"status_{s}": Count("pk", distinct=True, filter=Q(**{self.status: s})) for s in Status.values}

    def updated(self, today: dt.date) -> Count:
        """Updated in the twelve months before `today`."""
        edge = today - dt.timedelta(days=365)
        return Count("pk", distinct=True, filter=Q(**{f"{self.last_update}__gte": edge}))


NOW = Basis()


def figures_by(
    rows: QuerySet[Recommendation], group_by: str, today: dt.date | None = None, basis: Basis = NOW
) -> list[Line]:
    """A line per group of `filters.GROUPINGS`, largest first: two queries. `rows` must already be what the person may see."""
    from mutabaa.recommendations.filters import GROUPINGS

    counted = (
        rows.order_by()
        .annotate(group_code=basis.groups.get(group_by, GROUPINGS[group_by][1]))
        .values("group_code")
        .annotate(**basis.counts(), updated=basis.updated(today or timezone.localdate()))
    )
    found: list[dict[str, Any]] = [dict(f) for f in counted]
    labels = group_labels(group_by, [f["group_code"] for f in found])
    lines = [
        line(f, labels.get(f["group_code"], str(f["group_code"] or ""))) for f in found if f["group_code"] is not None
    ]
    return sorted(lines, key=lambda x: (-x.total, str(x.label)))


def figures_of(rows: QuerySet[Recommendation], today: dt.date | None = None, basis: Basis = NOW) -> Line:
    """The figures of all the rows together: one query."""
    found: Any = rows.order_by().aggregate(**basis.counts(), updated=basis.updated(today or timezone.localdate()))
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


__all__ = ["Basis", "Line", "RecommendationView", "figures_by", "figures_of"]
