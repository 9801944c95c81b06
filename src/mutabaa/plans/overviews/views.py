"""The pages of the overviews: what the address asks, a page of rows, the way to the files."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.core.downloads import download
from mutabaa.core.exports import Sheet
from mutabaa.plans.coverage import live, unbudgeted
from mutabaa.plans.guidance import guidance_entries
from mutabaa.plans.overviews import budget, by_institution, gaps, late, matrix, timeline
from mutabaa.plans.overviews.files import FORMS
from mutabaa.plans.overviews.scope import Scope

PER_PAGE = 50
MATRIX_PER_PAGE = 30  # its rows are tall
# The filters that each view knows.
KEYS: dict[str, tuple[str, ...]] = {
    "coverage": ("plan", "mechanism", "theme"),
    "matrix": ("plan", "mechanism", "theme", "institution", "execution"),
    "timeline": ("plan", "institution", "execution"),
    "institutions": ("plan", "institution"),
    "late": ("plan", "institution"),
    "budget": ("plan", "institution"),
}
TABS = [
    ("coverage", _("Coverage")),
    ("matrix", _("Implementation matrix")),
    ("late", _("Late items")),
    ("institutions", _("By institution")),
    ("budget", _("Budget")),
    ("timeline", _("Timeline")),
]
# Name of the file in its address: the view it belongs to, and the table.
FILES: dict[str, tuple[str, Callable[[Scope], Sheet]]] = {
    "coverage": ("coverage", gaps.coverage_sheet),
    "matrix": ("matrix", matrix.matrix_sheet),
    "timeline": ("timeline", timeline.timeline_sheet),
    "institutions": ("institutions", by_institution.institution_sheet),
    "late": ("late", late.late_sheet),
    "budget": ("budget", budget.budget_sheet),
    "budget-lines": ("budget", budget.lines_sheet),
    **{key: ("coverage", lambda scope, key=key: gaps.gap_sheet(scope, key)) for key in gaps.GAP_LABELS},
}


def context_of(scope: Scope, view: str, *, received: bool = False, **more: Any) -> dict[str, Any]:
    """What every overview shows around its rows."""
    return {
        "scope": scope,
        "view": view,
        "title": dict(TABS)[view],
        "tabs": [(name, reverse(f"plans:{name}"), label) for name, label in TABS],
        "filters": scope.filters(received=received),
        "forms": FORMS,
        "file": view,
        "today": timezone.localdate(),
    } | more


def page_of(request: HttpRequest, rows: Any, count: int | None = None, per_page: int = PER_PAGE) -> Any:
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count  # type: ignore[misc]  # counted already
    return paginator.get_page(request.GET.get("page"))


@allow(SIGNED_IN)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    scope = Scope(request.user, request.GET, KEYS["coverage"])
    cover = gaps.Coverage(scope, request.GET.get("list", ""))
    if cover.chosen.kind == "recommendation":
        page = page_of(request, cover.chosen_ids())
        records: list[Any] = list(gaps.records_of(page.object_list))
    else:
        page = page_of(request, cover.chosen_rows(), cover.chosen.count)
        records = list(page.object_list)
    if cover.chosen.key == "left_out":
        why = gaps.reasons(scope, records)
        for record in records:
            record.left_out = why.get(record.pk, [])
    file = cover.chosen.key if cover.chosen.key in gaps.GAP_LABELS else "coverage"
    context = context_of(scope, "coverage", received=True, cover=cover, page=page, records=records, file=file)
    return render(request, "plans/overviews/coverage.html", context)


@allow(SIGNED_IN)
@require_safe
def implementation_matrix(request: HttpRequest) -> HttpResponse:
    scope = Scope(request.user, request.GET, KEYS["matrix"])
    page = page_of(request, matrix.matrix_ids(scope), per_page=MATRIX_PER_PAGE)
    lines = matrix.lines_of(scope, list(page.object_list))
    context = context_of(scope, "matrix", received=True, page=page, lines=lines)
    return render(request, "plans/overviews/matrix.html", context)


@allow(SIGNED_IN)
@require_safe
def time(request: HttpRequest) -> HttpResponse:
    scope = Scope(request.user, request.GET, KEYS["timeline"])
    axis = timeline.axis_of(scope)
    rows = scope.measures().select_related("outcome", "lead").in_order()  # type: ignore[attr-defined]
    page = page_of(request, rows.defer("description", "feasibility", "assumptions", "risks", "gender_analysis"))
    bars = timeline.bars(scope, list(page.object_list), axis) if axis else []
    context = context_of(scope, "timeline", page=page, bars=bars, scale=timeline.scale(axis) if axis else "")
    return render(request, "plans/overviews/timeline.html", context)


@allow(SIGNED_IN)
@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """All institutions with their figures; the measures of one where it is chosen."""
    scope = Scope(request.user, request.GET, KEYS["institutions"])
    context = context_of(scope, "institutions")
    if scope.institution:
        rows = scope.measures().select_related("outcome", "lead").in_order()  # type: ignore[attr-defined]
        page = page_of(request, rows)
        for measure in page.object_list:
            measure.plan = scope.plan_by_id[measure.plan_id]
        context |= {"page": page}
    else:
        context |= {"shares": by_institution.shares(scope)}
    return render(request, "plans/overviews/institutions.html", context)


@allow(SIGNED_IN)
@require_safe
def late_items(request: HttpRequest) -> HttpResponse:
    scope = Scope(request.user, request.GET, KEYS["late"])
    today = timezone.localdate()
    ids = late.late_ids(scope, today)
    page = page_of(request, ids)
    lines = late.late_lines(scope, list(page.object_list), today)
    context = context_of(scope, "late", page=page, lines=lines, count=len(ids))
    return render(request, "plans/overviews/late.html", context)


@allow(SIGNED_IN)
@require_safe
def money(request: HttpRequest) -> HttpResponse:
    scope = Scope(request.user, request.GET, KEYS["budget"])
    purses = [(purse, budget.charts(purse)) for purse in budget.purses(scope)]
    lacking = live(scope.measures()).filter(unbudgeted()).select_related("outcome", "lead").in_order()  # type: ignore[attr-defined]
    page = page_of(request, lacking)
    for measure in page.object_list:
        measure.plan = scope.plan_by_id[measure.plan_id]
    context = context_of(scope, "budget", purses=purses, page=page)
    return render(request, "plans/overviews/budget.html", context)


@allow(SIGNED_IN)
@require_safe
def overview_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """Exactly the rows of the view at the same address, all pages of them."""
    if name not in FILES:
        raise Http404
    view, sheet_of = FILES[name]
    return download(sheet_of(Scope(request.user, request.GET, KEYS[view])), name, form)


@allow(SIGNED_IN)
@require_safe
def guidance(request: HttpRequest) -> HttpResponse:
    """What the United Nations published on making such plans (T-316)."""
    return render(request, "plans/overviews/guidance.html", {"entries": guidance_entries(), "view": "guidance"})
