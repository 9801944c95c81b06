"""Changing and removing a measure's milestones, budget lines and evidence."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mutabaa.accounts.access import EVERYONE, WRITERS, allow
from mutabaa.core.errors import Conflict, Refusal
from mutabaa.followup.views.evidence import attachment
from mutabaa.plans import services
from mutabaa.plans.forms import BudgetForm, MilestoneForm, initial_of_line, initial_of_milestone
from mutabaa.plans.models import BudgetLine, Measure, MeasureEvidence, Milestone
from mutabaa.plans.policies import may_edit_measure
from mutabaa.plans.views.finding import say
from mutabaa.recommendations.views import conflict_of


def of_measure(request: HttpRequest, model: Any, pk: int) -> Any:
    rows = model.objects.filter(measure__in=Measure.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("measure__plan", "measure__outcome"), pk=pk)


def back(measure: Measure, anchor: str) -> HttpResponse:
    return redirect(reverse("plans:measure", args=[measure.public_id]) + anchor)


@allow(WRITERS)
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    row: Milestone = of_measure(request, Milestone, pk)
    return edited(
        request,
        row,
        MilestoneForm(request.POST or None, initial=initial_of_milestone(row)),
        lambda form: services.edit_milestone(
            request.user,
            row,
            form.cleaned_data["version"],
            title=form.cleaned_data["title"],
            due_on=form.cleaned_data["due_on"],
        ),
        initial_of_milestone,
        (_("Edit the milestone"), "#milestones", "plans:remove_milestone"),
    )


@allow(WRITERS)
def budget_line(request: HttpRequest, pk: int) -> HttpResponse:
    row: BudgetLine = of_measure(request, BudgetLine, pk)
    return edited(
        request,
        row,
        BudgetForm(request.POST or None, initial=initial_of_line(row)),
        lambda form: services.edit_budget_line(request.user, row, form.cleaned_data["version"], **form.values()),
        initial_of_line,
        (_("Edit the budget line"), "#budget", "plans:remove_budget_line"),
    )


def edited(
    request: HttpRequest, row: Any, form: Any, save: Any, initial_of: Any, words: tuple[str, str, str]
) -> HttpResponse:
    """A small form for one line of a measure; `words` are its title, the place on the measure's page, and the address of removal."""
    title, anchor, removal = words
    if not may_edit_measure(request.user, row.measure):
        return back(row.measure, anchor)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form)
        except Conflict as error:
            conflict = conflict_of(form, error, initial_of(error.current))
        except Refusal as refusal:
            say(form, refusal)
        else:
            messages.success(request, _("The line was changed."))
            return back(row.measure, anchor)
    context = {
        "form": form,
        "title": title,
        "plan": row.measure.plan,
        "measure": row.measure,
        "conflict": conflict,
        "removal": reverse(removal, args=[row.pk]),
    }
    return render(request, "plans/form.html", context, status=409 if conflict else 422 if form.errors else 200)


@allow(WRITERS)
@require_POST
def remove_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    row = of_measure(request, Milestone, pk)
    services.remove_milestone(request.user, row)
    messages.success(request, _("The milestone was removed. It stays in the history."))
    return back(row.measure, "#milestones")


@allow(WRITERS)
@require_POST
def reach(request: HttpRequest, pk: int) -> HttpResponse:
    """Reached on the day that is given, today where none is; `undo` takes the mark away."""
    row = of_measure(request, Milestone, pk)
    if request.POST.get("undo"):
        services.reach_milestone(request.user, row, None)
        messages.success(request, _("The milestone is open again."))
    else:
        services.reach_milestone(request.user, row, timezone.localdate())
        messages.success(request, _("The milestone was marked as reached."))
    return back(row.measure, "#milestones")


@allow(WRITERS)
@require_POST
def remove_budget_line(request: HttpRequest, pk: int) -> HttpResponse:
    row = of_measure(request, BudgetLine, pk)
    services.remove_budget_line(request.user, row)
    messages.success(request, _("The budget line was removed. It stays in the history."))
    return back(row.measure, "#budget")


@allow(WRITERS)
@require_POST
def remove_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = MeasureEvidence.objects.filter(removed=False, measure__in=Measure.objects.visible_to(request.user))
    piece = get_object_or_404(rows.select_related("measure"), public_id=public_id)
    services.remove_evidence(request.user, piece)
    messages.success(request, _("The evidence was removed. It stays in the history."))
    return back(piece.measure, "#evidence")


@allow(EVERYONE)
@require_safe
def evidence(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """As an attachment, to those who may read its measure; 404 for everybody else."""
    rows = MeasureEvidence.objects.filter(removed=False, measure__in=Measure.objects.visible_to(request.user))
    return attachment(get_object_or_404(rows, public_id=public_id))
