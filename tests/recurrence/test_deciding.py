"""What people say of pairs: recorded beside what was said before, by those who may, of what they may read."""

import pytest

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.recommendations.models import Responsibility
from mutabaa.recurrence import services
from mutabaa.recurrence.models import Likeness
from tests import world
from tests.recurrence.made import CAT_2, CRC_5, UPR_4, pair, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    return world.person()


def test_a_decision_is_recorded_with_its_author(secretariat):
    row = services.decide(secretariat, pair(record("a"), record("b", UPR_4)), "narrows", note="only girls")
    assert (row.state, row.note, row.decided_by, row.version) == ("narrows", "only girls", secretariat, 2)
    assert AuditEntry.objects.filter(verb="likeness.decided", object_id=row.pk).count() == 1


def test_a_second_decision_stands_beside_the_first(secretariat):
    row = pair(record("a"), record("b", UPR_4))
    services.decide(secretariat, row, "repeats")
    services.decide(secretariat, row, "different")
    services.decide(secretariat, row, "proposed")
    assert [d.state for d in row.decisions.order_by("id")] == ["repeats", "different", "proposed"]
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("proposed", None)


def test_two_people_cannot_decide_past_each_other(secretariat):
    row = pair(record("a"), record("b", UPR_4))
    services.decide(secretariat, row, "repeats", version=1)
    with pytest.raises(Conflict):
        services.decide(secretariat, row, "different", version=1)


def test_only_the_secretariat_decides():
    row = pair(record("a"), record("b", UPR_4))
    for role in ("contributor", "statistician", "nhri", "cso", "parliament"):
        with pytest.raises(NotAllowed):
            services.decide(world.person(role), row, "repeats")


def test_nobody_decides_on_what_he_may_not_read(secretariat):
    row = pair(record("a"), record("b", UPR_4, visibility="restricted"))
    with pytest.raises(Likeness.DoesNotExist):
        services.decide(secretariat, row, "repeats")


def test_there_are_only_these_decisions(secretariat):
    with pytest.raises(Invalid):
        services.decide(secretariat, pair(record("a"), record("b", UPR_4)), "same")


def test_near_identical_pairs_are_confirmed_at_once_and_no_others(secretariat):
    a, b, c, d = record("a"), record("b", UPR_4), record("c", CAT_2), record("d", CRC_5)
    near, far = pair(a, b, score=0.99), pair(a, c, score=0.8)
    decided = pair(a, d, score=0.99, state="different")
    assert services.decide_several(secretariat, services.near_identical(secretariat), "repeats") == 1
    states = dict(Likeness.objects.values_list("pk", "state"))
    assert states == {near.pk: "repeats", far.pk: "proposed", decided.pk: "different"}


def test_a_person_sees_a_link_only_with_both_ends(secretariat):
    health = world.institution("health")
    focal, stranger = world.person("contributor", health), world.person("contributor", world.institution("justice"))
    open_one, own = record("a"), record("b", UPR_4, visibility="institutions")
    Responsibility.objects.create(recommendation=own, institution=health, role="lead")
    row = pair(open_one, own, state="repeats")
    waiting = pair(open_one, record("c", CAT_2))

    def seen(person):
        return set(Likeness.objects.visible_to(person))

    assert seen(secretariat) == {row, waiting}
    assert seen(focal) == {row}
    assert seen(stranger) == set()
