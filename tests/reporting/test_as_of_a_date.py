"""A report of an earlier date says what stood then."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from mutabaa.followup.services import set_status, withdraw_assignment
from mutabaa.recommendations.figures import figures_by, figures_of
from mutabaa.recommendations.models import Recommendation
from tests import world
from tests.followup import made as followed
from tests.reporting.made import days_ago, made, table, tables, words

pytestmark = pytest.mark.django_db
THEN = dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def story(people):
    """An item judged and updated in March, and judged and updated anew in June; its lead ends in June."""
    for status in ("in_progress", "implemented"):
        followed.criterion(status, evidence_required=False)
    with time_machine.travel(THEN, tick=False):
        item = followed.assigned(people.secretariat, people.health)
        followed.published(people, item, status="in_progress", what_was_done="The plan was adopted in March.")
    with time_machine.travel(LATER, tick=False):
        followed.published(people, item, status="implemented", what_was_done="All clinics were opened by June.")
        withdraw_assignment(people.secretariat, item.assignments.get(), "The work is done.")
    return item


def test_it_tells_the_past_as_it_was(story, people):
    with time_machine.travel(NOW, tick=False):
        report = made(people.secretariat, as_of=dt.date(2026, 4, 30))
    text = words(report)
    assert "The plan was adopted in March." in text
    assert "All clinics were opened by June." not in text
    statuses = table(report, "Status")
    assert (statuses["In progress"][0], statuses["Implemented"][0]) == ("1", "0")
    assert people.health.name in text


def test_it_tells_the_present_of_today(story, people):
    with time_machine.travel(NOW, tick=False):
        report = made(people.secretariat)
    text = words(report)
    assert "All clinics were opened by June." in text
    statuses = table(report, "Status")
    assert (statuses["In progress"][0], statuses["Implemented"][0]) == ("0", "1")
    assert "Not assigned" in text


def test_a_date_of_the_past_and_the_same_day_then_give_the_same_table(story, people):
    """The report made in April of that day, and the one made in September as of that day in April."""
    day = dt.date(2026, 4, 30)
    with time_machine.travel(dt.datetime(2026, 4, 30, 12, tzinfo=dt.UTC), tick=False):
        # What stands on the row is today's, so the row is put back to what it was for the report made then.
        Recommendation.objects.filter(pk=story.pk).update(
            status="in_progress", last_update_on=THEN.date(), lead=people.health
        )
        story.responsibilities.create(institution=people.health, role="lead")
        then = made(people.secretariat, as_of=day)
    Recommendation.objects.filter(pk=story.pk).update(status="implemented", last_update_on=LATER.date(), lead=None)
    story.responsibilities.all().delete()
    with time_machine.travel(NOW, tick=False):
        later = made(people.secretariat, as_of=day)
    assert tables(then)[1:] == tables(later)[1:]


def test_a_filter_on_the_status_holds_at_the_date(story, people):
    with time_machine.travel(NOW, tick=False):
        then = made(people.secretariat, as_of=dt.date(2026, 4, 30), query="status=in_progress")
        now = made(people.secretariat, query="status=in_progress")
    assert (then.counts, now.counts) == ({"recommendations": 1}, {"recommendations": 0})


def test_a_record_published_after_the_date_is_not_in_it(people):
    world.recommendation("An old matter of prisons.", published_on=days_ago(400))
    world.recommendation("A new matter of schools.", published_on=days_ago(10))
    text = words(made(people.secretariat, as_of=days_ago(30)))
    assert "An old matter of prisons." in text
    assert "A new matter of schools." not in text


def test_its_figures_are_those_of_the_house(people):
    """Every figure comes from `recommendations.figures`; here each is held against the cells of the document."""
    health, schools = world.theme("right-to-health"), world.theme("right-to-education")
    for number in range(7):
        item = followed.assigned(
            people.secretariat, people.health, themes=[health] if number % 2 else [health, schools]
        )
        if number < 3:
            set_status(people.secretariat, item, "in_progress")
        if number == 5:
            followed.published(people, item)
    world.recommendation("Assigned to nobody.", themes=[schools])
    report = made(people.secretariat)
    rows = Recommendation.objects.own()
    total = figures_of(rows)
    key = [cell.split("\n")[0] for cell in tables(report)[0][0]]
    assert key == [str(n) for n in (total.total, total.assigned, total.updated, total.implemented)]
    assert (total.total, total.assigned, total.updated) == (8, 7, 1)
    shown = table(report, "Theme")
    for line in figures_by(rows, "theme"):
        figures = [cell.split(" ")[0] for cell in shown[line.label]]
        assert figures == [str(n) for n in (line.total, line.assigned, line.updated, line.implemented)]
    assert table(report, "Status")["In progress"][0] == "3"


def test_an_update_after_the_date_does_not_count_as_updated(people):
    with time_machine.travel(LATER, tick=False):
        followed.published(people, followed.assigned(people.secretariat, people.health))
    with time_machine.travel(NOW, tick=False):
        then, now = made(people.secretariat, as_of=dt.date(2026, 4, 30)), made(people.secretariat)
        narrowed = made(people.secretariat, as_of=dt.date(2026, 4, 30), query="updated=yes")
    figures = [[cell.split("\n")[0] for cell in tables(report)[0][0]] for report in (then, now)]
    assert figures == [["1", "0", "0", "0"], ["1", "1", "1", "0"]]
    assert narrowed.counts == {"recommendations": 0}


def test_the_day_ends_at_midnight_of_the_installation(people):
    followed.criterion("in_progress", evidence_required=False)
    with time_machine.travel(dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC), tick=False):
        item = followed.assigned(people.secretariat, people.health)
        followed.published(people, item, what_was_done="Late in the evening.")
    with time_machine.travel(NOW, tick=False):
        assert timezone.get_current_timezone_name() == "UTC"
        assert "Late in the evening." in words(made(people.secretariat, as_of=dt.date(2026, 3, 1)))
        assert "Late in the evening." not in words(made(people.secretariat, as_of=dt.date(2026, 2, 28)))
