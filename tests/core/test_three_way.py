"""Texts and records that two people changed from one base."""

from hypothesis import given
from hypothesis import strategies as st

from mutabaa.core.three_way import merged_text, three_way

lines = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=8)
texts = lines.map("\n".join)


def test_what_both_added_in_different_places_stands():
    assert (
        merged_text("one\ntwo\nthree", "zero\none\ntwo\nthree", "one\ntwo\nthree\nfour")
        == "zero\none\ntwo\nthree\nfour"
    )


def test_what_both_added_in_one_place_stands_one_after_the_other():
    assert merged_text("one", "one\ntheirs", "one\nmine") == "one\ntheirs\nmine"


def test_what_one_took_out_is_out():
    assert merged_text("one\ntwo\nthree", "one\nthree", "one\ntwo\nthree\nfour") == "one\nthree\nfour"


def test_two_readings_of_one_line_both_stand():
    assert merged_text("one\ntwo\nthree", "one\nTWO\nthree", "one\nzwei\nthree") == "one\nTWO\nzwei\nthree"


@given(base=texts, mine=texts)
def test_where_one_side_did_nothing_the_other_stands(base, mine):
    assert merged_text(base, base, mine) == mine
    assert merged_text(base, mine, base) == mine
    assert merged_text(base, mine, mine) == mine


@given(base=lines, theirs=lines, ours=lines)
def test_no_line_that_somebody_wrote_is_lost(base, theirs, ours):
    """Marked lines: what one side has and the base has not stands in the result."""
    theirs, ours = (
        [f"{line} of theirs" if n % 2 else line for n, line in enumerate(theirs)],
        [f"{line} of ours" if n % 3 == 0 else line for n, line in enumerate(ours)],
    )
    found = merged_text("\n".join(base), "\n".join(theirs), "\n".join(ours)).splitlines()
    assert {line for line in [*theirs, *ours] if " of " in line} <= set(found)


@given(st.dictionaries(st.sampled_from("abc"), st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))))
def test_fields_are_taken_kept_or_collide(fields):
    base, current, mine = ({name: sides[i] for name, sides in fields.items()} for i in range(3))
    merged = three_way(base, current, mine)
    for name, (was, theirs, ours) in fields.items():
        assert (name in merged.collisions) == (ours != theirs and ours != was and theirs != was)
        assert (name in merged.changes) == (ours != was and theirs == was)
