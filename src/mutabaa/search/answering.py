"""One question asked of one state of the index: its hits in their order, its counts, words that were meant."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypedDict

from tantivy import Occur, Order, Query

from mutabaa.search import spelling
from mutabaa.search.highlight import Marker, Passage, passage
from mutabaa.search.matching import Matching, any_of, tags, term, unranked
from mutabaa.search.registry import Facet, Kind, Text, kinds
from mutabaa.search.store import CLOSED, EVERYONE, NOTHING, Reader, columns_for, pk_of
from mutabaa.search.syntax import parse
from mutabaa.search.tree import All, Node, Notice, Parsed

VALUES = 5000
COUNTS_KEPT = 200  # questions whose counts a process keeps until the index changes

_counters = ThreadPoolExecutor(2, thread_name_prefix="search-counts")


@dataclass(frozen=True)
class Question:
    """`filters`: codes by facet, alternatives within one. `scope`: "own", "other" or "all". `sort`: "best", "newest",
    "oldest". `facets`: which are counted; None for all, empty for none. `language` is the reader's. `also`: further words, as
    alternatives, that count like the text's own."""

    text: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    scope: str = "own"
    kind: str = "recommendation"
    sort: str = "best"
    offset: int = 0
    limit: int = 25
    language: str = "en"
    facets: Collection[str] | None = None
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Hit:
    """One result in its place. `passage` shows where it matches, in the text or in the translation `language`."""

    pk: int
    score: float
    text: Text
    passage: Passage
    language: str


@dataclass(frozen=True)
class Answer:
    """`total` and `facets` are exact for what the person may see. `facets`: counts by facet and code, without that facet's own
    filter. `suggestions`: (typed, meant) words that would find something."""

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]
    notices: list[Notice]
    suggestions: list[tuple[str, str]]
    parsed: Parsed
    ready: bool = True


def hit_of(pk: int, score: float, text: Text, marker: Marker) -> Hit:
    """The passage of the text itself; of a translation where only that matches."""
    marks = marker.marks(text.text, text.language)
    if not marks:
        for language, other in text.others:
            if found := marker.marks(other, language):
                return Hit(pk, score, text, passage(other, found), language)
    return Hit(pk, score, text, passage(text.text, marks), text.language)


class Counting(TypedDict):
    wanted: list[Facet]
    filtered: set[str]
    running: dict[str, Future[Any]]


