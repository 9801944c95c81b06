"""A record, an institution, a cluster and the desk tell what the plans hold for them, to each person what they may read."""

import datetime as dt

import pytest
from django.utils import timezone

from mutabaa.recommendations.models import Cluster
from tests import world
from tests.plans import made


def days_ago(n):
    return timezone.localdate() - dt.timedelta(days=n)


@pytest.fixture
def outcome(people):
    cluster = Cluster.objects.create(code="mortality", title_en="Child mortality")
    return made.outcome(made.plan(visibility="institutions"), cluster=cluster)


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_on_a_record_the_measures_that_serve_it(people, outcome, signed_in):
    record = world.recommendation()
    made.measure(outcome, serves=[record], title="Train midwives")
    assert "Train midwives" in read(signed_in(people.secretariat), record.workspace_url())
    assert "Train midwives" not in read(signed_in(people.nhri), record.workspace_url())


def test_it_shows_on_an_institution_what_it_leads_and_supports(people, outcome, signed_in):
    made.measure(outcome, lead=people.health, title="Led by health", due_on=days_ago(3), starts_on=days_ago(9))
    made.measure(outcome, lead=people.justice, partners=[people.health], title="Supported by health")
    text = read(signed_in(people.secretariat), "/workspace/institutions/health/")
    assert "Led by health" in text
    assert "Supported by health" in text
    assert "/workspace/plans/late/?institution=health" in text


def test_it_shows_on_a_cluster_the_outcomes_that_rest_on_it(people, outcome, signed_in):
    address = "/workspace/recommendations/clusters/mortality/"
    assert outcome.title in read(signed_in(people.secretariat), address)


def test_it_tells_a_focal_point_what_is_late_and_what_comes(people, outcome, signed_in):
    made.measure(outcome, lead=people.health, title="Late one", due_on=days_ago(3), starts_on=days_ago(9))
    made.measure(outcome, lead=people.health, title="Due soon", due_on=days_ago(-20))
    made.measure(outcome, lead=people.health, title="Due in a year", due_on=days_ago(-365))
    made.measure(
        outcome, lead=people.health, title="Done", due_on=days_ago(3), starts_on=days_ago(9), execution="completed"
    )
    text = read(signed_in(people.focal), "/workspace/")
    assert "Late one" in text
    assert "Due soon" in text
    assert "Due in a year" not in text
    assert ">Done<" not in text
    assert "Late one" not in read(signed_in(people.stranger), "/workspace/")


def test_it_tells_the_secretariat_how_many_are_late(people, outcome, signed_in):
    made.measure(outcome, due_on=days_ago(3), starts_on=days_ago(9))
    assert "measure is late" in read(signed_in(people.secretariat), "/workspace/")
