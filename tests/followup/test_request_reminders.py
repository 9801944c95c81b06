"""A request asks by a date; reminders go out around it, each once, to those who have not answered."""

import datetime as dt

import pytest
import time_machine

from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import InformationRequest, Reminder, RequestItem
from mutabaa.followup.services.requests import remind_one
from mutabaa.notifications.models import Notice
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db

START = dt.date(2026, 3, 2)
DUE = dt.date(2026, 4, 1)


@pytest.fixture
def asked(people):
    """Health is asked about two items on 2 March, by 1 April."""
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False):
        items = [made.assigned(people.secretariat, people.health) for _ in range(2)]
        yield services.create_request(people.secretariat, title="Mid-term report", due_on=DUE, recommendations=items)


def run(day, hour=9):
    with time_machine.travel(dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC), tick=False):
        return services.remind_due()


def told(person, kind):
    return Notice.objects.filter(user=person, kind=f"followup.{kind}").count()


def test_it_asks_those_responsible(people, asked):
    assert asked.items.count() == 2
    assert told(people.focal, "asked") == told(people.alternate, "asked") == 1
    assert told(people.stranger, "asked") == 0


def test_it_asks_each_institution_about_its_own_items_only(people):
    one, two = made.assigned(people.secretariat, people.health), made.assigned(people.secretariat, people.justice)
    request = services.create_request(
        people.secretariat,
        title="All",
        due_on=dt.date(2999, 1, 1),
        recommendations=[one, two],
        institutions=[people.justice],
    )
    assert [(i.recommendation, i.institution) for i in request.items.all()] == [(two, people.justice)]


def test_it_refuses_items_that_nobody_is_responsible_for(people):
    with pytest.raises(Invalid, match="Assign them first"):
        services.create_request(
            people.secretariat, title="X", due_on=dt.date(2999, 1, 1), recommendations=[world.recommendation()]
        )
    assert not InformationRequest.objects.exists()


def test_it_refuses_a_past_date_and_other_people(people):
    item = made.assigned(people.secretariat, people.health)
    with pytest.raises(Invalid):
        services.create_request(people.secretariat, title="X", due_on=dt.date(2020, 1, 1), recommendations=[item])
    with pytest.raises(NotAllowed):
        services.create_request(people.focal, title="X", due_on=dt.date(2999, 1, 1), recommendations=[item])


def test_it_sends_each_reminder_once_over_the_whole_life(people, asked):
    for n in range(60):
        run(START + dt.timedelta(days=n))
        run(START + dt.timedelta(days=n), hour=15)
    assert sorted(Reminder.objects.values_list("offset_days", flat=True)) == [-7, 0, 7, 14]
    assert told(people.focal, "reminder") == 2
    assert told(people.focal, "overdue") == 2


def test_it_sends_nothing_before_the_first_moment(people, asked):
    assert run(DUE - dt.timedelta(days=8)) == 0
    assert run(DUE - dt.timedelta(days=7)) == 1


def test_it_escalates_a_week_after_the_date_to_the_validating_authority(people, asked):
    run(DUE)
    assert told(people.validating, "escalated") == 0
    run(DUE + dt.timedelta(days=7))
    assert told(people.validating, "escalated") == 1
    assert Reminder.objects.get(offset_days=7).escalated


def test_it_makes_up_for_days_without_a_worker_with_one_reminder(people, asked):
    assert run(DUE + dt.timedelta(days=3)) == 1
    assert list(Reminder.objects.values_list("offset_days", flat=True)) == [0]


def test_it_reminds_only_of_what_is_unanswered(people, asked):
    first, second = asked.items.all()
    made.approved(people, first.recommendation)
    first.refresh_from_db()
    assert first.answered_at
    run(DUE)
    assert Notice.objects.get(user=people.focal, kind="followup.reminder").params["count"] == 1
    made.approved(people, second.recommendation)
    assert told(people.secretariat, "all_answered") == 1
    assert run(DUE + dt.timedelta(days=7)) == 0


def test_it_waits_again_when_the_answer_is_asked_back(people, asked):
    item = asked.items.first()
    update = made.approved(people, item.recommendation)
    services.ask_back_update(people.secretariat, update, "Which decree?")
    item.refresh_from_db()
    assert item.answered_at is None


def test_it_reminds_anew_of_a_later_date(people, asked):
    run(DUE)
    later = DUE + dt.timedelta(days=30)
    services.extend_request(people.secretariat, asked, later)
    assert run(DUE + dt.timedelta(days=7)) == 0
    assert run(later - dt.timedelta(days=7)) == 1
    assert run(later - dt.timedelta(days=6)) == 0
    assert run(later) == 1
    assert told(people.focal, "extended") == 1


def test_the_notice_of_a_new_date_stands_for_a_reminder_that_would_be_due_at_once(people, asked):
    with time_machine.travel(dt.datetime(2026, 4, 10, 9, tzinfo=dt.UTC), tick=False):
        services.extend_request(people.secretariat, asked, dt.date(2026, 4, 13))
        assert services.remind_due() == 0
    assert run(dt.date(2026, 4, 13)) == 1


@pytest.mark.parametrize("deed", [services.close_request, services.cancel_request])
def test_it_stops_when_the_request_ends(people, asked, deed):
    deed(people.secretariat, asked)
    assert run(DUE + dt.timedelta(days=14)) == 0


def test_it_reminds_by_hand_once_a_day(people, asked):
    assert services.remind_now(people.secretariat, asked) == 1
    assert services.remind_now(people.secretariat, asked) == 0


def test_a_reminder_whose_notices_fail_was_not_sent(people, asked, monkeypatch):
    monkeypatch.setattr("mutabaa.followup.services.requests.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remind_one(asked, people.health.pk, 0, 2)
    assert not Reminder.objects.exists()
    assert told(people.focal, "reminder") == 0


def test_the_secretariat_is_told_of_an_institution_without_anybody(people):
    empty = world.institution("police")
    item = made.assigned(people.secretariat, empty)
    services.create_request(people.secretariat, title="X", due_on=dt.date(2999, 1, 1), recommendations=[item])
    services.remind_now(people.secretariat, InformationRequest.objects.get())
    assert told(people.secretariat, "nobody") == 1


def test_a_contributor_sees_the_requests_of_the_own_institution_only(people, asked):
    assert InformationRequest.objects.visible_to(people.focal).get() == asked
    for other in (people.stranger, people.nhri, people.statistician):
        assert not InformationRequest.objects.visible_to(other).exists()
    assert RequestItem.objects.count() == 2
