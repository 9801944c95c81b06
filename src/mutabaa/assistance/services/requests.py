"""Writing a request: begun from a need, filled in, kept without losing anybody's text."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.assistance.models import Activity, AssistanceRequest, BudgetLine, ExpectedResult, Need, Step
from mutabaa.assistance.policies import may_ask_for, may_edit_request
from mutabaa.assistance.services.rows import changes_of, check_money, refuse_stale, write, written
from mutabaa.assistance.states import Direction
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.services.rows import locked, required
from mutabaa.institutions.models import Institution
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import Sdg

Rows = Sequence[dict[str, Any]]
FIELDS = (
    "title", "language", "contact", "recommendations", "gap_text", "evidence", "assistance", "fund", "provider", "addressee",
    "objective", "beneficiaries", "gender_marker", "gender_analysis", "participation", "plan_item", "national_policy",
    "cooperation_framework", "sdgs", "partners", "sustainability", "risks", "monitoring",
)  # fmt: skip
PART_ROWS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "results": (ExpectedResult, ("result", "indicator", "target")),
    "activities": (Activity, ("activity", "starts_on", "ends_on", "responsible")),
    "lines": (BudgetLine, ("source", "label", "donor", "amount", "currency")),
}


@transaction.atomic
def start_request(by: Any, need: Need, institution: Institution) -> AssistanceRequest:
    """A draft with what gap and need already say: title, gap, evidence, assistance, recommendations and their goals."""
    if not may_ask_for(by, institution.pk):
        raise NotAllowed(_("You ask for your own institution only."))
    if need.direction != Direction.RECEIVED:
        raise Invalid(_("This need is met by giving. Record what was given in the register of assistance given."))
    if need.dropped_because:
        raise Invalid(_("This need no longer stands."))
    gap = need.gap
    row = AssistanceRequest.objects.create(
        need=need,
        title=gap.title,
        language=gap.language,
        institution=institution,
        gap_text=gap.description,
        evidence=gap.evidence,
        assistance=need.description,
        author=by,
    )
    items = Recommendation.objects.own().visible_to(by).filter(capacity_gaps=gap)
    row.recommendations.set(items)
    row.sdgs.set(Sdg.objects.filter(recommendations__in=items.values("pk"), goal=None).distinct())
    row.writers.add(by)
    write_step(row, by, "", timezone.localdate())
    record(by, "assistance.started", row, need=need.pk, institution=institution.code)
    return row


def write_step(row: AssistanceRequest, by: Any, came_from: str, on: Any, note: str = "") -> Step:
    return Step.objects.create(request=row, came_from=came_from, state=row.state, on=on, note=note.strip(), by=by)


@transaction.atomic
def save_request(
    by: Any,
    request: AssistanceRequest,
    version: int | None,
    *,
    results: Rows | None = None,
    activities: Rows | None = None,
    lines: Rows | None = None,
    **fields: Any,
) -> AssistanceRequest:
    """Keep a draft. Raises `Conflict` where somebody else saved since `version`; what already stands changes nothing.

    Rows that are given replace those that stand, in their order; the former ones stay in their histories.
    Recommendations that the person cannot see stay where they are.
    """
    row = locked(request)
    if not may_edit_request(by, row):
        raise NotAllowed(_("Only a draft is changed, by the institution that asks or by the secretariat."))
    if unknown := set(fields) - set(FIELDS):
        raise ValueError(f"a request has no field {unknown}")
    given = {"results": results, "activities": activities, "lines": lines}
    check(by, row, fields, given)
    if "recommendations" in fields:
        seen = Recommendation.objects.visible_to(by).values("pk")
        fields["recommendations"] = [*fields["recommendations"], *row.recommendations.exclude(pk__in=seen)]
    changes = changes_of(row, fields)
    differing = {name: rows for name, rows in given.items() if rows is not None and rows_differ(row, name, rows)}
    if not changes and not differing:
        return row
    refuse_stale(row, version, fields)
    write(row, changes)
    for name, rows in differing.items():
        write_rows(row, name, rows)
    row.writers.add(by)
    record(by, "assistance.saved", row, fields=sorted({*changes, *differing}), version=row.version)
    return row


def check(by: Any, row: AssistanceRequest, fields: dict[str, Any], rows: dict[str, Rows | None]) -> None:
    required(fields.get("title", row.title), _("Give the request a title."), "title")
    fund = fields.get("fund")
    if fund is not None and not type(fund).objects.for_requests(timezone.localdate()).filter(pk=fund.pk).exists():
        raise Invalid(_("This fund does not take requests of States. Choose another one."), field="fund")
    wanted = {r.pk for r in fields.get("recommendations", [])}
    if wanted and Recommendation.objects.own().visible_to(by).filter(pk__in=wanted).count() != len(wanted):
        raise Invalid(_("Choose recommendations that you can see."), field="recommendations")
    for line in rows["lines"] or []:
        check_money(line["amount"], line["currency"], "lines", "lines")
    for activity in rows["activities"] or []:
        begun, ended = activity.get("starts_on"), activity.get("ends_on")
        if begun and ended and ended < begun:
            raise Invalid(
                _("An activity ends before it begins. Correct one of the two dates."),
                field="activities",
            )


def rows_differ(row: AssistanceRequest, name: str, rows: Rows) -> bool:
    _model, columns = PART_ROWS[name]
    stands = [tuple(getattr(r, c) for c in columns) for r in getattr(row, name).all()]
    return stands != [tuple(written(r[c]) for c in columns) for r in rows]


def write_rows(row: AssistanceRequest, name: str, rows: Rows) -> None:
    """Each place keeps its row, so that a row's history tells what stood there before."""
    model, columns = PART_ROWS[name]
    standing = list(getattr(row, name).all())
    for place, values in enumerate(rows):
        part = standing[place] if place < len(standing) else model(request=row)
        part.order = place
        for column in columns:
            setattr(part, column, written(values[column]))
        part.save()
    for part in standing[len(rows) :]:
        part.delete()
