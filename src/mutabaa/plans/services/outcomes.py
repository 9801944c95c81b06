"""Desired outcomes: first of all, with their targets and the indicators by which they are judged (T-298, T-203)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import without_history
from mutabaa.followup.services.rows import locked, required
from mutabaa.indicators.models import Indicator
from mutabaa.plans.models import Outcome, OutcomeIndicator, Plan
from mutabaa.plans.policies import may_edit_plan
from mutabaa.plans.services.plans import take_in
from mutabaa.recommendations.models import Cluster, Recommendation

FIELDS = frozenset({"title", "target", "situation", "theme", "cluster"})


def check_outcome(outcome: Outcome) -> None:
    outcome.title = required(
        outcome.title, _("Say first what should change in people's lives: the desired outcome."), "title"
    )
    outcome.target = required(outcome.target, _("Say by what one will see that it was reached: the target."), "target")


def plan_to_edit(by: Any, plan: Plan) -> Plan:
    row = locked(plan)
    if not may_edit_plan(by, row):
        raise NotAllowed(_("This plan can no longer be changed, or it is not yours to change."))
    return row


@transaction.atomic
def add_outcome(by: Any, plan: Plan, *, groups: Iterable[Any] = (), **fields: Any) -> Outcome:
    """A desired outcome with its target. With a cluster, all its members come into the plan: none is lost."""
    plan = plan_to_edit(by, plan)
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"an outcome has no field {unknown}")
    last = plan.outcomes.aggregate(last=Max("number"))["last"] or 0
    outcome = Outcome(plan=plan, number=last + 1, **fields)
    check_outcome(outcome)
    outcome.save()
    with without_history(outcome):
        outcome.groups.set(groups)
    record(by, "outcome.added", outcome, plan=plan.pk, number=outcome.number)
    if outcome.cluster is not None:
        take_in(by, plan, members(outcome.cluster))
    return outcome


def members(cluster: Cluster) -> Any:
    return cluster.members.filter(withdrawn=False)


@transaction.atomic
def edit_outcome(
    by: Any, outcome: Outcome, version: int | None, *, groups: Iterable[Any] | None = None, **fields: Any
) -> Outcome:
    """Change an outcome; `Conflict` where somebody else changed it since."""
    plan_to_edit(by, outcome.plan)
    row = locked(outcome, version, fields)
    if row.removed:
        raise Invalid(_("This outcome was removed from the plan."))
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"an outcome has no field {unknown}")
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, fields[name])
    check_outcome(row)
    if groups is not None:
        with without_history(row):
            row.groups.set(groups)
    row.version += 1
    row.save()
    record(by, "outcome.changed", row, fields=changed)
    if "cluster" in changed and row.cluster is not None:
        take_in(by, row.plan, members(row.cluster))
    return row


@transaction.atomic
def remove_outcome(by: Any, outcome: Outcome, reason: str = "") -> None:
    """Take an outcome without measures out of the plan. Its recommendations stay in the plan, to be answered elsewhere."""
    plan_to_edit(by, outcome.plan)
    row = locked(outcome)
    if row.measures.filter(removed=False).exists():
        raise Invalid(_("This outcome still has measures. Move or remove them first."))
    if not row.removed:
        row.removed = True
        row.version += 1
        row.save()
        record(by, "outcome.removed", row, plan=row.plan_id, reason=reason.strip())


@transaction.atomic
def put_outcomes_in_order(by: Any, plan: Plan, order: list[Outcome]) -> None:
    """Number the outcomes 1, 2, 3 … in this order, which must name each of them once."""
    plan = plan_to_edit(by, plan)
    standing = {o.pk: o for o in Outcome.objects.select_for_update(no_key=True).filter(plan=plan, removed=False)}
    if sorted(o.pk for o in order) != sorted(standing):
        raise Invalid(_("The outcomes changed meanwhile. Look at the order again."))
    far = 10_000  # numbers are unique: first out of the way, then into place
    for shift in (far, 0):
        for place, outcome in enumerate(order, start=1):
            row = standing[outcome.pk]
            row.number = place + shift
            with without_history(row):
                row.save(update_fields=["number", "updated_at"])
    record(by, "outcome.reordered", plan, order=[o.public_id for o in order])


@transaction.atomic
def set_indicator(
    by: Any,
    outcome: Outcome,
    indicator: Indicator,
    *,
    baseline: Decimal | None = None,
    baseline_year: int | None = None,
    target: Decimal | None = None,
    target_year: int | None = None,
    note: str = "",
) -> OutcomeIndicator:
    """Judge the outcome by this indicator, from a baseline to a target. The same indicator again changes its line."""
    plan_to_edit(by, outcome.plan)
    row = locked(outcome)
    for value, year, field in ((baseline, baseline_year, "baseline_year"), (target, target_year, "target_year")):
        if value is not None and year is None:
            raise Invalid(_("Give the year of this value."), field=field)
        if year is not None and not 1900 <= year <= 2200:
            raise Invalid(_("This is no year of our time."), field=field)
    if baseline_year and target_year and target_year < baseline_year:
        raise Invalid(_("The target lies before the baseline. Correct one of the two years."), field="target_year")
    line, _made = OutcomeIndicator.objects.update_or_create(
        outcome=row,
        indicator=indicator,
        defaults={
            "baseline": baseline,
            "baseline_year": baseline_year,
            "target": target,
            "target_year": target_year,
            "note": note.strip(),
        },
    )
    row.version += 1
    row.save()
    record(by, "outcome.indicator_set", row, indicator=indicator.code)
    return line


@transaction.atomic
def drop_indicator(by: Any, line: OutcomeIndicator) -> None:
    plan_to_edit(by, line.outcome.plan)
    outcome = locked(line.outcome)
    code = line.indicator.code
    line.delete()
    outcome.version += 1
    outcome.save()
    record(by, "outcome.indicator_dropped", outcome, indicator=code)


def recommendations_of(outcome: Outcome, person: Any) -> Any:
    """What a measure under this outcome may serve, as a person may see it: the cluster's members, then all of the plan."""
    rows = Recommendation.objects.visible_to(person).filter(
        plan_items__plan=outcome.plan, plan_items__left_out_because=""
    )
    return rows.filter(clusters=outcome.cluster_id) if outcome.cluster_id else rows
