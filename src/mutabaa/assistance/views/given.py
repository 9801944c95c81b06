"""What this State gives to others, and the catalogue of funds."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, WRITERS, allow
from mutabaa.assistance import registers, services
from mutabaa.assistance.exports import given_sheet
from mutabaa.assistance.forms.given import GivenForm
from mutabaa.assistance.models import Fund, Given, Provider
from mutabaa.assistance.policies import may_edit_given, may_look_at_obstacles
from mutabaa.assistance.registers import Filters
from mutabaa.assistance.states import GivenKind
from mutabaa.assistance.views.conflicts import conflict_page, refused
from mutabaa.core.downloads import download
from mutabaa.core.errors import Conflict, Invalid


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The register, with the sums of the contributions by year and currency: their rise is to be seen (T-281)."""
    asked = Filters.from_query(request.GET)
    rows = registers.given(request.user, asked)
    listed = rows.select_related("fund", "state", "institution").order_by("-year", "-pk")
    sums = rows.filter(kind=GivenKind.CONTRIBUTION, amount__isnull=False).order_by().values("year", "currency")
    page = Paginator(listed, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [{"row": row, "may_edit": may_edit_given(request.user, row)} for row in page.object_list],
        "asked": asked,
        "sums": with_change(list(sums.annotate(total=Sum("amount")).order_by("currency", "year"))),
        "kinds": GivenKind.choices,
        "may_record": may_look_at_obstacles(request.user),
        "tab": "given",
    }
    return render(request, "assistance/given.html", context)


def with_change(sums: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each year's sum with the change from the year before it in the same currency, latest first."""
    before: dict[str, dict[str, Any]] = {}
    for line in sums:
        last = before.get(line["currency"])
        line["change"] = float(line["total"] / last["total"] - 1) if last and last["total"] else None
        before[line["currency"]] = line
    return sorted(sums, key=lambda line: (-line["year"], line["currency"]))


@allow(SIGNED_IN)
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = registers.given(request.user, Filters.from_query(request.GET))
    return download(given_sheet(rows), "assistance-given", form)


@allow(WRITERS)
def new(request: HttpRequest) -> HttpResponse:
    start = {"year": timezone.localdate().year}
    form = GivenForm(request.POST or None, person=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_given(request.user, **form.values())
        except Invalid as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("The entry was recorded."))
            return redirect("assistance:given")
    return render(request, "assistance/given_form.html", {"form": form}, status=422 if form.errors else 200)


@allow(WRITERS)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(Given.objects.visible_to(request.user), public_id=public_id)
    if not may_edit_given(request.user, row):
        return redirect("assistance:given")
    form = GivenForm(request.POST or None, instance=row, person=request.user)
    context: dict[str, Any] = {"form": form, "row": row}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_given(request.user, row, form.cleaned_data["version"], **form.values())
        except Invalid as refusal:
            refused(form, refusal)
        except Conflict as conflict:
            return conflict_page(request, conflict, form, "assistance/given_form.html", context)
        else:
            messages.success(request, _("The entry was changed."))
            return redirect("assistance:given")
    return render(request, "assistance/given_form.html", context, status=422 if form.errors else 200)


@allow(SIGNED_IN)
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Funds and programmes with who may ask and for what, and how providers are asked."""
    funds = list(Fund.objects.valid_on(timezone.localdate()))
    context = {
        "for_states": [f for f in funds if f.for_states],
        "for_others": [f for f in funds if not f.for_states],
        "providers": Provider.objects.all(),
        "may_record": may_look_at_obstacles(request.user),
        "tab": "funds",
    }
    return render(request, "assistance/funds.html", context)
