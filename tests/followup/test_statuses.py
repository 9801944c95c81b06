"""What a status means is written down, quoted, and asks for evidence where it says so."""

import datetime as dt

import pytest

from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import StatusEntry
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(people):
    return made.assigned(people.secretariat, people.health)


def test_implemented_needs_evidence_to_be_submitted(people, item):
    made.criterion("implemented", evidence_required=True)
    draft = made.draft(people.focal, item, people.health, proposed_status="implemented")
    with pytest.raises(Invalid, match="needs evidence"):
        services.submit_update(people.focal, draft)
    services.add_evidence(people.focal, draft, url="https://gazette.example/12")
    assert services.submit_update(people.focal, draft).state == "submitted"


def test_implemented_needs_evidence_to_be_published(people, item):
    made.criterion("implemented", evidence_required=True)
    update = made.approved(people, item)
    with pytest.raises(Invalid, match="needs evidence"):
        services.publish_update(people.secretariat, update, status="implemented")
    update.refresh_from_db()
    item.refresh_from_db()
    assert (update.state, item.status) == ("approved", "not_assessed")


def test_evidence_that_was_removed_does_not_count(people, item):
    made.criterion("implemented", evidence_required=True)
    draft = made.draft(people.focal, item, people.health, proposed_status="implemented")
    services.remove_evidence(people.focal, services.add_evidence(people.focal, draft, url="https://gazette.example/12"))
    with pytest.raises(Invalid):
        services.submit_update(people.focal, draft)


def test_evidence_published_before_counts(people, item):
    made.criterion("implemented", evidence_required=True)
    draft = made.draft(people.focal, item, people.health)
    services.add_evidence(people.focal, draft, url="https://gazette.example/12")
    services.publish_update(
        people.secretariat, services.approve_update(people.validating, services.submit_update(people.focal, draft))
    )
    services.set_status(people.secretariat, item, "implemented")
    item.refresh_from_db()
    assert item.status == "implemented"


def test_the_criterion_in_force_is_quoted_and_stays_quoted(people, item):
    row = made.criterion("in_progress", "Work has begun.")
    services.set_status(people.secretariat, item, "in_progress")
    services.change_criterion(people.administrator, row, 1, evidence_required=False, texts={"en": "A budget is set."})
    services.set_status(people.secretariat, item, "in_progress")
    assert set(StatusEntry.objects.values_list("criterion", flat=True)) == {"Work has begun.", "A budget is set."}
    assert row.history.filter(criterion_en="Work has begun.").exists()


def test_a_criterion_changed_by_two_is_a_conflict(people):
    row = made.criterion("in_progress")
    services.change_criterion(people.administrator, row, 1, evidence_required=False, texts={"en": "One"})
    with pytest.raises(Conflict) as conflict:
        services.change_criterion(people.administrator, row, 1, evidence_required=False, texts={"en": "Two"})
    assert conflict.value.current.criterion_en == "One"
    assert conflict.value.mine["en"] == "Two"


def test_only_the_administrator_changes_criteria(people):
    row = made.criterion("in_progress")
    for person in (people.secretariat, people.focal, people.nhri):
        with pytest.raises(NotAllowed):
            services.change_criterion(person, row, 1, evidence_required=False, texts={"en": "Mine"})


def test_an_internal_evaluation_does_not_touch_what_is_published(people, item):
    services.set_status(people.secretariat, item, "partially_implemented", internal=True)
    item.refresh_from_db()
    assert item.status == "not_assessed"
    assert StatusEntry.objects.visible_to(people.secretariat).count() == 1
    for person in (people.focal, people.nhri, people.statistician, None):
        assert not StatusEntry.objects.visible_to(person).exists()


def test_a_back_dated_status_enters_the_history_only(people, item):
    services.set_status(people.secretariat, item, "in_progress", on=dt.date(2025, 6, 1))
    services.set_status(people.secretariat, item, "not_started", on=dt.date(2024, 6, 1))
    item.refresh_from_db()
    assert (item.status, item.status_on) == ("in_progress", dt.date(2025, 6, 1))
    assert item.status_entries.count() == 2


def test_a_status_of_tomorrow_is_refused(people, item):
    with pytest.raises(Invalid):
        services.set_status(people.secretariat, item, "in_progress", on=dt.date(2999, 1, 1))


@pytest.mark.parametrize("who", ["focal", "validating", "nhri", "cso", "parliament", "statistician"])
def test_only_the_secretariat_sets_a_status(people, item, who):
    with pytest.raises(NotAllowed):
        services.set_status(getattr(people, who), item, "in_progress")


def test_assessments_stand_in_their_own_scale_beside_the_status(people, item):
    services.record_assessment(
        people.secretariat, item, assessor="mechanism", grade=made.grade("B"), on=dt.date(2025, 3, 1)
    )
    item.refresh_from_db()
    assert item.status == "not_assessed"
    assert item.assessments.get().assessor_name == str(item.mechanism)


def test_a_scale_counts_in_its_years_only(people, item):
    old = made.grade("B1", scale="ccpr-2008", valid_from=dt.date(2008, 1, 1), valid_to=dt.date(2016, 12, 31))
    with pytest.raises(Invalid, match="not in use"):
        services.record_assessment(people.secretariat, item, assessor="mechanism", grade=old, on=dt.date(2020, 1, 1))
    services.record_assessment(people.secretariat, item, assessor="mechanism", grade=old, on=dt.date(2015, 1, 1))


def test_the_scale_of_another_assessor_is_refused(people, item):
    foreign = made.grade("A", scale="ccpr-2017", owner="CCPR")
    with pytest.raises(Invalid, match="another assessor"):
        services.record_assessment(
            people.secretariat, item, assessor="mechanism", grade=foreign, on=dt.date(2020, 1, 1)
        )


@pytest.mark.parametrize(
    ("who", "own"),
    [
        ("nhri", {"nhri"}),
        ("cso", {"cso"}),
        ("secretariat", {"mechanism", "un"}),
        ("focal", set()),
        ("parliament", set()),
    ],
)
def test_everybody_assesses_in_the_own_name_only(people, item, who, own):
    for assessor in ("mechanism", "un", "nhri", "cso"):
        grade = made.grade(scale=assessor, owner="CRC" if assessor == "mechanism" else assessor.upper())
        attempt = {"assessor": assessor, "grade": grade, "on": dt.date(2025, 1, 1)}
        if assessor in own:
            services.record_assessment(getattr(people, who), item, **attempt)
        else:
            with pytest.raises(NotAllowed):
                services.record_assessment(getattr(people, who), item, **attempt)


def test_nobody_assesses_what_they_cannot_see(people):
    hidden = world.recommendation(visibility="secretariat")
    with pytest.raises(NotAllowed):
        services.record_assessment(
            people.nhri, hidden, assessor="nhri", grade=made.grade(scale="nhri", owner="NHRI"), on=dt.date(2025, 1, 1)
        )
