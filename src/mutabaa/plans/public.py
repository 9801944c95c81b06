"""What the portal and the open API may see of this room: published plans, their measures and how far they are.

Risks, feasibility, agreements and obstacles are not public; a recommendation that is not public is neither shown nor counted.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from mutabaa.plans.coverage import SERVED, Cover, cover_counts, in_plans
from mutabaa.plans.models import BudgetLine, Measure, Outcome, OutcomeIndicator, Plan
from mutabaa.plans.overviews.budget import Purse, charts, purses_of
from mutabaa.plans.publication.facts import OutcomeFacts, for_publication, measures_of, outcome_facts
from mutabaa.plans.publication.files import FORMS, plan_file
from mutabaa.plans.states import Execution
from mutabaa.recommendations.models import Recommendation

EVERYONE = AnonymousUser()


def public_plans() -> QuerySet[Plan]:
    """Published plans, the latest first, with the numbers of their outcomes and measures (`outcomes_n`, `measures_n`) and of
    measures of each execution (`n_completed` and so on)."""
    standing = Q(measures__removed=False)
    outcomes = Outcome.objects.filter(plan=OuterRef("pk"), removed=False).order_by().values("plan")
    return (
        Plan.objects.published()
        .annotate(
            outcomes_n=Coalesce(Subquery(outcomes.annotate(n=Count("pk")).values("n")), 0),
            measures_n=Count("measures", filter=standing),
            **{f"n_{e}": Count("measures", filter=standing & Q(measures__execution=e)) for e in Execution.values},
        )
        .order_by("-starts_on", "id")
    )


def in_force(plans: list[Plan]) -> list[Plan]:
    """Of these, the plans in force today (T-210)."""
    return [plan for plan in plans if plan.is_in_force]


def public_outcomes(plan: Plan) -> QuerySet[Outcome]:
    return (
        Outcome.objects.filter(plan=plan, removed=False)
        .select_related("theme")
        .prefetch_related(Prefetch("indicators", OutcomeIndicator.objects.select_related("indicator")))
        .order_by("number", "id")
    )


def with_measures(plan: Plan, outcomes: list[Outcome]) -> list[OutcomeFacts]:
    """The outcomes with their measures as a visitor reads them. Four queries."""
    rows = Measure.objects.filter(plan=plan, removed=False, outcome__in=[outcome.pk for outcome in outcomes])
    served = SERVED.objects.filter(measure__in=rows.values("pk")).values("recommendation_id")
    seen = Recommendation.objects.own().visible_to(EVERYONE).filter(pk__in=served)
    found = measures_of(rows, seen.select_related("document").defer("folded", "priority_note", "text").in_bulk())
    for measure in (m for measures in found.values() for m in measures):
        measure.plan = plan
    return [outcome_facts(outcome, found.get(outcome.pk, [])) for outcome in outcomes]


@dataclass(frozen=True)
class PlanFigures:
    """Counts of what a visitor may know of a plan."""

    executions: list[tuple[str, str, int]]
    purses: list[Purse]
    cover: dict[str, int]

    @property
    def measures(self) -> int:
        return sum(n for _value, _label, n in self.executions)

    @property
    def recommendations(self) -> int:
        return sum(self.cover.values())

    @property
    def covered(self) -> int:
        return self.cover[Cover.WITH_MEASURE]

    @property
    def left_out(self) -> int:
        return self.cover[Cover.LEFT_OUT]

    @property
    def share(self) -> float | None:
        return self.covered / self.recommendations if self.recommendations else None


def figures_of_plan(plan: Plan) -> PlanFigures:
    """Of a row of `public_plans`. Two queries."""
    counted = {e: getattr(plan, f"n_{e}") for e in Execution.values}
    lines = BudgetLine.objects.filter(measure__plan=plan, measure__removed=False)
    return PlanFigures(
        executions=[(e.value, str(e.label), counted[e]) for e in Execution if counted[e]],
        purses=purses_of(lines.exclude(measure__execution=Execution.CANCELLED)),
        cover=cover_counts(Recommendation.objects.own().visible_to(EVERYONE).filter(in_plans([plan.pk])), [plan.pk]),
    )


def measures_serving(recommendation_id: int) -> list[Measure]:
    """The measures of published plans that serve a recommendation. One query."""
    return list(
        Measure.objects.filter(recommendations=recommendation_id, removed=False, plan__in=Plan.objects.published())
        .select_related("plan", "outcome", "lead")
        .order_by("plan_id", "outcome__number", "number")
    )


def public_file(public_id: str, form: str) -> HttpResponseBase:
    """404 for a plan that is not published, and for an unknown form."""
    plan = get_object_or_404(for_publication(Plan.objects.published()), public_id=public_id)
    return plan_file(plan, EVERYONE, form, inside=False)


__all__ = [
    "FORMS",
    "OutcomeFacts",
    "Plan",
    "PlanFigures",
    "charts",
    "figures_of_plan",
    "in_force",
    "measures_serving",
    "public_file",
    "public_outcomes",
    "public_plans",
    "with_measures",
]
