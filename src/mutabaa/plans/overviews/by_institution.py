"""Who does what: the measures that each institution leads or supports, with how far they are (T-296)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet
from mutabaa.institutions.models import Institution
from mutabaa.plans.models import BudgetLine, Measure, Milestone
from mutabaa.plans.overviews.files import sheet
from mutabaa.plans.overviews.scope import Scope
from mutabaa.plans.states import FINISHED, Agreement, Execution, Funding


@dataclass
class Share:
    """What an institution carries. `executions` counts the measures it leads."""

    institution: Institution
    lead: int = 0
    partner: int = 0
    agreed: int = 0
    late: int = 0
    unfunded: int = 0
    executions: dict[str, int] = field(default_factory=dict)

    @property
    def lines(self) -> list[tuple[str, str, int]]:
        """Value, label and count of each execution that occurs, in the order of the scale."""
        return [(e.value, str(e.label), self.executions[e]) for e in Execution if self.executions.get(e)]


def shares(scope: Scope) -> list[Share]:
    """By name. Three queries. *Unfunded*: without a budget line, or with one that has no funds; cancelled measures apart."""
    day = timezone.localdate()
    open_ones = ~Q(execution__in=FINISHED)
    missed = Exists(Milestone.objects.filter(measure=OuterRef("pk"), due_on__lt=day, done_on=None))
    lines = BudgetLine.objects.filter(measure=OuterRef("pk"))
    lacking = Q(Exists(lines.filter(funding=Funding.UNFUNDED))) | ~Q(Exists(lines))
    rows = scope.measures().order_by()
    led = rows.values_list("lead_id", "execution").annotate(
        n=Count("pk"),
        agreed=Count("pk", filter=Q(agreement=Agreement.AGREED)),
        late=Count("pk", filter=open_ones & (Q(due_on__lt=day) | Q(missed))),
        unfunded=Count("pk", filter=~Q(execution=Execution.CANCELLED) & lacking),
    )
    found: dict[int, Share] = {}
    counted = list(led)
    through = Measure.partners.through.objects.filter(measure__in=rows.values("pk"))
    partnered = dict(through.values_list("institution_id").annotate(n=Count("measure_id")))
    ids = {row[0] for row in counted} | set(partnered)
    for institution in Institution.objects.filter(pk__in=ids):
        found[institution.pk] = Share(institution, partner=partnered.get(institution.pk, 0))
    for lead, execution, n, agreed, late, unfunded in counted:
        share = found[lead]
        share.lead += n
        share.agreed += agreed
        share.late += late
        share.unfunded += unfunded
        share.executions[execution] = n
    return sorted(found.values(), key=lambda share: str(share.institution).casefold())


def institution_sheet(scope: Scope) -> Sheet:
    columns = [
        Column("institution", _("Institution"), "text", 36),
        Column("lead", _("Lead"), "number", 9),
        *(Column(e.value, str(e.label), "number", 11) for e in Execution),
        Column("partner", _("Partner"), "number", 9),
        Column("agreed", _("Agreed"), "number", 9),
        Column("late", _("Late"), "number", 9),
        Column("unfunded", _("Not funded"), "number", 9),
    ]
    return sheet(scope, _("Measures by institution"), columns, sheet_lines(scope))


def sheet_lines(scope: Scope) -> Iterator[dict[str, Any]]:
    for share in shares(scope):
        yield {
            "institution": str(share.institution),
            "lead": share.lead,
            "partner": share.partner,
            "agreed": share.agreed,
            "late": share.late,
            "unfunded": share.unfunded,
        } | {e.value: share.executions.get(e, 0) for e in Execution}
