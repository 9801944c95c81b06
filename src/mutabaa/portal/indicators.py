"""Indicators in public: the list, the page with its charts, and the files."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.installation import current
from mutabaa.indicators.public import FILES, download, filtered, lines_of, public_indicators, public_page

PER_PAGE = 25


@allow(EVERYONE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Ten queries at most."""
    area = str(current().state_id or "")
    rows, form = filtered(public_indicators().for_list(), request.GET, area)
    page = Paginator(rows.distinct(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(list(page.object_list), None, area),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "portal/indicators.html", context)


@allow(EVERYONE)
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(public_indicators().with_sheet(), code=code)
    context = {"indicator": found, "p": public_page(found, request.GET.get("by", "")), "forms": FILES}
    return render(request, "portal/indicator.html", context)


@allow(EVERYONE)
@require_safe
def figures_file(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    found = get_object_or_404(public_indicators(), code=code)
    seen = public_page(found)
    return download(found, [*seen.own, *seen.others], seen.groups, form)
