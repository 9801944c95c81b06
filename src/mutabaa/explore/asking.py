"""The one description of a search: read from an address, asked of the index, told in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mutabaa.recommendations.search import BY_KEY, FACETS
from mutabaa.search.glossary import equivalents
from mutabaa.search.services import Question

SCOPES = {"own": gettext_lazy("Our State"), "all": gettext_lazy("All States")}
SORTS = {
    "best": gettext_lazy("Best match first"),
    "newest": gettext_lazy("Newest first"),
    "oldest": gettext_lazy("Oldest first"),
}
PLACES = {facet.key: place for place, facet in enumerate(FACETS)}  # in an address, between the words and all else
MOST_VALUES = 40
LONGEST_CODE = 80


@dataclass(frozen=True)
class Asking:
    """What somebody searches. `filters`: codes by facet. `also`: with the terms of the other languages. Whatever of an address
    cannot be read is left out and named in `ignored`."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None
    scope: str = "own"
    sort: str = "best"
    also: bool = False
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> "Asking":
        ignored: list[str] = []
        filters: dict[str, tuple[str, ...]] = {}
        for facet in FACETS:
            given = [v.replace("\x00", "").strip() for v in query.getlist(facet.key)]
            good = tuple(dict.fromkeys(v for v in given if v and len(v) <= LONGEST_CODE))[:MOST_VALUES]
            if len(good) < len([v for v in given if v]):
                ignored.append(str(facet.label))
            if good:
                filters[facet.key] = good
        years: list[int | None] = []
        for key, label in (("from", _("From year")), ("to", _("To year"))):
            text = query.get(key, "").strip()
            year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
            if text and year is None:
                ignored.append(label)
            years.append(year)
        first, last = years
        if first and last and first > last:
            first, last = last, first
        scope, sort = query.get("scope", "own"), query.get("sort", "best")
        return cls(
            query.get("q", "").replace("\x00", "").strip()[:1000],
            filters,
            first,
            last,
            scope if scope in SCOPES else "own",
            sort if sort in SORTS else "best",
            query.get("also") == "1",
            tuple(ignored),
        )

    # -- Asked of the index --

    @property
    def language(self) -> str:
        return (get_language() or "en")[:2]

    @cached_property
    def equivalents(self) -> list[tuple[str, str]]:
        """(language, term) of the glossary for the words of this search."""
        return equivalents(self.text) if self.text else []

    def question(self, **more: Any) -> Question:
        filters: dict[str, Sequence[str]] = dict(self.filters)
        if self.first or self.last:
            filters["period"] = (f"{self.first or ''}..{self.last or ''}",)
        also = [term for _language, term in self.equivalents] if self.also else []
        given = {
            "text": self.text,
            "filters": filters,
            "scope": self.scope,
            "sort": self.sort,
            "language": self.language,
            "also": also,
        }
        return Question(**(given | more))

    # -- Addresses --

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        out = [("q", self.text)] if self.text else []
        out += [(f.key, value) for f in FACETS for value in self.filters.get(f.key, ())]
        for key, year in (("from", self.first), ("to", self.last)):
            if year:
                out.append((key, str(year)))
        if self.scope != "own":
            out.append(("scope", self.scope))
        if self.sort != "best":
            out.append(("sort", self.sort))
        if self.also:
            out.append(("also", "1"))
        return out

    @cached_property
    def query(self) -> str:
        """The query string of this search: one string for one search, however its address was written."""
        return urlencode(self.pairs)

    @property
    def address(self) -> str:
        return "?" + self.query

    def but(self, **changes: Any) -> "Asking":
        return replace(self, **changes)

    def toggled(self, facet: str, value: str) -> "Asking":
        """With this value of a facet, or without it where it is chosen."""
        chosen = self.filters.get(facet, ())
        values = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        return self.with_values(facet, values)

    @cached_property
    def parts(self) -> list[tuple[int, str]]:
        """Each pair of the address as it is written there, with its place among the facets."""
        return [
            (PLACES.get(key, -1 if key == "q" else len(PLACES)), urlencode([(key, value)])) for key, value in self.pairs
        ]

    def additions(self, facet: str) -> Callable[[str], str]:
        """Gives the address with one more value of a facet: as `toggled`, for the many that are not chosen."""
        place = PLACES[facet]
        before = [part for at, part in self.parts if at <= place]
        after = [part for at, part in self.parts if at > place]
        start, end = "?" + "&".join([*before, f"{facet}="]), "".join(f"&{part}" for part in after)
        return lambda value: start + quote_plus(value) + end

    def with_values(self, facet: str, values: Iterable[str]) -> "Asking":
        filters = {key: held for key, held in self.filters.items() if key != facet}
        if found := tuple(values):
            filters[facet] = found
        return replace(self, filters=filters)

    def cleared(self) -> "Asking":
        return Asking(self.text, scope=self.scope)

    # -- In words --

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.filters or self.first or self.last)

    def chips(self, labels: Mapping[str, Mapping[str, str]]) -> list[dict[str, str]]:
        """Each filter in words, with the address without it. `labels`: names of the values by facet."""
        out = [
            {
                "label": str(BY_KEY[key].label),
                "value": labels.get(key, {}).get(value) or value,
                "without": self.toggled(key, value).address,
            }
            for key, values in self.filters.items()
            for value in values
        ]
        if self.first:
            out.append({"label": _("From year"), "value": str(self.first), "without": self.but(first=None).address})
        if self.last:
            out.append({"label": _("To year"), "value": str(self.last), "without": self.but(last=None).address})
        return out

    def in_words(self, labels: Mapping[str, Mapping[str, str]]) -> list[str]:
        """One line per part of the search, for exports and mails."""
        out = [_("Words: %(text)s") % {"text": self.text}] if self.text else []
        return out + [f"{chip['label']}: {chip['value']}" for chip in self.chips(labels)]
