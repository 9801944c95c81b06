"""Information requests: the list, a new one, its progress."""

from collections import defaultdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import SECRETARIAT, WRITERS, allow
from mutabaa.accounts.policies import is_contributor
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.followup import services
from mutabaa.followup.forms import ExtendForm, RequestForm
from mutabaa.followup.models import InformationRequest
from mutabaa.followup.policies import may_request
from mutabaa.followup.states import RequestState
from mutabaa.followup.views.selection import selection
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids
from mutabaa.recommendations.models import Recommendation

SHOWS = {
    "open": lambda rows: rows.open().order_by("due_on", "pk"),
    "overdue": lambda rows: rows.overdue().order_by("due_on", "pk"),
    "closed": lambda rows: rows.filter(state__in=[RequestState.CLOSED, RequestState.CANCELLED]).order_by(
        "-due_on", "-pk"
    ),
}


@allow(WRITERS)
def index(request: HttpRequest) -> HttpResponse:
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    mine = institution_ids(request.user) if is_contributor(request.user) else None
    rows = SHOWS[show](InformationRequest.objects.visible_to(request.user)).with_progress(mine)
    tabs = [
        ("open", pgettext("requests", "Open")),
        ("overdue", pgettext("requests", "Overdue")),
        ("closed", pgettext("requests", "Closed")),
    ]
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "show": show,
        "tabs": tabs,
        "may_request": may_request(request.user),
    }
    return render(request, "followup/requests.html", context)


@allow(SECRETARIAT)
def new(request: HttpRequest) -> HttpResponse:
    """From a selection of the table (posted as `selected`), from `?rec=`, or for `?cluster=`."""
    chosen = selection(request)
    shown = chosen.context()
    responsible = Institution.objects.filter(responsibilities__recommendation__in=chosen.rows.order_by()).distinct()
    confirmed = "confirm" in request.POST
    start = {"institutions": responsible, "title": str(chosen.cluster) if chosen.cluster else ""}
    form = RequestForm(request.POST if confirmed else None, responsible=responsible, initial=start)
    if confirmed and form.is_valid():
        data = form.cleaned_data
        data["institutions"] = list(data["institutions"]) or None
        try:
            made = services.create_request(
                request.user, recommendations=() if chosen.cluster else chosen.rows, cluster=chosen.cluster, **data
            )
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("The request was sent."))
            return redirect("followup:request", made.public_id)
    unassigned = chosen.rows.filter(responsibilities=None).count() if shown["count"] else 0
    context = shown | {"form": form, "unassigned": unassigned}
    return render(request, "followup/request_new.html", context, status=422 if form.errors else 200)


def visible(request: HttpRequest, public_id: str) -> InformationRequest:
    return get_object_or_404(
        InformationRequest.objects.visible_to(request.user).select_related("cluster", "created_by"), public_id=public_id
    )


@allow(WRITERS)
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Progress per institution, then the items; a contributor sees the own institution's."""
    row = visible(request, public_id)
    items = row.items.select_related("institution", "recommendation__document")
    items = items.filter(recommendation__in=Recommendation.objects.visible_to(request.user))
    if is_contributor(request.user):
        items = items.filter(institution_id__in=institution_ids(request.user))
    # One answered flag per pair, so that hundreds of items are counted without loading them.
    progress: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for institution, answered in items.values_list("institution_id", "answered_at"):
        progress[institution][0] += 1
        progress[institution][1] += answered is not None
    institutions = [
        {"institution": i, "asked": progress[i.pk][0], "answered": progress[i.pk][1]}
        for i in Institution.objects.filter(pk__in=progress)
    ]
    page = Paginator(items.order_by("answered_at", "institution__code", "pk"), 50).get_page(request.GET.get("page"))
    may = may_request(request.user)
    context = {
        "row": row,
        "page": page,
        "institutions": institutions,
        "may": may,
        "contributor": is_contributor(request.user),
        "reminders": row.reminders.select_related("institution").order_by("-sent_at")[:20] if may else [],
        "extend": ExtendForm(initial={"version": row.version}),
    }
    return render(request, "followup/request.html", context)


@allow(SECRETARIAT)
@require_POST
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    row = visible(request, public_id)
    form = ExtendForm(request.POST)
    if form.is_valid():
        try:
            services.extend_request(request.user, row, form.cleaned_data["due_on"], form.cleaned_data["version"])
            messages.success(
                request, _("The due date was changed, and the institutions that have not answered were told.")
            )
        except (Invalid, Conflict) as refusal:
            messages.error(request, refusal.message)
    else:
        messages.error(request, _("Give the new due date as a date."))
    return redirect("followup:request", public_id)


@allow(SECRETARIAT)
@require_POST
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    services.close_request(request.user, visible(request, public_id))
    messages.success(request, _("The request was closed."))
    return redirect("followup:request", public_id)


@allow(SECRETARIAT)
@require_POST
def cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    services.cancel_request(request.user, visible(request, public_id), request.POST.get("reason", ""))
    messages.success(request, _("The request was cancelled, and the institutions that had not answered were told."))
    return redirect("followup:request", public_id)


@allow(SECRETARIAT)
@require_POST
def remind(request: HttpRequest, public_id: str) -> HttpResponse:
    sent = services.remind_now(request.user, visible(request, public_id))
    if sent:
        said = ngettext("%(count)s institution was reminded.", "%(count)s institutions were reminded.", sent)
        messages.success(request, said % {"count": sent})
    else:
        messages.info(request, _("Every institution that has not answered was reminded today already."))
    return redirect("followup:request", public_id)
