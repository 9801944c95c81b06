"""What is late: measures past their due date and milestones missed, by the institution that leads (T-313)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet
from mutabaa.institutions.models import Institution
from mutabaa.plans.models import Measure, Milestone, Progress
from mutabaa.plans.overviews.files import sheet
from mutabaa.plans.overviews.scope import Scope
from mutabaa.plans.overviews.timeline import days_late

CHUNK = 400


@dataclass
class Late:
    """A measure that is late, by itself (`days` since its due date) or by its missed milestones."""

    measure: Measure
    days: int
    missed: list[Milestone] = field(default_factory=list)

    @property
    def words(self) -> str:
        return days_late(self.days)


def late_ids(scope: Scope, day: dt.date) -> list[int]:
    """Measures that are late, by the name of their lead and then by due date. Two queries; a State has some thousand
    measures, and names sort in the reader's language."""
    rows = list(scope.measures().late(day).order_by().values_list("pk", "lead_id", "due_on"))  # type: ignore[attr-defined]
    names = {i.pk: str(i) for i in Institution.objects.filter(pk__in={lead for _pk, lead, _due in rows})}
    return [pk for pk, lead, due in sorted(rows, key=lambda row: (names[row[1]].casefold(), row[1], row[2], row[0]))]


def late_lines(scope: Scope, ids: list[int], day: dt.date) -> list[Late]:
    """In the order given. Two queries."""
    latest = Progress.objects.filter(measure=OuterRef("pk")).order_by("-reported_on", "-recorded_at", "-id")
    found = {
        measure.pk: Late(measure, max((day - measure.due_on).days, 0))
        for measure in Measure.objects.filter(pk__in=ids)
        .select_related("outcome", "lead")
        .annotate(next_step=Subquery(latest.values("next_step")[:1]))
        .defer("description", "feasibility", "assumptions", "risks", "gender_analysis")
    }
    for milestone in Milestone.objects.filter(measure__in=ids, due_on__lt=day, done_on=None):
        milestone.days = (day - milestone.due_on).days  # type: ignore[attr-defined]
        milestone.words = days_late(milestone.days)  # type: ignore[attr-defined]
        found[milestone.measure_id].missed.append(milestone)
    lines = [found[pk] for pk in ids if pk in found]
    for line in lines:
        line.measure.plan = scope.plan_by_id[line.measure.plan_id]
    return lines


def late_sheet(scope: Scope) -> Sheet:
    """A line for each late measure and each missed milestone."""
    columns = [
        Column("lead", _("Lead institution"), "text", 26),
        Column("plan", _("Plan"), "text", 24),
        Column("code", _("No."), "symbol", 8),
        Column("measure", _("Measure"), "text", 44, language_key="plan_language"),
        Column("milestone", _("Milestone"), "text", 30, language_key="plan_language"),
        Column("due", _("Due"), "date", 12),
        Column("days", _("Days late"), "number", 10),
        Column("execution", _("Execution"), "text", 14),
        Column("reported", _("Last report"), "date", 12),
        Column("next_step", _("Next step"), "text", 34, language_key="plan_language"),
    ]
    return sheet(scope, _("Late items"), columns, sheet_lines(scope))


def sheet_lines(scope: Scope) -> Iterator[dict[str, Any]]:
    day = timezone.localdate()
    ids = late_ids(scope, day)
    for start in range(0, len(ids), CHUNK):
        for line in late_lines(scope, ids[start : start + CHUNK], day):
            measure = line.measure
            base = {
                "lead": str(measure.lead),
                "plan": str(measure.plan),
                "plan_language": measure.plan.language,
                "code": measure.code,
                "measure": measure.title,
                "execution": measure.get_execution_display(),
                "reported": measure.reported_on,
                "next_step": measure.next_step,  # type: ignore[attr-defined]
            }
            if line.days:
                yield base | {"milestone": "", "due": measure.due_on, "days": line.days}
            for missed in line.missed:
                yield base | {"milestone": missed.title, "due": missed.due_on, "days": missed.days}  # type: ignore[attr-defined]
