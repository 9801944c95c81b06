"""Reports on measures; and what they never do."""

import datetime as dt

import pytest
from django.utils import timezone

from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.plans import services
from mutabaa.plans.models import Measure
from mutabaa.recommendations.models import Recommendation
from tests.plans import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(people):
    return made.measure(made.outcome(made.plan()))


def test_it_shows_the_latest_report_by_date(people, measure):
    services.report_progress(people.focal, measure, execution="under_way", percent=40, reported_on=dt.date(2026, 6, 1))
    services.report_progress(people.focal, measure, execution="planned", percent=10, reported_on=dt.date(2026, 2, 1))
    measure.refresh_from_db()
    assert (measure.execution, measure.percent, measure.reported_on) == ("under_way", 40, dt.date(2026, 6, 1))
    assert measure.progress.count() == 2


def test_completing_a_measure_moves_no_recommendation(people, measure):
    before = list(Recommendation.objects.values_list("pk", "status", "status_on"))
    services.report_progress(people.focal, measure, execution="completed", percent=100, text="All were trained.")
    assert list(Recommendation.objects.values_list("pk", "status", "status_on")) == before


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"execution": "done"}, "execution"),
        ({"execution": "delayed"}, "text"),
        ({"execution": "completed"}, "text"),
        ({"execution": "completed", "text": "Done.", "percent": 60}, "percent"),
        ({"execution": "under_way", "percent": 101}, "percent"),
        ({"execution": "under_way", "reported_on": dt.date(2999, 1, 1)}, "reported_on"),
    ],
)
def test_a_report_that_cannot_be_is_refused(people, measure, fields, field):
    with pytest.raises(Invalid) as refusal:
        services.report_progress(people.focal, measure, **fields)
    assert refusal.value.field == field
    assert not measure.progress.exists()


@pytest.mark.parametrize("role", ["stranger", "statistician", "nhri", "cso", "parliament"])
def test_others_do_not_report(people, measure, role):
    with pytest.raises(NotAllowed):
        services.report_progress(getattr(people, role), measure, execution="under_way")


def test_a_milestone_is_reached_on_a_day(people, measure):
    milestone = services.add_milestone(people.focal, measure, title="Curriculum", due_on=dt.date(2026, 9, 1))
    with pytest.raises(Invalid):
        services.reach_milestone(people.focal, milestone, timezone.localdate() + dt.timedelta(days=1))
    assert services.reach_milestone(people.focal, milestone, dt.date(2026, 8, 1)).done_on == dt.date(2026, 8, 1)
    assert services.reach_milestone(people.focal, milestone, None).done_on is None


def test_late_is_what_passed_its_date_unfinished(people, measure):
    late = made.measure(measure.outcome, due_on=dt.date(2026, 5, 1))
    done = made.measure(measure.outcome, due_on=dt.date(2026, 5, 1), execution="completed")
    missed = made.measure(measure.outcome)
    services.add_milestone(people.focal, missed, title="Curriculum", due_on=dt.date(2026, 6, 1))
    on_time = Measure.objects.late(dt.date(2026, 6, 2))
    assert set(on_time) == {late, missed}
    assert done not in on_time


def test_evidence_is_a_link_or_a_file(people, measure):
    piece = services.add_evidence(people.focal, measure, url="https://example.org/report", title="Report")
    assert piece.title == "Report"
    with pytest.raises(Invalid):
        services.add_evidence(people.focal, measure, url="javascript:alert(1)")
    services.remove_evidence(people.focal, piece)
    piece.refresh_from_db()
    assert piece.removed
