"""The list, the page of an indicator with its files, the dashboard of a right, and the comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import SIGNED_IN, allow
from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.comparison import Comparison, compare_of
from mutabaa.indicators.exports import download
from mutabaa.indicators.figures import own_area
from mutabaa.indicators.listing import filtered, lines_of
from mutabaa.indicators.models import Indicator, Observation
from mutabaa.indicators.policies import may_enter, may_import, may_manage, may_request, may_validate
from mutabaa.indicators.presenting import present
from mutabaa.indicators.public import FILES
from mutabaa.indicators.states import IndicatorKind
from mutabaa.taxonomy.models import Right

PER_PAGE = 25
ON_A_DASHBOARD = 60


@allow(SIGNED_IN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """At most ten queries."""
    area = own_area()
    rows, form = filtered(Indicator.objects.visible_to(request.user).for_list(), request.GET, area)
    page = Paginator(rows.distinct(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(list(page.object_list), request.user, area),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_manage": may_manage(request.user),
        "may_import": may_import(request.user),
        "tab": "index",
        "may_validate": may_validate(request.user),
        "may_request": may_request(request.user),
    }
    return render(request, "indicators/index.html", context)


def visible(request: HttpRequest, code: str) -> Indicator:
    """The indicator, or 404 where the person does not see it."""
    return get_object_or_404(Indicator.objects.visible_to(request.user).with_sheet(), code=code)


@allow(SIGNED_IN)
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """At most fourteen queries."""
    indicator = visible(request, code)
    context = {
        "indicator": indicator,
        "p": present(indicator, request.user, request.GET.get("by", "")),
        "may_manage": may_manage(request.user),
        "may_enter": may_enter(request.user, indicator),
        "may_validate": may_validate(request.user),
        "forms": FILES,
        "waiting": Observation.objects.visible_to(request.user).filter(indicator=indicator).waiting().count(),
    }
    return render(request, "indicators/detail.html", context)


@allow(SIGNED_IN)
@require_safe
def figures_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    indicator = visible(request, code)
    seen = present(indicator, request.user)
    return download(indicator, [*seen.own, *seen.others], seen.groups, form)


@dataclass(frozen=True)
class Part:
    kind: str
    lines: Sequence[Any]


@allow(SIGNED_IN)
@require_safe
def right(request: HttpRequest, code: str) -> HttpResponse:
    """What is committed, done and reached for a right: its structural, process and outcome indicators together."""
    found = get_object_or_404(Right, code=code)
    rows = list(Indicator.objects.visible_to(request.user).for_list().filter(right=found)[:ON_A_DASHBOARD])
    lines = lines_of(rows, request.user)
    parts = [Part(str(kind.label), [line for line in lines if line.indicator.kind == kind]) for kind in IndicatorKind]
    rights = Right.objects.filter(indicators__in=Indicator.objects.visible_to(request.user).order_by()).distinct()
    context = {
        "right": found,
        "parts": parts,
        "some": bool(lines),
        "rights": list(rights),
        "attributes": list(found.attributes.all()),
        "tab": "right",
    }
    return render(request, "indicators/right.html", context)


@allow(SIGNED_IN)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two figures side by side, or the reasons why they cannot stand there."""
    seen = Indicator.objects.visible_to(request.user)
    indicator = seen.filter(code=request.GET.get("indicator", "")).first()
    comparison: Comparison | None = None
    if indicator:
        comparison = compare_of(
            indicator, request.user, request.GET.get("one", ""), request.GET.get("other", ""), Groups.load()
        )
    context = {
        "indicator": indicator,
        "indicators": seen.filter(active=True).only(
            "code", "name_en", "name_ar", "name_es", "name_fr", "name_ru", "name_zh"
        ),
        "comparison": comparison,
        "title": _("Compare"),
    }
    return render(request, "indicators/compare.html", context)
