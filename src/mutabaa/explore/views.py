"""The pages of the search, for everybody: what a person may see decides what is found and counted."""

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.addresses import address
from mutabaa.core.installation import installation_of
from mutabaa.core.models import Visibility
from mutabaa.explore import downloads
from mutabaa.explore.asking import SCOPES, SORTS, Asking
from mutabaa.explore.policies import may_save_searches
from mutabaa.explore.results import Value, address_of, blocks, codes_and_labels, facets_for, lines, ordered
from mutabaa.recommendations.citations import full, short
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.search import BY_KEY, label_rows
from mutabaa.search import services
from mutabaa.search.analysis import normal
from mutabaa.search.notices import message

PER_PAGE = 25
FED = 50
PAGES = {
    "search": gettext_lazy("Results"),
    "years": gettext_lazy("Over the years"),
    "matrix": gettext_lazy("Matrix"),
    "raised": gettext_lazy("Raised by how many"),
    "compare": gettext_lazy("Side by side"),
}
LAST_PAGE = 400  # what stands behind the ten thousandth result is for a download, or a narrower search


class Found(Paginator):
    """Pages of a total that the index has counted."""

    def __init__(self, total: int) -> None:
        super().__init__(range(min(total, LAST_PAGE * PER_PAGE)), PER_PAGE)
        self.known = min(total, LAST_PAGE * PER_PAGE)

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        return self.known


def tabs(asking: Asking, person: Any, known: dict[str, int]) -> list[dict[str, Any]]:
    """The State's own records and all; nothing where there is only the one. Counting a scope takes a millisecond's part."""
    found = {
        scope: known[scope] if scope in known else services.count(asking.but(scope=scope).question(), person)
        for scope in SCOPES
    }
    if asking.scope == "own" and not services.count(services.Question(scope="other"), person):
        return []
    return [
        {
            "key": scope,
            "label": SCOPES[scope],
            "count": n,
            "address": asking.but(scope=scope).address,
            "current": scope == asking.scope,
        }
        for scope, n in found.items()
    ]


def page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "1")
    return max(1, min(LAST_PAGE, int(text))) if text.isascii() and text.isdigit() and len(text) < 6 else 1


