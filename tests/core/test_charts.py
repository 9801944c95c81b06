"""Charts are readable without colour, mirrored in right-to-left pages, and safe to print into a page."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.core.charts import STATUS_COLOURS, Row, Series, bars, contrast, readable_on, stacked_bars, widths, wrapped
from mutabaa.recommendations.states import Status

SERIES = [Series("a", "Implemented", "#14532d"), Series("b", "In progress", "#b7791f")]
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def segments(svg: str) -> list[ElementTree.Element]:
    return [r for r in parsed(svg).iter(f"{SVG}rect") if r.find(f"{SVG}title") is not None]


def places(svg: str) -> list[tuple[float, float]]:
    return [(float(r.get("x", "").rstrip("%")), float(r.get("width", "").rstrip("%"))) for r in segments(svg)]


def test_every_status_has_a_colour_of_its_own():
    assert set(STATUS_COLOURS) == set(Status.values)
    assert len(set(STATUS_COLOURS.values())) == len(STATUS_COLOURS)


@pytest.mark.parametrize("colour", STATUS_COLOURS.values())
def test_each_colour_stands_out_from_the_separators_and_bears_readable_numbers(colour):
    assert contrast(colour, "#ffffff") >= 3
    assert contrast(colour, readable_on(colour)) >= 4.5


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_it_is_an_image_with_name_and_description():
    root = parsed(stacked_bars([Row("UPR", {"a": 1})], SERIES, uid="x", title="Status", description="By family"))

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "x-title x-desc"
    assert root.find(f"{SVG}title[@id='x-title']").text == "Status"
    assert root.find(f"{SVG}desc[@id='x-desc']").text == "By family"


def test_it_carries_no_style_or_script_that_the_policy_of_the_site_forbids():
    svg = stacked_bars([Row("<script>alert(1)</script>", {"a": 1})], SERIES, uid="x", title="a & b < c")

    assert "style=" not in svg
    assert "<script" not in svg
    assert parsed(svg).find(f"{SVG}title").text == "a & b < c"


def test_segments_follow_each_other_from_the_start():
    (first, second) = places(stacked_bars([Row("x", {"a": 1, "b": 3})], SERIES, uid="x", title="t"))

    assert first == (0, 25)
    assert second == (25, 75)


def test_right_to_left_mirrors_bars_and_labels():
    rows = [Row("لجنة", {"a": 1, "b": 3})]
    svg = stacked_bars(rows, SERIES, uid="x", title="t", rtl=True)

    assert places(svg) == [(75, 25), (0, 75)]
    label = next(t for t in parsed(svg).iter(f"{SVG}text") if "لجنة" in (t.text or ""))
    assert (label.get("x"), label.get("text-anchor")) == ("100%", "start")
    assert parsed(svg).get("direction") == "rtl"


def test_numbers_stand_in_wide_segments_and_every_segment_says_what_it_is():
    svg = stacked_bars([Row("x", {"a": 1, "b": 99})], SERIES, uid="x", title="t", number=lambda n: f"<{n}>")

    assert [s.find(f"{SVG}title").text for s in segments(svg)] == ["Implemented: <1>", "In progress: <99>"]
    inside = [t.text for t in parsed(svg).iter(f"{SVG}text") if t.get("text-anchor") == "middle"]
    assert inside == ["<99>"]


def test_a_row_without_counts_is_an_empty_track():
    assert segments(stacked_bars([Row("x", {})], SERIES, uid="x", title="t")) == []
    assert segments(bars([Row("x", {"n": 0})], uid="x", title="t")) == []


def test_bars_are_measured_against_the_largest():
    assert places(bars([Row("x", {"n": 10}), Row("y", {"n": 5})], uid="x", title="t")) == [(0, 100), (0, 50)]


def test_a_fixed_width_gives_pixels_for_documents():
    root = parsed(bars([Row("x", {"n": 10}), Row("y", {"n": 5})], uid="x", title="t", width=600))

    assert root.get("viewBox", "").startswith("0 0 600 ")
    assert "%" not in ElementTree.tostring(root, encoding="unicode")


@given(st.lists(st.integers(min_value=0, max_value=10**6), max_size=9).filter(any))
def test_no_segment_vanishes_and_none_leaves_the_bar(counts):
    shown = [c for c in counts if c]
    shares = widths(shown)

    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0.006


@given(st.text(max_size=200), st.integers(min_value=12, max_value=60))
def test_labels_take_at_most_two_lines(text, letters):
    lines = wrapped(text, letters)

    assert 1 <= len(lines) <= 2
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(text.split())
