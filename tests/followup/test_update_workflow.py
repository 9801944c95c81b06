"""Updates go from draft over the institution's authority and the secretariat to the public, and nowhere else."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutabaa.core.errors import Invalid, NotAllowed, Refusal
from mutabaa.followup import services
from mutabaa.followup.models import StatusEntry, Update
from mutabaa.followup.states import UPDATE_STEPS
from mutabaa.notifications.models import Notice
from mutabaa.recommendations.models import Component
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(people):
    return made.assigned(people.secretariat, people.health)


def test_it_goes_all_the_way(people, item):
    made.criterion("partially_implemented", "Some of it is done.")
    update = services.submit_update(people.focal, made.draft(people.focal, item, people.health))
    assert update.state == "submitted"
    assert Notice.objects.filter(user=people.validating, kind="followup.to_approve").count() == 1
    update = services.approve_update(people.validating, update)
    assert update.state == "approved"
    assert Notice.objects.filter(user=people.secretariat, kind="followup.to_validate").count() == 1
    update = services.publish_update(people.secretariat, update, update.version, status="partially_implemented")
    item.refresh_from_db()
    assert (update.state, update.published_by) == ("published", people.secretariat)
    assert (item.status, item.status_on) == ("partially_implemented", timezone.localdate())
    assert item.last_update_on == timezone.localdate()
    entry = StatusEntry.objects.get()
    assert (entry.criterion, entry.update) == ("Some of it is done.", update)
    assert Notice.objects.filter(user=people.focal, kind="followup.published").exists()


def test_it_goes_straight_to_the_secretariat_without_a_validating_authority(people):
    item = made.assigned(people.secretariat, people.justice)
    update = services.submit_update(people.stranger, made.draft(people.stranger, item, people.justice))
    assert update.state == "approved"
    assert Notice.objects.filter(user=people.secretariat, kind="followup.to_validate").count() == 1


def test_publishing_without_a_status_leaves_the_status(people, item):
    made.published(people, item, proposed_status="in_progress")
    item.refresh_from_db()
    assert item.status == "not_assessed"
    assert not StatusEntry.objects.exists()


def test_the_secretariat_may_confirm_another_status_than_proposed(people, item):
    made.published(people, item, status="in_progress", proposed_status="partially_implemented")
    item.refresh_from_db()
    assert item.status == "in_progress"


def test_a_component_gets_its_own_status(people, item):
    part = Component.objects.create(recommendation=item, label="a", text="Train judges")
    update = services.start_update(people.focal, item, people.health, part)
    update = services.save_update(people.focal, update, 1, what_was_done="Trained")
    update = services.approve_update(people.validating, services.submit_update(people.focal, update))
    services.publish_update(people.secretariat, update, status="in_progress")
    part.refresh_from_db()
    item.refresh_from_db()
    assert (part.status, item.status) == ("in_progress", "not_assessed")


def test_it_comes_back_with_a_reason_and_goes_out_again(people, item):
    update = services.ask_back_update(people.secretariat, made.approved(people, item), "Which decree?")
    assert (update.state, update.back_reason) == ("asked_back", "Which decree?")
    assert Notice.objects.filter(user=people.focal, kind="followup.asked_back").exists()
    update = services.save_update(people.focal, update, update.version, what_was_done="Decree 12.")
    assert services.submit_update(people.focal, update).state == "submitted"


def test_the_secretariat_does_not_read_what_the_authority_asked_back(people, item):
    update = services.submit_update(people.focal, made.draft(people.focal, item, people.health))
    services.ask_back_update(people.validating, update, "Say more")
    assert not Update.objects.visible_to(people.secretariat).exists()
    assert Update.objects.visible_to(people.focal).exists()


def test_it_asks_for_words_and_for_a_reason(people, item):
    empty = services.start_update(people.focal, item, people.health)
    with pytest.raises(Invalid) as refusal:
        services.submit_update(people.focal, empty)
    assert refusal.value.field == "what_was_done"
    with pytest.raises(Invalid):
        services.ask_back_update(people.secretariat, made.approved(people, item), " ")


def test_two_beginnings_lead_to_one_draft(people, item):
    one = services.start_update(people.focal, item, people.health)
    assert services.start_update(people.alternate, item, people.health) == one


def test_dates_must_make_sense(people, item):
    draft = made.draft(people.focal, item, people.health)
    with pytest.raises(Invalid) as refusal:
        services.save_update(
            people.focal, draft, draft.version, done_from=dt.date(2024, 5, 1), done_until=dt.date(2024, 4, 1)
        )
    assert refusal.value.field == "done_until"
    with pytest.raises(Invalid):
        services.save_update(people.focal, draft, draft.version, done_from=dt.date(2999, 1, 1))


@pytest.mark.parametrize("who", ["stranger", "secretariat", "nhri", "cso", "parliament", "statistician"])
def test_only_the_institution_writes(people, item, who):
    person = getattr(people, who)
    draft = made.draft(people.focal, item, people.health)
    with pytest.raises(NotAllowed):
        services.start_update(person, item, people.health)
    with pytest.raises(NotAllowed):
        services.save_update(person, draft, draft.version, what_was_done="Mine")
    with pytest.raises(NotAllowed):
        services.submit_update(person, draft)
    draft.refresh_from_db()
    assert draft.what_was_done == "A clinic was opened."


def test_an_institution_writes_only_on_its_items(people):
    with pytest.raises(NotAllowed):
        services.start_update(people.focal, world.recommendation(), people.health)


def test_after_returning_the_item_its_drafts_are_closed(people, item):
    draft = made.draft(people.focal, item, people.health)
    services.return_assignment(people.focal, item.assignments.get(), "Not ours")
    with pytest.raises(NotAllowed):
        services.submit_update(people.focal, draft)


def test_focal_points_do_not_approve_and_authorities_do_not_publish(people, item):
    update = services.submit_update(people.focal, made.draft(people.focal, item, people.health))
    with pytest.raises(NotAllowed):
        services.approve_update(people.focal, update)
    update = services.approve_update(people.validating, update)
    with pytest.raises(NotAllowed):
        services.publish_update(people.validating, update)


def test_one_text_answers_several_items(people):
    items = [made.assigned(people.secretariat, people.health) for _ in range(3)]
    done = services.answer_many(people.focal, items, people.health, submit=True, what_was_done="One law for all")
    assert [u.state for u in done] == ["submitted"] * 3
    assert {u.recommendation for u in done} == set(items)


def test_one_text_for_several_items_never_writes_over_another_draft(people):
    first, second = (made.assigned(people.secretariat, people.health) for _ in range(2))
    made.draft(people.focal, second, people.health, what_was_done="Careful words")
    with pytest.raises(Invalid, match="already a draft"):
        services.answer_many(people.focal, [first, second], people.health, what_was_done="One law for all")
    assert Update.objects.get().what_was_done == "Careful words"


DEEDS = {
    "save": lambda p, u: services.save_update(p, u, None, what_was_done=u.what_was_done + "."),
    "submit": lambda p, u: services.submit_update(p, u),
    "approve": lambda p, u: services.approve_update(p, u),
    "ask_back": lambda p, u: services.ask_back_update(p, u, "Say more"),
    "publish": lambda p, u: services.publish_update(p, u, status="in_progress"),
    "withdraw": lambda p, u: services.withdraw_update(p, u),
}
WHO = [
    "focal",
    "alternate",
    "validating",
    "stranger",
    "secretariat",
    "administrator",
    "nhri",
    "cso",
    "parliament",
    "statistician",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.sampled_from(WHO)), max_size=12))
def test_no_sequence_of_deeds_leaves_the_allowed_steps(people, path):
    item = made.assigned(people.secretariat, people.health)
    update = made.draft(people.focal, item, people.health)
    for deed, who in path:
        before = Update.objects.get(pk=update.pk)
        try:
            DEEDS[deed](getattr(people, who), update)
        except Refusal:
            assert Update.objects.get(pk=update.pk).state == before.state
            continue
        after = Update.objects.get(pk=update.pk)
        if deed == "save":
            assert after.state == before.state
            assert before.state in ("draft", "asked_back")
        else:
            assert after.state in UPDATE_STEPS[before.state]
        assert {
            "save": {"focal", "alternate", "validating"},
            "submit": {"focal", "alternate", "validating"},
            "approve": {"validating"},
            "publish": {"secretariat", "administrator"},
            "ask_back": {"validating"} if before.state == "submitted" else {"secretariat", "administrator"},
            "withdraw": {"focal", "alternate", "validating"},
        }[deed] >= {who}
        item.refresh_from_db()
        assert (item.status == "in_progress") == (after.state == "published")
        assert Update.objects.visible_to(None).filter(pk=update.pk).exists() == (after.state == "published")
