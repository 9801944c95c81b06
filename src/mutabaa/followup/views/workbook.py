"""The workbook of an institution: down, up, and what it would change."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import CONTRIBUTORS, allow
from mutabaa.core.differences import word_differences
from mutabaa.core.errors import Invalid
from mutabaa.followup.file_types import XLSX
from mutabaa.followup.models import Obstacle, Update, WorkbookUpload
from mutabaa.followup.services.workbooks import Decision, apply_workbook, decisions, stage_workbook
from mutabaa.followup.workbook import FIELDS, write_workbook
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import posts_of
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import Status


class UploadForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Filled workbook"))


def mine(request: HttpRequest) -> dict[str, Institution]:
    return {post.institution.code: post.institution for post in posts_of(request.user)}


def institution_or_404(request: HttpRequest, code: str) -> Institution:
    if code not in mine(request):
        raise Http404
    return mine(request)[code]


@allow(CONTRIBUTORS)
def index(request: HttpRequest) -> HttpResponse:
    """Where to download and upload; one block per institution of the person."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        institution = institution_or_404(request, request.POST.get("institution", ""))
        try:
            staged = stage_workbook(request.user, institution, form.cleaned_data["file"])
        except Invalid as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("followup:workbook_preview", staged.public_id)
    waiting = WorkbookUpload.objects.filter(uploaded_by_id=request.user.pk, applied_at=None).select_related(
        "institution"
    )[:5]
    context = {"form": form, "institutions": mine(request).values(), "waiting": waiting}
    return render(request, "followup/workbook.html", context, status=422 if form.errors else 200)


@allow(CONTRIBUTORS)
@require_safe
def download(request: HttpRequest, code: str) -> HttpResponse:
    """The prefilled workbook of one institution: its items with their open drafts. Four queries."""
    institution = institution_or_404(request, code)
    items = Recommendation.objects.in_scope(request.user).filter(responsibilities__institution=institution)
    items = items.select_related("document").order_by("-published_on", "document_id", "id")
    drafts = Update.objects.editable().filter(institution=institution, component=None).prefetch_related("obstacles")
    content = write_workbook(institution, items, {u.recommendation_id: u for u in drafts.order_by("-pk")})
    response = HttpResponse(content, content_type=XLSX.content_type)
    name = f"{institution.code}-{timezone.localdate().isoformat()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@allow(CONTRIBUTORS)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """What each line would do; applying is one press and one transaction."""
    staged = get_object_or_404(
        WorkbookUpload.objects.filter(
            uploaded_by_id=request.user.pk, institution__in=[i.pk for i in mine(request).values()]
        ),
        public_id=public_id,
    )
    if request.method == "POST":
        counts = apply_workbook(request.user, staged)
        messages.success(
            request,
            _(
                "Drafts begun: %(new)d. Drafts changed: %(changed)d. To put together: %(conflict)d. Left out: %(refused)d."
            )
            % counts,
        )
        return redirect("followup:workbook_preview", public_id)
    if staged.applied_at:
        return render(
            request,
            "followup/workbook_done.html",
            {"staged": staged, "counts": staged.outcome, "figures": figures(staged.outcome)},
        )
    decided = decisions(request.user, staged)
    counts = {o: sum(d.outcome == o for d in decided) for o in ("new", "changed", "conflict", "refused", "unchanged")}
    rank = {"refused": 0, "conflict": 1, "changed": 2, "new": 3}
    shown = sorted((d for d in decided if d.outcome in rank), key=lambda d: (rank[d.outcome], d.line.number))
    page = Paginator(shown, 50).get_page(request.GET.get("page"))
    names = {o.code: str(o) for o in Obstacle.objects.all()}
    context = {
        "staged": staged,
        "page": page,
        "rows": [shown_row(d, names) for d in page.object_list],
        "counts": counts,
        "figures": figures(counts),
        "to_do": counts["new"] + counts["changed"] + counts["conflict"],
    }
    return render(request, "followup/workbook_preview.html", context)


def figures(counts: dict[str, int]) -> list[tuple[str, int]]:
    labels = {
        "new": _("New drafts"),
        "changed": _("Changed drafts"),
        "conflict": _("To put together"),
        "refused": _("Left out"),
        "unchanged": _("Unchanged lines"),
    }
    return [(label, counts.get(outcome, 0)) for outcome, label in labels.items()]


def shown_row(decision: Decision, names: dict[str, str]) -> dict[str, Any]:
    """A decision with each field in words: before, after, and the words between."""

    def reading(name: str, value: Any) -> str:
        if name == "obstacles":
            return ", ".join(names.get(code, code) for code in value)
        return str(Status(value).label) if name == "proposed_status" and value else str(value)

    fields = []
    for name, value in (decision.changes | decision.conflicts).items():
        before, after = reading(name, decision.current.get(name, "")), reading(name, value)
        pieces = word_differences(before, after)
        fields.append(
            {
                "label": FIELDS[name],
                "before": before,
                "after": after,
                "pieces": pieces,
                "conflict": name in decision.conflicts,
            }
        )
    labels = {"new": _("New draft"), "changed": _("Changed draft"), "conflict": _("Conflict"), "refused": _("Left out")}
    tones = {"new": "good", "changed": "fair", "conflict": "warn", "refused": "bad"}
    return {"decision": decision, "fields": fields, "label": labels[decision.outcome], "tone": tones[decision.outcome]}
