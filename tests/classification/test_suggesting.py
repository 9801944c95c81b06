"""Suggestions for records, made in the background."""

import pytest

from mutabaa.accounts.models import Role
from mutabaa.classification import services
from mutabaa.classification.models import Looked, Suggestion
from mutabaa.classification.services.suggesting import suggest_new
from mutabaa.recommendations.services import edit_recommendation
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def tags():
    return world.theme("torture"), world.theme("education"), world.group("children"), world.sdg("4")


def proposed(record):
    return {(row.kind, row.code) for row in Suggestion.objects.filter(recommendation=record)}


def test_a_new_record_is_offered_what_its_text_names(tags):
    record = world.recommendation("Prevent torture of children.")
    assert suggest_new() == 1
    assert proposed(record) == {("theme", "torture"), ("group", "children")}
    row = Suggestion.objects.get(code="torture")
    assert (row.words, row.source, row.model) == (["torture"], "keywords", None)


def test_what_a_record_carries_already_is_not_offered(tags):
    record = world.recommendation("Prevent torture of children.", themes=[tags[0]])
    suggest_new()
    assert proposed(record) == {("group", "children")}


def test_tags_that_the_installation_does_not_have_are_not_offered(tags):
    record = world.recommendation("Abolish the death penalty.")
    suggest_new()
    assert proposed(record) == set()


def test_no_record_is_looked_at_twice(tags):
    world.recommendation("Prevent torture.")
    assert suggest_new() == 1
    assert suggest_new() == 0


def test_a_changed_text_is_looked_at_again(tags, people):
    record = world.recommendation("Prevent torture.")
    suggest_new()
    edit_recommendation(people.secretariat, record, None, text="Improve education in schools.")
    assert suggest_new() == 1
    assert proposed(record) == {("theme", "education"), ("sdg", "4")}


def test_what_was_rejected_is_not_offered_again(tags, people):
    record = world.recommendation("Prevent torture.")
    suggest_new()
    services.reject(people.secretariat, Suggestion.objects.get(code="torture"))
    services.suggest_for([record])
    assert Suggestion.objects.get(code="torture").state == "rejected"


def test_records_of_other_states_and_withdrawn_ones_are_left_alone(tags):
    world.recommendation("Prevent torture.", own=False)
    world.recommendation("Prevent torture!", withdrawn=True)
    assert suggest_new() == 0
    assert Looked.objects.count() == 0


def test_texts_that_are_not_in_the_database_are_told_in_their_order(tags):
    first, second, third = services.suggest_texts([("منع التعذيب", "ar"), ("Thank you.", "en"), ("防止酷刑", "zh")])
    assert [(s.kind, s.code, s.words) for s in first] == [("theme", "torture", ["التعذيب"])]
    assert second == []
    assert [s.code for s in third] == ["torture"]
    assert services.suggest_texts([]) == []


def test_suggestions_are_seen_by_the_secretariat_on_records_it_sees(tags, people):
    for visibility in ("public", "secretariat", "restricted"):
        world.recommendation(f"Prevent torture, {visibility}.", visibility=visibility)
    suggest_new()
    seen = Suggestion.objects.visible_to(people.secretariat)
    assert {row.recommendation.visibility for row in seen} == {"public", "secretariat"}
    for person in (people.focal, people.nhri, people.statistician, None):
        assert not Suggestion.objects.visible_to(person).exists()


def test_another_person_named_on_a_restricted_record_sees_its_suggestions(tags):
    member = world.person(Role.SECRETARIAT)
    record = world.recommendation("Prevent torture.", visibility="restricted")
    record.readers.set([member])
    suggest_new()
    assert Suggestion.objects.visible_to(member).count() == 1
