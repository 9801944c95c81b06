"""The public list of laws, policies and other instruments, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.norms.public import EVERYONE as VISITOR
from mutabaa.norms.public import InstrumentView, export, linked_counts, public_instruments, public_recommendations_of

PER_PAGE = 25


@allow(EVERYONE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Seven queries at most."""
    view = InstrumentView.from_query(request.GET)
    shown = public_instruments()
    page = Paginator(view.apply(shown).for_list(), PER_PAGE).get_page(request.GET.get("page"))
    counts = linked_counts(page.object_list, VISITOR)
    context = {
        "view": view,
        "filters": view.options(shown),
        "page": page,
        "lines": [{"instrument": row, "linked": counts.get(row.pk, 0)} for row in page.object_list],
    }
    return render(request, "portal/instruments.html", context)


@allow(EVERYONE)
@require_safe
def download(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Exactly the public rows of the address, whoever asks. 404 for an unknown format."""
    return export(InstrumentView.from_query(request.GET), public_instruments(), fmt, VISITOR)


@allow(EVERYONE)
@require_safe
def instrument(request: HttpRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(public_instruments().select_related("adopted_by"), public_id=public_id)
    context = {
        "instrument": row,
        "themes": row.themes.all(),
        "members": Paginator(public_recommendations_of(row), 50).get_page(request.GET.get("page")),
        "institution_url": reverse("portal:institution", args=[row.adopted_by.code]) if row.adopted_by else "",
    }
    return render(request, "portal/instrument.html", context)
