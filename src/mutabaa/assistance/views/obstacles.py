"""Obstacles reported by institutions, to be looked at: into a gap, or set aside."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import WRITERS, allow
from mutabaa.assistance import reported, services
from mutabaa.assistance.reported import IN_WORDS, ReportedView, key_of
from mutabaa.followup.models import Obstacle
from mutabaa.institutions.models import Institution
from mutabaa.taxonomy.models import Theme


@allow(WRITERS)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Obstacle × institution × theme, what waits first."""
    view = ReportedView.from_query(request.GET)
    page = Paginator(reported.groups(request.user, view), 50).get_page(request.GET.get("page"))
    words = 0 if view.obstacle else reported.in_words(request.user, view).count()
    context = {
        "page": page,
        "lines": reported.named(list(page.object_list)),
        "in_words": words,
        "in_words_key": IN_WORDS,
        "view": view,
        "obstacles": Obstacle.objects.all(),
        "tab": "obstacles",
        "may_record": True,
    }
    return render(request, "assistance/obstacles.html", context)


@allow(WRITERS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The single reports of a group, each with what became of it."""
    view = ReportedView.from_query(request.GET)
    words = view.obstacle == IN_WORDS
    rows: Any
    if words:
        rows = reported.in_words(request.user, ReportedView("", view.institution, view.theme, view.waiting))
        rows = rows.select_related("recommendation__document", "institution").order_by("seen", "-published_at", "pk")
    else:
        rows = reported.coded(request.user, view).select_related(
            "update__recommendation__document", "update__institution", "obstacle"
        )
        rows = rows.order_by("seen", "-update__published_at", "pk")
    page = Paginator(rows.distinct(), 50).get_page(request.GET.get("page"))
    pairs = [(row, None) if words else (row.update, row.obstacle) for row in page.object_list]
    found = reported.reviews_of([(u.pk, o.pk if o else None) for u, o in pairs], request.user)
    lines = [
        {
            "update": update,
            "item": update.recommendation,
            "obstacle": obstacle,
            "key": key_of(update, obstacle),
            "review": found.get((update.pk, obstacle.pk if obstacle else None)),
        }
        for update, obstacle in pairs
    ]
    context = {
        "page": page,
        "lines": lines,
        "view": view,
        "words": words,
        "obstacle": Obstacle.objects.filter(code=view.obstacle).first() if view.obstacle and not words else None,
        "institution": Institution.objects.filter(code=view.institution).first() if view.institution else None,
        "theme": Theme.objects.filter(code=view.theme).first() if view.theme else None,
        "tab": "obstacles",
        "may_record": True,
    }
    return render(request, "assistance/obstacle_list.html", context)


@allow(WRITERS)
@require_POST
def set_aside(request: HttpRequest) -> HttpResponse:
    chosen = reported.chosen(request.user, request.POST.getlist("from"))
    n = services.set_aside(request.user, chosen, request.POST.get("reason", ""))
    messages.success(
        request, ngettext("%(n)d obstacle was set aside.", "%(n)d obstacles were set aside.", n) % {"n": n}
    )
    return redirect("assistance:obstacles")
