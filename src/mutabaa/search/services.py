"""Searching: what other rooms ask. Keeping the index is `keeping`'s, one question to it `answering`'s."""

from dataclasses import replace
from typing import Any

from mutabaa.search.answering import Answer, Asked, Hit, Question, hit_of
from mutabaa.search.highlight import Marker
from mutabaa.search.keeping import bring_up_to_date, rebuild, store, up_to_date
from mutabaa.search.registry import Kind, kinds
from mutabaa.search.syntax import Fields, parse
from mutabaa.search.tree import Notice, Parsed

__all__ = [
    "Answer",
    "Hit",
    "Question",
    "bring_up_to_date",
    "count",
    "every",
    "facets_of",
    "groups_of",
    "rebuild",
    "search",
    "store",
    "table",
    "up_to_date",
]


def search(question: Question, person: Any) -> Answer:
    """Answer a question for a person. Two queries to the database: for news, and for the texts of the hits."""
    reader, notices = up_to_date()
    parsed = read(question)
    notices = [*parsed.notices, *notices]
    if reader is None:
        return Answer(0, [], {}, notices, [], parsed, ready=False)
    kind = kinds[question.kind]
    asked = Asked(reader, kind, person, question, parsed)
    wants_facets = question.facets is None or question.facets
    counting = asked.begin_facets() if wants_facets and asked.counted is None else None
    pks, total = asked.hits()
    texts = kind.texts([pk for pk, _score in pks], person)
    marker = Marker(asked.terms)
    hits = [hit_of(pk, score, texts[pk], marker) for pk, score in pks if pk in texts]
    facets = asked.facets(counting) if wants_facets else {}
    notices += [Notice.of("symbol_begins", symbol=symbol) for symbol in asked.matching.beginnings]
    suggestions = [] if total else asked.suggestions()
    return Answer(total, hits, facets, notices, suggestions, parsed)


def every(question: Question, person: Any) -> list[int] | None:
    """The primary keys of all results in order: for exports and alerts. 300,000 take about a second. None without an index."""
    asked = ask(replace(question, offset=0, limit=1), person)
    return None if asked is None else [pk for pk, _score in asked.page(0, max(1, asked.count()))]


def count(question: Question, person: Any) -> int:
    """How many results a question has."""
    asked = ask(question, person)
    return 0 if asked is None else asked.count()


def facets_of(question: Question, person: Any) -> dict[str, dict[str, int]]:
    """The counts alone."""
    asked = ask(question, person)
    return {} if asked is None else asked.facets()


def table(question: Question, person: Any, rows: str, columns: str) -> dict[tuple[str, str], int]:
    """Counts by value of two facets, `columns` a facet of single values: a matrix. Filters on both apply."""
    asked = ask(question, person)
    return {} if asked is None else asked.table(rows, columns)


def groups_of(facet: str, kind: str = "recommendation") -> dict[str, str]:
    """The group of each value, as the index holds it: State → region, mechanism → family."""
    reader, _notices = up_to_date()
    return reader.state.groups.get(kind, {}).get(facet, {}) if reader is not None else {}


def ask(question: Question, person: Any) -> Asked | None:
    """The question, put to the present state of the index; None where there is none."""
    reader, _notices = up_to_date()
    return None if reader is None else Asked(reader, kinds[question.kind], person, question, read(question))


def read(question: Question) -> Parsed:
    return parse(question.text, question.language, fields_of(kinds[question.kind]))


def fields_of(kind: Kind) -> Fields:
    return Fields(kind.names(), kind.resolve)
