"""Taking the import of a plan back, as long as nothing builds on it."""

from typing import Any

from django.utils.translation import gettext as _

from mutabaa.intake.models import CreatedObject, ImportBatch
from mutabaa.plans.models import BudgetLine, Measure, Milestone, Outcome, Plan, PlanItem, Progress
from mutabaa.plans.states import Agreement, PlanState

MADE_WITH = {BudgetLine: "updated_at", Milestone: "updated_at", Progress: "recorded_at"}


def made(batch: ImportBatch, kind: str) -> list[int]:
    """Primary keys of what the import created."""
    return [int(key) for key in CreatedObject.objects.filter(batch=batch, kind=kind).values_list("key", flat=True)]


def created_count(batch: ImportBatch) -> int:
    return CreatedObject.objects.filter(batch=batch, kind__in=["plan", "plan_outcome", "plan_measure"]).count()


def builds_on(batch: ImportBatch) -> dict[str, int]:
    """What would be lost: the name of each kind of work and its number; empty when an undo is safe.

    Every model that refers to a measure or an outcome counts, those of rooms above included.
    """
    measures, outcomes = made(batch, "plan_measure"), made(batch, "plan_outcome")
    rows = Measure.objects.filter(pk__in=measures)
    found = {
        _("measures changed since"): rows.exclude(version=1).count(),
        _("measures about which an institution was asked"): rows.exclude(agreement=Agreement.OPEN).count(),
        _("outcomes changed since"): Outcome.objects.filter(pk__in=outcomes).exclude(version=1).count(),
        _("measures added to its outcomes"): Measure.objects.filter(outcome__in=outcomes).exclude(pk__in=measures).count(),
    }  # fmt: skip
    for model, mine in ((Measure, measures), (Outcome, outcomes)):
        for relation in model._meta.related_objects:
            other: Any = relation.related_model
            if hasattr(other, "history_id") or other in {Measure, Outcome}:
                continue
            work = other._default_manager.filter(**{f"{relation.field.name}__in": mine})
            if other in MADE_WITH:
                work = work.filter(**{f"{MADE_WITH[other]}__gt": batch.applied_at})
            found[str(other._meta.verbose_name_plural)] = work.count()
    found[_("measures that wait for one of these")] = (
        Measure.objects.filter(depends_on__in=measures).exclude(pk__in=measures).count()
    )
    found[_("plans approved since")] = (
        Plan.objects.filter(measures__in=measures).exclude(state=PlanState.DRAFT).distinct().count()
    )
    return {name: count for name, count in found.items() if count}


def put_back(batch: ImportBatch) -> int:
    """Delete what the import made, in the caller's transaction; the histories keep it. Returns the number of measures and outcomes.

    A plan that the import made goes only where nothing else came into it.
    """
    measures, outcomes, items = (made(batch, kind) for kind in ("plan_measure", "plan_outcome", "plan_item"))
    Measure.objects.filter(pk__in=measures).delete()
    Outcome.objects.filter(pk__in=outcomes).delete()
    served = Measure.objects.filter(plan__items__in=items, removed=False).values("recommendations")
    PlanItem.objects.filter(pk__in=items).exclude(recommendation__in=served).delete()
    for plan in Plan.objects.filter(pk__in=made(batch, "plan")):
        if not plan.outcomes.exists() and not plan.items.exists() and plan.version == 1:
            plan.delete()
    return len(measures) + len(outcomes)
