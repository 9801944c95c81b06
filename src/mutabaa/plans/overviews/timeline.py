"""The timeline: measures in time with their milestones, as a drawing and as a table of the same facts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from mutabaa.core.charts import Svg
from mutabaa.core.exports import Column, Sheet
from mutabaa.core.templatetags.mutabaa import written
from mutabaa.core.wording import number_text
from mutabaa.plans.models import Measure, Milestone
from mutabaa.plans.overviews.files import sheet
from mutabaa.plans.overviews.gantt import Axis, Mark, band, header
from mutabaa.plans.overviews.scope import Scope
from mutabaa.plans.states import FINISHED

CHUNK = 400


@dataclass(frozen=True)
class Bar:
    """A measure on the timeline. `late` says in words how late it is, or nothing."""

    measure: Measure
    milestones: list[Milestone]
    late: str
    svg: Svg


def axis_of(scope: Scope) -> Axis | None:
    """From the first day of the plans to the last, further where a measure reaches beyond; whole quarters. None without
    measures. One query."""
    ends = scope.measures().order_by().aggregate(Min("starts_on"), Min("due_on"), Max("due_on"))
    if ends["due_on__max"] is None:
        return None
    plans = [scope.plan] if scope.plan else list(scope.plans)
    first = min(d for d in (*(p.starts_on for p in plans), ends["starts_on__min"], ends["due_on__min"]) if d)
    last = max([*(p.ends_on for p in plans), ends["due_on__max"]])
    begin = first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)
    after = last.replace(day=1, month=(last.month - 1) // 3 * 3 + 1)
    after = after.replace(year=after.year + (after.month == 10), month=(after.month + 2) % 12 + 1)
    return Axis(begin, after - dt.timedelta(days=1), get_language_bidi())


def days_late(days: int) -> str:
    return ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": number_text(days)}


def late_words(measure: Measure, milestones: list[Milestone], today: dt.date) -> str:
    """`12 days overdue, 1 milestone missed`."""
    if measure.execution in FINISHED:
        return ""
    out = []
    if (days := (today - measure.due_on).days) > 0:
        out.append(days_late(days))
    if missed := sum(m.done_on is None and m.due_on < today for m in milestones):
        out.append(ngettext("%(n)s milestone missed", "%(n)s milestones missed", missed) % {"n": number_text(missed)})
    return pgettext("list separator", ", ").join(out)


def bars(scope: Scope, measures: list[Measure], axis: Axis) -> list[Bar]:
    """One query: the milestones."""
    today = timezone.localdate()
    found: dict[int, list[Milestone]] = {m.pk: [] for m in measures}
    for milestone in Milestone.objects.filter(measure__in=found):
        found[milestone.measure_id].append(milestone)
    out = []
    for measure in measures:
        measure.plan = scope.plan_by_id[measure.plan_id]
        own = found[measure.pk]
        late = late_words(measure, own, today)
        for milestone in own:
            milestone.measure = measure
        marks = [Mark(mark_words(m, today), m.done_on or m.due_on, mark_state(m, today)) for m in own]
        svg = band(
            axis, measure.starts_on, measure.due_on, measure.execution, marks, today, in_words(measure, own, late)
        )
        out.append(Bar(measure, own, late, svg))
    return out


def mark_state(milestone: Milestone, today: dt.date) -> str:
    """Nothing is missed any more in a measure that was completed or cancelled. Reads `measure`: one query unless set."""
    if milestone.done_on:
        return "done"
    return "missed" if milestone.due_on < today and milestone.measure.execution not in FINISHED else "open"


def mark_words(milestone: Milestone, today: dt.date) -> str:
    """`Training plan: reached on 3 May 2027`."""
    said = {
        "done": _("%(milestone)s: reached on %(day)s"),
        "open": _("%(milestone)s: due on %(day)s"),
        "missed": _("%(milestone)s: missed, was due on %(day)s"),
    }[mark_state(milestone, today)]
    return said % {"milestone": milestone.title, "day": written(milestone.done_on or milestone.due_on)}


def in_words(measure: Measure, milestones: list[Milestone], late: str) -> str:
    """What the drawing of a measure shows, for those who do not see it."""
    until = written(measure.due_on)
    start = written(measure.starts_on) if measure.starts_on else _("no start date")
    semicolon = pgettext("list of filters", "; ")
    facts = [f"{start} – {until}", str(measure.get_execution_display()), late]
    facts += [mark_words(m, timezone.localdate()) for m in milestones]
    return semicolon.join(fact for fact in facts if fact)


def scale(axis: Axis) -> Svg:
    words = _("From %(first)s to %(last)s, in years and quarters") % {
        "first": written(axis.first),
        "last": written(axis.last),
    }
    return header(axis, words)


def timeline_sheet(scope: Scope) -> Sheet:
    """A line for each measure, and one for each milestone below it."""
    columns = [
        Column("plan", _("Plan"), "text", 24),
        Column("code", _("No."), "symbol", 8),
        Column("measure", _("Measure"), "text", 44, language_key="plan_language"),
        Column("milestone", _("Milestone"), "text", 34, language_key="plan_language"),
        Column("lead", _("Lead institution"), "text", 26),
        Column("starts", _("Start"), "date", 12),
        Column("due", _("Due"), "date", 12),
        Column("done", _("Reached on"), "date", 12),
        Column("execution", _("Execution"), "text", 14),
        Column("late", _("Days late"), "text", 22),
    ]
    return sheet(scope, _("Timeline"), columns, timeline_lines(scope))


def timeline_lines(scope: Scope) -> Iterator[dict[str, Any]]:
    today = timezone.localdate()
    rows = scope.measures().select_related("outcome", "lead").prefetch_related("milestones").in_order()  # type: ignore[attr-defined]
    for measure in rows.iterator(chunk_size=CHUNK):
        milestones = list(measure.milestones.all())
        plan = scope.plan_by_id[measure.plan_id]
        base = {"plan": str(plan), "plan_language": plan.language, "code": measure.code, "measure": measure.title}
        yield base | {
            "lead": str(measure.lead),
            "starts": measure.starts_on,
            "due": measure.due_on,
            "execution": measure.get_execution_display(),
            "late": late_words(measure, milestones, today),
        }
        for milestone in milestones:
            yield base | {
                "milestone": milestone.title,
                "due": milestone.due_on,
                "done": milestone.done_on,
                "late": late_by(milestone, measure, today),
            }


def late_by(milestone: Milestone, measure: Measure, today: dt.date) -> str:
    if milestone.done_on or milestone.due_on >= today or measure.execution in FINISHED:
        return ""
    days = (today - milestone.due_on).days
    return days_late(days)
