"""Milestones and budget lines of a measure: each a row of its own, so that two people can add at once."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.services.rows import locked, required
from mutabaa.plans.models import BudgetLine, Measure, Milestone
from mutabaa.plans.policies import may_edit_measure, may_report
from mutabaa.plans.services.plans import checked_currency
from mutabaa.plans.states import BudgetSource, Funding


def measure_to_edit(by: Any, measure: Measure) -> Measure:
    row = locked(measure, None, None, "plan")
    if not may_edit_measure(by, row):
        raise NotAllowed(_("This measure can no longer be changed, or it is not yours to change."))
    return row


def check_milestone(measure: Measure, title: str, due_on: dt.date | None) -> tuple[str, dt.date]:
    title = required(title, _("Say what will be reached."), "title")[:300]
    if due_on is None:
        raise Invalid(_("Say by when it will be reached."), field="due_on")
    if measure.starts_on and due_on < measure.starts_on:
        raise Invalid(_("The milestone lies before the start of the measure."), field="due_on")
    if due_on > measure.due_on:
        raise Invalid(_("The milestone lies after the due date of the measure."), field="due_on")
    return title, due_on


@transaction.atomic
def add_milestone(by: Any, measure: Measure, *, title: str, due_on: dt.date | None) -> Milestone:
    row = measure_to_edit(by, measure)
    title, due_on = check_milestone(row, title, due_on)
    milestone = Milestone.objects.create(measure=row, title=title, due_on=due_on)
    record(by, "milestone.added", row, milestone=milestone.pk, title=title, due=due_on)
    return milestone


@transaction.atomic
def edit_milestone(
    by: Any, milestone: Milestone, version: int | None, *, title: str, due_on: dt.date | None
) -> Milestone:
    measure = measure_to_edit(by, milestone.measure)
    row = locked(milestone, version, {"title": title, "due_on": due_on})
    row.title, row.due_on = check_milestone(measure, title, due_on)
    row.version += 1
    row.save()
    record(by, "milestone.changed", measure, milestone=row.pk, title=row.title, due=row.due_on)
    return row


@transaction.atomic
def reach_milestone(by: Any, milestone: Milestone, on: dt.date | None) -> Milestone:
    """Mark it as reached on a day; None takes the mark away."""
    measure = locked(milestone.measure, None, None, "plan")
    if not may_report(by, measure):
        raise NotAllowed(_("The lead institution and the secretariat report on this measure."))
    if on is not None and on > timezone.localdate():
        raise Invalid(_("This day lies in the future."), field="done_on")
    row = locked(milestone)
    if row.done_on != on:
        row.done_on = on
        row.version += 1
        row.save()
        record(by, "milestone.reached" if on else "milestone.reopened", measure, milestone=row.pk, on=on)
    return row


@transaction.atomic
def remove_milestone(by: Any, milestone: Milestone) -> None:
    """Its history stays."""
    measure = measure_to_edit(by, milestone.measure)
    row = locked(milestone)
    record(by, "milestone.removed", measure, milestone=row.pk, title=row.title, due=row.due_on)
    row.delete()


def check_line(values: dict[str, Any]) -> dict[str, Any]:
    amount, year = values["amount"], values["year"]
    if amount is None:
        raise Invalid(_("Give the amount."), field="amount")
    if amount < 0:
        raise Invalid(_("An amount cannot be less than nothing."), field="amount")
    if amount >= Decimal(10) ** 14:
        raise Invalid(_("This amount is too large. Is the currency right?"), field="amount")
    if year is None or not 1990 <= year <= 2100:
        raise Invalid(_("Give the budget year, with four digits."), field="year")
    if values["source"] not in BudgetSource.values:
        raise Invalid(_("There is no such source of money."), field="source")
    if values["funding"] not in Funding.values:
        raise Invalid(_("Say whether the money is there."), field="funding")
    if values["funding"] == Funding.FUNDED and values["source"] == BudgetSource.NONE:
        raise Invalid(_("Money that is there has a source. Name it."), field="source")
    return values | {
        "currency": checked_currency(values["currency"]),
        "source_name": values["source_name"].strip()[:200],
    }


@transaction.atomic
def add_budget_line(
    by: Any,
    measure: Measure,
    *,
    amount: Decimal | None,
    year: int | None,
    currency: str = "",
    source: str = BudgetSource.STATE,
    source_name: str = "",
    funding: str = Funding.UNFUNDED,
) -> BudgetLine:
    """Without a currency, the plan's."""
    row = measure_to_edit(by, measure)
    values = check_line(
        {
            "amount": amount,
            "year": year,
            "currency": currency or row.plan.currency,
            "source": source,
            "source_name": source_name,
            "funding": funding,
        }
    )
    line = BudgetLine.objects.create(measure=row, **values)
    record(by, "budget.added", row, line=line.pk, **values)
    return line


@transaction.atomic
def edit_budget_line(by: Any, line: BudgetLine, version: int | None, **values: Any) -> BudgetLine:
    """`values` are all of amount, year, currency, source, source_name and funding."""
    measure = measure_to_edit(by, line.measure)
    row = locked(line, version, values)
    for name, value in check_line(values).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    record(by, "budget.changed", measure, line=row.pk, **values)
    return row


@transaction.atomic
def remove_budget_line(by: Any, line: BudgetLine) -> None:
    """Its history stays."""
    measure = measure_to_edit(by, line.measure)
    row = locked(line)
    record(by, "budget.removed", measure, line=row.pk, amount=row.amount, currency=row.currency, year=row.year)
    row.delete()
