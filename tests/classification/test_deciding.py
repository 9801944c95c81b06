"""Accepting and rejecting suggestions."""

import pytest

from mutabaa.audit.models import AuditEntry
from mutabaa.classification import services
from mutabaa.classification.models import Suggestion, ThemeMapping
from mutabaa.core.errors import Invalid, NotAllowed
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion(people):
    world.theme("torture")
    record = world.recommendation("Prevent torture.", themes=[world.theme("right-to-health")])
    return Suggestion.objects.create(
        recommendation=record, kind="theme", code="torture", score=0.7, words=["torture"], source="keywords"
    )


def test_accepting_adds_the_tag_and_keeps_the_others(people, suggestion):
    record = suggestion.recommendation
    services.accept(people.secretariat, suggestion)
    record.refresh_from_db()
    assert set(record.themes.values_list("code", flat=True)) == {"torture", "right-to-health"}
    assert record.version == 2
    assert record.history.first().history_type == "~"
    verbs = list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs == ["recommendation.changed", "suggestion.accepted"]
    row = Suggestion.objects.get()
    assert (row.state, row.decided_by) == ("accepted", people.secretariat)
    assert row.decided_at is not None


@pytest.mark.parametrize(("kind", "code", "field"), [("group", "children", "groups"), ("sdg", "4", "sdgs")])
def test_groups_and_goals_are_accepted_too(people, suggestion, kind, code, field):
    world.group("children")
    world.sdg("4")
    suggestion.kind, suggestion.code = kind, code
    suggestion.save()
    services.accept(people.secretariat, suggestion)
    assert [tag.code for tag in getattr(suggestion.recommendation, field).all()] == [code]


def test_accepting_twice_changes_nothing(people, suggestion):
    services.accept(people.secretariat, suggestion)
    services.accept(people.secretariat, suggestion)
    suggestion.recommendation.refresh_from_db()
    assert suggestion.recommendation.version == 2


def test_rejecting_tags_nothing_and_is_remembered(people, suggestion):
    services.reject(people.secretariat, suggestion)
    assert suggestion.recommendation.themes.count() == 1
    assert Suggestion.objects.get().state == "rejected"
    assert AuditEntry.objects.get().verb == "suggestion.rejected"


def test_a_rejected_tag_can_be_proposed_again_and_accepted(people, suggestion):
    services.reject(people.secretariat, suggestion)
    services.reconsider(people.secretariat, suggestion)
    assert Suggestion.objects.get().state == "proposed"
    services.accept(people.secretariat, suggestion)
    assert suggestion.recommendation.themes.count() == 2


def test_an_accepted_tag_is_not_rejected_afterwards(people, suggestion):
    services.accept(people.secretariat, suggestion)
    with pytest.raises(Invalid):
        services.reject(people.secretariat, suggestion)


@pytest.mark.parametrize("deed", [services.accept, services.reject, services.reconsider])
def test_only_the_secretariat_decides(people, suggestion, deed):
    for person in (people.focal, people.nhri, people.statistician):
        with pytest.raises(NotAllowed):
            deed(person, suggestion)
    assert Suggestion.objects.get().state == "proposed"


def test_a_record_that_the_person_may_not_see_is_not_tagged(people, suggestion):
    suggestion.recommendation.visibility = "restricted"
    suggestion.recommendation.save()
    with pytest.raises(Invalid):
        services.accept(people.secretariat, suggestion)


def test_a_mapped_theme_is_offered_with_the_one_that_was_accepted(people, suggestion):
    national = world.theme("national-dignity", scheme="national", name_en="Dignity")
    ThemeMapping.objects.create(national=national, uhri=world.theme("torture"))
    services.accept(people.secretariat, suggestion)
    row = Suggestion.objects.get(code="national-dignity")
    assert (row.state, row.source, row.words) == ("proposed", "mapping", ["Torture"])
