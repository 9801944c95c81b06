"""Counts over recommendations: the one source of every figure on the desk, the portal and in reports (T-090, T-340)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mutabaa.recommendations.filters import GROUPINGS, REPEATING, RecommendationView, group_labels
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

    def counted(
        self, rows: QuerySet[Recommendation], today: dt.date, *, repeating: bool = False
    ) -> list[dict[str, Any]]:
        """A row per status and `group_code`, if `rows` have one. A record has one status, so that sums over statuses
        are exact; counting each status by itself takes four times as long. `updated`: in the twelve months before `today`.
        `repeating`: the join to the groups can bring a record twice into one of them.
        """
        since = Q(**{f"{self.last_update}__gte": today - dt.timedelta(days=365)})
        keys = ["group_code"] if "group_code" in rows.query.annotations else []
        found = (
            rows.order_by()
            .values(*keys, self.status)
            .annotate(
                total=Count("pk", distinct=repeating),
                assigned=Count("pk", distinct=repeating, filter=self.assigned),
                updated=Count("pk", distinct=repeating, filter=since),
            )
        )
        return [{"group_code": None, **dict(row), "status": row[self.status]} for row in found]


NOW = Basis()


def figures_by(
    rows: QuerySet[Recommendation], group_by: str, today: dt.date | None = None, basis: Basis = NOW
) -> list[Line]:
    """A line per group of `filters.GROUPINGS`, largest first: two queries. `rows` must already be what the person may see."""
    code = basis.groups.get(group_by, GROUPINGS[group_by][1])
    found: dict[Any, list[dict[str, Any]]] = {}
    repeating = group_by in REPEATING or group_by in basis.groups
    for row in basis.counted(rows.annotate(group_code=code), today or timezone.localdate(), repeating=repeating):
        if row["group_code"] is not None:
            found.setdefault(row["group_code"], []).append(row)
    labels = group_labels(group_by, found)
    lines = [line(group, code, labels.get(code, str(code))) for code, group in found.items()]
    return sorted(lines, key=lambda x: (-x.total, str(x.label)))


def figures_of(rows: QuerySet[Recommendation], today: dt.date | None = None, basis: Basis = NOW) -> Line:
    """The figures of all the rows together: one query."""
    return line(basis.counted(rows, today or timezone.localdate()), None, "")


def line(found: list[dict[str, Any]], code: Any, label: str) -> Line:
    """The sum over the statuses of one group."""
    totals = {row["status"]: row["total"] for row in found}
    return Line(
        code=code,
        label=label,
        total=sum(totals.values()),
        assigned=sum(row["assigned"] for row in found),
        updated=sum(row["updated"] for row in found),
        implemented=totals.get(Status.IMPLEMENTED, 0),
        statuses={s: totals.get(s, 0) for s in Status.values},
    )


def added_up(lines: Sequence[Line], code: Any, label: str) -> Line:
    """The sum of lines that have no record in common."""
    statuses = {s: sum(line.statuses.get(s, 0) for line in lines) for s in Status.values}
    sums = {
        part: sum(getattr(line, part) for line in lines) for part in ("total", "assigned", "updated", "implemented")
    }
    return Line(code=code, label=label, statuses=statuses, **sums)


__all__ = ["Basis", "Line", "RecommendationView", "added_up", "figures_by", "figures_of"]
