"""Gaps: the register, one gap with its path, recording and changing."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SIGNED_IN, WRITERS, allow
from mutabaa.assistance import registers, reported, services
from mutabaa.assistance.chain import chain_of
from mutabaa.assistance.exports import gaps_sheet
from mutabaa.assistance.forms.fields import candidates
from mutabaa.assistance.forms.gaps import GapForm, GapStateForm
from mutabaa.assistance.models import AssistanceRequest, Gap, ObstacleReview
from mutabaa.assistance.policies import institutions_open_to, may_edit_gap, may_look_at_obstacles
from mutabaa.assistance.registers import Filters
from mutabaa.assistance.states import GAP_STEPS, Direction, GapState, Scope
from mutabaa.assistance.views.conflicts import conflict_page, refused
from mutabaa.core.downloads import download
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.followup.models import Update
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import posts_of
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import Theme


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    asked = Filters.from_query(request.GET)
    found = registers.gaps(request.user, asked)
    rows = registers.in_state(found, GapState, asked).select_related("institution", "theme")
    rows = rows.annotate(needed=Count("needs", filter=Q(needs__dropped_because=""), distinct=True))
    context = {
        "page": Paginator(rows.order_by("-recorded_on", "-pk"), 50).get_page(request.GET.get("page")),
        "asked": asked,
        "tabs": registers.tabs(found, GapState),
        "institutions": Institution.objects.filter(capacity_gaps__in=found.order_by().values("pk")).distinct(),
        "themes": Theme.objects.filter(capacity_gaps__in=found.order_by().values("pk")).distinct(),
        "scopes": Scope.choices,
        "may_record": may_look_at_obstacles(request.user),
        "tab": "gaps",
    }
    return render(request, "assistance/gaps.html", context)


@allow(SIGNED_IN)
@require_safe
def file(request: HttpRequest, form: str) -> HttpResponseBase:
    asked = Filters.from_query(request.GET)
    rows = registers.in_state(registers.gaps(request.user, asked), GapState, asked)
    return download(gaps_sheet(request.user, rows), "capacity-gaps", form)


def visible(request: HttpRequest, public_id: str) -> Gap:
    rows = Gap.objects.visible_to(request.user).select_related("institution", "theme", "recorded_by")
    return get_object_or_404(rows, public_id=public_id)


@allow(SIGNED_IN)
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The gap, the obstacles it comes from, the needs and requests it led to."""
    gap = visible(request, public_id)
    seen = Update.objects.visible_to(request.user).order_by().values("pk")
    may_edit = may_edit_gap(request.user, gap)
    requests: dict[int, list[AssistanceRequest]] = {}
    for row in AssistanceRequest.objects.visible_to(request.user).filter(need__gap=gap).order_by("pk"):
        requests.setdefault(row.need_id, []).append(row)
    context = {
        "gap": gap,
        "obstacles": gap.obstacles.all(),
        "reported": ObstacleReview.objects.filter(gap=gap, update__in=seen)
        .select_related("update__institution", "update__recommendation__document", "obstacle")
        .order_by("pk")[:100],
        "recommendations": gap.recommendations.visible_to(request.user)  # type: ignore[attr-defined]
        .select_related("document")
        .order_by("-published_on", "pk")[:200],
        "needs": [
            {
                "row": n,
                "requests": requests.get(n.pk, []),
                "asks": n.direction == Direction.RECEIVED and not n.dropped_because,
            }
            for n in gap.needs.all()
        ],
        "may_edit": may_edit,
        "steps": [(s, GapState(s).label) for s in GapState.values if s in GAP_STEPS[gap.state] and s != "closed"],
        "may_close": GapState.CLOSED in GAP_STEPS[gap.state],
        "institutions": asking_institutions(request, gap) if may_edit else [],
    }
    return render(request, "assistance/gap.html", context)


def asking_institutions(request: HttpRequest, gap: Gap) -> list[Institution]:
    """In whose name this person may ask, the gap's own first."""
    own = institutions_open_to(request.user)
    if own is None and gap.institution is not None:
        return [gap.institution]
    rows = Institution.objects.filter(active=True).exclude(branch=Institution.Branch.CIVIL_SOCIETY)
    return list(rows if own is None else rows.filter(pk__in=own))


