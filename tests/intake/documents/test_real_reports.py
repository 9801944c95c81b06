"""14 reports of the Working Group as published: every number of every group, and what their title pages say. Numbers were read in the reports."""

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from mutabaa.intake.documents.reading import read

REPORTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "upr" / "working-group-reports"
pytestmark = pytest.mark.skipif(not REPORTS.exists(), reason="no shared data")

SUPPORTED, NOTED, PENDING = "supported", "noted", "pending"
# symbol, State, session, date, and of each group its last number and position
EXPECTED = {
    "belgium2011": ("A/HRC/18/3", "BEL", "11", (2011, 7, 11), {"100": (59, SUPPORTED), "101": (26, SUPPORTED), "102": (13, PENDING), "103": (23, NOTED)}),
    "brazil2012": ("A/HRC/21/11", "BRA", "13", (2012, 7, 9), {"119": (170, PENDING)}),
    "denmark2011": ("A/HRC/18/4", "DNK", "11", (2011, 7, 11), {"106": (133, PENDING)}),
    "ecuador2008": ("A/HRC/8/20", "ECU", "1", (2008, 5, 13), {"60": (10, SUPPORTED)}),
    "ecuador2012": ("A/HRC/21/4", "ECU", "13", (2012, 7, 5), {"134": (3, SUPPORTED), "135": (61, SUPPORTED), "136": (3, NOTED)}),
    "egypt2010": ("A/HRC/14/17", "EGY", "7", (2010, 3, 26), {"95": (119, SUPPORTED), "97": (14, NOTED), "98": (7, NOTED), "99": (25, PENDING)}),
    "haiti2011": ("A/HRC/19/19", "HTI", "12", (2011, 12, 8), {"88": (136, PENDING)}),
    "mauritius2009": ("A/HRC/11/28", "MUS", "4", (2009, 3, 3), {"80": (44, SUPPORTED), "81": (13, PENDING), "82": (5, NOTED)}),
    "morocco2012": ("A/HRC/21/3", "MAR", "13", (2012, 7, 6), {"129": (128, SUPPORTED), "130": (12, SUPPORTED), "131": (7, NOTED), "132": (1, NOTED)}),
    "paraguay2011": ("A/HRC/17/18", "PRY", "10", (2011, 3, 28), {"84": (46, SUPPORTED), "85": (73, SUPPORTED), "86": (5, PENDING)}),
    "philippines2012": ("A/HRC/21/12", "PHL", "13", (2012, 7, 9), {"129": (45, SUPPORTED), "130": (8, SUPPORTED), "131": (35, PENDING)}),
    "southafrica2012": ("A/HRC/21/16", "ZAF", "13", (2012, 7, 9), {"124": (151, PENDING)}),
    "thailand2011": ("A/HRC/19/8", "THA", "12", (2011, 12, 8), {"88": (100, SUPPORTED), "89": (72, PENDING)}),
    "tunisia2012": ("A/HRC/21/5", "TUN", "13", (2012, 7, 9), {"114": (95, SUPPORTED), "115": (15, SUPPORTED), "116": (12, PENDING), "117": (3, NOTED)}),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_no_number_is_lost(name: str) -> None:
    symbol, state, session, date, expected = EXPECTED[name]
    extraction = read(REPORTS / f"{name}.pdf")
    numbers: dict[str, list[int]] = defaultdict(list)
    positions: dict[str, set[str]] = defaultdict(set)
    for item in extraction.items:
        if item.type == "recommendation":
            group, _dot, number = item.paragraph.partition(".")
            numbers[group].append(int(number))
            positions[group].add(item.position)
    assert dict(numbers) == {group: list(range(1, last + 1)) for group, (last, _position) in expected.items()}
    assert dict(positions) == {group: {position} for group, (_last, position) in expected.items()}
    facts = extraction.document
    assert (facts.symbol, facts.state, facts.session, facts.date) == (symbol, state, session, dt.date(*date))
    assert (facts.kind, facts.body, facts.language) == ("upr_report", "UPR", "en")
