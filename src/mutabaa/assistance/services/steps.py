"""The steps of a request, one deed each. There is no other way from a draft to an addressee than through the consent."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mutabaa.accounts.models import User
from mutabaa.assistance.models import AssistanceRequest
from mutabaa.assistance.policies import (
    may_approve,
    may_ask_back,
    may_conduct,
    may_consent,
    may_edit_request,
    may_publish,
    may_report_on,
    may_withdraw,
    people_to_consent,
    validating_authorities,
    wrote_in,
)
from mutabaa.assistance.services.requests import write_step
from mutabaa.assistance.services.rows import check_money
from mutabaa.assistance.states import ANSWERS, REQUEST_STEPS, RequestState
from mutabaa.assistance.template_parts import missing_essentials
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import Visibility, names_of
from mutabaa.followup.policies import people_of, secretariat_people
from mutabaa.followup.services.rows import locked, required
from mutabaa.notifications.services import notify

READERS = (Visibility.PUBLIC, Visibility.INSTITUTIONS, Visibility.SECRETARIAT)


def begin(request: AssistanceRequest, version: int | None) -> AssistanceRequest:
    return locked(request, version, None, "institution")


def move(by: Any, row: AssistanceRequest, to: str, on: dt.date, note: str = "", **facts: Any) -> AssistanceRequest:
    """Along `REQUEST_STEPS`; anything else is refused. Writes the row, the step, the log."""
    if to not in REQUEST_STEPS[row.state]:
        raise Invalid(
            _("A request that is “%(state)s” cannot become “%(next)s”. Open it again to see where it stands.")
            % {"state": row.get_state_display(), "next": RequestState(to).label}
        )
    came_from, row.state = row.state, to
    row.version += 1
    row.save()
    write_step(row, by, came_from, on, note)
    record(by, f"assistance.{to}", row, came_from=came_from, on=on, **facts)
    return row


def check_day(row: AssistanceRequest, on: dt.date, field: str = "on") -> None:
    """Not in the future, and not before what happened last outside the house."""
    if on > timezone.localdate():
        raise Invalid(_("This date lies in the future."), field=field)
    before = max(filter(None, [row.consent_on, row.submitted_on, row.decided_on]), default=None)
    if before and on < before:
        raise Invalid(_("This date lies before the step that came first."), field=field)


def tell(row: AssistanceRequest, people: Iterable[User], about: str, by: Any = None) -> None:
    notify(
        [p for p in people if by is None or p.pk != by.pk],
        kind=f"assistance.{about}",
        key=f"assistance:{row.pk}:{row.version}:{about}",
        url=reverse("assistance:request", args=[row.public_id]),
        title=row.title,
        institution=names_of(row.institution) or row.institution.code,
        reason=row.back_reason,
        state=state_names(row.state),
    )


def state_names(state: str) -> dict[str, str]:
    """The state in every language of the interface, for notices that are read later."""
    out = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            out[code[:2]] = str(RequestState(state).label)
    return out


def those_behind(row: AssistanceRequest) -> set[User]:
    """The asking institution's people and the secretariat."""
    return {*people_of([row.institution_id]), *secretariat_people()}


@transaction.atomic
def ask_approval(by: Any, request: AssistanceRequest, version: int | None = None) -> AssistanceRequest:
    """To the institution's validating authority; straight to the State's consent where the institution has none."""
    row = begin(request, version)
    if not may_edit_request(by, row):
        raise NotAllowed(_("Only a draft is handed in, by the institution that asks or by the secretariat."))
    lacking = missing_essentials(row)
    if lacking:
        raise Invalid(
            _("These parts are still empty: %(parts)s.")
            % {"parts": "; ".join(f"{part.number} {part.title}" for part in lacking)}
        )
    row.back_reason = ""
    authorities = list(validating_authorities(row.institution_id))
    to = RequestState.TO_APPROVE if authorities else RequestState.TO_CONSENT
    move(by, row, to, timezone.localdate())
    tell(row, authorities or people_to_consent(row), to)
    return row


@transaction.atomic
def approve(by: Any, request: AssistanceRequest, version: int | None = None) -> AssistanceRequest:
    """The validating authority stands for the request in the name of its institution."""
    row = begin(request, version)
    if not may_approve(by, row):
        raise NotAllowed(_("Only the institution’s validating authority approves, and not alone what it wrote itself."))
    row.approved_by = by
    move(by, row, RequestState.TO_CONSENT, timezone.localdate(), own_text=wrote_in(by, row))
    tell(row, people_to_consent(row), "to_consent")
    return row


@transaction.atomic
def consent(
    by: Any, request: AssistanceRequest, version: int | None = None, *, authority: str, instrument: str, on: dt.date
) -> AssistanceRequest:
    """The gate (T-235, T-280): the State's authority consents to this text, by a dated instrument."""
    row = begin(request, version)
    if not may_consent(by, row):
        raise NotAllowed(
            _(
                "The consent is recorded by a member of the secretariat or an administrator who did not write the request."
            )
        )
    row.consent_authority = required(authority, _("Name the authority that consents."), "authority")
    row.consent_instrument = required(
        instrument, _("Name the instrument of the consent: a decision, a letter, a note."), "instrument"
    )
    if on > timezone.localdate():
        raise Invalid(_("This date lies in the future."), field="on")
    row.consent_on, row.consented_by = on, by
    move(
        by, row, RequestState.APPROVED, on, authority=row.consent_authority, instrument=row.consent_instrument,
        own_text=wrote_in(by, row),
    )  # fmt: skip
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def ask_back(by: Any, request: AssistanceRequest, version: int | None = None, *, reason: str) -> AssistanceRequest:
    """To the writers, with what should change. A consent that was given falls: it was given to the text as it stood."""
    row = begin(request, version)
    if not may_ask_back(by, row):
        raise NotAllowed(_("Only those who approve ask a request back, and only before it is submitted."))
    row.back_reason = required(reason, _("Say what is missing or should be changed."), "reason")
    row.approved_by = row.consented_by = row.consent_on = None
    row.consent_authority = row.consent_instrument = ""
    move(by, row, RequestState.DRAFT, timezone.localdate(), row.back_reason)
    tell(row, {row.author, *row.writers.all(), *people_of([row.institution_id])}, "asked_back", by)
    return row


