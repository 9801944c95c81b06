"""Clusters of a workable size from links, likeness and tags; nothing lost, nothing twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mutabaa.recurrence.likeness.clusters import propose
from mutabaa.recurrence.likeness.items import Item, Pair
from mutabaa.recurrence.likeness.titles import titles


def item(n, text="", theme="", mechanism="CRC", cycle="", round=""):
    return Item(
        n,
        [("en", text or f"word{n}")],
        frozenset({f"theme:{theme}"} if theme else ()),
        mechanism,
        cycle,
        round or f"d{n}",
    )


def test_confirmed_links_make_a_cluster():
    found = propose([item(n) for n in range(1, 7)], confirmed=[(1, 2), (2, 3), (5, 6)], least=3)
    assert [c.members for c in found.clusters] == [(1, 2, 3)]
    assert found.left == (4, 5, 6)


def test_what_was_found_different_is_kept_apart():
    pairs = [Pair(1, 2, 0.95, "repeats"), Pair(2, 3, 0.9, "repeats")]
    found = propose([item(n) for n in range(1, 4)], pairs, apart=[(1, 3)], least=2)
    assert [c.members for c in found.clusters] == [(1, 2)]


def test_no_cluster_grows_beyond_the_limit():
    found = propose([item(n) for n in range(1, 31)], confirmed=[(n, n + 1) for n in range(1, 30)], least=2, most=10)
    assert [len(c.members) for c in found.clusters] == [10, 10, 10]


def test_a_theme_gathers_what_no_likeness_did():
    found = propose([item(n, theme="water") for n in range(1, 7)], least=5)
    assert [(c.theme, len(c.members)) for c in found.clusters] == [("water", 6)]


def test_it_names_mechanisms_cycles_and_rounds():
    rows = [
        item(1, mechanism="UPR", cycle="2"),
        item(2, mechanism="UPR", cycle="3"),
        item(3, mechanism="CAT", round="d2"),
    ]
    [cluster] = propose(rows, confirmed=[(1, 2), (2, 3)], least=2).clusters
    assert (cluster.mechanisms, cluster.cycles, cluster.rounds) == (("CAT", "UPR"), ("2", "3"), 2)


def test_the_title_is_the_theme_and_what_the_members_name():
    rows = [item(n, "Prohibit corporal punishment in schools", theme="child") for n in range(1, 4)]
    [cluster] = propose(rows, least=2).clusters
    named = titles(cluster, {"child": {"en": "Rights of the child", "ar": "حقوق الطفل"}}, [r.texts[0] for r in rows])
    assert named["en"].startswith("Rights of the child: corporal punishment")
    assert named["ar"] == "حقوق الطفل: العقوبة البدنية"


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 40),
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40), st.floats(0.66, 1)), max_size=80),
    st.sets(st.tuples(st.integers(1, 40), st.integers(1, 40)), max_size=10),
    st.integers(2, 5),
    st.integers(5, 12),
    st.randoms(),
)
def test_no_item_is_lost_and_the_result_is_the_same_each_time(count, edges, apart, least, most, chance):
    rows = [item(n, theme=["water", "prison", ""][n % 3]) for n in range(1, count + 1)]
    pairs = [Pair(min(a, b), max(a, b), s, "repeats") for a, b, s in edges if a != b]
    apart = {(a, b) for a, b in apart if a != b}
    found = propose(rows, pairs, apart=apart, least=least, most=most)
    members = [i for c in found.clusters for i in c.members]
    assert sorted([*members, *found.left]) == [r.id for r in rows]
    assert all(least <= len(c.members) <= most for c in found.clusters)
    assert not any({a, b} <= set(c.members) for a, b in apart for c in found.clusters)
    chance.shuffle(rows)
    chance.shuffle(pairs)
    assert propose(rows, pairs, apart=apart, least=least, most=most) == found
