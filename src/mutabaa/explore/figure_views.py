"""The pages that show a search as figures. Each carries the whole search in its address, so that one leads to the other."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.downloads import kept_language
from mutabaa.core.exports import Column, Sheet, csv_chunks, json_chunks
from mutabaa.core.installation import installation_of
from mutabaa.explore import comparing
from mutabaa.explore.asking import SCOPES, Asking
from mutabaa.explore.results import lines
from mutabaa.explore.views import PAGES, tabs
from mutabaa.recommendations.search import BY_KEY, label_rows
from mutabaa.search import services


def choice(request: HttpRequest, key: str, allowed: list[str], default: str) -> str:
    value = request.GET.get(key, "")
    return value if value in allowed else default


def options(keys: list[str], chosen: str) -> list[tuple[str, str, bool]]:
    return [(key, str(BY_KEY[key].label), key == chosen) for key in keys]


def context_of(request: HttpRequest, asking: Asking, page: str) -> dict[str, Any]:
    """What every page of figures shows around its figures."""
    labels = label_rows({key: list(held) for key, held in asking.filters.items()})
    total = services.count(asking.question(), request.user)
    return {
        "installation": installation_of(request),
        "asking": asking,
        "total": total,
        "page_key": page,
        "title": PAGES[page],
        "pages": [(key, label, reverse(f"explore:{key}") + asking.address) for key, label in PAGES.items()],
        "tabs": tabs(asking, request.user, {asking.scope: total}),
        "chips": asking.chips(labels),
        "carried": asking.pairs,
        "today": timezone.localdate(),
    }


@allow(EVERYONE)
@require_safe
def years(request: HttpRequest) -> HttpResponse:
    asking = Asking.from_query(request.GET)
    split = choice(request, "split", comparing.SPLITS, "")
    title = _("Recommendations by year")
    context = context_of(request, asking, "years") | {
        "chart": comparing.trend(asking, request.user, split, title),
        "splits": options(comparing.SPLITS, split),
        "choices": {"split": split},
    }
    return render(request, "explore/years.html", context)


@allow(EVERYONE)
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    asking = Asking.from_query(request.GET)
    rows = choice(request, "rows", comparing.MATRIX_ROWS, "theme")
    cols = choice(request, "columns", comparing.MATRIX_COLUMNS, "family")
    context = context_of(request, asking, "matrix") | {
        "matrix": comparing.matrix(asking, request.user, rows, cols),
        "rows": options(comparing.MATRIX_ROWS, rows),
        "columns": options(comparing.MATRIX_COLUMNS, cols),
        "row_label": BY_KEY[rows].label,
        "choices": {"rows": rows, "columns": cols},
        "repeats": not BY_KEY[rows].single,
    }
    return render(request, "explore/matrix.html", context)


@allow(EVERYONE)
@require_safe
def raised(request: HttpRequest) -> HttpResponse:
    asking = Asking.from_query(request.GET)
    facet = choice(request, "of", comparing.RAISED, "theme")
    context = context_of(request, asking, "raised") | {
        "lines": comparing.raised(asking, request.user, facet)[:200],
        "facets": options(comparing.RAISED, facet),
        "label": BY_KEY[facet].label,
        "choices": {"of": facet},
    }
    return render(request, "explore/raised.html", context)


@allow(EVERYONE)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Side by side: the values `with` of the facet `of`, under the rest of the search."""
    asking = Asking.from_query(request.GET)
    default = "state" if asking.scope == "all" else "body"
    facet = choice(request, "of", comparing.COMPARED, default)
    held = services.facets_of(asking.with_values(facet, ()).question(facets=[facet]), request.user).get(facet, {})
    chosen = [code for code in dict.fromkeys(request.GET.getlist("with")) if code in held][: comparing.MOST_COMPARED]
    if not chosen:
        chosen = [code for code in asking.filters.get(facet, ()) if code in held][: comparing.MOST_COMPARED]
    if len(chosen) < 2:
        chosen += [code for code in comparing.largest_first(held) if code not in chosen][: 2 - len(chosen)]
    labels = label_rows({facet: list(held)}).get(facet, {})
    choices = sorted(((code, labels.get(code) or code) for code in held), key=lambda pair: pair[1].casefold())
    places = [*chosen, *([""] * (comparing.MOST_COMPARED - len(chosen)))]
    context = context_of(request, asking.with_values(facet, ()), "compare") | {
        "comparison": comparing.compare(asking, request.user, facet, chosen) if chosen else None,
        "facets": options(comparing.COMPARED, facet),
        "facet": facet,
        "label": BY_KEY[facet].label,
        "places": [[(code, name, code == place) for code, name in choices] for place in places],
    }
    return render(request, "explore/compare.html", context)