@allow(SIGNED_IN)
@require_safe
def chain(request: HttpRequest, public_id: str) -> HttpResponse:
    """The path from the obstacles to this gap, and each need and request that came of it."""
    gap = visible(request, public_id)
    needs = list(gap.needs.all())
    rows = AssistanceRequest.objects.visible_to(request.user).filter(need__gap=gap).order_by("pk")
    requests = list(
        rows.select_related("institution", "fund", "provider", "need").prefetch_related("steps", "results")[:20]
    )
    links = chain_of(request.user, gap, None, None)
    branches = []
    for need in needs:
        of_need = [r for r in requests if r.need_id == need.pk]
        branches += [chain_of(request.user, None, need, r) for r in of_need] or [
            chain_of(request.user, None, need, None)
        ]
    context = {"title": gap.title, "gap": gap, "links": links, "branches": branches, "back": gap}
    return render(request, "assistance/chain.html", context)


def own_institution(request: HttpRequest) -> Institution | None:
    """The institution a contributor records for; None for the secretariat."""
    return next((post.institution for post in posts_of(request.user)), None)


@allow(WRITERS)
def new(request: HttpRequest) -> HttpResponse:
    """From ticked obstacles (`from`), from a recommendation (`rec`), or freely. A POST without `confirm` opens the form."""
    given = request.POST if request.method == "POST" else request.GET
    chosen = reported.chosen(request.user, given.getlist("from"))
    wanted = {update.recommendation_id for update, _obstacle in chosen}
    wanted |= set(Recommendation.objects.filter(public_id__in=given.getlist("rec")[:50]).values_list("pk", flat=True))
    tickable = candidates(request.user, wanted)
    confirmed = request.method == "POST" and "confirm" in request.POST
    places = {update.institution_id for update, _obstacle in chosen}
    initial: dict[str, Any] = {
        "language": chosen[0][0].language if chosen else (get_language() or "en")[:2],
        "institution": next(iter(places)) if len(places) == 1 else own_institution(request),
        "obstacles": [o.pk for _u, o in chosen if o],
        "recommendations": list(tickable),
        "description": "\n\n".join(dict.fromkeys(u.obstacle_text for u, _o in chosen if u.obstacle_text)),
    }
    form = GapForm(request.POST if confirmed else None, person=request.user, tickable=tickable, initial=initial)
    if confirmed and form.is_valid():
        try:
            gap = services.record_gap(request.user, reported=chosen, **form.values())
        except Invalid as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("The gap was recorded. Say now what would close it."))
            return redirect("assistance:gap", gap.public_id)
    context = {"form": form, "chosen": chosen, "keys": given.getlist("from")[:500], "recs": given.getlist("rec")[:50]}
    return render(request, "assistance/gap_form.html", context, status=422 if form.errors else 200)


@allow(WRITERS)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    gap = visible(request, public_id)
    if not may_edit_gap(request.user, gap):
        return redirect("assistance:gap", public_id)
    stands = list(gap.recommendations.values_list("pk", flat=True))
    told = ObstacleReview.objects.filter(gap=gap).values("update__recommendation_id")
    tickable = candidates(request.user, stands, told)
    initial = {"recommendations": stands}
    form = GapForm(request.POST or None, instance=gap, person=request.user, tickable=tickable, initial=initial)
    context: dict[str, Any] = {"form": form, "gap": gap}
    if request.method == "POST" and form.is_valid():
        try:
            services.change_gap(request.user, gap, form.cleaned_data["version"], **form.values())
        except Invalid as refusal:
            refused(form, refusal)
        except Conflict as conflict:
            return conflict_page(request, conflict, form, "assistance/gap_form.html", context)
        else:
            messages.success(request, _("The gap was changed."))
            return redirect("assistance:gap", public_id)
    return render(request, "assistance/gap_form.html", context, status=422 if form.errors else 200)


@allow(WRITERS)
@require_POST
def state(request: HttpRequest, public_id: str) -> HttpResponse:
    gap = visible(request, public_id)
    form = GapStateForm(request.POST)
    if form.is_valid():
        services.change_state(
            request.user, gap, form.cleaned_data["state"], reason=form.cleaned_data["reason"], version=form.cleaned_data["version"]
        )  # fmt: skip
        messages.success(request, _("The state of the gap was changed."))
    return redirect("assistance:gap", public_id)
