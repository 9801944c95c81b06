"""Asking institutions for information by a date, and reminding them, each time once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.installation import current
from mutabaa.core.models import names_of
from mutabaa.followup.models import InformationRequest, Reminder, RequestItem, Update
from mutabaa.followup.policies import focal_points_of, may_request, secretariat_people, validating_people
from mutabaa.followup.services.rows import locked, required
from mutabaa.followup.states import RequestState, UpdateState
from mutabaa.institutions.models import Institution
from mutabaa.notifications.services import notify
from mutabaa.recommendations.models import Cluster, Recommendation, Responsibility

ESCALATE_AFTER = 7  # days past the due date
FARTHEST = 32_000  # days; what the column of a reminder holds


def address(request: InformationRequest) -> str:
    return reverse("followup:request", args=[request.public_id])


@transaction.atomic
def create_request(
    by: Any,
    *,
    title: str,
    due_on: dt.date,
    message: str = "",
    recommendations: Iterable[Recommendation] = (),
    cluster: Cluster | None = None,
    institutions: Iterable[Institution] | None = None,
) -> InformationRequest:
    """Ask those responsible for the items (of these institutions only, where given) to report by `due_on`.

    Items for which nobody asked is responsible are left out; where that leaves nothing, `Invalid` says so.
    """
    if not may_request(by):
        raise NotAllowed(_("Only the secretariat asks institutions for information."))
    title = required(title, _("Give the request a title."), "title")
    if due_on < timezone.localdate():
        raise Invalid(_("The due date has already passed. Choose a later one."), field="due_on")
    wanted = {r.pk for r in recommendations}
    if cluster is not None and not wanted:
        wanted = set(cluster.members.values_list("pk", flat=True))
    visible = Recommendation.objects.own().visible_to(by).filter(pk__in=wanted)
    pairs = Responsibility.objects.filter(recommendation__in=visible)
    if institutions is not None:
        pairs = pairs.filter(institution__in=[i.pk for i in institutions])
    asked = list(pairs.values_list("recommendation_id", "institution_id"))
    if not asked:
        raise Invalid(
            _("None of these recommendations has a responsible institution yet. Assign them first, then ask."),
            field="selected",
        )
    request = InformationRequest.objects.create(
        title=title, message=message.strip(), due_on=due_on, cluster=cluster, created_by=by
    )
    RequestItem.objects.bulk_create(
        RequestItem(request=request, recommendation_id=item, institution_id=institution) for item, institution in asked
    )
    record(
        by, "request.created", request, due_on=due_on, items=len(asked), institutions=sorted({i for _item, i in asked})
    )
    tell_institutions(request, "followup.asked", f"asked:{request.pk}", {i for _item, i in asked})
    return request


def tell_institutions(request: InformationRequest, kind: str, key: str, institutions: Iterable[int]) -> None:
    for institution in sorted(institutions):
        notify(
            focal_points_of(institution),
            kind=kind,
            key=f"{key}:{institution}",
            url=address(request),
            title=request.title,
            due=request.due_on.isoformat(),
        )


def change_open(by: Any, request: InformationRequest, version: int | None) -> InformationRequest:
    """The open request, locked, for somebody who may change it."""
    if not may_request(by):
        raise NotAllowed(_("Only the secretariat changes requests."))
    row = locked(request, version)
    if row.state != RequestState.OPEN:
        raise Invalid(_("This request is no longer open. Make a new one."))
    row.version += 1
    return row


@transaction.atomic
def extend_request(
    by: Any, request: InformationRequest, due_on: dt.date, version: int | None = None
) -> InformationRequest:
    """A later date. Its reminders count anew from that date."""
    row = change_open(by, request, version)
    if due_on <= row.due_on or due_on < timezone.localdate():
        raise Invalid(_("Choose a date after the present due date."), field="due_on")
    before, row.due_on = row.due_on, due_on
    row.save()
    record(by, "request.extended", row, before=before, due_on=due_on)
    waiting = set(row.items.filter(answered_at=None).values_list("institution_id", flat=True))
    tell_institutions(row, "followup.extended", f"extended:{row.pk}:{due_on}", waiting)
    if reached := moments_reached(row, timezone.localdate()):  # this notice stands for the reminder that is due already
        Reminder.objects.bulk_create(
            [Reminder(request=row, institution_id=i, offset_days=reached[-1], due_on=due_on) for i in waiting],
            ignore_conflicts=True,
        )
    return row


@transaction.atomic
def close_request(by: Any, request: InformationRequest, version: int | None = None) -> InformationRequest:
    """Answered or not, nothing more is expected."""
    row = change_open(by, request, version)
    row.state = RequestState.CLOSED
    row.save()
    record(by, "request.closed", row, unanswered=row.items.filter(answered_at=None).count())
    return row


@transaction.atomic
def cancel_request(
    by: Any, request: InformationRequest, reason: str = "", version: int | None = None
) -> InformationRequest:
    """The question falls away; those who had not answered are told."""
    row = change_open(by, request, version)
    row.state = RequestState.CANCELLED
    row.save()
    record(by, "request.cancelled", row, reason=reason)
    waiting = set(row.items.filter(answered_at=None).values_list("institution_id", flat=True))
    tell_institutions(row, "followup.cancelled", f"cancelled:{row.pk}", waiting)
    return row


def mark_answered(update: Update) -> None:
    """An update reached the secretariat: what was asked about its item is answered. Tells the secretariat once all is."""
    items = RequestItem.objects.filter(
        recommendation_id=update.recommendation_id,
        institution_id=update.institution_id,
        answered_at=None,
        request__state=RequestState.OPEN,
    )
    touched = list(items.select_related("request").order_by("pk"))
    if not touched:
        return
    items.update(answered_at=timezone.now())
    if update.request_item_id is None:
        update.request_item = touched[0]
    for request in {item.request for item in touched}:
        if not request.items.filter(answered_at=None).exists():
            notify(
                secretariat_people(),
                kind="followup.all_answered",
                key=f"answered:{request.pk}",
                url=address(request),
                title=request.title,
            )


def reopen_items(update: Update) -> None:
    """An update was asked back: the questions it answered wait again, unless another update answers them."""
    other = Update.objects.filter(
        recommendation_id=OuterRef("recommendation_id"),
        institution_id=OuterRef("institution_id"),
        state__in=[UpdateState.APPROVED, UpdateState.PUBLISHED],
        updated_at__gte=OuterRef("request__created_at"),
    ).exclude(pk=update.pk)
    items = RequestItem.objects.filter(
        ~Exists(other),
        recommendation_id=update.recommendation_id,
        institution_id=update.institution_id,
        answered_at__isnull=False,
        request__state=RequestState.OPEN,
    )
    RequestItem.objects.filter(pk__in=[item.pk for item in items]).update(answered_at=None)


def remind_due(today: dt.date | None = None) -> int:
    """Send the reminders that are due, each once; returns how many went out. Safe to run twice, also at the same time.

    For each open request only the latest moment that was reached counts, so that days without a worker end in one
    reminder and not in several; moments before the request was made are left out.
    """
    today = today or timezone.localdate()
    sent = 0
    for request in InformationRequest.objects.open().order_by("pk"):
        if reached := moments_reached(request, today):
            sent += remind(request, reached[-1])
    return sent


def moments_reached(request: InformationRequest, today: dt.date) -> list[int]:
    """The installation's reminder offsets, in days from the due date, whose day has come since the request was made."""
    asked_on = timezone.localdate(request.created_at)
    offsets = sorted(int(n) for n in current().reminder_days or [])
    return [n for n in offsets if asked_on < request.due_on + dt.timedelta(days=n) <= today]


