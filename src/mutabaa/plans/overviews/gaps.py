"""Coverage: recommendations by whether a measure serves them, and what measures and outcomes lack."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mutabaa.core.exports import Column, Sheet
from mutabaa.plans.coverage import (
    COVER_TONE,
    Cover,
    cover_counts,
    gaps,
    live,
    not_agreed,
    serves_none,
    unbudgeted,
    with_cover,
    without_indicator,
)
from mutabaa.plans.models import PlanItem
from mutabaa.plans.overviews.files import sheet
from mutabaa.plans.overviews.scope import Scope

CHUNK = 500


@dataclass(frozen=True)
class Listed:
    """One list of the page: `kind` says what stands in it."""

    key: str
    label: Any
    kind: str
    count: int
    tone: str = ""


GAP_LABELS: dict[str, tuple[Any, str]] = {
    "unbudgeted": (pgettext_lazy("coverage", "Measures without a budget"), "measure"),
    "not_agreed": (pgettext_lazy("coverage", "Measures not agreed by the institution"), "measure"),
    "no_recommendation": (pgettext_lazy("coverage", "Measures that serve no recommendation you may read"), "measure"),
    "no_indicator": (pgettext_lazy("coverage", "Outcomes without an indicator"), "outcome"),
}
KEYS = [*Cover.values, *GAP_LABELS]


class Coverage:
    """Every list of the page with its count, and the rows of the chosen one. Three queries, then those of the rows.

    "In no plan" looks at everything the State received, whatever plan is chosen: it is the reader's reminder that a
    recommendation outside every plan is answered by none.
    """

    def __init__(self, scope: Scope, chosen: str) -> None:
        self.scope = scope
        self.rows = scope.recommendations()
        counts = cover_counts(self.rows, scope.plan_ids)
        if not scope.received:
            counts[Cover.NO_PLAN] = self.outside().count()
        lacking = gaps(scope.measures(), scope.outcomes(), scope.seen())
        self.lists = [Listed(c.value, c.label, "recommendation", counts[c], COVER_TONE[c]) for c in Cover]
        self.lists += [
            Listed(key, label, kind, getattr(lacking, key), "warn") for key, (label, kind) in GAP_LABELS.items()
        ]
        self.in_scope = sum(counts[c] for c in Cover if c != Cover.NO_PLAN or scope.received)
        self.covered = counts[Cover.WITH_MEASURE]
        self.chosen = next((x for x in self.lists if x.key == chosen), self.lists[1])

    def outside(self) -> QuerySet[Any]:
        """In no plan at all that the person may read."""
        every = [plan.pk for plan in self.scope.plans]
        rows = self.scope.narrowed(self.scope.seen())
        return with_cover(rows, every).filter(cover=Cover.NO_PLAN)

    @property
    def share(self) -> float | None:
        """Of the recommendations in scope, those with a measure."""
        return self.covered / self.in_scope if self.in_scope else None

    def chosen_rows(self) -> QuerySet[Any]:
        """Recommendations, measures or outcomes, by the kind of the chosen list, in their order."""
        key = self.chosen.key
        if key == Cover.NO_PLAN and not self.scope.received:
            return self.outside().order_by("-published_on", "document_id", "id")
        if key in Cover.values:
            rows = with_cover(self.rows, self.scope.plan_ids).filter(cover=key)
            return rows.order_by("-published_on", "document_id", "id")
        if key == "no_indicator":
            return without_indicator(self.scope.outcomes()).select_related("plan").order_by("plan_id", "number")
        measures = live(self.scope.measures())
        lacking = {
            "unbudgeted": unbudgeted,
            "not_agreed": not_agreed,
            "no_recommendation": lambda: serves_none(self.scope.seen()),
        }[key]()
        return measures.filter(lacking).select_related("plan", "outcome", "lead").in_order()  # type: ignore[attr-defined]


def reasons(scope: Scope, records: list[Any]) -> dict[int, list[PlanItem]]:
    """Why each record was left out, by its primary key; the plan is set. One query."""
    found: dict[int, list[PlanItem]] = {}
    ids = [record.pk for record in records]
    for item in PlanItem.objects.filter(plan__in=scope.plan_ids, recommendation__in=ids).exclude(left_out_because=""):
        item.plan = scope.plan_by_id[item.plan_id]
        found.setdefault(item.recommendation_id, []).append(item)
    return found


def coverage_sheet(scope: Scope) -> Sheet:
    """Every recommendation in scope with its group, and why it was left out."""
    columns = [
        Column("cover", _("Coverage"), "text", 20),
        Column("reference", _("Document and paragraph"), "symbol", 26),
        Column("mechanism", _("Mechanism"), "text", 18),
        Column("date", _("Date"), "date", 12),
        Column("text", _("Recommendation"), "text", 70, language_key="language"),
        Column("status", _("Status"), "text", 18),
        Column("reason", _("Why it is left out"), "text", 40),
    ]
    return sheet(scope, _("Coverage"), columns, coverage_lines(scope))


def coverage_lines(scope: Scope) -> Iterator[dict[str, Any]]:
    rows = with_cover(scope.recommendations(), scope.plan_ids).select_related("document", "mechanism")
    ids = list(rows.order_by("-published_on", "document_id", "id").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found = {record.pk: record for record in rows.filter(pk__in=part)}
        why = reasons(scope, list(found.values()))
        for pk in part:
            record = found[pk]
            yield {
                "cover": str(Cover(record.cover).label),
                "reference": record.reference,
                "mechanism": record.mechanism.label,
                "date": record.published_on,
                "text": record.text,
                "language": record.language,
                "status": record.get_status_display(),
                "reason": [item.left_out_because for item in why.get(pk, ())],
            }


def gap_sheet(scope: Scope, key: str) -> Sheet:
    """The measures of one gap, or the outcomes without an indicator."""
    coverage = Coverage(scope, key)
    columns = [
        Column("plan", _("Plan"), "text", 30),
        Column("number", _("No."), "symbol", 8),
        Column("title", _("Title"), "text", 60, language_key="language"),
        Column("lead", _("Lead institution"), "text", 28),
        Column("due", _("Due"), "date", 12),
        Column("agreement", _("Agreement"), "text", 20),
    ]
    return sheet(scope, str(coverage.chosen.label), columns, gap_lines(coverage))


def gap_lines(coverage: Coverage) -> Iterator[dict[str, Any]]:
    for row in coverage.chosen_rows().iterator(chunk_size=CHUNK):
        line = {"plan": str(row.plan), "title": row.title, "language": row.plan.language}
        if coverage.chosen.kind == "outcome":
            yield line | {"number": str(row.number), "lead": "", "due": None, "agreement": ""}
        else:
            yield line | {
                "number": row.code,
                "lead": str(row.lead),
                "due": row.due_on,
                "agreement": row.get_agreement_display(),
            }
