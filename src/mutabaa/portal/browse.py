"""The public table: search, filter, group, page, download."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.installation import current
from mutabaa.portal.figures import status_counts
from mutabaa.portal.search import CARRIED, PUBLIC_GROUPINGS, PUBLIC_SORTS, chips, selects, visitor_view
from mutabaa.recommendations.public import EVERYONE as VISITOR
from mutabaa.recommendations.public import RecommendationView, export, group_labels, public_recommendations

PER_PAGE = 25


class Counted(Paginator):
    """A paginator that was told its count, so that it need not ask again."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.known = count

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        return self.known


@allow(EVERYONE)
@require_safe
def recommendations(request: HttpRequest) -> HttpResponse:
    """At most 15 queries; for htmx the results alone, without the filter bar's two."""
    view = visitor_view(request.GET)
    installation = current()
    rows = view.apply(public_recommendations(), stale_after_days=installation.stale_after_days)
    counts = RecommendationView(group_by="status").group_counts(rows)
    total = sum(counts.values())
    lines, page = lines_of(view, rows, total, request.GET.get("page"))
    partial = request.headers.get("HX-Target") == "results"
    main, more = ([], []) if partial else selects(view)
    context = {
        "installation": installation,
        "view": view,
        "query": view.query(),
        "total": total,
        "statuses": status_counts(counts),
        "lines": lines,
        "page": page,
        "chips": chips(view, main, more),
        "main": main,
        "more": more,
        "more_open": any(c.chosen for s in more for c in s.choices) or bool(view.group_by) or view.sort != "date",
        "carried": [(key, value) for key in CARRIED for value in view.values.get(key, [])],
        "groupings": PUBLIC_GROUPINGS.items(),
        "sorts": PUBLIC_SORTS.items(),
        "nothing_published": not view.values and not total,
    }
    response = render(request, "portal/_results.html" if partial else "portal/recommendations.html", context)
    if partial:
        response["HX-Push-Url"] = request.path + (f"?{view.query()}" if view.query() else "")
    # The same address answers with a part of the page to htmx: caches must tell them apart.
    patch_vary_headers(response, ["Accept-Language", "Cookie", "HX-Request", "HX-Target"])
    return response


def lines_of(
    view: RecommendationView, rows: QuerySet[Any], total: int, number: str | None
) -> tuple[list[dict[str, Any]], Any]:
    """One page of records, each with the group that it opens. Four queries, seven where grouped."""
    if not view.group_by:
        page = Counted(view.ordered(rows).values_list("pk", flat=True), PER_PAGE, total).get_page(number)
        found = by_pk(page.object_list)
        return [{"record": found[pk]} for pk in page.object_list if pk in found], page
    counts = view.group_counts(rows)
    page = Counted(view.grouped(rows), PER_PAGE, sum(counts.values())).get_page(number)
    pairs = list(page.object_list)
    found = by_pk([pk for pk, _code in pairs])
    labels = group_labels(view.group_by, {code for _pk, code in pairs})
    lines: list[dict[str, Any]] = []
    before: Any = object()
    for pk, code in pairs:
        line: dict[str, Any] = {"record": found[pk]}
        if code != before:
            line |= {"opens": True, "group": labels.get(code) or _("none"), "count": counts.get(code, 0)}
        lines.append(line)
        before = code
    return lines, page


def by_pk(pks: Any) -> dict[int, Any]:
    """Three queries."""
    return {row.pk: row for row in public_recommendations().for_list().filter(pk__in=list(pks))}


@allow(EVERYONE)
@require_safe
def download(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Exactly the published rows of the address, whoever asks. 404 for an unknown format."""
    view = visitor_view(request.GET)
    rows = view.apply(public_recommendations(), stale_after_days=current().stale_after_days)
    return export(view, rows, fmt, VISITOR)
