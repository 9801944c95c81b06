"""Saved searches: what a person keeps, and what was new in it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.core.errors import Invalid
from mutabaa.explore import services
from mutabaa.explore.asking import Asking
from mutabaa.explore.forms import SavedSearchForm
from mutabaa.explore.models import SavedSearch, SearchAlert
from mutabaa.explore.results import plain_lines
from mutabaa.recommendations.search import label_rows
from mutabaa.search import services as searching

SHOWN = 100


def in_words(asking: Asking) -> list[str]:
    return asking.in_words(label_rows({key: list(held) for key, held in asking.filters.items()}))


def seen(request: HttpRequest, public_id: str) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.visible_to(request.user), public_id=public_id)


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's saved searches, with the latest news of each. Three queries: the names of all their filters are read together."""
    rows = list(SavedSearch.objects.visible_to(request.user))
    latest: dict[int, SearchAlert] = {}
    for alert in SearchAlert.objects.filter(search__in=rows).order_by("id"):
        latest[alert.search_id] = alert
    wanted: dict[str, set[str]] = {}
    for row in rows:
        for key, codes in row.asking.filters.items():
            wanted.setdefault(key, set()).update(codes)
    labels = label_rows(wanted) if rows else {}
    context = {
        "searches": [(row, row.asking.in_words(labels), latest.get(row.pk)) for row in rows],
        "mails": request.user.mail_wanted,  # type: ignore[union-attr]
    }
    return render(request, "explore/saved_searches.html", context)


def count(search: SavedSearch) -> int:
    with override(search.language):
        return searching.count(search.asking.question(), search.user)


@allow(SIGNED_IN)
def new(request: HttpRequest) -> HttpResponse:
    """Save the search in the address."""
    asking = Asking.from_query(request.GET)
    words = in_words(asking)
    data = request.POST if request.method == "POST" else None
    form = SavedSearchForm(data, name=(" · ".join(words) or _("All recommendations"))[: services.LONGEST_NAME])
    if data is not None and form.is_valid():
        try:
            kept = services.save_search(request.user, asking=asking, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The search “%(name)s” was saved.") % {"name": kept.name})
            return redirect("explore:saved_searches")
    context = {
        "form": form,
        "asking": asking,
        "words": words,
        "total": searching.count(asking.question(), request.user),
        "mails": request.user.mail_wanted,  # type: ignore[union-attr]
    }
    return render(request, "explore/save.html", context, status=422 if form.errors else 200)


@allow(SIGNED_IN)
def saved(request: HttpRequest, public_id: str) -> HttpResponse:
    """A saved search: its name and alerts to change, and what the alerts told, the one of the notice opened."""
    search = seen(request, public_id)
    data = request.POST if request.method == "POST" else None
    form = SavedSearchForm(data, name=search.name, alerts=search.alerts)
    if data is not None and form.is_valid():
        try:
            services.change_search(request.user, search, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect("explore:saved", public_id)
    alerts = list(search.told.all())
    given = request.GET.get("alert", "")
    opened = next((a for a in alerts if str(a.pk) == given), alerts[0] if alerts else None)
    lines = plain_lines(opened.records[:SHOWN], request.user) if opened else []
    context: dict[str, Any] = {
        "search": search,
        "form": form,
        "words": in_words(search.asking),
        "total": count(search),
        "alerts": alerts,
        "opened": opened,
        "lines": lines,
        "more": max(0, opened.total - SHOWN) if opened else 0,
        "mails": request.user.mail_wanted,  # type: ignore[union-attr]
    }
    return render(request, "explore/saved.html", context, status=422 if form.errors else 200)


@allow(SIGNED_IN)
@require_POST
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    search = seen(request, public_id)
    services.delete_search(request.user, search)
    messages.success(request, _("The search “%(name)s” was deleted.") % {"name": search.name})
    return redirect("explore:saved_searches")
