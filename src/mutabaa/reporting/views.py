"""The reports pages: what was made, asking for more, progress, download, deletion."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SECRETARIAT, SIGNED_IN, allow
from mutabaa.core.errors import Invalid
from mutabaa.core.exports import TYPES
from mutabaa.core.installation import installation_of
from mutabaa.recommendations.exports import filters_in_words
from mutabaa.recommendations.filters import RecommendationView
from mutabaa.reporting import services
from mutabaa.reporting.as_of import AsOf, scope
from mutabaa.reporting.forms import AskingForm, MatrixForm, StatusReportForm
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.policies import may_delete_report, may_make_matrix, may_see_unpublished
from mutabaa.reporting.states import ReportKind, Section
from mutabaa.reporting.wording import covers, outcomes

FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))  # in file names


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Reports so far, newest first; those under way move on by themselves."""
    rows = GeneratedReport.objects.visible_to(request.user).select_related("created_by")
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "working": any(report.is_working for report in page.object_list),
        "may_make_matrix": may_make_matrix(request.user),
    }
    return render(
        request, "reporting/_list.html" if request.headers.get("HX-Request") else "reporting/index.html", context
    )


@allow(SIGNED_IN)
def status(request: HttpRequest) -> HttpResponse:
    """Ask for a status report of the view in the address."""
    view = RecommendationView.from_query(request.GET)
    filters = filters_in_words(view)
    title = pgettext("title with filters", ": ").join(
        [_("Status of implementation"), *([pgettext("list of filters", "; ").join(filters)] if filters else [])]
    )
    data = request.POST if request.method == "POST" else None
    form = StatusReportForm(data, person=request.user, title=title)
    if data is not None and form.is_valid():
        try:
            report = services.ask_for_status_report(
                request.user,
                query=view.query(),
                title=form.cleaned_data["title"],
                as_of=form.cleaned_data["as_of"],
                language=form.cleaned_data["language"],
                public_only=form.public_only,
                sections=form.cleaned_data["sections"],
                form=form.cleaned_data["form"],
            )
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            return redirect("reporting:report", report.public_id)
    internal = may_see_unpublished(request.user)
    stale = installation_of(request).stale_after_days
    counts = {kind: count(request, view, kind, stale) for kind in ([False, True] if internal else [False])}
    context = {
        "form": form,
        "view": view,
        "filters": filters,
        "counts": [covers(n, kind) for kind, n in counts.items()],
        "nothing": not any(counts.values()),
    }
    return render(request, "reporting/status.html", context, status=422 if form.errors else 200)


def count(request: HttpRequest, view: RecommendationView, internal: bool, stale: int) -> int:
    today = AsOf.on(timezone.localdate())
    return today.apply(view, today.rows(scope(request.user, not internal)), stale).count()


@allow(SECRETARIAT)
def matrix(request: HttpRequest) -> HttpResponse:
    """Ask for a UPR matrix: an imported list filled in, or a new document."""
    data = request.POST if request.method == "POST" else None
    form = MatrixForm(data, person=request.user)
    if data is not None and form.is_valid():
        try:
            report = services.ask_for_matrix(
                request.user,
                language=form.cleaned_data["language"],
                as_of=form.cleaned_data["as_of"],
                public_only=form.public_only,
                form=form.cleaned_data["form"],
                **form.chosen,
            )
        except Invalid as refusal:
            refuse(form, refusal)
        else:
            return redirect("reporting:report", report.public_id)
    return render(request, "reporting/matrix.html", {"form": form}, status=422 if form.errors else 200)


def refuse(form: AskingForm, refusal: Invalid) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))


def seen(request: HttpRequest, public_id: str) -> GeneratedReport:
    rows = GeneratedReport.objects.visible_to(request.user).select_related("created_by")
    return get_object_or_404(rows, public_id=public_id)


@allow(SIGNED_IN)
@require_safe
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """One report: its progress while it is being made, then the file, or why there is none."""
    found = seen(request, public_id)
    if request.headers.get("HX-Request"):
        if found.is_working:
            return render(request, "reporting/_progress.html", {"report": found})
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    view = RecommendationView.from_query(QueryDict(found.query))
    context: dict[str, Any] = {
        "report": found,
        "is_status": found.kind == ReportKind.STATUS,
        "view": view,
        "filters": filters_in_words(view),
        "sections": [section.label for section in Section if section in found.sections],
        "outcomes": list(outcomes(found)) if found.is_ready else [],
        "file_is_gone": found.is_ready and not found.file.is_file(),
        "may_delete": may_delete_report(request.user, found),
    }
    return render(request, "reporting/report.html", context)


@allow(SIGNED_IN)
@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """The file, never shown inline."""
    found = seen(request, public_id)
    if not found.is_ready or not found.file.is_file():
        raise Http404
    name = found.title.translate(FORBIDDEN).strip(". ") or found.public_id
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=f"{name[:120]} {found.as_of.isoformat()}.{found.form}",
        content_type=TYPES[found.form],
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@allow(SIGNED_IN)
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once more, then delete."""
    found = seen(request, public_id)
    if request.method == "POST":
        services.delete_report(request.user, found)
        messages.success(request, _("The report was deleted."))
        return redirect("reporting:index")
    return render(request, "reporting/delete.html", {"report": found})
