"""A measure's page, and writing measures."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, STATE_STAFF, WRITERS, allow
from mutabaa.core import pages
from mutabaa.core.errors import Conflict, Invalid, Refusal
from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.plans import services
from mutabaa.plans.forms import (
    AgreeForm,
    BudgetForm,
    MeasureEvidenceForm,
    MilestoneForm,
    ReasonForm,
)
from mutabaa.plans.measure_forms import MeasureChoices, MeasureForm, initial_of_measure
from mutabaa.plans.measure_text import FIELDS, MANY
from mutabaa.plans.measure_versions import versions_of
from mutabaa.plans.models import Measure, Outcome, Progress
from mutabaa.plans.policies import (
    editable_fields,
    may_answer_agreement,
    may_edit_measure,
    may_edit_plan,
    may_report,
    may_see_inside,
)
from mutabaa.plans.views.finding import measure_or_404, outcome_or_404, say
from mutabaa.recommendations.models import Recommendation

CANDIDATES = 200  # recommendations offered for ticking; others are named by symbol and paragraph


@allow(SIGNED_IN)
@require_safe
def detail(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, measure_or_404(request, public_id))


def page(request: HttpRequest, measure: Measure, status: int = 200, **forms: Any) -> HttpResponse:
    """The measure with what this person can do to it; `forms` are those that came back with errors. Ten queries."""
    inside, editable = may_see_inside(request.user), may_edit_measure(request.user, measure)
    needs, needed_by = linked_measures(measure) if measure.has_links else ([], [])  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "measure": measure,
        "plan": measure.plan,
        "outcome": measure.outcome,
        "partners": list(measure.partners.all()),
        "recommendations": list(
            measure.recommendations.visible_to(request.user).select_related("document", "mechanism").order_by("pk")  # type: ignore[attr-defined]
        ),
        "milestones": list(measure.milestones.all()),
        "budget": list(measure.budget_lines.all()),
        "progress": progress_of(measure),
        "evidence": list(measure.evidence.filter(removed=False)),
        "instruments": list(measure.instruments.visible_to(request.user)) if measure.has_instruments else [],  # type: ignore[attr-defined]
        "needs": needs,
        "needed_by": needed_by,
        "inside": inside,
        "may_edit": editable,
        "may_report": may_report(request.user, measure),
        "may_remove": may_edit_plan(request.user, measure.plan),
        "today": timezone.localdate(),
    }
    context["totals"] = totals(context["budget"])
    if editable:
        year = min(timezone.localdate().year, measure.due_on.year)
        context["milestone_form"] = MilestoneForm(auto_id="milestone_%s")
        context["budget_form"] = BudgetForm(
            auto_id="budget_%s", initial={"currency": measure.plan.currency, "year": year, "funding": "unfunded"}
        )
        context["evidence_form"] = MeasureEvidenceForm(auto_id="evidence_%s")
    if may_answer_agreement(request.user, measure):
        context["agree_form"] = AgreeForm(initial={"version": measure.version}, auto_id="agree_%s")
        context["decline_form"] = ReasonForm(initial={"version": measure.version}, auto_id="decline_%s")
    context |= forms
    context["panels"] = pages.collect(pages.measure_panels, request, measure)
    return render(request, "plans/measure.html", context, status=status)


def linked_measures(measure: Measure) -> tuple[list[Measure], list[Measure]]:
    """What it waits for, and what waits for it. One query."""
    through = Measure.depends_on.through.objects
    links = through.filter(from_measure=measure) | through.filter(to_measure=measure)
    rows = list(links.select_related("from_measure__outcome", "to_measure__outcome").order_by("pk"))
    return (
        [link.to_measure for link in rows if link.from_measure_id == measure.pk and not link.to_measure.removed],
        [link.from_measure for link in rows if link.to_measure_id == measure.pk and not link.from_measure.removed],
    )


def totals(lines: Any) -> list[dict[str, Any]]:
    """Sums by currency, funded and not: currencies are never added up."""
    sums: dict[str, dict[str, Any]] = {}
    for line in lines:
        row = sums.setdefault(line.currency, {"currency": line.currency, "funded": 0, "unfunded": 0})
        row[line.funding] += line.amount
    return [sums[code] for code in sorted(sums)]


def progress_of(measure: Measure) -> list[Progress]:
    """The reports, the latest first. Two queries at most."""
    return list(measure.progress.select_related("author", "institution").prefetch_related("obstacles"))


@allow(SECRETARIAT)
def create(request: HttpRequest, public_id: str) -> HttpResponse:
    """A new measure under an outcome."""
    outcome = outcome_or_404(request, public_id)
    form = MeasureForm(request.POST or None, choices=choices(request, outcome))
    if request.method == "POST" and form.is_valid():
        try:
            measure = services.add_measure(request.user, outcome, **form.values())
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The measure was added. Give it milestones and a budget."))
            if request.POST.get("then") == "another":
                return redirect("plans:new_measure", outcome.public_id)
            return redirect("plans:measure", measure.public_id)
    context = {"form": form, "title": _("New measure"), "plan": outcome.plan, "outcome": outcome}
    return render(request, "plans/measure_form.html", context, status=422 if form.errors else 200)


def choices(request: HttpRequest, outcome: Outcome, links: dict[str, list[int]] | None = None) -> MeasureChoices:
    """What the form offers: the recommendations of the outcome, and what the measure is linked to already (`links`).

    Five queries, three for a new measure.
    """
    had = links or {name: [] for name in MANY}
    offered = services.recommendations_of(outcome, request.user).order_by("pk").values("pk")[:CANDIDATES]
    rows = Recommendation.objects.visible_to(request.user).filter(Q(pk__in=offered) | Q(pk__in=had["recommendations"]))
    institutions = Institution.objects.filter(Q(active=True) | Q(pk__in=[*had["partners"], *had.get("lead", [])]))
    measures = Measure.objects.standing().filter(plan=outcome.plan_id).select_related("outcome").in_order()  # type: ignore[attr-defined]
    new = links is None
    return MeasureChoices(
        list(rows.select_related("document").order_by("mechanism_id", "pk")),
        list(institutions),
        list(Instrument.objects.visible_to(request.user)),
        () if new else list(Outcome.objects.filter(plan=outcome.plan_id, removed=False)),
        () if new else [m for m in measures if m.pk not in had["itself"]],
    )


def linked(measure: Measure, initial: dict[str, Any]) -> dict[str, list[int]]:
    """The rows that the form must offer because the measure has them."""
    return {name: initial[name] for name in MANY} | {"lead": [measure.lead_id], "itself": [measure.pk]}


@allow(WRITERS)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change a measure. Where somebody else changed the same words, what was written is kept to be put together."""
    measure = measure_or_404(request, public_id)
    if not may_edit_measure(request.user, measure):
        return redirect("plans:measure", measure.public_id)
    initial = initial_of_measure(measure)
    form = MeasureForm(
        request.POST or None,
        initial=initial,
        open_fields=editable_fields(request.user, measure, FIELDS),
        choices=choices(request, measure.outcome, linked(measure, initial)),
    )
    if request.method == "POST" and form.is_valid():
        version, fields = form.cleaned_data["version"], unseen_kept(request, measure, form.values())
        try:
            services.save_measure(request.user, measure, version, **fields)
        except Conflict:
            kept = services.keep_edit(request.user, measure, version or measure.version, fields)
            return redirect("plans:conflict", kept.public_id)
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The measure was changed."))
            return redirect("plans:measure", measure.public_id)
    context = {"form": form, "title": _("Edit the measure"), "plan": measure.plan, "measure": measure}
    return render(request, "plans/measure_form.html", context, status=422 if form.errors else 200)


