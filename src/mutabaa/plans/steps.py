"""What comes next in a plan, in the order in which a plan is made: outcomes before measures, measures before dates and money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutabaa.plans.models import BudgetLine, Edition, Measure, OutcomeIndicator, Plan
from mutabaa.plans.states import Agreement, PlanState


@dataclass(frozen=True)
class Step:
    """`done` is None for a step that cannot begin yet. `why` says what the step is for."""

    title: str
    why: str
    said: str
    done: bool | None
    url: str = ""


def steps_of(plan: Plan, outcomes: int, editions: Sequence[Edition]) -> list[Step]:
    """Six steps with where each stands. Two queries."""
    money = BudgetLine.objects.filter(measure=OuterRef("pk"))
    found: dict[str, Any] = Measure.objects.filter(plan=plan, removed=False).aggregate(
        all=Count("pk"),
        agreed=Count("pk", filter=Q(agreement=Agreement.AGREED)),
        priced=Count("pk", filter=Q(Exists(money))),
    )
    judged = (
        OutcomeIndicator.objects.filter(outcome__plan=plan, outcome__removed=False).values("outcome").distinct().count()
    )
    measures = found["all"]

    def of(n: int, total: int) -> str:
        return _("%(n)s of %(total)s") % {"n": n, "total": total}

    return [
        Step(
            _("Desired outcomes"),
            _(
                "First what should change in people's lives, with its target; then one can tell which measures lead there."
            ),
            ngettext("%(n)d outcome", "%(n)d outcomes", outcomes) % {"n": outcomes},
            outcomes > 0,
            reverse("plans:clusters", args=[plan.public_id]),
        ),
        Step(
            _("Measures"),
            _("What will be done for each outcome, by whom and by when, and which recommendations it serves."),
            ngettext("%(n)d measure", "%(n)d measures", measures) % {"n": measures},
            measures > 0 if outcomes else None,
        ),
        Step(
            _("Indicators"),
            _("By which figures one will see that the outcome came about, and not only that measures were taken."),
            _("%(share)s outcomes have one") % {"share": of(judged, outcomes)},
            judged == outcomes if measures else None,
        ),
        Step(
            _("Budget"),
            _("What it costs, and whether the money is there."),
            _("%(share)s measures have one") % {"share": of(found["priced"], measures)},
            found["priced"] == measures if measures else None,
        ),
        Step(
            _("Agreement of the institutions"),
            _("Dates hold when the institution that has to keep them agreed to them."),
            _("%(share)s measures are agreed") % {"share": of(found["agreed"], measures)},
            found["agreed"] == measures if measures else None,
        ),
        Step(
            _("Approval"),
            _("The authority that approves the plan puts it in force."),
            _("edition %(n)s") % {"n": editions[0].number} if editions else _("not yet"),
            bool(editions) and plan.state == PlanState.APPROVED if measures else None,
            reverse("plans:approve", args=[plan.public_id]),
        ),
    ]
