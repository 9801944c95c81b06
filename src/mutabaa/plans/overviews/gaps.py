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
    covers,
    gaps,
    live,
    not_agreed,
    serves_none,
    unbudgeted,
    without_indicator,
)
from mutabaa.plans.models import PlanItem
from mutabaa.plans.overviews.files import sheet
from mutabaa.plans.overviews.scope import Scope
from mutabaa.recommendations.models import Recommendation

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
        rows = scope.narrowed(scope.seen()).order_by("-published_on", "document_id", "id")
        self.groups: dict[str, list[int]] = {c.value: [] for c in Cover}
        for pk, cover in covers(rows, scope.plan_ids, [plan.pk for plan in scope.plans]):
            self.groups[cover].append(pk)
        lacking = gaps(scope.measures(), scope.outcomes(), scope.seen())
        self.lists = [Listed(c, c.label, "recommendation", len(self.groups[c]), COVER_TONE[c]) for c in Cover]
        self.lists += [
            Listed(key, label, kind, getattr(lacking, key), "warn") for key, (label, kind) in GAP_LABELS.items()
        ]
        self.in_scope = sum(len(self.groups[c]) for c in Cover if c != Cover.NO_PLAN or scope.received)
        self.covered = len(self.groups[Cover.WITH_MEASURE])
        self.chosen = next((x for x in self.lists if x.key == chosen), self.lists[1])

    @property
    def share(self) -> float | None:
        """Of the recommendations in scope, those with a measure."""
        return self.covered / self.in_scope if self.in_scope else None

    def chosen_ids(self) -> list[int]:
        """Of a list of recommendations, in their order. No query."""
        return self.groups[self.chosen.key]

    def chosen_rows(self) -> QuerySet[Any]:
        """Measures or outcomes, by the kind of the chosen list."""
        if self.chosen.key == "no_indicator":
            return without_indicator(self.scope.outcomes()).select_related("plan").order_by("plan_id", "number")
        lacking = {
            "unbudgeted": unbudgeted,
            "not_agreed": not_agreed,
            "no_recommendation": lambda: serves_none(self.scope.seen()),
        }[self.chosen.key]()
        return live(self.scope.measures()).filter(lacking).select_related("plan", "outcome", "lead").in_order()  # type: ignore[attr-defined]


def records_of(ids: list[int]) -> list[Recommendation]:
    """In the order given, with what a row shows. One query. `ids` are those of records that the person may read."""
    found = (
        Recommendation.objects.filter(pk__in=ids)
        .select_related("document", "mechanism")
        .defer("folded", "priority_note")
        .in_bulk()
    )
    return [found[pk] for pk in ids if pk in found]


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
    groups = Coverage(scope, "").groups
    listed = [(pk, cover) for cover in Cover for pk in groups[cover] if cover != Cover.NO_PLAN or scope.received]
    for start in range(0, len(listed), CHUNK):
        part = dict(listed[start : start + CHUNK])
        records = records_of(list(part))
        why = reasons(scope, records)
        for record in records:
            yield {
                "cover": str(part[record.pk].label),
                "reference": record.reference,
                "mechanism": record.mechanism.label,
                "date": record.published_on,
                "text": record.text,
                "language": record.language,
                "status": record.get_status_display(),
                "reason": [item.left_out_because for item in why.get(record.pk, ())],
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
