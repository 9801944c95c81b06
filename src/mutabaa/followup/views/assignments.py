"""Giving items to institutions, and the institutions' answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import CONTRIBUTORS, SECRETARIAT, WRITERS, allow
from mutabaa.core.errors import Invalid
from mutabaa.followup import services
from mutabaa.followup.forms import AssignForm, ReasonForm
from mutabaa.followup.models import Assignment
from mutabaa.followup.policies import may_assign
from mutabaa.followup.states import AssignmentState
from mutabaa.followup.views.selection import selection
from mutabaa.recommendations.models import Component


@allow(SECRETARIAT)
def assign(request: HttpRequest) -> HttpResponse:
    """One page for an item, a selection from the table, or a cluster. The table posts `selected`; `confirm` does it."""
    chosen = selection(request)
    shown = chosen.context()
    components = Component.objects.filter(recommendation=shown["items"][0]) if shown["count"] == 1 else None
    confirmed = "confirm" in request.POST
    form = AssignForm(request.POST if confirmed else None, components=components)
    if confirmed and form.is_valid():
        try:
            made = services.assign(
                request.user,
                recommendations=() if chosen.cluster else chosen.rows,
                cluster=chosen.cluster,
                **form.cleaned_data,
            )
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            said = ngettext(
                "%(count)s recommendation was assigned to %(institution)s.",
                "%(count)s recommendations were assigned to %(institution)s.",
                len(made),
            )
            messages.success(request, said % {"count": len(made), "institution": form.cleaned_data["institution"]})
            if chosen.cluster:
                return redirect("recommendations:cluster", chosen.cluster.code)
            if shown["count"] == 1:
                return redirect(shown["items"][0].workspace_url())
            return redirect("recommendations:table")
    return render(request, "followup/assign.html", shown | {"form": form}, status=422 if form.errors else 200)


@allow(WRITERS)
def index(request: HttpRequest) -> HttpResponse:
    """What was assigned: for an institution its own, for the secretariat all; one state at a time."""
    rows = Assignment.objects.visible_to(request.user).select_related("recommendation__document", "institution")
    state = request.GET.get("state", "")
    if state not in AssignmentState.values:
        state = ""
    default = AssignmentState.RETURNED if may_assign(request.user) else AssignmentState.PROPOSED
    shown = state or default
    if shown == AssignmentState.RETURNED:
        rows = rows.returned_and_open() if may_assign(request.user) else rows.filter(state=shown)
    else:
        rows = rows.filter(state=shown)
    page = Paginator(rows.order_by("-updated_at"), 50).get_page(request.GET.get("page"))
    context = {"page": page, "states": AssignmentState.choices, "shown": shown, "secretariat": may_assign(request.user)}
    return render(request, "followup/assignments.html", context)


@allow(CONTRIBUTORS)
@require_POST
@transaction.atomic
def accept(request: HttpRequest) -> HttpResponse:
    """Accept the ticked ones (`assignment`), or the one whose own button was pressed (`one`), whatever is ticked."""
    numbers = [
        n for n in request.POST.getlist("one" if "one" in request.POST else "assignment") if n.isascii() and n.isdigit()
    ]
    rows = list(Assignment.objects.visible_to(request.user).filter(pk__in=numbers))
    for row in rows:
        services.accept_assignment(request.user, row)
    if rows:
        said = ngettext("%(count)s assignment was accepted.", "%(count)s assignments were accepted.", len(rows))
        messages.success(request, said % {"count": len(rows)})
    else:
        messages.warning(request, _("Tick at least one assignment first."))
    if request.POST.get("next") == "record" and rows:
        return redirect(rows[0].recommendation.workspace_url())
    return redirect("desk")


@allow(CONTRIBUTORS)
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        Assignment.objects.visible_to(request.user).live().select_related("recommendation__document", "institution"),
        pk=pk,
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.return_assignment(request.user, row, form.cleaned_data["reason"])
        messages.success(request, _("The recommendation was returned to the secretariat."))
        return redirect("desk")
    context = {
        "form": form,
        "item": row.recommendation,
        "title": _("Return this recommendation"),
        "explanation": _("The secretariat reads your reason and finds another institution."),
        "action": _("Return it"),
    }
    return render(request, "followup/reason.html", context, status=422 if form.errors else 200)


@allow(SECRETARIAT)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        Assignment.objects.visible_to(request.user).live().select_related("recommendation__document", "institution"),
        pk=pk,
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_assignment(request.user, row, form.cleaned_data["reason"])
        messages.success(request, _("The assignment was taken back."))
        return redirect(row.recommendation.workspace_url())
    context = {
        "form": form,
        "item": row.recommendation,
        "title": _("Take the assignment back from %(institution)s") % {"institution": row.institution},
        "explanation": _("The institution is told, and no longer answers for the recommendation."),
        "action": _("Take it back"),
    }
    return render(request, "followup/reason.html", context, status=422 if form.errors else 200)