@allow(EVERYONE)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results with all counts. Six queries; to htmx the results alone."""
    asking = Asking.from_query(request.GET)
    number = page_number(request)
    answer = services.search(
        asking.question(offset=(number - 1) * PER_PAGE, limit=PER_PAGE, facets=facets_for(asking.scope)), request.user
    )
    codes, labels = codes_and_labels(asking, answer)
    page = Found(answer.total).get_page(number)
    partial = request.headers.get("HX-Target") == "explore"
    context = {
        "installation": installation_of(request),
        "asking": asking,
        "answer": answer,
        "lines": lines(answer, request.user),
        "page": page,
        "blocks": blocks(asking, answer, labels, codes),
        "chips": asking.chips(labels),
        "notices": [message(notice) for notice in answer.notices],
        "suggestions": suggestions(asking, answer),
        "equivalents": [(language, language_name(language), term) for language, term in asking.equivalents],
        "with_others": asking.but(also=True).address,
        "without_others": asking.but(also=False).address,
        "tabs": tabs(asking, request.user, {asking.scope: answer.total}) if answer.ready else [],
        "sorts": [(key, label, asking.but(sort=key).address, key == asking.sort) for key, label in SORTS.items()],
        "formats": downloads.FORMATS.items(),
        "carried": [pair for pair in asking.pairs if pair[0] not in {"q", "also"}],
        "cleared": asking.cleared().address,
        "pages": [(key, label, address(f"explore:{key}") + asking.address) for key, label in PAGES.items()],
        "page_key": "search",
        "partial": partial,
        "further": answer.total > LAST_PAGE * PER_PAGE,
    }
    if may_save_searches(request.user):
        context["save"] = address("explore:save") + asking.address
    response = render(request, "explore/_explore.html" if partial else "explore/search.html", context)
    if partial:
        response["HX-Push-Url"] = request.path + asking.but().address + (f"&page={number}" if number > 1 else "")
    patch_vary_headers(response, ["Accept-Language", "Cookie", "HX-Request", "HX-Target"])
    return response


def suggestions(asking: Asking, answer: services.Answer) -> list[tuple[str, str]]:
    """(words, address) of the search with a word replaced by one that finds something."""
    text = asking.text
    for typed, meant in answer.suggestions:
        text = re.sub(r"[^\W_]+", lambda found: meant if normal(found.group()) == typed else found.group(), text)  # noqa: B023
    return [(text, asking.but(text=text, also=False).address)] if text != asking.text else []


def language_name(code: str) -> str:
    return str(get_language_info("zh-hans" if code == "zh" else code)["name_translated"])


@allow(EVERYONE)
@require_safe
def values(request: HttpRequest, facet: str) -> HttpResponse:
    """Every value of one facet under the present search."""
    if facet not in BY_KEY:
        raise Http404
    asking = Asking.from_query(request.GET)
    counts = services.facets_of(asking.question(facets=[facet]), request.user).get(facet, {})
    chosen = asking.filters.get(facet, ())
    codes = ordered(facet, {**dict.fromkeys(chosen, 0), **counts})
    labels = label_rows({**{key: list(held) for key, held in asking.filters.items()}, facet: codes})
    by_name = request.GET.get("order") == "name"
    listed = [
        Value(code, labels.get(facet, {}).get(code) or code, counts.get(code, 0), code in chosen, asking.toggled(facet, code).address)
        for code in codes
    ]  # fmt: skip
    if by_name:
        listed.sort(key=lambda value: value.label.casefold())
    context = {
        "installation": installation_of(request),
        "asking": asking,
        "facet": BY_KEY[facet],
        "values": listed,
        "by_name": by_name,
        "chips": asking.chips(labels),
    }
    return render(request, "explore/values.html", context)


@allow(EVERYONE)
@require_safe
def download(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Every result of the search, streamed."""
    return downloads.download(Asking.from_query(request.GET), request.user, fmt)


@allow(EVERYONE)
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest results as an Atom feed, for people without an account: what a visitor may see, whoever asks. Five queries."""
    asking = Asking.from_query(request.GET).but(sort="newest")
    visitor = AnonymousUser()
    answer = services.search(asking.question(limit=FED, facets=[]), visitor)
    labels = label_rows({key: list(held) for key, held in asking.filters.items()})
    told = " · ".join(asking.in_words(labels)) or _("All recommendations")
    texts = {hit.pk: hit.text.text for hit in answer.hits}
    made = Atom1Feed(
        title=f"{installation_of(request).title}: {told}",
        link=request.build_absolute_uri(reverse("explore:search") + asking.address),
        description=told,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for line in lines(answer, visitor):
        row = line.record
        made.add_item(
            title=line.citation,
            link=request.build_absolute_uri(line.url),
            description=texts[row.pk],
            updateddate=row.updated_at,
            pubdate=row.created_at,
            unique_id=request.build_absolute_uri(line.url),
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@allow(EVERYONE)
@require_safe
def record(request: HttpRequest, public_id: str) -> HttpResponse:
    """A record of another State: its text and where it stands. The State's own have pages of their own."""
    rows = Recommendation.objects.visible_to(request.user).select_related("document", "mechanism", "state")
    row = get_object_or_404(rows, public_id=public_id)
    if row.own:
        return redirect(address_of(row, request.user))
    by = [str(state) for state in row.recommending_states.all()]
    context = {
        "installation": installation_of(request),
        "record": row,
        "translations": row.translations.all(),
        "by": row.recommending_states.all(),
        "themes": row.themes.all(),
        "groups": row.groups.all(),
        "sdgs": row.sdgs.all(),
        "citation": short(row, by),
        "full_citation": full(row, by),
        "document_is_public": row.document.visibility == Visibility.PUBLIC,
        "address": request.build_absolute_uri(),
    }
    return render(request, "explore/record.html", context)
