"""Statuses, external assessments, comments, and what the statuses mean."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mutabaa.accounts.access import ADMINISTRATOR, SECRETARIAT, SIGNED_IN, allow
from mutabaa.core.errors import Conflict, Invalid
from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.followup import services
from mutabaa.followup.forms import AssessmentForm, CommentForm, CriterionForm, ReasonForm, StatusForm
from mutabaa.followup.models import Comment, StatusCriterion
from mutabaa.followup.policies import assessors_of, may_edit_criteria, may_hide_comment
from mutabaa.followup.services.assessments import scale_owner
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import Status


def item_or_404(request: HttpRequest, public_id: str) -> Recommendation:
    rows = Recommendation.objects.own().visible_to(request.user).select_related("document", "mechanism", "lead")
    return get_object_or_404(rows, public_id=public_id)


@allow(SECRETARIAT)
def status(request: HttpRequest, public_id: str) -> HttpResponse:
    item = item_or_404(request, public_id)
    form = StatusForm(request.POST or None, components=item.components.all(), initial={"status": item.status})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.set_status(request.user, item, data.pop("status"), **data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("The status was recorded."))
            return redirect(item.workspace_url())
    context = {"item": item, "form": form, "criteria": StatusCriterion.objects.all()}
    return render(request, "followup/status_form.html", context, status=422 if form.errors else 200)


@allow(SIGNED_IN)
def assess(request: HttpRequest, public_id: str) -> HttpResponse:
    """For those who assess in their own name or enter what the United Nations published; others find no page here."""
    item = item_or_404(request, public_id)
    assessors = assessors_of(request.user)
    if not assessors:
        raise Http404
    owners = {scale_owner(item, assessor) for assessor in assessors}
    form = AssessmentForm(request.POST or None, assessors=assessors, owners=owners, components=item.components.all())
    if request.method == "POST" and form.is_valid():
        try:
            services.record_assessment(request.user, item, **form.cleaned_data)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(
                request, _("The assessment was recorded. It stands beside the status, and nobody else can change it.")
            )
            return redirect(item.workspace_url())
    return render(
        request, "followup/assessment_form.html", {"item": item, "form": form}, status=422 if form.errors else 200
    )


@allow(SIGNED_IN)
@require_POST
def comment(request: HttpRequest, public_id: str) -> HttpResponse:
    item = item_or_404(request, public_id)
    form = CommentForm(request.POST)
    if form.is_valid():
        services.add_comment(request.user, item, form.cleaned_data["text"], public="inside" not in request.POST)
        messages.success(request, _("Your comment was added."))
    else:
        messages.error(request, _("Write your comment first; at most 10,000 characters."))
    return redirect(item.workspace_url() + "#comments")


@allow(SIGNED_IN)
def hide_comment(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Comment.objects.visible_to(request.user).select_related("recommendation__document", "author")
    row = get_object_or_404(rows, pk=pk)
    if not may_hide_comment(request.user, row):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hide_comment(request.user, row, form.cleaned_data["reason"])
        messages.success(request, _("The comment was hidden."))
        return redirect(row.recommendation.workspace_url() + "#comments")
    context: dict[str, Any] = {
        "form": form,
        "item": row.recommendation,
        "quote": row.text,
        "title": _("Hide this comment"),
        "explanation": _(
            "The comment of %(author)s is no longer shown. Its author reads your reason; the text stays on record."
        )
        % {"author": row.author},
        "action": _("Hide it"),
    }
    return render(request, "followup/reason.html", context, status=422 if form.errors else 200)


@allow(SIGNED_IN)
def criteria(request: HttpRequest) -> HttpResponse:
    """What each status means: everybody who works here reads it, the administrator changes it."""
    found = {c.status: c for c in StatusCriterion.objects.all()}
    rows = [{"status": s, "criterion": found.get(s)} for s in Status]
    may = may_edit_criteria(request.user)
    return render(request, "followup/criteria.html", {"rows": rows, "may_edit": may})


@allow(ADMINISTRATOR)
def criterion(request: HttpRequest, status: str) -> HttpResponse:
    row = get_object_or_404(StatusCriterion, status=status)
    form = CriterionForm(request.POST or None, criterion=row)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change_criterion(
                request.user,
                row,
                form.cleaned_data["version"],
                evidence_required=form.cleaned_data["evidence_required"],
                texts=form.texts(),
            )
        except Conflict as refusal:
            # What the person wrote stays in the form; what stands now is shown above it, and its version goes on.
            conflict = refusal
            again = request.POST.copy()
            again["version"] = str(refusal.current.version)
            form.data = again
            row = refusal.current
        except Invalid as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("The criterion was changed. Earlier judgements keep the wording they were made under.")
            )
            return redirect("followup:criteria")
    context = {
        "row": row,
        "form": form,
        "conflict": conflict,
        "texts": [form[language] for language in CONTENT_LANGUAGES],
        "history": row.history.select_related("history_user").order_by("-history_date")[:20],
    }
    return render(
        request, "followup/criterion_form.html", context, status=422 if form.errors else 409 if conflict else 200
    )
