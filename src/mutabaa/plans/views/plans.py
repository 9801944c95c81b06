"""The list of plans, a plan's page, and the deeds on the plan itself."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, STATE_STAFF, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.core.installation import installation_of
from mutabaa.institutions.policies import institution_ids
from mutabaa.plans import services
from mutabaa.plans.forms import PlanForm, ReasonForm, initial_of_plan
from mutabaa.plans.models import Edition, Measure, OutcomeIndicator, Plan, PlanItem
from mutabaa.plans.policies import may_edit_plan, may_make_plan, may_publish, may_see_inside
from mutabaa.plans.snapshot import changes_between, snapshot
from mutabaa.plans.states import FINISHED, Agreement, PlanState
from mutabaa.plans.steps import steps_of
from mutabaa.plans.views.finding import plan_or_404, say
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.views import conflict_of

OUTCOMES_PER_PAGE = 20


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every plan that the person may read, with what it holds and how far it is."""
    today = timezone.localdate()
    standing = Q(measures__removed=False)
    rows = (
        Plan.objects.visible_to(request.user)
        .annotate(
            size=Count("measures", filter=standing),
            completed=Count("measures", filter=standing & Q(measures__execution="completed")),
            late=Count(
                "measures", filter=standing & Q(measures__due_on__lt=today) & ~Q(measures__execution__in=FINISHED)
            ),
        )
        .prefetch_related("themes")
        .order_by("-starts_on", "pk")
    )
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    waiting = Measure.objects.visible_to(request.user).filter(agreement=Agreement.ASKED)
    context = {"page": page, "may_make": may_make_plan(request.user), "in_force": any(p.is_in_force for p in page)}
    if not context["may_make"]:
        mine = institution_ids(request.user)
        context["waiting"] = waiting.filter(lead__in=mine).count() if mine else 0
    return render(request, "plans/list.html", context)


@allow(SIGNED_IN)
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plan: what comes next, then outcome by outcome with its measures."""
    plan = plan_or_404(request, public_id)
    inside = may_see_inside(request.user)
    measures = Measure.objects.standing().select_related("lead").order_by("number")
    outcomes = (
        plan.outcomes.filter(removed=False)
        .select_related("cluster", "theme")
        .annotate(judged=Exists(OutcomeIndicator.objects.filter(outcome=OuterRef("pk"))))
        .prefetch_related(Prefetch("measures", measures, to_attr="standing"))
        .order_by("number")
    )
    page = Paginator(outcomes, OUTCOMES_PER_PAGE).get_page(request.GET.get("page"))
    editable = may_edit_plan(request.user, plan)
    editions = list(plan.editions.defer("content").order_by("-number"))
    for outcome in page:
        outcome.plan = plan
        for measure in outcome.standing:
            measure.outcome = outcome
    context: dict[str, Any] = {
        "plan": plan,
        "page": page,
        "may_edit": editable,
        "inside": inside,
        "editions": editions,
        "authors": list(plan.authors.select_related("institution")),
        "themes": list(plan.themes.all()),
        "today": timezone.localdate(),
        "steps": steps_of(plan, page.paginator.count, editions) if inside else None,
        "may_publish": may_publish(request.user, plan),
        "reason_form": ReasonForm(auto_id="move_%s") if editable else None,
    }
    return render(request, "plans/plan.html", context)


@allow(SECRETARIAT)
def create(request: HttpRequest) -> HttpResponse:
    installation = installation_of(request)
    form = PlanForm(
        request.POST or None,
        initial={"language": request.LANGUAGE_CODE[:2], "kind": "national", "visibility": "institutions"},
        languages=installation.languages,
        plans=Plan.objects.visible_to(request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan = services.create_plan(request.user, **form.values())
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The plan was made. Begin with what should change: its desired outcomes."))
            return redirect("plans:plan", plan.public_id)
    context = {"form": form, "title": _("New plan")}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


@allow(SECRETARIAT)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    plan = plan_or_404(request, public_id)
    form = PlanForm(
        request.POST or None,
        initial=initial_of_plan(plan),
        languages=installation_of(request).languages,
        plans=Plan.objects.visible_to(request.user).exclude(pk=plan.pk),
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_plan(request.user, plan, form.cleaned_data["version"], **form.values())
        except Conflict as error:
            conflict = conflict_of(form, error, initial_of_plan(error.current))
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The plan was changed."))
            return redirect("plans:plan", plan.public_id)
    context = {"form": form, "title": _("Edit the plan"), "plan": plan, "conflict": conflict}
    return render(request, "plans/form.html", context, status=409 if conflict else 422 if form.errors else 200)


@allow(STATE_STAFF)
@require_safe
def scope(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which recommendations the plan answers, what serves each, and which it leaves out and why."""
    plan = plan_or_404(request, public_id)
    seen = Recommendation.objects.own().visible_to(request.user)
    items = PlanItem.objects.filter(plan=plan, recommendation__in=seen)
    served = Measure.recommendations.through.objects.filter(
        recommendation_id=OuterRef("recommendation_id"), measure__plan=plan, measure__removed=False
    ).exclude(measure__execution="cancelled")
    items = items.annotate(served=Exists(served))
    show = request.GET.get("show", "")
    filters = {"open": Q(served=False, left_out_because=""), "served": Q(served=True), "out": ~Q(left_out_because="")}
    if show in filters:
        items = items.filter(filters[show])
    rows = items.select_related("recommendation__document", "recommendation__mechanism").order_by("served", "pk")
    context = {
        "plan": plan,
        "show": show,
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "may_edit": may_edit_plan(request.user, plan),
    }
    return render(request, "plans/scope.html", context)


