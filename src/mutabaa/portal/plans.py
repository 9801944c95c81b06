"""The public pages of plans: which are in force, what each promises, how far it is."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.installation import current
from mutabaa.plans.public import (
    FORMS,
    charts,
    figures_of_plan,
    in_force,
    public_file,
    public_outcomes,
    public_plans,
    with_measures,
)

OUTCOMES_PER_PAGE = 5
NAMES = {"docx": "Word (DOCX)", "pdf": "PDF", "xlsx": "Excel (XLSX)", "csv": "CSV", "json": "JSON"}


@allow(EVERYONE)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every published plan, those in force first. Two queries."""
    found = list(public_plans())
    now = in_force(found)
    rest = [plan for plan in found if plan not in now]
    return render(request, "portal/plans.html", {"installation": current(), "now": now, "rest": rest})


@allow(EVERYONE)
@require_safe
def plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """A published plan: its outcomes page by page, with their measures. At most 15 queries."""
    found = get_object_or_404(public_plans(), public_id=public_id)
    figures = figures_of_plan(found)
    paginator = Paginator(public_outcomes(found), OUTCOMES_PER_PAGE)
    paginator.count = found.outcomes_n  # type: ignore[misc]  # counted with the plan
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "installation": current(),
        "plan": found,
        "figures": figures,
        "purses": [(purse, charts(purse)[:1]) for purse in figures.purses],
        "editions": found.editions.defer("content"),  # type: ignore[attr-defined]
        "authors": found.authors.select_related("institution"),  # type: ignore[attr-defined]
        "page": page,
        "parts": with_measures(found, list(page.object_list)),
        "forms": [(form, NAMES[form]) for form in FORMS],
    }
    return render(request, "portal/plan.html", context)


@allow(EVERYONE)
@require_safe
def plan_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """The publication as Word or PDF, the measures as a table. 404 for an unknown form."""
    return public_file(public_id, form)
