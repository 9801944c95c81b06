"""What the statistician decides on, and the requests for figures."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, STATE_STAFF, allow
from mutabaa.accounts.models import Role
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.indicators import services
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.figures import own_area, seen_as
from mutabaa.indicators.forms import RequestForm, grid_of, groups_of
from mutabaa.indicators.models import SEX, FigureRequest, Indicator, Observation
from mutabaa.indicators.policies import may_answer, may_import, may_request, may_validate
from mutabaa.indicators.states import ObservationState, RequestState

STATISTICIANS = frozenset({Role.STATISTICIAN.value})
ASKING = SECRETARIAT | STATISTICIANS
PER_PAGE = 50


def waiting_for(request: HttpRequest, given: Any) -> Any:
    """The figures that wait, narrowed to an indicator or a file."""
    rows = Observation.objects.visible_to(request.user).waiting()
    if given.get("indicator"):
        rows = rows.filter(indicator__code=given["indicator"])
    if given.get("delivery"):
        rows = rows.filter(delivery__public_id=given["delivery"])
    return rows


@allow(STATISTICIANS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for validation, with the figure in force beside it."""
    rows = waiting_for(request, request.GET)
    listed = rows.select_related("indicator", "area", "entered_by", "institution").order_by(
        "indicator__code", "area_id", "-starts_on", "breakdown"
    )
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    shown_rows = list(page.object_list)
    before = {o.key: o for o in Observation.objects.in_force().filter(
        indicator__in={o.indicator_id for o in shown_rows}, period__in={o.period for o in shown_rows},
        area__in={o.area_id for o in shown_rows},
    )}  # fmt: skip
    groups = Groups.load()
    context = {
        "page": page,
        "lines": [
            (
                seen_as(o, o.indicator),
                groups.label(o.breakdown),
                seen_as(b, o.indicator) if (b := before.get(o.key)) else None,
            )
            for o in shown_rows
        ],
        "may_validate": True,
        "may_import": True,
        "narrowed": bool(request.GET.get("indicator") or request.GET.get("delivery")),
        "tab": "queue",
    }
    return render(request, "indicators/queue.html", context)


@allow(STATISTICIANS)
@require_POST
def validate(request: HttpRequest) -> HttpResponse:
    """The ticked figures, or all that the list shows."""
    rows = waiting_for(request, request.POST)
    if "everything" not in request.POST:
        ticked = [int(v) for v in request.POST.getlist("selected") if v.isdecimal() and len(v) < 12]
        rows = rows.filter(pk__in=ticked[:500])
    n = services.validate(request.user, rows)
    said = ngettext("%(n)d figure is in force.", "%(n)d figures are in force.", n)
    messages.success(request, said % {"n": n})
    code = request.POST.get("indicator", "")
    if code and Indicator.objects.visible_to(request.user).filter(code=code).exists():
        return redirect("indicators:detail", code)
    return redirect("indicators:queue")


# Requests


@allow(STATE_STAFF)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    rows = FigureRequest.objects.visible_to(request.user).select_related("indicator", "institution")
    state = request.GET.get("state", RequestState.OPEN)
    state = state if state in RequestState.values else RequestState.OPEN
    page = Paginator(rows.filter(state=state), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": RequestState.choices,
        "today": timezone.localdate(),
        "may_request": may_request(request.user),
        "may_validate": may_validate(request.user),
        "may_import": may_import(request.user),
        "tab": "requests",
    }
    return render(request, "indicators/requests.html", context)


@allow(ASKING)
def new_request(request: HttpRequest) -> HttpResponse:
    seen = Indicator.objects.visible_to(request.user).filter(active=True)
    form = RequestForm(request.POST or None, indicators=seen, initial={"indicator": request.GET.get("indicator")})
    if request.method == "POST" and form.is_valid():
        try:
            row = services.ask_for_figures(request.user, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The request was sent."))
            return redirect("indicators:request", row.public_id)
    return render(request, "indicators/request_new.html", {"form": form}, status=422 if form.errors else 200)


@allow(STATE_STAFF)
def one_request(request: HttpRequest, public_id: str) -> HttpResponse:
    """The question, and for the institution the grid to answer it in. At most fifteen queries."""
    beside = (
        "indicator__right",
        "indicator__attribute",
        "indicator__owner",
        "institution",
        "created_by",
        "answered_by",
    )
    rows = FigureRequest.objects.visible_to(request.user).select_related(*beside)
    row = get_object_or_404(rows.prefetch_related("indicator__dimensions"), public_id=public_id)
    context: dict[str, Any] = {
        "row": row,
        "indicator": row.indicator,
        "may_close": may_request(request.user) and row.state == RequestState.OPEN,
    }
    if not may_answer(request.user, row):
        if request.method == "POST":
            raise Invalid(_("This request is not open to you."))
        return render(request, "indicators/request.html", context)
    groups, area = Groups.load(), own_area()
    dimensions = list(row.indicator.dimensions.all())
    codes = [d.code for d in dimensions]
    by = request.GET.get("by", "")
    by = by if by in codes else SEX if SEX in codes or not codes else codes[0]
    standing = row.indicator.observations.filter(
        area_id=area,
        period=row.period,
        institution_id=row.institution_id,  # what another institution entered is not theirs to see
        state__in=[ObservationState.ENTERED, ObservationState.VALIDATED],
    )
    posted = request.POST if request.method == "POST" else None
    grid = grid_of(row.indicator, area, [row.period], groups_of(row.indicator, groups, by), groups, standing, posted)
    conflict = None
    if posted is not None:
        entries = grid.entries()
        if not grid.errors:
            try:
                version = posted.get("version", "")
                services.answer(
                    request.user, row, entries, int(version) if version.isdecimal() and len(version) < 9 else None
                )
            except services.Refused as refusal:
                grid.tell(refusal.rows)
            except Conflict as refusal:
                conflict = str(refusal)
            except Invalid as refusal:
                messages.error(request, str(refusal.message))
            else:
                messages.success(request, _("Thank you. The figures wait for a statistician."))
                return redirect("desk")
    context |= {"grid": grid, "dimensions": dimensions, "dimension": by, "conflict": conflict}
    return render(
        request, "indicators/request.html", context, status=409 if conflict else 422 if posted is not None else 200
    )


@allow(ASKING)
@require_POST
def close_request(request: HttpRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(FigureRequest.objects.visible_to(request.user), public_id=public_id)
    services.close_request(request.user, row)
    messages.success(request, _("The request was closed."))
    return redirect(reverse("indicators:requests"))
