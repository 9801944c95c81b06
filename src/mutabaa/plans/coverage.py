"""What the plans cover: every recommendation in scope stands in exactly one group, whatever was created, removed or cancelled.

The group follows from the rows alone, by the first rule that holds, so that none is lost and none stands twice:

1. a measure that stands and was not cancelled serves it: *with a measure*;
2. it is an open item of a plan: *without a measure*;
3. it was left out of the plans that hold it, with a reason: *left out*;
4. a cancelled measure names it: *without a measure*; else: *in no plan*.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import pgettext_lazy

from mutabaa.plans.models import BudgetLine, Measure, Outcome, PlanItem
from mutabaa.plans.states import Agreement, Execution
from mutabaa.recommendations.models import Recommendation

SERVED = Measure.recommendations.through


class Cover(models.TextChoices):
    WITH_MEASURE = "covered", pgettext_lazy("coverage", "With a measure")
    WITHOUT_MEASURE = "uncovered", pgettext_lazy("coverage", "Without a measure")
    LEFT_OUT = "left_out", pgettext_lazy("coverage", "Left out, with the reason")
    NO_PLAN = "no_plan", pgettext_lazy("coverage", "In no plan")


COVER_TONE = {"covered": "good", "uncovered": "bad", "left_out": "warn", "no_plan": "bad"}


def served(plans: Collection[int]) -> QuerySet[Any]:
    """Ids of the recommendations that a measure of these plans names, cancelled ones too."""
    return SERVED.objects.filter(measure__plan__in=plans, measure__removed=False).values("recommendation_id")


def covered(plans: Collection[int]) -> QuerySet[Any]:
    """Ids of the recommendations that a measure of these plans serves; a cancelled one serves nobody."""
    return (
        SERVED.objects.filter(measure__plan__in=plans, measure__removed=False)
        .exclude(measure__execution=Execution.CANCELLED)
        .values("recommendation_id")
    )


def items(plans: Collection[int], **of: Any) -> QuerySet[Any]:
    return PlanItem.objects.filter(plan__in=plans, **of).values("recommendation_id")


def in_plans(plans: Collection[int]) -> Q:
    """Recommendations that these plans answer or leave out: their items, and whatever their measures name."""
    return Q(pk__in=items(plans)) | Q(pk__in=served(plans))


def with_cover(rows: QuerySet[Recommendation], plans: Collection[int]) -> QuerySet[Any]:
    """`rows`, each with its group in `cover`. No query by itself."""
    return rows.annotate(
        cover=Case(
            When(pk__in=covered(plans), then=Value(Cover.WITH_MEASURE.value)),
            When(pk__in=items(plans, left_out_because=""), then=Value(Cover.WITHOUT_MEASURE.value)),
            When(pk__in=items(plans), then=Value(Cover.LEFT_OUT.value)),
            When(pk__in=served(plans), then=Value(Cover.WITHOUT_MEASURE.value)),
            default=Value(Cover.NO_PLAN.value),
            output_field=models.CharField(),
        )
    )


def covers(rows: QuerySet[Recommendation], plans: Collection[int], every: Collection[int]) -> list[tuple[int, str]]:
    """Id and group of each of `rows` in their order, in one query. Those that stand in none of `plans` but in another of
    `every` are left out: they are no matter of these plans, and answered elsewhere.
    """
    found = with_cover(rows, plans)
    if set(every) <= set(plans):
        return list(found.values_list("pk", "cover"))
    elsewhere = found.annotate(elsewhere=Case(When(in_plans(every), then=1), default=0))
    return [
        (pk, cover)
        for pk, cover, known in elsewhere.values_list("pk", "cover", "elsewhere")
        if cover != Cover.NO_PLAN or not known
    ]


def cover_counts(rows: QuerySet[Recommendation], plans: Collection[int]) -> dict[str, int]:
    """How many of `rows` stand in each group; they add up to all of them. One query."""
    found = with_cover(rows.order_by(), plans).values_list("cover").annotate(n=Count("pk"))
    return {group.value: 0 for group in Cover} | dict(found)


def live(measures: QuerySet[Measure]) -> QuerySet[Measure]:
    """Those not cancelled: a gap of a cancelled measure is none."""
    return measures.exclude(execution=Execution.CANCELLED)


def unbudgeted() -> Q:
    return ~Q(pk__in=BudgetLine.objects.values("measure_id"))


def not_agreed() -> Q:
    return ~Q(agreement=Agreement.AGREED)


def serves_none(seen: QuerySet[Recommendation]) -> Q:
    """Measures that serve no recommendation among `seen`."""
    return ~Q(pk__in=SERVED.objects.filter(recommendation__in=seen.order_by().values("pk")).values("measure_id"))


def without_indicator(outcomes: QuerySet[Outcome]) -> QuerySet[Outcome]:
    return outcomes.filter(indicators__isnull=True)


@dataclass(frozen=True)
class Gaps:
    """How many measures and outcomes lack what a plan needs (T-297, T-299, T-312)."""

    unbudgeted: int
    not_agreed: int
    no_recommendation: int
    no_indicator: int


def gaps(measures: QuerySet[Measure], outcomes: QuerySet[Outcome], seen: QuerySet[Recommendation]) -> Gaps:
    """Two queries."""
    counted = (
        live(measures)
        .order_by()
        .aggregate(
            unbudgeted=Count("pk", filter=unbudgeted()),
            not_agreed=Count("pk", filter=not_agreed()),
            no_recommendation=Count("pk", filter=serves_none(seen)),
        )
    )
    return Gaps(no_indicator=without_indicator(outcomes).count(), **counted)
