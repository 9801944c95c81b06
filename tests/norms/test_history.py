"""The history of an instrument tells what changed, and of no recommendation that the reader does not see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mutabaa.norms import services
from mutabaa.norms.versions import versions_of
from tests import world
from tests.norms.made import instrument

pytestmark = pytest.mark.django_db


def told(versions):
    return [{c.field: (c.old, c.new) for c in v.changes} for v in versions]


def test_it_works(people):
    row = services.create_instrument(
        people.secretariat, title_en="Act", kind="law", state="adopted", adopted_by=people.health, visibility="public"
    )
    services.edit_instrument(
        people.secretariat, row, 1, state="in_force", adopted_by=people.justice, themes=[world.theme("child-health")]
    )
    latest, first = versions_of(row, people.secretariat)
    assert told([latest]) == [
        {
            "state": ("Adopted", "In force"),
            "adopted or issued by": ("Health", "Justice"),
            "themes": ("", "Child health"),
        }
    ]
    assert first.first
    assert first.changes == []


def test_links_are_named_and_those_closed_to_the_reader_leave_no_trace(people):
    row = services.create_instrument(
        people.secretariat, title_en="Act", kind="law", state="adopted", adopted_by=people.health, visibility="public"
    )
    seen, closed = world.recommendation(), world.recommendation(visibility="secretariat")
    services.link(people.secretariat, row, [seen])
    services.link(people.secretariat, row, [closed])
    assert told(versions_of(row, people.secretariat)) == [
        {"recommendations": ("", closed.reference)},
        {"recommendations": ("", seen.reference)},
        {},
    ]
    assert told(versions_of(row, people.focal)) == [{"recommendations": ("", seen.reference)}, {}]


def test_it_takes_six_queries_whatever_the_number_of_versions(people):
    row = instrument(themes=[world.theme()], carries_out=[world.recommendation()])
    for version in range(1, 9):
        services.edit_instrument(people.secretariat, row, version, citation=f"No. {version}")
    with CaptureQueriesContext(connection) as queries:
        assert len(versions_of(row, people.secretariat)) >= 9
    assert len(queries) <= 6
