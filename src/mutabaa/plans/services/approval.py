"""The approval of a plan by its authority: each one makes an edition, the plan as it then stood (T-209)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import names_of
from mutabaa.followup.policies import people_of
from mutabaa.followup.services.rows import locked, required
from mutabaa.norms.models import Instrument
from mutabaa.notifications.services import notify
from mutabaa.plans.models import Edition, Measure, Plan
from mutabaa.plans.policies import may_approve
from mutabaa.plans.snapshot import snapshot
from mutabaa.plans.states import Agreement, PlanState


def not_agreed(plan: Plan) -> Any:
    """Measures whose lead institution has not agreed: what stands in the way of an approval."""
    rows = Measure.objects.filter(plan=plan, removed=False).exclude(agreement=Agreement.AGREED)
    return rows.select_related("outcome", "lead").in_order()


@transaction.atomic
def approve_plan(
    by: Any,
    plan: Plan,
    version: int | None,
    *,
    authority: str,
    approved_on: dt.date | None,
    instrument_text: str = "",
    instrument: Instrument | None = None,
    note: str = "",
    despite: str = "",
) -> Edition:
    """Record that the authority approved the plan. Every lead institution has agreed, or `despite` says why it goes on.

    The first approval puts the plan in force; a later one makes the next edition.
    """
    row = locked(plan, version)
    if not may_approve(by, row):
        raise NotAllowed(_("Only the secretariat records the approval of a plan."))
    authority = required(authority, _("Say which authority approved the plan."), "authority")[:200]
    if approved_on is None:
        raise Invalid(_("Say on which day the plan was approved."), field="approved_on")
    if approved_on > timezone.localdate():
        raise Invalid(_("This day lies in the future."), field="approved_on")
    if not instrument_text.strip() and instrument is None:
        raise Invalid(
            _("Name the act by which the plan was approved: a decree, a decision, minutes."), field="instrument_text"
        )
    measures = Measure.objects.filter(plan=row, removed=False)
    if not measures.exists():
        raise Invalid(_("A plan without measures cannot be approved."))
    missing = not_agreed(row).count()
    if missing and not despite.strip():
        raise Invalid(
            _(
                "Lead institutions have not agreed to %(count)s measures. Ask them, or say why the plan was approved all the same."
            )
            % {"count": missing},
            field="despite",
        )
    last = row.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        plan=row,
        number=last + 1,
        authority=authority,
        instrument_text=instrument_text.strip()[:300],
        instrument=instrument,
        approved_on=approved_on,
        note="\n\n".join(part for part in (note.strip(), despite.strip()) if part),
        content=snapshot(row),
        recorded_by=by,
    )
    row.state = PlanState.APPROVED
    row.version += 1
    row.save()
    entry = record(
        by,
        "plan.approved",
        row,
        edition=edition.number,
        authority=authority,
        not_agreed=missing,
        despite=despite.strip(),
    )
    notify(
        people_of(measures.values("lead_id").distinct()),
        kind="plans.approved",
        key=f"plan-approved:{entry.sequence}",
        url=row.workspace_url(),
        plan=names_of(row, "title"),
        authority=authority,
    )
    return edition
