"""From the tree of a query to what the index is asked. What a leaf means is told once more, in plain Python, by the reference
that the tests hold this against."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from tantivy import Occur, Query

from mutabaa.search.analysis import LATIN, is_chinese, token, variants, without_clitics
from mutabaa.search.highlight import runs_of
from mutabaa.search.store import schema
from mutabaa.search.tree import All, And, Field, Node, Not, Or, Phrase, Prefix, Symbol, Word

# A word's form in another language than the reader's ranks lower: else the rarer language would come first.
OTHER_LANGUAGE = 0.5


def term(field: str, value: str) -> Any:
    return Query.term_query(schema, field, value, index_option="basic" if field != "body" else "position")


def unranked(query: Any) -> Any:
    return Query.const_score_query(query, 0.0)


def any_of(queries: list[Any]) -> Any:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: list[Any]) -> Any:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def none_of(query: Any) -> Any:
    return Query.boolean_query([(Occur.Must, unranked(Query.all_query())), (Occur.MustNot, query)])


def tags(key: str, values: Iterable[str]) -> Any:
    """Records with one of these values. Years may be ranges: `2019..2023`; a "period" is a range of years that is no choice
    among the values of the facet."""
    key = "year" if key == "period" else key
    terms: list[str] = []
    for value in values:
        first, dots, last = value.partition("..") if key == "year" else (value, "", "")
        if dots:
            terms += [f"year:{n}" for n in range(int(first or 1900), int(last or 2200) + 1)]
        else:
            terms.append(f"{key}:{value}")
    field = "ref" if key == "ref" else "tag"
    if field == "ref":
        terms = list(values)
    return unranked(
        any_of([term(field, value) for value in terms])
        if len(terms) < 40
        else Query.term_set_query(schema, field, terms)
    )


class Matching:
    """`language` is the reader's. `whole(symbol)`: whether a symbol that may be seen is exactly this."""

    def __init__(self, language: str, whole: Callable[[str], bool]) -> None:
        self.language, self.whole = language, whole
        self.beginnings: list[str] = []

    def query(self, node: Node) -> Any:
        match node:
            case All():
                return unranked(Query.all_query())
            case And(parts):
                wanted = [(Occur.Must, self.query(part)) for part in parts if not isinstance(part, Not)]
                unwanted = [(Occur.MustNot, self.query(part.part)) for part in parts if isinstance(part, Not)]
                if not wanted:
                    wanted = [(Occur.Must, unranked(Query.all_query()))]
                return Query.boolean_query(wanted + unwanted)
            case Or(parts):
                return any_of([self.query(part) for part in parts])
            case Not(part):
                return none_of(self.query(part))
            case Word(word, reference):
                found = self.word(word)
                return any_of([found, unranked(term("ref", f"¶{word}"))]) if reference else found
            case Phrase(words, reference):
                found = self.phrase(words)
                return any_of([found, unranked(term("ref", reference))]) if reference else found
            case Prefix(word):
                starts = dict.fromkeys([word, without_clitics(word)])
                return unranked(
                    any_of([Query.regex_query(schema, "form", re.escape(start) + ".*") for start in starts])
                )
            case Symbol(symbol):
                return self.symbol(symbol)
            case Field(key, values):
                return tags(key, values)
        raise TypeError(node)

    def word(self, word: str) -> Any:
        if is_chinese(word):
            if len(word) == 1:
                return unranked(Query.regex_query(schema, "body", re.escape(word) + ".?"))
            return self.sequence(runs_of([word], "zh"))
        first = token(word, self.language)
        return any_of(
            [
                term("body", found) if found == first else Query.boost_query(term("body", found), OTHER_LANGUAGE)
                for found in variants(word)
            ]
        )

    def phrase(self, words: tuple[str, ...]) -> Any:
        sequences = dict.fromkeys(tuple(runs_of(words, language)) for language in LATIN)
        mine = tuple(runs_of(words, self.language))
        return any_of(
            [
                self.sequence(list(found))
                if found == mine or mine not in sequences
                else Query.boost_query(self.sequence(list(found)), OTHER_LANGUAGE)
                for found in sequences
            ]
        )

    @staticmethod
    def sequence(found: list[str]) -> Any:
        last = found[-1]
        if len(last) == 1 and is_chinese(last):  # the beginning of any pair, or the character alone
            if len(found) == 1:
                return unranked(Query.regex_query(schema, "body", re.escape(last) + ".?"))
            words: list[Any] = [re.escape(piece) for piece in found]
            return unranked(Query.regex_phrase_query(schema, "body", [*words[:-1], words[-1] + ".?"]))
        if len(found) == 1:
            return term("body", last)
        return Query.phrase_query(schema, "body", list(found))

    def symbol(self, symbol: str) -> Any:
        """Whole, or up to one of its separators; else whatever begins so, and the reader is told."""
        if self.whole(symbol):
            return unranked(term("ref", symbol))
        self.beginnings.append(symbol)
        return unranked(Query.regex_query(schema, "ref", re.escape(symbol) + ".*"))