@transaction.atomic
def submit(
    by: Any, request: AssistanceRequest, version: int | None = None, *, on: dt.date, how: str
) -> AssistanceRequest:
    row = begin(request, version)
    if not may_conduct(by, row):
        raise NotAllowed(_("Only the secretariat submits a request."))
    check_day(row, on)
    if row.state == RequestState.APPROVED and not row.has_consent:
        raise Invalid(_("Nothing leaves before the State has consented."))
    row.submitted_on = on
    row.submitted_how = required(how, _("Say how the request was submitted."), "how")
    move(by, row, RequestState.SUBMITTED, on, row.submitted_how)
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def discuss(
    by: Any, request: AssistanceRequest, version: int | None = None, *, on: dt.date, note: str = ""
) -> AssistanceRequest:
    row = begin(request, version)
    if not may_conduct(by, row):
        raise NotAllowed(_("Only the secretariat records what the addressee says."))
    check_day(row, on)
    move(by, row, RequestState.DISCUSSED, on, note)
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def answer(
    by: Any,
    request: AssistanceRequest,
    version: int | None = None,
    *,
    outcome: str,
    on: dt.date,
    what: str = "",
    amount: Decimal | None = None,
    currency: str = "",
    conditions: str = "",
) -> AssistanceRequest:
    """Granted, partly granted or declined: what, how much, on which conditions."""
    row = begin(request, version)
    if not may_conduct(by, row):
        raise NotAllowed(_("Only the secretariat records what the addressee says."))
    if outcome not in ANSWERS:
        raise Invalid(_("Choose the answer."), field="outcome")
    check_day(row, on)
    if outcome == RequestState.DECLINED:
        amount, currency = None, ""
    else:
        check_money(amount, currency)
    row.granted_what = required(what, _("Say what was granted, or why it was declined."), "what")
    row.granted_amount, row.granted_currency = amount, currency if amount is not None else ""
    row.conditions, row.decided_on = conditions.strip(), on
    move(by, row, outcome, on, row.granted_what, amount=amount, currency=row.granted_currency)
    tell(row, those_behind(row), "moved", by)
    return row


def report(
    by: Any, request: AssistanceRequest, version: int | None, to: str, on: dt.date, note: str
) -> AssistanceRequest:
    row = begin(request, version)
    if not may_report_on(by, row):
        raise NotAllowed(_("Delivery is reported by the institution that asked, or by the secretariat."))
    check_day(row, on)
    if (last := row.steps.last()) and on < last.on:
        raise Invalid(_("This date lies before the step that came first."), field="on")
    return move(by, row, to, on, note)


@transaction.atomic
def deliver(
    by: Any, request: AssistanceRequest, version: int | None = None, *, on: dt.date, note: str = ""
) -> AssistanceRequest:
    row = report(by, request, version, RequestState.DELIVERING, on, note)
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def complete(
    by: Any, request: AssistanceRequest, version: int | None = None, *, on: dt.date, note: str = ""
) -> AssistanceRequest:
    row = report(by, request, version, RequestState.COMPLETED, on, note)
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def evaluate(
    by: Any,
    request: AssistanceRequest,
    version: int | None = None,
    *,
    on: dt.date,
    evaluation: str,
    lessons: str = "",
    achieved: dict[int, str] | None = None,
) -> AssistanceRequest:
    """What came of it, result by result (`achieved`: by the result's key), and what was learned."""
    text = required(evaluation, _("Say what came of the assistance."), "evaluation")
    row = report(by, request, version, RequestState.EVALUATED, on, text)
    row.evaluation, row.lessons = text, lessons.strip()
    row.save()
    said = achieved or {}
    for result in row.results.all():
        if result.pk in said:
            result.achieved = said[result.pk].strip()
            result.save()
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def withdraw(by: Any, request: AssistanceRequest, version: int | None = None, *, reason: str) -> AssistanceRequest:
    row = begin(request, version)
    if not may_withdraw(by, row):
        raise NotAllowed(_("This request can no longer be withdrawn, or it is not yours."))
    reason = required(reason, _("Say why the request is withdrawn."), "reason")
    move(by, row, RequestState.WITHDRAWN, timezone.localdate(), reason, reason=reason)
    tell(row, those_behind(row), "moved", by)
    return row


@transaction.atomic
def show_to(by: Any, request: AssistanceRequest, version: int | None = None, *, visibility: str) -> AssistanceRequest:
    """Who reads a request once it was submitted: the State chooses, case by case."""
    row = begin(request, version)
    if not may_publish(by, row):
        raise NotAllowed(_("The secretariat shares a request once it was submitted, never before."))
    if visibility not in READERS:
        raise Invalid(_("Choose who may read it."), field="visibility")
    if visibility != row.visibility:
        row.visibility = visibility
        row.version += 1
        row.save()
        record(by, "assistance.shown", row, visibility=visibility)
    return row
