"""What a search must answer, by a plain scan: slow, and simple enough to be read as the definition."""

import math
from collections import Counter

from mutabaa.search import analysis
from mutabaa.search.analysis import LATIN, bigrams, is_chinese, without_clitics
from mutabaa.search.tree import All, And, Field, Not, Or, Phrase, Prefix, Symbol, Word


class Reference:
    """Entries of one kind, as (Entry, …); `groups` by facet as `Kind.groups`."""

    def __init__(self, entries, groups):
        self.entries = [entry for entry in entries if entry.seen]
        self.groups = groups
        self.bodies = {entry.pk: self.body(entry) for entry in self.entries}
        self.words = {
            entry.pk: {form for _lang, text in entry.texts for form in analysis.forms(analysis.words(text))}
            for entry in self.entries
        }

    @staticmethod
    def body(entry):
        out = []
        for n, (language, text) in enumerate(entry.texts):
            out += ["¦"] if n else []
            out += analysis.tokens(text, language)
        return out

    # -- Matching --

    def visible(self, keys, scope):
        wanted = {"own": [True], "other": [False], "all": [True, False]}[scope]
        return [e for e in self.entries if set(e.seen) & set(keys) and e.own in wanted]

    def values(self, entry, facet):
        if facet in self.groups:
            of, groups = self.groups[facet]
            return {groups[v] for v in entry.facets.get(of, ()) if v in groups}
        return set(entry.facets.get(facet, ()))

    def found(self, node, filters, keys, scope, without=""):
        among = self.visible(keys, scope)
        return [
            entry
            for entry in among
            if self.matches(node, entry, among)
            and all(
                self.values(entry, facet) & set(values)
                for facet, values in filters.items()
                if values and facet != without
            )
        ]

    def matches(self, node, entry, among):
        body = self.bodies[entry.pk]
        match node:
            case All():
                return True
            case And(parts):
                return all(self.matches(part, entry, among) for part in parts)
            case Or(parts):
                return any(self.matches(part, entry, among) for part in parts)
            case Not(part):
                return not self.matches(part, entry, among)
            case Word(word, reference):
                return self.holds_word(word, body) or (reference and f"¶{word}" in entry.references)
            case Phrase(words, reference):
                return self.holds_phrase(words, body) or (bool(reference) and reference in entry.references)
            case Prefix(word):
                starts = {word, without_clitics(word)}
                return any(form.startswith(start) for form in self.words[entry.pk] for start in starts)
            case Symbol(symbol):
                if any(symbol in other.references for other in among):
                    return symbol in entry.references
                return any(reference.startswith(symbol) for reference in entry.references)
            case Field("ref", values):
                return bool(set(values) & set(entry.references))
            case Field("year", values):
                return any(self.in_years(year, value) for year in entry.facets.get("year", ()) for value in values)
            case Field(key, values):
                return bool(self.values(entry, key) & set(values))
        raise TypeError(node)

    @staticmethod
    def in_years(year, value):
        first, dots, last = value.partition("..")
        if not dots:
            return year == value
        return int(first or 0) <= int(year) <= int(last or 9999)

    @staticmethod
    def holds_word(word, body):
        if is_chinese(word):
            return Reference.holds_phrase((word,), body)
        return any(token in body for token in analysis.variants(word))

    @staticmethod
    def holds_phrase(words, body):
        for language in LATIN:
            wanted = []
            for n, word in enumerate(words):
                if not is_chinese(word):
                    wanted.append(analysis.token(word, language).__eq__)
                elif n < len(words) - 1:
                    wanted += [pair.__eq__ for pair in bigrams(word)]
                else:
                    wanted += [pair.__eq__ for pair in bigrams(word)[:-1]]
                    if len(word) == 1:
                        wanted.append(lambda token, c=word: token[0] == c)
            if any(all(test(body[i + k]) for k, test in enumerate(wanted)) for i in range(len(body) - len(wanted) + 1)):
                return True
        return False

    # -- Counts and order --

    def facet(self, facet, node, filters, keys, scope):
        rows = self.found(node, filters, keys, scope, without=facet)
        return dict(Counter(value for entry in rows for value in self.values(entry, facet)))

    def score(self, words, entry, language):
        """BM25 (k1 1.2, b 0.75) of single words that must all match; lengths are rounded down as the index keeps them."""
        total = len(self.entries) + 1
        average = sum(len(body) for body in self.bodies.values()) / total
        body = self.bodies[entry.pk]
        length = kept_length(len(body))
        out = 0.0
        for word in words:
            own = analysis.token(word, language)
            for token in analysis.variants(word):
                holders = sum(token in other for other in self.bodies.values())
                times = body.count(token)
                if not times:
                    continue
                rarity = math.log(1 + (total - holders + 0.5) / (holders + 0.5))
                weight = times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / average))
                out += rarity * weight * (1.0 if token == own else 0.5)
        return out


def kept_length(n):
    """A length as one byte holds it: exact up to 40, then with four bits of precision."""
    if n < 40:
        return n
    shift = (n - 24).bit_length() - 4
    return 24 + (((n - 24) >> shift) << shift)