def by_facet(found: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Counts by facet and value, from those of each column."""
    together: dict[str, int] = {}
    for column in found.values():
        for bucket in column["buckets"]:
            key = bucket["key"]
            together[key] = together.get(key, 0) + bucket["doc_count"]
    out: dict[str, dict[str, int]] = {}
    for key, n in together.items():
        facet, colon, value = key.partition(":")
        if colon:
            out.setdefault(facet, {})[value] = int(n)
    return out


class Asked:
    """One question to one state of the index."""

    def __init__(self, reader: Reader, kind: Kind, person: Any, question: Question, parsed: Parsed) -> None:
        self.reader, self.kind, self.question, self.parsed = reader, kind, question, parsed
        self.searcher = reader.searcher
        self.keys = kind.keys(person)
        self.always = open_to(self.keys)
        if len(kinds) > 1:
            self.always.append((Occur.Must, unranked(term("tag", f"kind:{kind.number}"))))
        if question.scope in {"own", "other"}:
            self.always.append(
                (Occur.Must if question.scope == "own" else Occur.MustNot, unranked(term("tag", "scope:own")))
            )
        self.matching = Matching(question.language, self.is_whole)
        self.terms: list[Node] = list(parsed.terms)
        self.words = None if isinstance(parsed.node, All) else self.matching.query(parsed.node)
        if question.also and self.words is not None:
            self.words = self.widened(self.words)

    def widened(self, words: Any) -> Any:
        """The query or one of the further terms, each a word or phrase of its own language."""
        found = [words]
        for text in self.question.also:
            other = parse(f'"{text}"', self.question.language)
            self.terms.extend(other.terms)
            found.append(self.matching.query(other.node))
        return Query.boolean_query([(Occur.Should, query) for query in found])

    def is_whole(self, symbol: str) -> bool:
        return self.visible(term("ref", symbol)) > 0

    def visible(self, query: Any) -> int:
        """How many records that the person may see match."""
        within = Query.boolean_query([*self.always, (Occur.Must, unranked(query))])
        return int(self.searcher.search(within, 1, count=True).count)

    def query(self, without: str = "") -> Any:
        """What must match; `without` the filter of one facet."""
        filters = [tags(key, values) for key, values in self.question.filters.items() if values and key != without]
        wanted = [self.words] if self.words is not None else []
        parts = [*((Occur.Must, part) for part in (*wanted, *filters)), *self.always]
        if not any(occur == Occur.Must for occur, _part in parts):
            parts.append((Occur.Must, unranked(Query.all_query())))
        return Query.boolean_query(parts)

    # -- Hits --

    @property
    def ranked(self) -> bool:
        return self.question.sort == "best" and self.parsed.has_words

    def count(self) -> int:
        return int(self.searcher.search(self.query(), 1, count=True).count)

    def hits(self) -> tuple[list[tuple[int, float]], int]:
        """(primary key, score) of the page asked for, and the total."""
        found = self.page(self.question.offset, self.question.limit)
        return found, self.total

    def page(self, offset: int, limit: int) -> list[tuple[int, float]]:
        if not self.ranked:
            direction = Order.Asc if self.question.sort == "oldest" else Order.Desc
            result = self.searcher.search(
                self.query(), limit, count=True, order_by_field="order", offset=offset, order=direction
            )
            self.total = int(result.count)
            uids = self.searcher.fast_field_values("uid", [address for _o, address in result.hits])
            return [(pk_of(uid), 0.0) for uid in uids]
        query, wanted = self.query(), offset + limit
        one_segment = self.searcher.num_segments == 1
        fetched = wanted if one_segment else wanted + 25
        while True:
            result = self.searcher.search(query, fetched, count=True)
            self.total = int(result.count)
            hits = result.hits
            whole = one_segment or len(hits) >= self.total or len(hits) < fetched or hits[-1][0] < hits[wanted - 1][0]
            if whole:
                break
            fetched *= 4  # what ranks like the last one asked for must be known whole, to be put in order
        addresses = [address for _score, address in hits]
        if not one_segment:
            orders = self.searcher.fast_field_values("order", addresses)
            ranked = sorted(zip(hits, orders, strict=True), key=lambda pair: (-pair[0][0], -pair[1]))
            hits = [hit for hit, _order in ranked]
        hits = hits[offset:wanted]
        uids = self.searcher.fast_field_values("uid", [address for _score, address in hits])
        return [(pk_of(uid), score) for uid, (score, _address) in zip(uids, hits, strict=True)]

    # -- Counts --

    def begin_facets(self) -> "Counting":
        """Start counting beside this thread: the index counts without holding the interpreter."""
        wanted = [f for f in self.kind.facets if self.question.facets is None or f.key in self.question.facets]
        filtered = {key for key, values in self.question.filters.items() if values}
        together: dict[
            str, list[str]
        ] = {}  # facets that are counted under the same query, by the filter that it leaves out
        for facet in wanted:
            together.setdefault(facet.key if facet.key in filtered else "", []).append(facet.of or facet.key)
        counting: Counting = {"wanted": wanted, "filtered": filtered, "running": {}}
        for without, facets in together.items():
            columns = list(dict.fromkeys(c for f in facets for c in columns_for(f, self.kind, self.reader.state)))
            if columns:
                asked = {c: {"terms": {"field": c, "size": VALUES}} for c in columns}
                counting["running"][without] = _counters.submit(self.searcher.aggregate, self.query(without), asked)
        return counting

    @property
    def counts_key(self) -> Any:
        """What the counts depend on, beside the state of the index."""
        q = self.question
        filters = tuple(sorted((key, tuple(sorted(values))) for key, values in q.filters.items() if values))
        wanted = None if q.facets is None else tuple(q.facets)
        return q.kind, repr(self.parsed.node), q.language, tuple(q.also), q.scope, filters, wanted, tuple(self.keys)

    @property
    def counted(self) -> dict[str, dict[str, int]] | None:
        """The counts of the same question by somebody with the same rights, of this state of the index: the next page of results,
        and the search that everybody begins with."""
        return self.reader.counted.get(self.counts_key)

    def facets(self, counting: "Counting | None" = None) -> dict[str, dict[str, int]]:
        """Counts by facet and code, each facet without its own filter."""
        found = self.counted if counting is None else None
        if found is None:
            found = self.count_facets(counting)
            if COUNTS_KEPT:
                kept = self.reader.counted
                while len(kept) >= COUNTS_KEPT:
                    kept.pop(next(iter(kept)), None)
                kept[self.counts_key] = found
        return {facet: dict(counts) for facet, counts in found.items()}

    def count_facets(self, counting: "Counting | None" = None) -> dict[str, dict[str, int]]:
        counting = counting or self.begin_facets()
        sources = {without: by_facet(future.result()) for without, future in counting["running"].items()}
        groups = self.reader.state.groups.get(self.kind.name, {})
        out: dict[str, dict[str, int]] = {}
        for facet in counting["wanted"]:
            without = facet.key if facet.key in counting["filtered"] else ""
            counts: dict[str, int] = sources.get(without, {}).get(facet.of or facet.key, {})
            if facet.of:
                known, grouped = groups.get(facet.key, {}), Counter[str]()
                for value, n in counts.items():
                    if group := known.get(value):
                        grouped[group] += n
                counts = dict(grouped)
            out[facet.key] = counts
        return out

    def table(self, rows: str, columns: str) -> dict[tuple[str, str], int]:
        single = columns_for(columns, self.kind, self.reader.state)
        out: Counter[tuple[str, str]] = Counter()
        inner = {"inner": {"terms": {"field": single[0], "size": VALUES}}}
        spread = columns_for(rows, self.kind, self.reader.state)
        if not spread:
            return {}
        found = self.searcher.aggregate(
            self.query(), {c: {"terms": {"field": c, "size": VALUES}, "aggs": inner} for c in spread}
        )
        for column in spread:
            for bucket in found[column]["buckets"]:
                facet, _colon, row = bucket["key"].partition(":")
                if facet != rows:
                    continue
                for cell in bucket["inner"]["buckets"]:
                    if cell["key"] != NOTHING:
                        out[row, cell["key"].partition(":")[2]] += int(cell["doc_count"])
        return dict(out)

    # -- Spelling --

    def suggestions(self) -> list[tuple[str, str]]:
        """For each word that finds nothing: a word near to it that does, in what the person may see."""

        return spelling.suggestions(self.parsed.terms, self.searcher, lambda word: self.visible(term("form", word)))


def open_to(keys: Sequence[str]) -> list[tuple[Any, Any]]:
    """The condition that a person with these keys may see a record. Nearly all records are open to everyone: those that are
    not are excepted, which costs a tenth of asking each for its key."""
    mine = [key for key in keys if key != EVERYONE]
    held = [unranked(term("seen", key)) for key in mine]
    if EVERYONE not in keys:
        return [(Occur.Must, any_of(held) if held else Query.empty_query())]
    closed = unranked(term("seen", CLOSED))
    if not held:
        return [(Occur.MustNot, closed)]
    return [(Occur.MustNot, Query.boolean_query([(Occur.Must, closed), *((Occur.MustNot, key) for key in held)]))]
