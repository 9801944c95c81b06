"""The path obstacle → gap → need → request → consent → assistance → result, as links to read from top to bottom (T-347)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.assistance.models import AssistanceRequest, Gap, Need, ObstacleReview, Step
from mutabaa.assistance.policies import works_on
from mutabaa.assistance.presentation import money
from mutabaa.assistance.states import SENT, RequestState
from mutabaa.followup.models import Update

TOLD_OUTSIDE = {"approved", *SENT}  # the steps that others than the State's own people read


@dataclass(frozen=True)
class Link:
    """`kind`: the name of this part of the path. `on` is empty where it has not come to it yet."""

    kind: str
    title: str
    on: Any = None
    who: str = ""
    text: str = ""
    language: str = ""
    url: str = ""
    badge: str = ""
    tone: str = ""
    reached: bool = True


def chain_of(person: Any, gap: Gap | None, need: Need | None, request: AssistanceRequest | None) -> list[Link]:
    """What this person may read of the path. `gap` None: the person sees the request, and not where it came from. Four queries."""
    out: list[Link] = []
    if gap is not None:
        out += obstacles(person, gap)
        out.append(gap_link(gap))
    if need is not None:
        out.append(need_link(need, gap))
    if request is not None:
        out += request_links(person, request)
    return out


def obstacles(person: Any, gap: Gap) -> Iterator[Link]:
    rows = (
        ObstacleReview.objects.filter(gap=gap, update__in=Update.objects.visible_to(person).order_by().values("pk"))
        .select_related("update__recommendation__document", "update__institution", "obstacle")
        .order_by("update__published_at", "pk")
    )
    for row in rows[:50]:
        update = row.update
        yield Link(
            _("Obstacle reported"),
            str(row.obstacle) if row.obstacle else _("In words only"),
            update.published_at or update.updated_at,
            str(update.institution),
            update.obstacle_text,
            update.language,
            reverse("followup:update", args=[update.public_id]),
        )


def gap_link(gap: Gap) -> Link:
    return Link(
        _("Capacity gap"),
        gap.title,
        gap.recorded_on,
        str(gap.institution or gap.theme),
        gap.description,
        gap.language,
        reverse("assistance:gap", args=[gap.public_id]),
        str(gap.get_state_display()),
        gap.tone,
    )


def need_link(need: Need, gap: Gap | None) -> Link:
    mode = f" · {need.get_mode_display()}" if need.mode else ""
    return Link(
        _("Need"),
        f"{need.get_kind_display()}{mode}",
        need.recorded_on,
        "",
        need.description,
        gap.language if gap else "",
        reverse("assistance:gap", args=[gap.public_id]) + f"#need-{need.pk}" if gap else "",
    )


def request_links(person: Any, request: AssistanceRequest) -> Iterator[Link]:
    """The request, then its steps; what is still to come stands as not yet reached."""
    inside = works_on(person, request)
    yield Link(
        _("Targeted request"),
        request.title,
        timezone.localdate(request.created_at) if inside else request.submitted_on,
        str(request.institution),
        request.assistance,
        request.language,
        reverse("assistance:request", args=[request.public_id]),
        str(request.get_state_display()),
        request.tone,
    )
    steps = [s for s in request.steps.all() if inside or s.state in TOLD_OUTSIDE]
    for step in steps:
        if step.came_from:  # the draft itself stands above
            yield step_link(request, step, inside)
    if request.state == RequestState.EVALUATED:
        yield from results(request)
    yield from to_come(request)


def step_link(request: AssistanceRequest, step: Step, inside: bool) -> Link:
    row, note, title = request, step.note, str(step.deed)
    who = ""
    if step.state == RequestState.APPROVED:
        kind = _("Consent of the State")
        who = row.consent_authority if row.has_consent else ""
        note = row.consent_instrument if row.has_consent else ""
    elif step.state in (RequestState.TO_APPROVE, RequestState.TO_CONSENT, RequestState.DRAFT):
        kind = _("Approval inside the State")
        who = str(row.institution) if step.state == RequestState.TO_CONSENT else ""
    elif step.state in (RequestState.SUBMITTED, RequestState.DISCUSSED):
        kind = _("On its way")
        who = str(row.fund or row.provider or row.addressee or "")
    elif step.state in (RequestState.GRANTED, RequestState.PARTLY, RequestState.DECLINED):
        kind = _("Answer")
        who = str(row.fund or row.provider or row.addressee or "")
        amount = money(row.granted_amount, row.granted_currency)
        title = f"{title}: {amount}" if amount else title
        note = f"{note}\n{row.conditions}".strip()
    elif step.state == RequestState.WITHDRAWN:
        kind = _("Withdrawn")
    else:
        kind = _("Assistance provided") if step.state != RequestState.EVALUATED else _("Result")
    return Link(kind, title, step.on, who, note if inside or step.state in TOLD_OUTSIDE else "", row.language)


def results(request: AssistanceRequest) -> Iterator[Link]:
    for row in request.results.all():
        if row.achieved:
            yield Link(_("Result"), row.result, None, "", row.achieved, request.language)


def to_come(request: AssistanceRequest) -> Iterator[Link]:
    """The stations that lie ahead, so that the page shows the whole path."""
    if request.state in (RequestState.WITHDRAWN, RequestState.DECLINED):
        return
    ahead = [
        (_("Consent of the State"), request.has_consent),
        (_("On its way"), request.is_sent),
        (_("Answer"), request.decided_on is not None),
        (
            _("Assistance provided"),
            request.state in (RequestState.DELIVERING, RequestState.COMPLETED, RequestState.EVALUATED),
        ),
        (_("Result"), request.state == RequestState.EVALUATED),
    ]
    for kind, reached in ahead:
        if not reached:
            yield Link(kind, _("not yet"), reached=False)
