"""Lines over time: gaps, breaks, right to left, and labels that do not stand on one another."""

import re

import pytest
from lxml import etree

from mutabaa.core.line_chart import Line, Point, legend, line_chart, ticks


def drawn(*points, path=False, **options):
    line = Line("All", [Point(*p) if isinstance(p, tuple) else p for p in points], path)
    labels = [(p.x, str(int(p.x))) for p in line.points]
    svg = line_chart([line], labels, uid="c", title="Poverty <by year>", **options)
    return etree.fromstring(svg)


def count(svg, tag, **attributes):
    found = [e for e in svg.iter() if etree.QName(e).localname == tag]
    return len([e for e in found if all(e.get(k.replace("_", "-")) == v for k, v in attributes.items())])


def test_a_point_for_each_value_and_a_line_between_them():
    svg = drawn((2020, 10.0), (2021, 12.0), (2022, 9.0))
    assert count(svg, "circle") == 3
    assert count(svg, "line", stroke_width="2.25") == 2


def test_a_missing_value_is_a_gap_and_not_nought():
    svg = drawn((2020, 10.0), (2021, None), (2022, 9.0))
    assert count(svg, "circle") == 2
    assert count(svg, "line", stroke_width="2.25") == 0


def test_no_line_leads_over_a_break_and_the_break_is_marked():
    svg = drawn(Point(2020, 10.0), Point(2021, 20.0, breaks=True), Point(2022, 21.0))
    assert count(svg, "line", stroke_width="2.25") == 1
    assert count(svg, "line", stroke_dasharray="1 4") == 1


def test_time_runs_from_right_to_left_in_arabic():
    def places(svg):
        return [float(e.get("cx").rstrip("%")) for e in svg.iter() if etree.QName(e).localname == "circle"]

    points = [(2020, 1.0), (2021, 2.0)]
    left, right = places(drawn(*points)), places(drawn(*points, rtl=True))
    assert left[0] < left[1]
    assert right[0] > right[1]
    assert right == pytest.approx([100 - x for x in left])


def test_labels_keep_apart_and_the_last_one_always_stands():
    svg = drawn(*[(2000 + n, float(n)) for n in range(30)])
    texts = [e.text for e in svg.iter() if etree.QName(e).localname == "text"]
    years = [t for t in texts if re.fullmatch(r"20\d\d", t or "")]
    assert "2029" in years
    assert len(years) <= 8


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(3, 40, [0, 10, 20, 30, 40]), (-5, 5, [-5, 0, 5]), (7, 7, [6, 8]), (0, 0, [0, 0.5])],
)
def test_the_axis_begins_at_nought_where_it_can(low, high, expected):
    assert ticks(low, high) == expected


def test_a_document_gets_a_drawing_in_pixels_and_a_single_point_is_drawn():
    svg = drawn((2020, 10.0), width=600)
    assert svg.get("width") == "600"
    assert count(svg, "circle") == 1


def test_names_are_escaped_and_the_legend_shows_the_line():
    assert "<by year>" in "".join(drawn((2020, 1.0)).itertext())
    assert "stroke-dasharray" in legend([Line("a"), Line("b")])[1].swatch
