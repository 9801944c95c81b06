"""Measures: entered once, serving many recommendations; edited by several people without losing a word."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.core.models import without_history
from mutabaa.core.three_way import three_way
from mutabaa.followup.services.rows import locked, required
from mutabaa.institutions.models import Institution
from mutabaa.plans.measure_text import FIELDS, MANY, TEXTS, plain_at, plain_of, plain_values, same_text
from mutabaa.plans.models import Measure, Outcome
from mutabaa.plans.policies import COMMITMENTS, editable_fields, may_edit_measure, may_edit_plan
from mutabaa.plans.services.agreements import ask_again
from mutabaa.plans.services.lines import add_budget_line, add_milestone
from mutabaa.plans.services.outcomes import plan_to_edit
from mutabaa.plans.services.plans import take_in
from mutabaa.plans.states import GenderMarker, MeasureType
from mutabaa.recommendations.models import Recommendation


@transaction.atomic
def add_measure(
    by: Any,
    outcome: Outcome,
    *,
    title: str,
    type: str,
    lead: Institution | None,
    due_on: dt.date | None,
    recommendations: Iterable[Recommendation],
    milestones: Iterable[dict[str, Any]] = (),
    budget: Iterable[dict[str, Any]] = (),
    **fields: Any,
) -> Measure:
    """A measure under a desired outcome. `milestones` and `budget` are keyword arguments of their services.

    What it serves comes into the plan's scope, also where it stands in no cluster of it.
    """
    plan = plan_to_edit(by, outcome.plan)
    outcome = locked(outcome)
    if outcome.removed:
        raise Invalid(_("This outcome was removed from the plan."), field="outcome")
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"a measure has no field {unknown}")
    values = fields | {
        "title": title,
        "type": type,
        "lead": lead,
        "due_on": due_on,
        "recommendations": list(recommendations),
    }
    check_measure(by, None, outcome, values)
    last = Measure.objects.filter(outcome=outcome).aggregate(last=Max("number"))["last"] or 0
    row = Measure(plan=plan, outcome=outcome, number=last + 1)
    for name, value in values.items():
        if name not in MANY:
            setattr(row, name, same_text(value) if name in TEXTS else value)
    with without_history(row):
        row.save()
        for name in MANY.keys() & values.keys():
            getattr(row, name).set(values[name])
    row.save()  # the one version of the making, with its links
    take_in(by, plan, values["recommendations"])
    record(by, "measure.added", row, plan=plan.pk, outcome=outcome.number)
    for milestone in milestones:
        add_milestone(by, row, **milestone)
    for line in budget:
        add_budget_line(by, row, **line)
    return row


@transaction.atomic
def save_measure(by: Any, measure: Measure, version: int | None, **fields: Any) -> Measure:
    """Keep what was written. Two people who changed different fields both stand; `Conflict` where both changed one.

    `version` is the one that the form started from. A commitment that changes asks the lead institution again.
    """
    row = locked(measure, None, None, "plan", "outcome", "lead")
    if not may_edit_measure(by, row):
        raise NotAllowed(_("This measure can no longer be changed, or it is not yours to change."))
    if unknown := set(fields) - FIELDS:
        raise ValueError(f"a measure has no field {unknown}")
    mine, current = plain_values(fields), plain_of(row)
    base = current if version is None or version == row.version else plain_at(row, version)
    merged = three_way(base, current, mine)
    closed = (merged.changes.keys() | merged.collisions) - editable_fields(by, row, FIELDS)
    if closed:
        raise NotAllowed(
            _("What was agreed and approved is changed by the secretariat: %(fields)s.")
            % {"fields": ", ".join(sorted(str(Measure._meta.get_field(n).verbose_name) for n in closed))}  # type: ignore[union-attr]
        )
    if merged.collisions:
        raise Conflict(
            _(
                "Somebody else changed this measure while you were writing. Both texts are kept: put together what should stand."
            ),
            current=row,
            mine={name: fields[name] for name in fields},
        )
    if not merged.changes:
        return row
    changes = {name: fields[name] for name in merged.changes}
    stands = {name: changes.get(name, getattr(row, name)) for name in FIELDS - MANY.keys()}
    check_measure(by, row, stands["outcome"], stands | {name: changes[name] for name in MANY.keys() & changes.keys()})
    write(row, changes)
    if "recommendations" in changes:
        take_in(by, row.plan, changes["recommendations"])
    record(by, "measure.changed", row, fields=sorted(changes), version=row.version)
    if COMMITMENTS & changes.keys():
        ask_again(by, row)
    return row


def write(row: Measure, changes: dict[str, Any]) -> None:
    """The changes and one new version of the row."""
    if "outcome" in changes:
        last = Measure.objects.filter(outcome=changes["outcome"]).aggregate(last=Max("number"))["last"] or 0
        row.number = last + 1
    for name, value in changes.items():
        if name in MANY:
            with without_history(row):
                getattr(row, name).set(value)
        else:
            setattr(row, name, same_text(value) if name in TEXTS else value)
    row.version += 1
    row.save()


def check_measure(by: Any, row: Measure | None, outcome: Outcome, values: dict[str, Any]) -> None:
    """What a measure must have, and what cannot be right. `values` holds every plain field, and the links that change."""
    required(values["title"], _("Say what will be done."), "title")
    if values["type"] not in MeasureType.values:
        raise Invalid(_("There is no such type of measure."), field="type")
    lead, due, start = values["lead"], values["due_on"], values.get("starts_on")
    if lead is None:
        raise Invalid(
            _("Every measure has exactly one lead institution. Name it; the others are partners."), field="lead"
        )
    if not lead.active and (row is None or row.lead_id != lead.pk):
        raise Invalid(_("This institution is no longer active. Choose its successor."), field="lead")
    if due is None:
        raise Invalid(_("Say by when it will be done."), field="due_on")
    if start is not None and due < start:
        raise Invalid(_("The measure would end before it starts. Correct one of the two dates."), field="due_on")
    if row is not None and due != row.due_on:
        after = row.milestones.filter(due_on__gt=due).order_by("due_on").first()
        if after is not None:
            raise Invalid(
                _("The milestone “%(title)s” lies after this date. Move the milestone first.") % {"title": after.title},
                field="due_on",
            )
    marker = values.get("gender_marker")
    if marker is not None:
        if marker not in GenderMarker.values:
            raise Invalid(_("The gender marker goes from 0 to 3."), field="gender_marker")
        required(
            values.get("gender_analysis") or "",
            _("Say why this gender marker: how women and men, girls and boys are concerned."),
            "gender_analysis",
        )
    if outcome.plan_id != (row.plan_id if row else outcome.plan_id) or outcome.removed:
        raise Invalid(_("Choose an outcome of the same plan."), field="outcome")
    if "partners" in values and lead.pk in {p.pk for p in values["partners"]}:
        raise Invalid(
            _("%(institution)s leads this measure. It cannot be its partner as well.") % {"institution": lead},
            field="partners",
        )
    if "recommendations" in values:
        check_recommendations(by, row, values["recommendations"])
    if "depends_on" in values:
        check_dependencies(row, outcome, values["depends_on"])


def check_recommendations(by: Any, row: Measure | None, chosen: Sequence[Recommendation]) -> None:
    """At least one, each of the State's own. What the person cannot see stays as it was: it is no part of the form."""
    if not chosen:
        raise Invalid(_("Every measure serves at least one recommendation. Choose it."), field="recommendations")
    wanted = {r.pk for r in chosen}
    had = set(row.recommendations.values_list("pk", flat=True)) if row else set()
    seen = set(Recommendation.objects.own().visible_to(by).filter(pk__in=wanted - had).values_list("pk", flat=True))
    if wanted - had - seen:
        raise Invalid(_("One of these recommendations is not in the State's table."), field="recommendations")