def unseen_kept(request: HttpRequest, measure: Measure, fields: dict[str, Any]) -> dict[str, Any]:
    """Links that the person cannot see were not in the form: they stay."""
    for name, visible in (
        ("recommendations", Recommendation.objects.visible_to(request.user)),
        ("instruments", Instrument.objects.visible_to(request.user)),
    ):
        if name in fields:
            unseen = getattr(measure, name).exclude(pk__in=visible.values("pk"))
            fields[name] = [*fields[name], *unseen]
    return fields


@allow(SECRETARIAT)
@require_POST
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    measure = measure_or_404(request, public_id)
    services.remove_measure(request.user, measure, request.POST.get("reason", ""))
    messages.success(request, _("The measure was taken out of the plan. Its recommendations wait for another one."))
    return redirect("plans:plan", measure.plan.public_id)


@allow(WRITERS)
@require_POST
def add_milestone(request: HttpRequest, public_id: str) -> HttpResponse:
    measure = measure_or_404(request, public_id)
    form = MilestoneForm(request.POST, auto_id="milestone_%s")
    if form.is_valid():
        try:
            services.add_milestone(
                request.user, measure, title=form.cleaned_data["title"], due_on=form.cleaned_data["due_on"]
            )
        except Invalid as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The milestone was added."))
            return redirect(reverse("plans:measure", args=[measure.public_id]) + "#milestones")
    return page(request, measure, 422, milestone_form=form)


@allow(WRITERS)
@require_POST
def add_budget(request: HttpRequest, public_id: str) -> HttpResponse:
    measure = measure_or_404(request, public_id)
    form = BudgetForm(request.POST, auto_id="budget_%s")
    if form.is_valid():
        try:
            services.add_budget_line(request.user, measure, **form.values())
        except Invalid as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The budget line was added."))
            return redirect(reverse("plans:measure", args=[measure.public_id]) + "#budget")
    return page(request, measure, 422, budget_form=form)


@allow(WRITERS)
@require_POST
def add_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    measure = measure_or_404(request, public_id)
    form = MeasureEvidenceForm(request.POST, request.FILES, auto_id="evidence_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.add_evidence(request.user, measure, title=data["title"], url=data["url"], upload=data["file"])
        except Invalid as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The evidence was added."))
            return redirect(reverse("plans:measure", args=[measure.public_id]) + "#evidence")
    return page(request, measure, 422, evidence_form=form)


@allow(STATE_STAFF)
@require_safe
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version of a measure, newest first, with what changed in the words."""
    measure = measure_or_404(request, public_id)
    context = {"measure": measure, "plan": measure.plan, "entries": versions_of(measure)}
    return render(request, "plans/history.html", context)
