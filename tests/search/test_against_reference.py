"""Totals, counts, order and visibility against a plain scan, on random collections."""

import datetime as dt
import itertools
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutabaa.search import services
from mutabaa.search.references import beginnings, paragraph_beginnings, paragraph_form, symbol_form
from mutabaa.search.registry import Entry, Facet, Kind, Text, kinds
from mutabaa.search.syntax import parse
from mutabaa.search.tree import And, Word
from tests.search.reference import Reference

WORDS = {
    "en": [
        "women",
        "woman",
        "children",
        "rights",
        "torture",
        "the",
        "of",
        "and",
        "rule",
        "law",
        "discrimination",
        "discriminatory",
        "24",
        "2019",
    ],
    "fr": ["femmes", "droits", "discrimination", "la", "parties", "l'État", "torture", "enfants"],
    "es": ["mujeres", "mujer", "derechos", "discriminación", "la", "niños", "tortura"],
    "ar": ["المرأة", "للمرأة", "والتعذيب", "التعذيب", "حقوق", "الحقوق", "اللاجئين", "للاجئين", "لجنة"],
    "ru": ["права", "правам", "женщин", "женщины", "дети", "правозащитник", "и"],
    "zh": ["人权", "妇女", "权利", "人权委员会", "女权", "妇"],
}
SYMBOLS = ["CEDAW/C/XMU/CO/7", "CEDAW/C/XMU/CO/7-8", "A/HRC/42/8", "A/HRC/42/80", "A/HRC/4/1"]
PARAGRAPHS = ["24", "24 (a)", "136.64", "2019"]
FACETS = [
    Facet("state", "State", single=True),
    Facet("region", "Region", of="state"),
    Facet("body", "Body", single=True),
    Facet("theme", "Theme"),
    Facet("group", "Group"),
    Facet("year", "Year", single=True),
]
REGIONS = {"AAA": "north", "BBB": "north", "CCC": "south"}
KEYS = ["public", "institutions", "i:1", "i:2", "secretariat", "u:1"]
NAMES = {"theme": "theme", "body": "body", "year": "year", "state": "state"}


@st.composite
def texts(draw):
    language = draw(st.sampled_from(list(WORDS)))
    found = draw(st.lists(st.sampled_from(WORDS[language]), min_size=1, max_size=9))
    return language, ("" if language == "zh" and draw(st.booleans()) else " ").join(found)


@st.composite
def entries(draw, pk):
    symbol = draw(st.sampled_from(SYMBOLS))
    paragraph = draw(st.sampled_from(PARAGRAPHS))
    facets = {
        "state": [draw(st.sampled_from(["AAA", "BBB", "CCC", "DDD"]))],
        "body": [draw(st.sampled_from(["X", "Y"]))],
        "theme": sorted(draw(st.sets(st.sampled_from([f"t{n}" for n in range(16)]), max_size=15))),
        "group": sorted(draw(st.sets(st.sampled_from(["g1", "g2", "g3"]), max_size=3))),
        "year": [str(draw(st.integers(2018, 2022)))],
    }
    return Entry(
        pk,
        draw(st.lists(texts(), min_size=1, max_size=2)),
        sorted(draw(st.sets(st.sampled_from(KEYS), max_size=2))),
        [*beginnings(symbol_form(symbol)), *paragraph_beginnings(paragraph_form(paragraph))],
        {key: values for key, values in facets.items() if values},
        draw(st.sampled_from([None, dt.date(2020, 1, 1), dt.date(2021, 5, 5)])),
        draw(st.booleans()),
    )


@st.composite
def collections(draw):
    return [draw(entries(pk)) for pk in range(1, draw(st.integers(0, 9)) + 1)]


def quoted(found):
    return '"' + " ".join(found) + '"'


WORD = st.sampled_from([word for listed in WORDS.values() for word in listed] + ["absent", "人", "权", "wom", "法"])
LEAF = st.one_of(
    WORD,
    st.lists(WORD, min_size=1, max_size=3).map(quoted),
    st.sampled_from(["wom*", "discr*", "تعذي*", "пра*", "fem*", "zzz*"]),
    st.sampled_from(["theme:t1", "theme:t3", "body:X", "state:AAA", "year:2019..2020", "year:2021", "year:..2019"]),
    st.sampled_from([*SYMBOLS, "A/HRC/4", "A/HRC/42", "CEDAW/C/XMU", "CEDAW/C/X/1", "24(a)", "136.64", "¶ 24"]),
)
QUERY = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" OR ".join),
        inner.map(lambda q: f"-({q})"),
        inner.map(lambda q: f"({q})"),
        st.tuples(inner, inner).map(" NOT ".join),
    ),
    max_leaves=4,
)
FILTERS = st.dictionaries(
    st.sampled_from(["theme", "body", "state", "region", "year"]),
    st.sampled_from([["t1"], ["t2", "t3"], ["X"], ["AAA", "CCC"], ["north"], ["2019", "2020"]]),
    max_size=2,
)
ASKED = st.tuples(
    st.one_of(st.just(""), QUERY), FILTERS, st.sampled_from(["own", "other", "all"]), st.sets(st.sampled_from(KEYS))
)