def remind(request: InformationRequest, offset: int, by: Any = None) -> int:
    """Remind every institution with unanswered items, unless this reminder went to it already. Returns how many."""
    unanswered: dict[int, int] = defaultdict(int)
    for institution in request.items.filter(answered_at=None).values_list("institution_id", flat=True):
        unanswered[institution] += 1
    return sum(remind_one(request, institution, offset, count, by) for institution, count in sorted(unanswered.items()))


@transaction.atomic
def remind_one(request: InformationRequest, institution: int, offset: int, count: int, by: Any = None) -> bool:
    """The row that makes a reminder unique and its notices stand or fall together."""
    escalated = offset >= ESCALATE_AFTER
    reminder, new = Reminder.objects.get_or_create(
        request=request,
        institution_id=institution,
        offset_days=offset,
        due_on=request.due_on,
        defaults={"escalated": escalated},
    )
    if not new:
        return False
    about = {
        "title": request.title,
        "due": request.due_on.isoformat(),
        "count": count,
        "institution": names_of(reminder.institution),
    }
    key = f"reminder:{reminder.pk}"
    people = focal_points_of(institution)
    late = "followup.overdue" if offset > 0 else "followup.reminder"
    notify(people, kind=late, key=key, url=address(request), **about)
    if escalated:
        above = list(validating_people(institution).exclude(pk__in=[p.pk for p in people]))
        notify(above, kind="followup.escalated", key=f"{key}:up", url=address(request), **about)
        people = people + above
    if not people:
        notify(secretariat_people(), kind="followup.nobody", key=f"{key}:nobody", url=address(request), **about)
    record(by, "request.reminded", request, institution=institution, offset_days=offset, escalated=escalated)
    return True


def remind_now(by: Any, request: InformationRequest) -> int:
    """A reminder by hand; at most one a day to each institution."""
    if not may_request(by):
        raise NotAllowed(_("Only the secretariat sends reminders."))
    if request.state != RequestState.OPEN:
        raise Invalid(_("This request is no longer open. Make a new one."))
    return remind(request, max(-FARTHEST, -request.days_left), by)
