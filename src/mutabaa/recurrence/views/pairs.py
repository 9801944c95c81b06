"""Pairs to decide: two texts side by side, one key or click per decision; confirmed links for everybody who may read both ends."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, allow
from mutabaa.core.differences import Piece, word_differences
from mutabaa.core.downloads import download
from mutabaa.core.text import fold
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence import services
from mutabaa.recurrence.exports import links_sheet
from mutabaa.recurrence.forms import PairView
from mutabaa.recurrence.models import Likeness, RepeatSearch
from mutabaa.recurrence.policies import may_decide
from mutabaa.recurrence.states import CONFIRMED, DECISIONS, LinkState

PER_PAGE = 15
LONGEST = 6_000  # letters: of longer texts the differences are not marked
KEYS = {"repeats": "r", "narrows": "n", "contradicts": "c", "different": "d"}


@dataclass(frozen=True)
class Shown:
    """A pair as the page shows it: the earlier text and the later one, each with its own pieces marked."""

    pair: Likeness
    earlier: Recommendation
    later: Recommendation
    before: list[Piece]
    after: list[Piece]


def shown(pair: Likeness) -> Shown:
    earlier, later = pair.in_time()
    pieces: list[Piece] = []
    if earlier.language == later.language and max(len(earlier.text), len(later.text)) <= LONGEST:
        pieces = word_differences(earlier.text, later.text)
    before = [p for p in pieces if p.kind != "ins"] or [Piece("same", earlier.text)]
    after = [p for p in pieces if p.kind != "del"] or [Piece("same", later.text)]
    return Shown(pair, earlier, later, before, after)


def found_by(view: PairView, rows: Any) -> Any:
    """The rows that the view asks for, but for its state."""
    if view.suggested:
        rows = rows.filter(suggested=view.suggested)
    if view.likeness:
        rows = rows.filter(score__gte=view.likeness / 100)
    if view.across:
        rows = rows.filter(across=True)
    if view.q:
        words = fold(view.q)
        rows = rows.filter(Q(first__folded__contains=words) | Q(second__folded__contains=words))
    return rows


@allow(SECRETARIAT)
@require_safe
def pairs(request: HttpRequest) -> HttpResponse:
    view = PairView.from_query(request.GET)
    rows = found_by(view, Likeness.objects.visible_to(request.user))
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    page = Paginator(rows.filter(state=view.state).with_texts(), PER_PAGE)
    page.count = counts.get(view.state, 0)  # type: ignore[misc]  # counted already
    got = page.get_page(request.GET.get("page"))
    context = {
        "view": view,
        "page": got,
        "shown": [shown(pair) for pair in got.object_list],
        "tabs": [(s.value, s.label, counts.get(s.value, 0)) for s in LinkState],
        "decisions": [(s.value, s.label, KEYS[s.value]) for s in DECISIONS],
        "near_identical": services.near_identical(request.user).count() if view.state == LinkState.PROPOSED else 0,
        "search": RepeatSearch.objects.select_related("asked_by").first(),
        "tab": "pairs",
        "may_decide": True,
    }
    return render(request, "recurrence/pairs.html", context)


def back(request: HttpRequest) -> HttpResponse:
    """To the list as it was, or to the pair's own page."""
    query = QueryDict(request.POST.get("view", "")[:2000], mutable=True)
    return redirect(reverse("recurrence:pairs") + (f"?{query.urlencode()}" if query else ""))


@allow(SECRETARIAT)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(Likeness.objects.visible_to(request.user), pk=pk)
    version = request.POST.get("version", "")
    services.decide(
        request.user,
        pair,
        request.POST.get("state", ""),
        note=request.POST.get("note", "").strip(),
        version=int(version) if version.isdecimal() and len(version) < 9 else None,
    )
    if "own_page" in request.POST:
        messages.success(request, _("The decision was recorded."))
        return redirect("recurrence:pair", pk)
    return back(request)


@allow(SECRETARIAT)
@require_POST
def decide_several(request: HttpRequest) -> HttpResponse:
    """The ticked pairs, or all near-identical ones."""
    if "near_identical" in request.POST:
        n = services.decide_several(request.user, services.near_identical(request.user), LinkState.REPEATS)
    else:
        ticked = [int(v) for v in request.POST.getlist("selected") if v.isdecimal() and len(v) < 12]
        rows = Likeness.objects.filter(pk__in=ticked[:500])
        n = services.decide_several(request.user, rows, request.POST.get("state", ""))
    messages.success(request, ngettext("%(n)d pair was decided.", "%(n)d pairs were decided.", n) % {"n": n})
    return back(request)


@allow(SECRETARIAT)
@require_safe
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """One pair with its history."""
    found = get_object_or_404(Likeness.objects.visible_to(request.user).with_texts(), pk=pk)
    context = {
        "item": shown(found),
        "pair": found,
        "history": found.decisions.select_related("decided_by"),
        "decisions": [(s.value, s.label, KEYS[s.value]) for s in DECISIONS],
    }
    return render(request, "recurrence/pair.html", context)


@allow(SIGNED_IN)
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """What was confirmed, of the records that the person may read."""
    rows = Likeness.objects.visible_to(request.user).filter(state__in=CONFIRMED)
    page = Paginator(rows.with_texts().order_by("-decided_at", "pk"), 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shown": [shown(pair) for pair in page.object_list],
        "tab": "links",
        "may_decide": may_decide(request.user),
    }
    return render(request, "recurrence/links.html", context)


@allow(SIGNED_IN)
@require_safe
def links_file(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = Likeness.objects.visible_to(request.user).filter(state__in=CONFIRMED)
    return download(links_sheet(rows), "links", form)


@allow(SECRETARIAT)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a search."""
    services.ask(request.user, everything="everything" in request.POST)
    return redirect("recurrence:search")


@allow(SECRETARIAT)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Where the latest search stands; asks again by itself while it works."""
    found = RepeatSearch.objects.select_related("asked_by").first()
    if request.headers.get("HX-Request"):
        if found is None or not found.is_working:
            response = HttpResponse(status=204)
            response["HX-Refresh"] = "true"
            return response
        return render(request, "recurrence/_progress.html", {"search": found})
    earlier = RepeatSearch.objects.select_related("asked_by")[1:11]
    return render(
        request, "recurrence/search.html", {"search": found, "earlier": earlier, "tab": "search", "may_decide": True}
    )


@allow(SECRETARIAT)
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    found = RepeatSearch.objects.first()
    if found:
        services.cancel(request.user, found)
        messages.success(request, _("The search was ended. Nothing of it was kept."))
    return redirect("recurrence:search")
