"""Everything that the publication of a plan tells, read at once."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from mutabaa.institutions.models import Institution
from mutabaa.plans.coverage import SERVED, Cover, in_plans, with_cover
from mutabaa.plans.models import BudgetLine, Edition, Measure, Outcome, OutcomeIndicator, Plan, PlanItem, Progress
from mutabaa.plans.overviews.budget import Purse, purse_of_lines
from mutabaa.plans.states import Execution, MeasureType
from mutabaa.recommendations.models import Recommendation

LATEST = ("text", "next_step", "obstacle_text", "language")


def for_publication(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """With the latest edition in `edition_number`, `edition_authority`, `edition_on` and `edition_instrument`."""
    latest = Edition.objects.filter(plan=OuterRef("pk")).order_by("-number")
    return plans.annotate(
        edition_number=Subquery(latest.values("number")[:1]),
        edition_authority=Subquery(latest.values("authority")[:1]),
        edition_on=Subquery(latest.values("approved_on")[:1]),
        edition_instrument=Subquery(latest.values("instrument_text")[:1]),
    )


@dataclass(frozen=True)
class OutcomeFacts:
    """`measures` carry `seen`: the recommendations that they serve and the reader may read; and what the last report said in
    `latest_text`, `latest_next_step`, `latest_obstacle_text`, `latest_language`."""

    outcome: Outcome
    recommendations: list[Recommendation]
    measures: list[Any]


@dataclass(frozen=True)
class PlanFacts:
    """`inside`: with what only those who work in the State read. `records`: every recommendation of the plan that the reader
    may read, with its group in `cover` and the reason in `left_out`."""

    plan: Any
    inside: bool
    authors: list[str]
    outcomes: list[OutcomeFacts]
    purses: list[Purse]
    records: list[Any]

    @property
    def measures(self) -> list[Any]:
        return [measure for part in self.outcomes for measure in part.measures]

    def types(self) -> list[tuple[str, int]]:
        counted = Counter(m.type for m in self.measures)
        return [(str(t.label), counted[t]) for t in MeasureType if counted[t]]

    def executions(self) -> list[tuple[str, int]]:
        counted = Counter(m.execution for m in self.measures)
        return [(str(e.label), counted[e]) for e in Execution if counted[e]]

    def cover(self) -> dict[Cover, int]:
        """How many recommendations stand in each group."""
        counted = Counter(record.cover for record in self.records)
        return {group: counted[group] for group in Cover if group != Cover.NO_PLAN}


def facts_of(plan: Plan, person: Any, *, inside: bool) -> PlanFacts:
    """`plan`: a row of `for_publication` that `person` may read. Eleven queries, whatever the size of the plan.

    The public version (`inside=False`) is what a visitor reads, whoever asks for it.
    """
    records = records_of(plan, person if inside else AnonymousUser())
    standing = Measure.objects.filter(plan=plan, removed=False).prefetch_related("milestones", "budget_lines")
    measures = measures_of(standing, {record.pk: record for record in records})
    outcomes = (
        Outcome.objects.filter(plan=plan, removed=False)
        .select_related("cluster", "theme")
        .prefetch_related("groups", Prefetch("indicators", OutcomeIndicator.objects.select_related("indicator")))
        .order_by("number", "id")
    )
    return PlanFacts(
        plan=plan,
        inside=inside,
        authors=[str(author) for author in plan.authors.select_related("institution")],  # type: ignore[attr-defined]
        outcomes=[outcome_facts(o, measures.get(o.pk, [])) for o in outcomes],
        purses=purse_of_lines(budget_of(measures)),
        records=records,
    )


def budget_of(measures: dict[int, list[Any]]) -> list[tuple[BudgetLine, int | None]]:
    """The lines of what was not cancelled, each with the gender marker of its measure. No query: they are prefetched."""
    return [
        (line, measure.gender_marker)
        for rows in measures.values()
        for measure in rows
        if measure.execution != Execution.CANCELLED
        for line in measure.budget_lines.all()
    ]


def records_of(plan: Plan, reader: Any) -> list[Any]:
    """One query."""
    seen = Recommendation.objects.own().visible_to(reader).filter(in_plans([plan.pk]))
    reason = PlanItem.objects.filter(plan=plan, recommendation=OuterRef("pk")).values("left_out_because")
    rows = with_cover(seen, [plan.pk]).annotate(left_out=Subquery(reason[:1]))
    found = rows.select_related("document", "mechanism").defer("folded", "priority_note")
    return list(found.order_by("document__symbol", "pk"))


def measures_of(standing: QuerySet[Measure], records: dict[int, Any]) -> dict[int, list[Any]]:
    """The measures with all that is told of them, by outcome and in order; `records` are those that the reader may read.
    Three queries, and those of what the caller prefetches.
    """
    latest = Progress.objects.filter(measure=OuterRef("pk")).order_by("-reported_on", "-recorded_at", "-id")
    links: dict[int, list[Any]] = {}
    pairs = SERVED.objects.filter(measure__in=standing.order_by().values("pk"), recommendation__in=records)
    for measure_id, record_id in pairs.values_list("measure_id", "recommendation_id"):
        links.setdefault(measure_id, []).append(records[record_id])
    found: dict[int, list[Any]] = {}
    for measure in (
        standing.select_related("lead", "outcome")
        .prefetch_related(Prefetch("partners", Institution.objects.order_by("code")))
        .annotate(**{f"latest_{name}": Subquery(latest.values(name)[:1]) for name in LATEST})
        .order_by("outcome__number", "number", "id")
    ):
        measure.seen = in_order(links.get(measure.pk, []))  # type: ignore[attr-defined]
        found.setdefault(measure.outcome_id, []).append(measure)
    return found


def in_order(records: list[Any]) -> list[Any]:
    return sorted(records, key=lambda record: (record.document.symbol, record.pk))


def outcome_facts(outcome: Outcome, measures: list[Any]) -> OutcomeFacts:
    """Each recommendation once, by document."""
    found = {record.pk: record for measure in measures for record in measure.seen}
    return OutcomeFacts(outcome, in_order(list(found.values())), measures)
