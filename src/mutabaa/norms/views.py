"""The list of laws, policies and other instruments, and the page of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mutabaa.accounts.access import SIGNED_IN, STATE_STAFF, WRITERS, allow
from mutabaa.core import pages
from mutabaa.core.errors import Conflict, NotAllowed, Refusal
from mutabaa.core.installation import installation_of
from mutabaa.institutions.policies import institution_ids
from mutabaa.norms import services
from mutabaa.norms.exports import export
from mutabaa.norms.forms import InstrumentForm, initial_of
from mutabaa.norms.listing import InstrumentView, linked_counts, linked_to
from mutabaa.norms.models import Instrument
from mutabaa.norms.policies import may_edit, may_record, may_see_history
from mutabaa.norms.versions import versions_of
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.views import conflict_of

PER_PAGE = 50


@allow(SIGNED_IN)
@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """What the person may see, filtered as the address says."""
    view = InstrumentView.from_query(request.GET)
    seen = Instrument.objects.visible_to(request.user)
    page = Paginator(view.apply(seen).for_list(), PER_PAGE).get_page(request.GET.get("page"))
    counts = linked_counts(page.object_list, request.user)
    context = {
        "view": view,
        "filters": view.options(seen),
        "page": page,
        "lines": [{"instrument": row, "linked": counts.get(row.pk, 0)} for row in page.object_list],
        "may_record": may_record(request.user),
    }
    return render(request, "norms/instruments.html", context)


@allow(SIGNED_IN)
@require_safe
def download(request: HttpRequest, form: str) -> HttpResponseBase:
    """Exactly the rows of the address, in any form."""
    rows = Instrument.objects.visible_to(request.user)
    return export(InstrumentView.from_query(request.GET), rows, form, request.user)


def instrument_or_404(request: HttpRequest, public_id: str) -> Instrument:
    rows = Instrument.objects.visible_to(request.user).select_related("adopted_by")
    return get_object_or_404(rows, public_id=public_id)


@allow(SIGNED_IN)
@require_safe
def instrument(request: HttpRequest, public_id: str) -> HttpResponse:
    """With the recommendations that it carries out; rooms above add what led to it."""
    row = instrument_or_404(request, public_id)
    context = {
        "instrument": row,
        "themes": row.themes.all(),
        "members": Paginator(linked_to(row, request.user), 100).get_page(request.GET.get("page")),
        "panels": pages.collect(pages.instrument_panels, request, row),
        "may_edit": may_edit(request.user, row),
        "may_see_history": may_see_history(request.user),
    }
    return render(request, "norms/instrument.html", context)


@allow(WRITERS)
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """`?recommendation=` names a record that the new instrument carries out: its themes are suggested."""
    if not may_record(request.user):
        raise NotAllowed(_("You record instruments that your own institution adopted or issued."))
    wanted = request.POST.get("recommendation") or request.GET.get("recommendation", "")
    carried = Recommendation.objects.own().visible_to(request.user).filter(public_id=wanted[:16])
    record = carried.select_related("document").first() if wanted else None
    form = InstrumentForm(request.POST or None, by=request.user, initial=first_values(request, record))
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        try:
            row = services.create_instrument(request.user, recommendations=[record] if record else [], **data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The instrument was recorded."))
            return redirect(record.workspace_url() if record else row.workspace_url())
    context = {"form": form, "title": _("Record a law, policy or other instrument"), "record": record}
    return render(request, "norms/form.html", context, status=422 if form.errors else 200)


def first_values(request: HttpRequest, record: Recommendation | None) -> dict[str, Any]:
    """What a new form opens with."""
    mine = institution_ids(request.user)
    return {
        "state": "in_force",
        "language": (installation_of(request).languages or ["en"])[0],
        "visibility": "public",
        "adopted_by": request.GET.get("institution") or (next(iter(mine)) if len(mine) == 1 else None),
        "themes": list(record.themes.all()) if record else [],
    }


@allow(WRITERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    row = instrument_or_404(request, public_id)
    if not may_edit(request.user, row):
        raise NotAllowed(_("You change instruments that your own institution adopted or issued."))
    form = InstrumentForm(request.POST or None, by=request.user, initial=initial_of(row))
    conflict: dict[str, Any] | None = None
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            row = services.edit_instrument(request.user, row, data.pop("version"), **data)
        except Conflict as error:
            conflict = conflict_of(form, error, initial_of(error.current))
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The instrument was changed."))
            return redirect(row.workspace_url())
    context = {"form": form, "title": _("Edit the instrument"), "instrument": row, "conflict": conflict}
    return render(request, "norms/form.html", context, status=409 if conflict else 422 if form.errors else 200)


@allow(STATE_STAFF)
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    row = instrument_or_404(request, public_id)
    return render(request, "norms/history.html", {"instrument": row, "entries": versions_of(row, request.user)})