@pytest.fixture
def world(index):
    """A kind of record that lives in memory; `person` is the list of keys held."""
    held = SimpleNamespace(entries=[])

    def resolve(facet, typed):
        known = {value.lower(): value for entry in held.entries for value in entry.facets.get(facet, ())}
        return [known[typed.lower()]] if typed.lower() in known else []

    kind = Kind(
        "thing",
        9,
        FACETS,
        entries=lambda ids: [e for e in held.entries if e.pk in set(ids)],
        ids=lambda after, limit: [e.pk for e in held.entries if e.pk > after][:limit],
        keys=list,
        texts=lambda ids, person: {
            e.pk: Text(e.pk, *e.texts[0], tuple(e.texts[1:]))
            for e in held.entries
            if e.pk in ids and set(e.seen) & set(person)
        },
        total=lambda: len(held.entries),
        groups=lambda facet: REGIONS,
        resolve=resolve,
        names=lambda: NAMES,
    )
    before = dict(kinds)
    kinds.clear()
    kinds["thing"] = kind
    yield held
    kinds.clear()
    kinds.update(before)


def fields(world):
    return services.fields_of(kinds["thing"])


@given(collections(), st.lists(ASKED, min_size=12, max_size=12))
@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_totals_counts_order_and_visibility_are_those_of_a_plain_scan(world, held, asked):
    world.entries = held
    services.rebuild()
    reference = Reference(held, {"region": ("state", REGIONS)})
    by_pk = {entry.pk: entry for entry in held}
    for text, filters, scope, keys in asked:
        question = services.Question(text, filters, scope=scope, kind="thing", limit=50)
        answer = services.search(question, keys)
        node = parse(text, "en", fields(world)).node
        expected = reference.found(node, filters, keys, scope)
        assert {hit.pk for hit in answer.hits} == {entry.pk for entry in expected}, (text, node)
        assert answer.total == len(expected) == len(answer.hits)
        for facet in FACETS:
            assert answer.facets.get(facet.key, {}) == reference.facet(facet.key, node, filters, keys, scope), (
                text,
                facet,
            )
        if not answer.parsed.has_words:
            newest = sorted(expected, key=lambda e: (-(e.date.toordinal() if e.date else 0), e.pk))
            assert [hit.pk for hit in answer.hits] == [entry.pk for entry in newest]
        for _typed, meant in answer.suggestions:  # a suggestion never tells of what a person may not see
            assert any(meant in reference.words[entry.pk] for entry in reference.visible(keys, scope))
        assert services.every(question, keys) == [hit.pk for hit in answer.hits]
        words = (
            [node.word]
            if isinstance(node, Word)
            else [p.word for p in getattr(node, "parts", ()) if isinstance(p, Word)]
        )
        if words and (isinstance(node, Word) or (isinstance(node, And) and len(words) == len(node.parts))):
            if any(word.isdigit() or word[0] >= "\u4e00" for word in words):
                continue
            scores = [reference.score(words, by_pk[hit.pk], "en") for hit in answer.hits]
            for hit, score in zip(answer.hits, scores, strict=True):
                assert hit.score == pytest.approx(score, rel=1e-3), (text, hit)
            for (one, a), (other, b) in itertools.pairwise(zip(answer.hits, scores, strict=True)):
                assert one.score >= other.score
                if one.score == other.score:
                    assert (by_pk[one.pk].date or dt.date.min, -one.pk) > (
                        by_pk[other.pk].date or dt.date.min,
                        -other.pk,
                    )
                assert a >= b - 1e-3


@given(collections(), st.lists(st.tuples(st.integers(0, 9), entries(0)), max_size=6), QUERY)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_an_index_that_took_in_changes_answers_like_a_new_one(world, held, edits, text):
    from dataclasses import replace

    from mutabaa.search import changes

    world.entries = held
    services.rebuild()
    for place, fresh in edits:
        if place < len(world.entries):
            changed = replace(fresh, pk=world.entries[place].pk)
            world.entries = [changed if e.pk == changed.pk else e for e in world.entries]
        else:
            changed = replace(fresh, pk=max((e.pk for e in world.entries), default=0) + 1)
            world.entries = [*world.entries, changed]
        changes.touch("thing", [changed.pk])
        services.search(services.Question("", kind="thing"), KEYS)
    question = services.Question(text, scope="all", kind="thing", limit=50)
    grown = services.search(question, KEYS)
    services.rebuild()
    new = services.search(question, KEYS)
    assert ({h.pk for h in grown.hits}, grown.total, grown.facets) == ({h.pk for h in new.hits}, new.total, new.facets)
    if not new.parsed.has_words:
        assert [h.pk for h in grown.hits] == [h.pk for h in new.hits]
