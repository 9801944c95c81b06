"""Linking instruments and recommendations, from either side, and taking a wrong link away."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from mutabaa.accounts.access import WRITERS, allow
from mutabaa.accounts.policies import is_secretariat
from mutabaa.core.errors import NotAllowed
from mutabaa.institutions.policies import institution_ids
from mutabaa.norms import services
from mutabaa.norms.listing import InstrumentView
from mutabaa.norms.models import Instrument, InstrumentQuerySet
from mutabaa.norms.policies import may_edit, may_record
from mutabaa.norms.views import instrument_or_404
from mutabaa.recommendations.filters import RecommendationView
from mutabaa.recommendations.models import Recommendation

PER_PAGE = 30


def seen_by(person: Any) -> Any:
    return Recommendation.objects.own().visible_to(person)


def ticked(request: HttpRequest) -> list[str]:
    return request.POST.getlist("selected")[:500]


@allow(WRITERS)
@require_http_methods(["GET", "POST"])
def choose_recommendations(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look for recommendations by their words and tick those that the instrument carries out. Before anything is looked
    for, those that share a theme with it are offered."""
    row = instrument_or_404(request, public_id)
    if not may_edit(request.user, row):
        raise NotAllowed(_("You change instruments that your own institution adopted or issued."))
    if request.method == "POST":
        n = services.link(request.user, row, seen_by(request.user).filter(public_id__in=ticked(request)))
        tell(request, n)
        return redirect(row.workspace_url())
    words = request.GET.get("q", "").strip()[:200]
    rows = seen_by(request.user).exclude(instruments=row)
    if words:
        rows = RecommendationView({"q": [words]}).apply(rows)
    else:
        shared = Recommendation.themes.through.objects.filter(theme__in=row.themes.order_by().values("pk"))
        rows = rows.filter(pk__in=shared.values("recommendation_id"))
    listed = rows.select_related("document", "mechanism").order_by("-published_on", "pk")
    context = {
        "instrument": row,
        "words": words,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "norms/choose_recommendations.html", context)


@allow(WRITERS)
@require_http_methods(["GET", "POST"])
def choose_instruments(request: HttpRequest, record_id: str) -> HttpResponse:
    """From a recommendation's page: tick the instruments that carry it out, among those that the person may edit."""
    record = get_object_or_404(seen_by(request.user).select_related("document"), public_id=record_id)
    if not may_record(request.user):
        raise NotAllowed(_("You record instruments that your own institution adopted or issued."))
    rows = editable_by(request.user).exclude(recommendations=record)
    if request.method == "POST":
        n = sum(services.link(request.user, row, [record]) for row in rows.filter(public_id__in=ticked(request)))
        tell(request, n)
        return redirect(record.workspace_url())
    view = InstrumentView(q=request.GET.get("q", "").replace("\0", "").strip()[:200])
    context = {
        "record": record,
        "words": view.q,
        "page": Paginator(view.apply(rows).for_list(), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "norms/choose_instruments.html", context)


def editable_by(person: Any) -> InstrumentQuerySet:
    """The rows for which `may_edit` holds."""
    rows = Instrument.objects.visible_to(person)
    return rows if is_secretariat(person) else rows.filter(adopted_by__in=institution_ids(person))


@allow(WRITERS)
@require_POST
def unlink(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ticked recommendations; `back` returns to the page of the one from which this was asked."""
    row = instrument_or_404(request, public_id)
    chosen = list(seen_by(request.user).filter(public_id__in=ticked(request)))
    n = services.unlink(request.user, row, chosen)
    messages.success(request, ngettext("%(n)d link was taken away.", "%(n)d links were taken away.", n) % {"n": n})
    return redirect(chosen[0].workspace_url() if request.POST.get("back") and chosen else row.workspace_url())


def tell(request: HttpRequest, n: int) -> None:
    if n:
        messages.success(request, ngettext("%(n)d link was made.", "%(n)d links were made.", n) % {"n": n})
    else:
        messages.warning(request, _("Nothing was ticked, so nothing was linked."))
