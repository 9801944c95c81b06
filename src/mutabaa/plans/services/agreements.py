"""The responsible institution agrees to a measure and its dates, or says why not (T-297)."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import names_of
from mutabaa.followup.policies import people_of, secretariat_people, validating_people
from mutabaa.followup.services.rows import locked, required
from mutabaa.notifications.services import notify
from mutabaa.plans.models import Measure, Plan
from mutabaa.plans.policies import may_answer_agreement, may_ask_agreement
from mutabaa.plans.states import AGREEMENT_STEPS, Agreement


def people_to_ask(institution_id: int) -> Any:
    """Who agrees for an institution: its validating authority, else all its focal points."""
    found = validating_people(institution_id)
    return found if found.exists() else people_of([institution_id])


@transaction.atomic
def ask_agreement(by: Any, plan: Plan, measures: Iterable[Measure] | None = None) -> int:
    """Ask the lead institutions: for these measures, or for all that were not asked or declined. One notice an institution.

    Returns how many measures were asked for.
    """
    plan = locked(plan)
    if not may_ask_agreement(by, plan):
        raise NotAllowed(_("Only the secretariat asks institutions to agree."))
    rows = (
        Measure.objects.select_for_update(of=("self",), no_key=True)
        .select_related("lead")
        .filter(plan=plan, removed=False)
    )
    rows = rows.filter(agreement__in=[Agreement.OPEN, Agreement.DECLINED])
    if measures is not None:
        rows = rows.filter(pk__in=[m.pk for m in measures])
    asked: dict[int, list[Measure]] = {}
    for row in rows.order_by("pk"):
        row.agreement = Agreement.ASKED
        row.save()
        asked.setdefault(row.lead_id, []).append(row)
    for lead, theirs in asked.items():
        entry = record(by, "agreement.asked", plan, institution=theirs[0].lead.code, measures=[m.pk for m in theirs])
        notify(
            people_to_ask(lead),
            kind="plans.agree",
            key=f"agree:{entry.sequence}",
            url=reverse("plans:agreements"),
            plan=names_of(plan, "title"),
            institution=names_of(theirs[0].lead),
            count=len(theirs),
        )
    return sum(map(len, asked.values()))


def ask_again(by: Any, row: Measure) -> None:
    """A commitment changed: what was agreed or asked is asked again; the former answer stays in the history."""
    if row.agreement not in (Agreement.AGREED, Agreement.ASKED):
        return
    was = row.agreement
    row.agreement, row.agreed_on, row.agreed_by, row.agreement_note = Agreement.ASKED, None, None, ""
    row.save()
    if was == Agreement.AGREED:
        record(by, "agreement.asked_again", row, plan=row.plan_id)
    notify(
        people_to_ask(row.lead_id),
        kind="plans.changed",
        key=f"agree-again:{row.pk}:{row.version}",
        url=row.workspace_url(),
        measure=row.title[:120],
    )


def answered(by: Any, measure: Measure, to: str, version: int | None) -> Measure:
    row = locked(measure, version, None, "plan", "lead")
    if row.agreement != Agreement.ASKED:
        raise Invalid(_("Nobody waits for an answer to this measure now. Open it again to see where it stands."))
    if not may_answer_agreement(by, row):
        raise NotAllowed(_("The validating authority of the lead institution answers for this measure."))
    if to not in AGREEMENT_STEPS[row.agreement]:
        raise ValueError(to)
    row.agreement = to
    return row


@transaction.atomic
def agree(
    by: Any, measure: Measure, version: int | None = None, *, on: dt.date | None = None, note: str = ""
) -> Measure:
    """The institution takes the measure with its dates. `version` is the one that the person read."""
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise Invalid(_("This day lies in the future."), field="agreed_on")
    row = answered(by, measure, Agreement.AGREED, version)
    row.agreed_on, row.agreed_by, row.agreement_note = on, by, note.strip()
    row.save()
    record(by, "agreement.given", row, plan=row.plan_id, institution=row.lead.code, on=on)
    tell_secretariat(row, "plans.agreed", note)
    return row


@transaction.atomic
def decline(by: Any, measure: Measure, reason: str, version: int | None = None) -> Measure:
    """The institution does not agree, and says what would have to change."""
    row = answered(by, measure, Agreement.DECLINED, version)
    row.agreement_note = required(reason, _("Say what would have to change for your institution to agree."), "reason")
    row.agreed_on, row.agreed_by = None, by
    row.save()
    record(by, "agreement.refused", row, plan=row.plan_id, institution=row.lead.code, reason=row.agreement_note)
    tell_secretariat(row, "plans.declined", row.agreement_note)
    return row


def tell_secretariat(row: Measure, kind: str, said: str) -> None:
    notify(
        secretariat_people(),
        kind=kind,
        key=f"{kind}:{row.pk}:{row.version}:{row.history.count()}",
        url=row.workspace_url(),
        institution=names_of(row.lead),
        measure=row.title[:120],
        said=said.strip(),
    )
