"""Needs: the list of all, and each on the page of its gap."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SIGNED_IN, WRITERS, allow
from mutabaa.assistance import registers, services
from mutabaa.assistance.forms.gaps import NeedForm
from mutabaa.assistance.models import Gap, Need
from mutabaa.assistance.policies import may_edit_gap, may_look_at_obstacles
from mutabaa.assistance.registers import Filters
from mutabaa.assistance.states import Direction, NeedKind
from mutabaa.assistance.views.conflicts import conflict_page, refused
from mutabaa.assistance.views.gaps import visible
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.institutions.models import Institution


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    asked = Filters.from_query(request.GET)
    rows = registers.needs(request.user, asked).select_related("gap__institution", "gap__theme")
    context = {
        "page": Paginator(rows.order_by("-recorded_on", "-pk"), 50).get_page(request.GET.get("page")),
        "asked": asked,
        "kinds": NeedKind.choices,
        "directions": Direction.choices,
        "may_record": may_look_at_obstacles(request.user),
        "tab": "needs",
    }
    return render(request, "assistance/needs.html", context)


def of_visible_gap(request: HttpRequest, pk: int) -> Need:
    rows = Need.objects.filter(gap__in=Gap.objects.visible_to(request.user).order_by().values("pk"))
    return get_object_or_404(rows.select_related("gap__institution", "gap__theme"), pk=pk)


@allow(WRITERS)
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    gap = visible(request, public_id)
    if not may_edit_gap(request.user, gap):
        return redirect("assistance:gap", public_id)
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_need(request.user, gap, **form.values())
        except Invalid as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("The need was recorded."))
            return redirect("assistance:gap", public_id)
    return render(request, "assistance/need_form.html", {"form": form, "gap": gap}, status=422 if form.errors else 200)


@allow(WRITERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    need = of_visible_gap(request, pk)
    if not may_edit_gap(request.user, need.gap):
        return redirect("assistance:gap", need.gap.public_id)
    form = NeedForm(request.POST or None, instance=need)
    context: dict[str, Any] = {"form": form, "gap": need.gap, "need": need}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_need(request.user, need, form.cleaned_data["version"], **form.values())
        except Invalid as refusal:
            refused(form, refusal)
        except Conflict as conflict:
            return conflict_page(request, conflict, form, "assistance/need_form.html", context)
        else:
            messages.success(request, _("The need was changed."))
            return redirect("assistance:gap", need.gap.public_id)
    return render(request, "assistance/need_form.html", context, status=422 if form.errors else 200)


@allow(WRITERS)
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    need = of_visible_gap(request, pk)
    services.drop_need(request.user, need, request.POST.get("reason", ""))
    messages.success(request, _("The need is marked as no longer standing."))
    return redirect("assistance:gap", need.gap.public_id)


@allow(WRITERS)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a request from this need, in the name of an institution."""
    need = of_visible_gap(request, pk)
    institution = get_object_or_404(Institution.objects.filter(active=True), code=request.POST.get("institution", ""))
    row = services.start_request(request.user, need, institution)
    messages.success(request, _("The draft holds what gap and need already say. Fill in the rest."))
    return redirect("assistance:request_edit", row.public_id)
