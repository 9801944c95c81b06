"""Everything that the publication of a plan tells, read at once."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet

from mutabaa.institutions.models import Institution
from mutabaa.plans.coverage import cover_counts, in_plans
from mutabaa.plans.models import BudgetLine, Edition, Measure, Outcome, OutcomeIndicator, Plan, Progress
from mutabaa.plans.overviews.budget import Purse, purses_of
from mutabaa.plans.states import Execution, MeasureType
from mutabaa.recommendations.models import Recommendation


@dataclass(frozen=True)
class OutcomeFacts:
    """`measures` carry `seen`: the recommendations that they serve and the reader may read; `latest`: the last report."""

    outcome: Outcome
    recommendations: list[Recommendation]
    measures: list[Any]


@dataclass(frozen=True)
class PlanFacts:
    """`inside`: with what only those who work in the State read."""

    plan: Plan
    inside: bool
    edition: Edition | None
    authors: list[str]
    outcomes: list[OutcomeFacts]
    purses: list[Purse]
    cover: dict[str, int]

    @property
    def measures(self) -> list[Any]:
        return [measure for part in self.outcomes for measure in part.measures]

    def types(self) -> list[tuple[str, int]]:
        counted = Counter(m.type for m in self.measures)
        return [(str(t.label), counted[t]) for t in MeasureType if counted[t]]

    def executions(self) -> list[tuple[str, int]]:
        counted = Counter(m.execution for m in self.measures)
        return [(str(e.label), counted[e]) for e in Execution if counted[e]]


def facts_of(plan: Plan, person: Any, *, inside: bool) -> PlanFacts:
    """`person` must be one who may read the plan. About fifteen queries, whatever the size of the plan.

    The public version (`inside=False`) is what a visitor reads, whoever asks for it.
    """
    reader = person if inside else AnonymousUser()
    seen = Recommendation.objects.own().visible_to(reader)
    standing = Measure.objects.filter(plan=plan, removed=False).prefetch_related("milestones", "budget_lines")
    measures = measures_of(standing, reader)
    outcomes = (
        Outcome.objects.filter(plan=plan, removed=False)
        .select_related("cluster", "theme")
        .prefetch_related("groups", Prefetch("indicators", OutcomeIndicator.objects.select_related("indicator")))
        .order_by("number", "id")
    )
    return PlanFacts(
        plan=plan,
        inside=inside,
        edition=plan.editions.first(),  # type: ignore[attr-defined]
        authors=[str(author) for author in plan.authors.select_related("institution")],  # type: ignore[attr-defined]
        outcomes=[outcome_facts(o, measures.get(o.pk, [])) for o in outcomes],
        purses=purses_of(
            BudgetLine.objects.filter(measure__plan=plan, measure__removed=False).exclude(
                measure__execution=Execution.CANCELLED
            )
        ),
        cover=cover_counts(seen.filter(in_plans([plan.pk])), [plan.pk]),
    )


def measures_of(standing: QuerySet[Measure], reader: Any) -> dict[int, list[Any]]:
    """The measures with all that is told of them, by outcome and in order. Four queries, and those of what the caller prefetches."""
    rows = Recommendation.objects.own().visible_to(reader).select_related("document", "mechanism")
    found: dict[int, list[Any]] = {}
    latest: dict[int, Progress] = {}
    for report in Progress.objects.filter(measure__in=standing.order_by().values("pk")):
        latest.setdefault(report.measure_id, report)  # the ordering of the model: the latest first
    for measure in (
        standing.select_related("lead", "outcome")
        .prefetch_related(
            Prefetch("partners", Institution.objects.order_by("code")),
            Prefetch(
                "recommendations",
                rows.defer("folded", "priority_note").order_by("document__symbol", "pk"),
                to_attr="seen",
            ),
        )
        .order_by("outcome__number", "number", "id")
    ):
        measure.latest = latest.get(measure.pk)  # type: ignore[attr-defined]
        found.setdefault(measure.outcome_id, []).append(measure)
    return found


def outcome_facts(outcome: Outcome, measures: list[Any]) -> OutcomeFacts:
    """Each recommendation once, by document."""
    found = {record.pk: record for measure in measures for record in measure.seen}
    ordered = sorted(found.values(), key=lambda record: (record.document.symbol, record.pk))
    return OutcomeFacts(outcome, ordered, measures)
