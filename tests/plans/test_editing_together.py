"""Two people write on one measure: different fields both stand; the same field keeps both texts."""

import pytest

from mutabaa.core.errors import Conflict, NotAllowed
from mutabaa.core.three_way import three_way
from mutabaa.plans import services
from mutabaa.plans.models import KeptEdit
from tests.plans import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(people):
    row = made.measure(made.outcome(made.plan()))
    return services.save_measure(people.secretariat, row, None, description="As it was.")


def test_different_fields_both_stand(people, measure):
    began = measure.version
    services.save_measure(people.focal, measure, began, risks="Few trainers.")
    row = services.save_measure(people.secretariat, measure, began, feasibility="High.", risks="")
    row.refresh_from_db()
    assert (row.risks, row.feasibility, row.version) == ("Few trainers.", "High.", began + 2)


def test_links_are_compared_too(people, measure):
    began = measure.version
    services.save_measure(people.secretariat, measure, began, partners=[people.justice])
    row = services.save_measure(people.focal, measure, began, risks="Few trainers.", partners=[])
    assert list(row.partners.all()) == [people.justice]


def test_the_same_field_is_a_conflict_and_nothing_is_overwritten(people, measure):
    began = measure.version
    services.save_measure(people.focal, measure, began, description="Mine.")
    with pytest.raises(Conflict):
        services.save_measure(people.secretariat, measure, began, description="Also mine.", risks="Many.")
    measure.refresh_from_db()
    assert (measure.description, measure.risks) == ("Mine.", "")


def test_the_same_words_twice_are_no_conflict(people, measure):
    began = measure.version
    services.save_measure(people.focal, measure, began, description="One\r\ntwo")
    assert services.save_measure(people.secretariat, measure, began, description="One\ntwo").version == began + 1


def test_a_kept_text_is_put_together_by_its_author(people, measure):
    began = measure.version
    services.save_measure(people.focal, measure, began, description="Mine.")
    kept = services.keep_edit(people.secretariat, measure, began, {"description": "Also mine."})
    again = services.keep_edit(people.secretariat, measure, began, {"description": "Also mine."})
    assert again.pk == kept.pk
    measure.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.resolve_edit(people.focal, kept, measure.version, description="Both.")
    row = services.resolve_edit(people.secretariat, kept, measure.version, description="Mine. Also mine.")
    assert row.description == "Mine. Also mine."
    assert KeptEdit.objects.get().resolved_at is not None
    assert {h.description for h in row.history.all()} >= {"As it was.", "Mine.", "Mine. Also mine."}


def test_without_a_base_every_difference_collides():
    merged = three_way(None, {"a": 1, "b": 2}, {"a": 1, "b": 3})
    assert (merged.changes, merged.collisions) == ({}, frozenset({"b"}))


def test_three_sides():
    base, current = {"a": 1, "b": 1, "c": 1, "d": 1}, {"a": 1, "b": 2, "c": 2, "d": 2}
    merged = three_way(base, current, {"a": 5, "b": 1, "c": 3, "d": 2})
    assert (merged.changes, merged.collisions) == ({"a": 5}, frozenset({"c"}))
