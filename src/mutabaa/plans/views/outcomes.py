"""Desired outcomes: made from a cluster, changed, put in order, judged by indicators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import SECRETARIAT, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.indicators.models import Indicator
from mutabaa.plans import services
from mutabaa.plans.forms import OutcomeForm, OutcomeIndicatorForm, initial_of_outcome
from mutabaa.plans.models import OutcomeIndicator
from mutabaa.plans.views.finding import outcome_or_404, plan_or_404, say
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.views import conflict_of


@allow(SECRETARIAT)
def create(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new outcome; with `?cluster=` from that cluster, whose recommendations are shown beside the form."""
    plan = plan_or_404(request, public_id)
    clusters = visible_clusters(request.user)
    cluster = clusters.filter(code=request.GET.get("cluster", "")).select_related("theme").first()
    initial = {"cluster": cluster, "theme": cluster.theme if cluster else None}
    form = OutcomeForm(request.POST or None, initial=initial, clusters=clusters)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.add_outcome(request.user, plan, **form.values())
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The outcome was added. Now say which measures lead there."))
            if request.POST.get("then") == "another":
                return redirect("plans:clusters", plan.public_id)
            return redirect("plans:new_measure", outcome.public_id)
    members = cluster.members.own().visible_to(request.user).select_related("document") if cluster else None
    context = {"form": form, "title": _("New desired outcome"), "plan": plan, "cluster": cluster}
    context["members"] = members[:50] if members is not None else []
    return render(request, "plans/outcome_form.html", context, status=422 if form.errors else 200)


@allow(SECRETARIAT)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    outcome = outcome_or_404(request, public_id)
    form = OutcomeForm(
        request.POST or None, initial=initial_of_outcome(outcome), clusters=visible_clusters(request.user)
    )
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_outcome(request.user, outcome, form.cleaned_data["version"], **form.values())
        except Conflict as error:
            conflict = conflict_of(form, error, initial_of_outcome(error.current))
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The outcome was changed."))
            return redirect("plans:plan", outcome.plan.public_id)
    context = page(request, outcome) | {"form": form, "conflict": conflict}
    status = 409 if conflict else 422 if form.errors else 200
    return render(request, "plans/outcome_form.html", context, status=status)


def page(request: HttpRequest, outcome: Any, indicator_form: OutcomeIndicatorForm | None = None) -> dict[str, Any]:
    return {
        "title": _("Edit the outcome"),
        "plan": outcome.plan,
        "outcome": outcome,
        "lines": list(outcome.indicators.select_related("indicator")),
        "indicator_form": indicator_form or OutcomeIndicatorForm(auto_id="indicator_%s"),
        "any_indicator": Indicator.objects.filter(active=True).exists(),
        "removable": not outcome.measures.filter(removed=False).exists(),
    }


@allow(SECRETARIAT)
@require_POST
def set_indicator(request: HttpRequest, public_id: str) -> HttpResponse:
    outcome = outcome_or_404(request, public_id)
    form = OutcomeIndicatorForm(request.POST, auto_id="indicator_%s")
    if form.is_valid():
        try:
            services.set_indicator(request.user, outcome, **form.cleaned_data)
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The outcome is judged by this indicator now."))
            return redirect("plans:edit_outcome", outcome.public_id)
    main = OutcomeForm(initial=initial_of_outcome(outcome), clusters=visible_clusters(request.user))
    return render(request, "plans/outcome_form.html", page(request, outcome, form) | {"form": main}, status=422)


@allow(SECRETARIAT)
@require_POST
def drop_indicator(request: HttpRequest, public_id: str, pk: int) -> HttpResponse:
    outcome = outcome_or_404(request, public_id)
    services.drop_indicator(request.user, get_object_or_404(OutcomeIndicator, outcome=outcome, pk=pk))
    messages.success(request, _("The indicator was taken off the outcome. Its line stays in the history."))
    return redirect("plans:edit_outcome", outcome.public_id)


@allow(SECRETARIAT)
@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    outcome = outcome_or_404(request, public_id)
    services.remove_outcome(request.user, outcome, request.POST.get("reason", ""))
    messages.success(request, _("The outcome was removed. Its recommendations stay in the plan."))
    return redirect("plans:plan", outcome.plan.public_id)


@allow(SECRETARIAT)
@require_POST
def shift(request: HttpRequest, public_id: str) -> HttpResponse:
    """One place up or down."""
    outcome = outcome_or_404(request, public_id)
    order = list(outcome.plan.outcomes.filter(removed=False).order_by("number"))
    here = next(i for i, o in enumerate(order) if o.pk == outcome.pk)
    there = here + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        services.put_outcomes_in_order(request.user, outcome.plan, order)
    return redirect("plans:plan", outcome.plan.public_id)
