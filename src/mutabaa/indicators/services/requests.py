"""An institution is asked for figures, and answers from its first page."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import names_of
from mutabaa.followup.policies import focal_points_of
from mutabaa.indicators.models import FigureRequest, Indicator
from mutabaa.indicators.policies import may_answer, may_request, statisticians
from mutabaa.indicators.services.entering import Sorted, enter
from mutabaa.indicators.states import RequestState
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.indicators.statistics.periods import read_period
from mutabaa.institutions.models import Institution
from mutabaa.notifications.services import notify
from mutabaa.recommendations.services import locked


@transaction.atomic
def ask_for_figures(
    by: Any, *, indicator: Indicator, institution: Institution, period: str, due_on: dt.date, message: str = ""
) -> FigureRequest:
    if not may_request(by):
        raise NotAllowed(_("Only the secretariat and the statisticians ask for figures."))
    known = read_period(period)
    if known is None:
        raise Invalid(_("This is not a period. Write 2024, 2024-Q2, 2024-05 or 2019-2021."), field="period")
    if due_on < timezone.localdate():
        raise Invalid(_("The due date has already passed. Choose a later one."), field="due_on")
    row = FigureRequest.objects.create(
        indicator=indicator, institution=institution, period=known.code, due_on=due_on, message=message.strip(), created_by=by
    )  # fmt: skip
    audit(by, "figures.asked", row, indicator=indicator.code, institution=institution.code, period=known.code)
    notify(
        focal_points_of(institution.pk),
        kind="indicators.asked",
        key=f"figures-asked:{row.pk}",
        url=reverse("indicators:request", args=[row.public_id]),
        indicator=names_of(indicator) or indicator.code,
        period=row.period,
        due=due_on.isoformat(),
    )
    return row


@transaction.atomic
def answer(by: Any, request: FigureRequest, entries: Iterable[Entry], version: int | None = None) -> Sorted:
    """The institution's figures; they wait for a statistician. `Refused` where one cannot be right: nothing is kept then."""
    row: FigureRequest = locked(FigureRequest, request.pk, version, {})
    if not may_answer(by, row):
        raise NotAllowed(_("This request is not open to you."))
    found = enter(by, row.indicator, entries, institution_id=row.institution_id)
    if not found.to_write and not found.same:
        raise Invalid(_("Enter at least one figure, or say why there is none."))
    row.state, row.answered_by, row.answered_at = RequestState.ANSWERED, by, timezone.now()
    row.version += 1
    row.save()
    audit(by, "figures.answered", row, figures=len(found.to_write))
    notify(
        statisticians(),
        kind="indicators.answered",
        key=f"figures-answered:{row.pk}:{row.version}",
        url=reverse("indicators:queue"),
        indicator=names_of(row.indicator) or row.indicator.code,
        period=row.period,
        institution=names_of(row.institution) or row.institution.code,
    )
    return found


@transaction.atomic
def close_request(by: Any, request: FigureRequest, version: int | None = None) -> FigureRequest:
    """Nothing more is expected."""
    if not may_request(by):
        raise NotAllowed(_("Only the secretariat and the statisticians ask for figures."))
    row: FigureRequest = locked(FigureRequest, request.pk, version, {})
    if row.state != RequestState.OPEN:
        raise Invalid(_("This request is no longer open. Make a new one."))
    row.state = RequestState.CLOSED
    row.version += 1
    row.save()
    audit(by, "figures.request_closed", row)
    return row