def ticked(request: HttpRequest) -> list[Recommendation]:
    rows = Recommendation.objects.own().visible_to(request.user)
    return list(rows.filter(public_id__in=request.POST.getlist("selected")))


@allow(SECRETARIAT)
@require_POST
def leave_out(request: HttpRequest, public_id: str) -> HttpResponse:
    plan = plan_or_404(request, public_id)
    n = services.leave_out(request.user, plan, ticked(request), request.POST.get("reason", ""))
    messages.success(
        request, ngettext("%(n)d recommendation was left out.", "%(n)d recommendations were left out.", n) % {"n": n}
    )
    return redirect("plans:scope", plan.public_id)


@allow(SECRETARIAT)
@require_POST
def take_in(request: HttpRequest, public_id: str) -> HttpResponse:
    plan = plan_or_404(request, public_id)
    n = services.add_items(request.user, plan, ticked(request))
    messages.success(
        request,
        ngettext("%(n)d recommendation came into the plan.", "%(n)d recommendations came into the plan.", n) % {"n": n},
    )
    return redirect("plans:scope", plan.public_id)


@allow(SECRETARIAT)
@require_safe
def clusters(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where to begin: the clusters that no outcome of this plan rests on yet, the most recurrent first."""
    plan = plan_or_404(request, public_id)
    links = Cluster.members.through.objects.filter(
        recommendation__in=Recommendation.objects.own().visible_to(request.user)
    )
    sizes = {
        row.pop("cluster_id"): row
        for row in links.values("cluster_id").annotate(
            size=Count("pk"), bodies=Count("recommendation__mechanism", distinct=True)
        )
    }
    used = set(plan.outcomes.filter(removed=False).values_list("cluster_id", flat=True))
    rows = [
        {"cluster": c, "used": c.pk in used, **sizes.get(c.pk, {"size": 0, "bodies": 0})}
        for c in visible_clusters(request.user).select_related("theme")
    ]
    rows = [row for row in rows if row["size"]]
    rows.sort(key=lambda row: (row["used"], -row["bodies"], -row["size"], row["cluster"].code))
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "plans/clusters.html", {"plan": plan, "page": page})


@allow(SECRETARIAT)
@require_POST
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    plan = plan_or_404(request, public_id)
    public = request.POST.get("public") == "yes"
    services.set_published(request.user, plan, public)
    messages.success(request, _("The plan is public now.") if public else _("The plan was taken off the public pages."))
    return redirect("plans:plan", plan.public_id)


@allow(SECRETARIAT)
@require_POST
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the plan, withdraw it, or take a withdrawn one up again."""
    plan = plan_or_404(request, public_id)
    to = request.POST.get("to", "")
    if to not in PlanState.values:
        return redirect("plans:plan", plan.public_id)
    services.move_plan(request.user, plan, to, request.POST.get("reason", ""))
    messages.success(request, _("The plan is now “%(state)s”.") % {"state": PlanState(to).label})
    return redirect("plans:list") if to == PlanState.WITHDRAWN else redirect("plans:plan", plan.public_id)


@allow(SIGNED_IN)
@require_safe
def edition(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """An approved edition: by whom, and what changed against the one before and until now."""
    plan = plan_or_404(request, public_id)
    rows: list[Edition] = list(plan.editions.filter(number__in=[number, number - 1]).order_by("-number"))
    if not rows or rows[0].number != number:
        raise Http404
    this = rows[0]
    before = rows[1] if len(rows) > 1 else None
    context = {
        "plan": plan,
        "edition": this,
        "before": before,
        "changes": changes_between(before.content, this.content) if before else [],
        "since": changes_between(this.content, snapshot(plan)) if may_see_inside(request.user) else None,
    }
    return render(request, "plans/edition.html", context)