def check_dependencies(row: Measure | None, outcome: Outcome, wanted: Sequence[Measure]) -> None:
    """Only measures of the same plan, and never in a circle. One query."""
    if any(m.plan_id != outcome.plan_id or m.removed for m in wanted):
        raise Invalid(_("A measure depends on measures of the same plan only."), field="depends_on")
    if row is None:
        return
    links = Measure.depends_on.through.objects.filter(from_measure__plan=outcome.plan_id)
    needs: dict[int, set[int]] = {}
    for measure, needed in links.values_list("from_measure_id", "to_measure_id"):
        needs.setdefault(measure, set()).add(needed)
    needs[row.pk] = {m.pk for m in wanted}
    open_ends, reached = list(needs[row.pk]), set(needs[row.pk])
    while open_ends:
        for further in needs.get(open_ends.pop(), ()):
            if further not in reached:
                reached.add(further)
                open_ends.append(further)
    if row.pk in reached:
        raise Invalid(
            _("These measures would wait for each other in a circle. Leave one of the dependencies out."),
            field="depends_on",
        )


@transaction.atomic
def remove_measure(by: Any, measure: Measure, reason: str) -> None:
    """Take a measure out of its plan, with the reason. The row stays; its recommendations show as without a measure."""
    plan = plan_to_edit(by, measure.plan)
    row = locked(measure, None, None, "plan")
    if not may_edit_plan(by, plan):
        raise NotAllowed(_("This measure can no longer be changed, or it is not yours to change."))
    reason = required(reason, _("Say why this measure is taken out of the plan."), "reason")
    if row.removed:
        return
    with without_history(row):
        row.needed_by.clear()
    row.removed = True
    row.version += 1
    row.save()
    record(by, "measure.removed", row, plan=plan.pk, reason=reason)


__all__ = ["add_measure", "check_measure", "remove_measure", "save_measure"]
