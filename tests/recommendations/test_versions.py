"""The history of a record: what each version changed, read together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mutabaa.core.models import without_history
from mutabaa.recommendations import services, views
from mutabaa.recommendations.versions import versions_of
from tests import world

pytestmark = pytest.mark.django_db


def changed(entry) -> dict[str, tuple[str, str]]:
    return {str(change["field"]): (change["old"], change["new"]) for change in entry["changes"]}


def change(record, **fields) -> None:
    """One version for fields and tags together."""
    with without_history(record):
        for name, value in fields.items():
            if isinstance(value, list):
                getattr(record, name).set(value)
            else:
                setattr(record, name, value)
    record.save()


def test_it_tells_of_words_choices_and_tags(db):
    old, new, more = world.theme("work"), world.theme("health"), world.theme("food")
    record = world.recommendation("Old text.", themes=[old])
    change(record, text="New text.", themes=[new, more])
    change(record, kind="concern", sdgs=[world.sdg("3")])
    latest, before = versions_of(record, first=0, limit=2)
    assert changed(latest) == {"type": ("Recommendation", "Concern or observation"), "SDGs": ("0 entries", "1 entry")}
    assert changed(before) == {"text": ("Old text.", "New text."), "themes": ("1 entry", "2 entries")}


def test_it_sees_one_tag_in_place_of_another(db):
    record = world.recommendation(recommending_states=[world.state("CHL")])
    change(record, recommending_states=[world.state("PER")])
    assert changed(versions_of(record, first=0, limit=1)[0]) == {"recommending States": ("1 entry", "1 entry")}


def test_it_takes_two_queries_whatever_the_number_of_versions(people):
    record = world.recommendation(themes=[world.theme()])
    for version in range(1, 12):
        services.edit_recommendation(people.secretariat, record, version, text=f"Text {version}.")
    with CaptureQueriesContext(connection) as queries:
        assert len(versions_of(record, first=0, limit=100)) >= 12
    assert len(queries) == 2


def test_its_pages_leave_no_version_out(people, signed_in, monkeypatch):
    monkeypatch.setattr(views, "VERSIONS_PER_PAGE", 2)
    record = world.recommendation("Text 0.")
    record.history.all().delete()
    for version in range(1, 4):
        services.edit_recommendation(people.secretariat, record, version, text=f"Text {version}.")
    address = f"/workspace/recommendations/{record.public_id}/history/"
    client = signed_in(people.secretariat)
    first, second = (client.get(address, {"page": n}).context["entries"] for n in (1, 2))
    assert [changed(e) for e in first] == [{"text": ("Text 2.", "Text 3.")}, {"text": ("Text 1.", "Text 2.")}]
    assert [changed(e) for e in second] == [{}]


def test_one_edit_of_words_and_tags_is_one_version(people):
    record = world.recommendation("Old text.", themes=[world.theme("work")])
    before = record.history.count()
    new = {"text": "New text.", "themes": [world.theme("health")], "groups": [world.group("children")]}

    services.edit_recommendation(people.secretariat, record, record.version, **new)

    assert record.history.count() == before + 1
    (latest,) = versions_of(record, first=0, limit=1)
    assert set(changed(latest)) == {"text", "themes", "affected groups"}