@allow(EVERYONE)
@require_safe
def profile(request: HttpRequest, facet: str, code: str) -> HttpResponse:
    """Everything at a glance about a State, a theme, a group, a goal or target, a recommending State, a mechanism."""
    if facet not in comparing.PROFILES:
        raise Http404
    default = "all" if facet in {"state", "by"} else "own"
    scope = choice(request, "scope", list(SCOPES), default)
    asking = Asking(filters={facet: (code,)}, scope=scope, sort="newest")
    name = label_rows({facet: [code]}).get(facet, {}).get(code)
    if not name:
        raise Http404
    answer = services.search(asking.question(limit=5, facets=[]), request.user)
    counts, charts = comparing.count_charts(asking, request.user, facet)
    others = (
        [(SCOPES[key], f"?scope={key}", key == scope) for key in SCOPES]
        if services.count(services.Question(scope="other"), request.user)
        else []
    )
    context = {
        "installation": installation_of(request),
        "asking": asking,
        "facet": BY_KEY[facet],
        "name": name,
        "code": code,
        "total": answer.total,
        "lines": lines(answer, request.user),
        "mechanisms": len(counts.get("body", {})),
        "trend": comparing.year_chart(counts.get("year", {}), _("Recommendations by year"), "years"),
        "charts": charts,
        "scopes": others,
        "search": reverse("explore:search") + asking.address,
        "pages": [
            (key, label, reverse(f"explore:{key}") + asking.address) for key, label in PAGES.items() if key != "search"
        ],
    }
    return render(request, "explore/profile.html", context)


# -- As data -------------------------------------------------------------------------------------------------------------------

Made = tuple[list[Column], list[list[Any]]]


def years_data(request: HttpRequest, asking: Asking) -> Made:
    split = choice(request, "split", comparing.SPLITS, "")
    chart = comparing.trend(asking, request.user, split, _("Recommendations by year"))
    if chart is None:
        return [Column("year", _("Year"), "number")], []
    columns = [Column(f"c{n}" if n else "year", label, "number") for n, label in enumerate(chart.header)]
    return columns, [[cell.value for cell in row] for row in chart.rows]


def matrix_data(request: HttpRequest, asking: Asking) -> Made:
    rows = choice(request, "rows", comparing.MATRIX_ROWS, "theme")
    cols = choice(request, "columns", comparing.MATRIX_COLUMNS, "family")
    found = comparing.matrix(asking, request.user, rows, cols)
    columns = [Column("row", str(BY_KEY[rows].label)), Column("total", _("All"), "number")]
    columns += [Column(f"c{n}", label, "number") for n, (label, _url) in enumerate(found.header)]
    return columns, [[label, total, *(cell.count for cell in cells)] for label, _url, total, cells in found.rows]


def raised_data(request: HttpRequest, asking: Asking) -> Made:
    facet = choice(request, "of", comparing.RAISED, "theme")
    columns = [
        Column("value", str(BY_KEY[facet].label)), Column("mechanisms", _("Mechanisms"), "number"), Column("families", _("Mechanism families"), "number"),
        Column("recommendations", _("Recommendations"), "number"), Column("first", _("First year"), "number"), Column("last", _("Last year"), "number"),
        Column("names", _("Which mechanisms"), "list"),
    ]  # fmt: skip
    rows = comparing.raised(asking, request.user, facet)
    return columns, [[r.label, r.mechanisms, r.families, r.total, r.first, r.last, r.names] for r in rows]


DATA: dict[str, Callable[[HttpRequest, Asking], Made]] = {
    "years": years_data,
    "matrix": matrix_data,
    "raised": raised_data,
}


@allow(EVERYONE)
@require_safe
def download(request: HttpRequest, page: str, fmt: str) -> HttpResponseBase:
    """The figures of a page as CSV or JSON, with the search and the day in the notes."""
    if page not in DATA or fmt not in {"csv", "json"}:
        raise Http404
    asking = Asking.from_query(request.GET)
    columns, rows = DATA[page](request, asking)
    labels = label_rows({key: list(held) for key, held in asking.filters.items()})
    today = timezone.localdate().isoformat()
    sheet = Sheet(str(PAGES[page]), columns, rows, asking.language, [today, *asking.in_words(labels)])
    chunks = csv_chunks(sheet) if fmt == "csv" else json_chunks(sheet)
    kind = "text/csv; charset=utf-8" if fmt == "csv" else "application/json"
    response = StreamingHttpResponse(kept_language(chunks), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{page}-{today}.{fmt}"'
    return response
