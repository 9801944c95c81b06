"""No hidden cell may follow from the shown ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mutabaa.indicators.statistics.suppression import derivable, every_cell, hidden, sums_of

# US Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22 (2005), the fictitious table of delinquent
# children by county (Alpha to Delta) and education of the head of household (low to very high); counts under 5 are sensitive.
COUNTIES = {"alpha": [15, 1, 3, 1], "beta": [20, 10, 10, 15], "gamma": [3, 10, 10, 2], "delta": [12, 14, 7, 2]}
LEVELS = ["low", "medium", "high", "very high"]


def table(rows, columns=LEVELS):
    counts = {(r, c): n for r, line in rows.items() for c, n in zip(columns, line, strict=True)}
    counts |= {(r, None): sum(line) for r, line in rows.items()}
    counts |= {(None, c): sum(line[i] for line in rows.values()) for i, c in enumerate(columns)}
    counts[None, None] = sum(map(sum, rows.values()))
    return counts


def test_the_published_table():
    counts = table(COUNTIES)
    assert (counts["alpha", None], counts[None, "low"], counts[None, None]) == (20, 50, 135)
    gone = hidden(counts)
    small = {
        ("alpha", "medium"),
        ("alpha", "high"),
        ("alpha", "very high"),
        ("gamma", "low"),
        ("gamma", "very high"),
        ("delta", "very high"),
    }
    assert small < gone
    assert derivable(sums_of(list(counts)), small)  # the small ones alone would be found out
    assert derivable(sums_of(list(counts)), gone) == set()


def test_one_small_cell_takes_another_with_it():
    gone = hidden({("F",): 3, ("M",): 40, (None,): 43})
    assert gone == {("F",), ("M",)}


def test_the_cheapest_other_cell_goes():
    assert hidden({("a",): 3, ("b",): 40, ("c",): 9, (None,): 52}) == {("a",), ("c",)}


def test_nought_is_shown_and_protects_nothing():
    gone = hidden({("a",): 3, ("b",): 0, ("c",): 9, (None,): 12})
    assert gone == {("a",), ("c",)}


def test_two_small_ones_that_are_small_together_need_a_third():
    """2 + 1 = 3: the total of what is hidden would itself be a small count."""
    assert hidden({("a",): 2, ("b",): 1, ("c",): 30, (None,): 33}) == {("a",), ("b",), ("c",)}


def test_the_whole_is_shown_however_small_and_its_groups_are_not():
    """Three people killed: the figure itself. That none of them was a woman would tell of the three."""
    assert hidden({("F",): 0, ("M",): 3, (None,): 3}) == {("F",), ("M",)}
    assert hidden({(None,): 3}) == set()


def test_a_group_alone_does_not_follow_from_the_total():
    """Women are counted, men are not: 43 less an unknown number."""
    assert hidden({("F",): 3, (None,): 43}) == {("F",)}


def test_a_table_without_its_total_gives_nothing_away():
    assert hidden({("a",): 3, ("b",): 40}) == {("a",)}


def test_a_category_that_is_unknown_protects_like_a_hidden_one():
    assert hidden({("a",): 3, ("b",): None, ("c",): 40, (None,): 60}) == {("a",)}


def test_nothing_is_hidden_where_nothing_is_small():
    assert hidden(table({"a": [10, 20, 30, 40]})) == set()


def test_a_cell_between_two_hidden_blocks_would_be_found_out():
    """Each line has two hidden cells or more, and still one of them follows from the others (a bridge)."""
    cells = [(r, c) for r in "abcd" for c in "wxyz"]
    everything = [*cells, *[(r, None) for r in "abcd"], *[(None, c) for c in "wxyz"], (None, None)]
    two_blocks = {("a", "w"), ("a", "x"), ("b", "w"), ("b", "x"), ("c", "y"), ("c", "z"), ("d", "y"), ("d", "z")}
    assert derivable(sums_of(everything), two_blocks) == set()
    assert derivable(sums_of(everything), two_blocks | {("b", "y")}) == {("b", "y")}


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(deadline=None)
@given(tables)
def test_whatever_the_table_no_hidden_cell_follows_from_the_rest(lines):
    columns = LEVELS[: len(lines[0])]
    counts = table({f"r{i}": line for i, line in enumerate(lines)}, columns)
    gone = hidden(counts)
    assert {c for c, n in counts.items() if 0 < n < 5 and any(c)} <= gone
    if counts[None, None] >= 5:
        assert derivable(sums_of(list(counts)), gone) == set()
    for total, parts in sums_of(list(counts)):
        inside = [counts[c] for c in parts if c in gone]
        assert total in gone or not inside or sum(inside) >= 5 or counts[None, None] < 5


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 12), min_size=8, max_size=8))
def test_three_dimensions(numbers):
    names = [["F", "M"], ["0-17", "18+"], ["urban", "rural"]]
    inner = dict(zip([c for c in every_cell(names) if all(c)], numbers, strict=True))
    counts = {
        cell: sum(n for c, n in inner.items() if all(w is None or w == g for w, g in zip(cell, c, strict=True)))
        for cell in every_cell(names)
    }
    gone = hidden(counts)
    assert counts[None, None, None] < 5 or derivable(sums_of(list(counts)), gone) == set()
