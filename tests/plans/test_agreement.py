"""The responsible institution agrees to its measures and dates; what changes afterwards is asked again."""

import datetime as dt

import pytest

from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.notifications.models import Notice
from mutabaa.plans import services
from mutabaa.plans.models import Measure
from mutabaa.plans.states import Agreement
from tests.plans import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(people):
    return made.measure(made.outcome(made.plan()))


def asked(people, measure):
    services.ask_agreement(people.secretariat, measure.plan)
    measure.refresh_from_db()
    return measure


def test_it_asks_each_lead_institution_once(people, measure):
    made.measure(measure.outcome)
    made.measure(measure.outcome, lead=people.justice)
    assert services.ask_agreement(people.secretariat, measure.plan) == 3
    assert services.ask_agreement(people.secretariat, measure.plan) == 0
    notices = Notice.objects.filter(kind="plans.agree")
    # the validating authority of health; justice has none, so its focal point
    assert {n.user for n in notices} == {people.validating, people.stranger}


def test_the_validating_authority_agrees_with_a_date(people, measure):
    row = services.agree(people.validating, asked(people, measure), on=dt.date(2026, 2, 1), note="Within our budget.")
    assert (row.agreement, row.agreed_on, row.agreed_by) == (Agreement.AGREED, dt.date(2026, 2, 1), people.validating)
    assert Notice.objects.filter(kind="plans.agreed", user=people.secretariat).exists()


@pytest.mark.parametrize("role", ["focal", "alternate", "stranger", "secretariat", "nhri", "statistician"])
def test_nobody_else_agrees_for_it(people, measure, role):
    with pytest.raises(NotAllowed):
        services.agree(getattr(people, role), asked(people, measure))


def test_where_there_is_no_validating_authority_a_focal_point_agrees(people, measure):
    other = made.measure(measure.outcome, lead=people.justice)
    asked(people, measure)
    assert services.agree(people.stranger, other).agreement == Agreement.AGREED


def test_it_declines_with_a_reason(people, measure):
    row = asked(people, measure)
    with pytest.raises(Invalid):
        services.decline(people.validating, row, " ")
    assert services.decline(people.validating, row, "Not before 2028.").agreement == Agreement.DECLINED
    assert services.ask_agreement(people.secretariat, measure.plan) == 1


def test_nobody_agrees_to_what_was_not_asked(people, measure):
    with pytest.raises(Invalid):
        services.agree(people.validating, measure)


def test_nobody_agrees_to_another_wording_than_the_one_read(people, measure):
    row = asked(people, measure)
    services.save_measure(people.secretariat, row, 1, title="Train all midwives")
    with pytest.raises(Conflict):
        services.agree(people.validating, row, 1)


def test_a_changed_commitment_is_asked_again(people, measure):
    services.agree(people.validating, asked(people, measure))
    row = services.save_measure(people.secretariat, measure, 1, due_on=dt.date(2026, 12, 31))
    row.refresh_from_db()
    assert (row.agreement, row.agreed_on) == (Agreement.ASKED, None)
    assert Notice.objects.filter(kind="plans.changed", user=people.validating).exists()
    assert row.history.filter(agreement=Agreement.AGREED).exists()


def test_a_changed_note_is_not(people, measure):
    services.agree(people.validating, asked(people, measure))
    services.save_measure(people.focal, measure, 1, risks="Few trainers.")
    measure.refresh_from_db()
    assert measure.agreement == Agreement.AGREED


def test_a_draft_is_edited_by_its_lead_but_not_given_away(people, measure):
    assert services.save_measure(people.focal, measure, 1, title="Train midwives and nurses").version == 2
    with pytest.raises(NotAllowed):
        services.save_measure(people.focal, measure, 2, lead=people.justice)
    with pytest.raises(NotAllowed):
        services.save_measure(people.stranger, measure, 2, title="Mine")


def test_approval_waits_for_agreement_or_a_reason(people, measure):
    given = {"authority": "Cabinet", "approved_on": dt.date(2026, 3, 1), "instrument_text": "Decision 14"}
    with pytest.raises(Invalid) as refusal:
        services.approve_plan(people.secretariat, measure.plan, None, **given)
    assert refusal.value.field == "despite"
    services.agree(people.validating, asked(people, measure))
    edition = services.approve_plan(people.secretariat, measure.plan, None, **given)
    assert edition.number == 1
    assert edition.content["outcomes"][0]["measures"][0]["title"] == measure.title
    measure.plan.refresh_from_db()
    assert measure.plan.state == "approved"
    assert Notice.objects.filter(kind="plans.approved", user=people.focal).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"approved_on": None}, "approved_on"),
        ({"approved_on": dt.date(2999, 1, 1)}, "approved_on"),
        ({"instrument_text": ""}, "instrument_text"),
    ],
)
def test_an_approval_names_authority_day_and_act(people, measure, change, field):
    given = {
        "authority": "Cabinet",
        "approved_on": dt.date(2026, 3, 1),
        "instrument_text": "Decision 14",
        "despite": "x",
    }
    with pytest.raises(Invalid) as refusal:
        services.approve_plan(people.secretariat, measure.plan, None, **given | change)
    assert refusal.value.field == field


def approved(people, measure):
    services.approve_plan(
        people.secretariat,
        measure.plan,
        None,
        authority="Cabinet",
        approved_on=dt.date(2026, 3, 1),
        instrument_text="Decision 14",
        despite="Agreed in the meeting.",
    )
    return Measure.objects.get(pk=measure.pk)


def test_after_approval_only_the_secretariat_changes_commitments(people, measure):
    row = approved(people, measure)
    with pytest.raises(NotAllowed) as refusal:
        services.save_measure(people.focal, row, 1, due_on=dt.date(2028, 6, 30))
    assert "due" in str(refusal.value)
    services.save_measure(people.focal, row, 1, assumptions="The school opens.")
    services.save_measure(people.secretariat, row, 2, due_on=dt.date(2028, 6, 30))


def test_only_an_approved_plan_is_published(people, measure):
    with pytest.raises(Invalid):
        services.set_published(people.secretariat, measure.plan, True)
    row = approved(people, measure)
    plan = services.set_published(people.secretariat, row.plan, True)
    assert plan.is_public
    assert services.set_published(people.secretariat, plan, False).is_public is False
