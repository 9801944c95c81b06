"""The public pages of laws, policies and other instruments hold what is public, and nothing else."""

import json

import pytest

from tests import world
from tests.norms.made import instrument

pytestmark = pytest.mark.django_db


def test_the_public_reads_the_instrument_and_its_public_recommendations(client):
    seen = world.recommendation("Open to all.")
    closed = world.recommendation("Closed words.", visibility="institutions")
    row = instrument(title_en="Act on hospitals", summary="Care is free.", carries_out=[seen, closed])
    page = client.get(row.get_absolute_url()).content.decode()
    assert all(words in page for words in ("Act on hospitals", "Care is free.", "Open to all."))
    assert "Closed words." not in page
    assert "Act on hospitals" in client.get(seen.get_absolute_url()).content.decode()


def test_what_is_not_public_is_not_found(client, people, signed_in):
    world.installation()
    row = instrument(title_en="Inner circular", visibility="institutions")
    assert client.get(row.get_absolute_url()).status_code == 404
    assert signed_in(people.secretariat).get(row.get_absolute_url()).status_code == 404  # the public page, to all alike


def test_the_list_and_its_files_count_public_rows_alone(client):
    instrument(
        title_en="Act on hospitals",
        carries_out=[world.recommendation(), world.recommendation(visibility="secretariat")],
    )
    instrument(title_en="Inner circular", visibility="secretariat")
    answer = client.get("/instruments/")
    assert [(str(line["instrument"]), line["linked"]) for line in answer.context["lines"]] == [("Act on hospitals", 1)]
    data = json.loads(b"".join(client.get("/instruments/download/json/").streaming_content))
    assert [len(r["recommendations"]) for r in data["records"]] == [1]
    assert "visibility" not in data["columns"]


def test_the_record_as_data_names_its_instruments(client):
    record = world.recommendation()
    instrument(title_en="Act on hospitals", carries_out=[record])
    data = json.loads(client.get(record.get_absolute_url() + "json/").content)
    assert [i["title"] for i in data["instruments"]] == ["Act on hospitals"]
