"""Priorities proposed from recurrence, follow-up selection, gravity and groups; applied by a person, with the reason recorded."""

import pytest

from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.recurrence import jobs, services
from mutabaa.recurrence.models import PriorityRule, PrioritySuggestion
from tests import world
from tests.recurrence.made import CAT_2, CRC_5, UPR_3, UPR_4, pair, record

pytestmark = pytest.mark.django_db


def suggested(row):
    found = PrioritySuggestion.objects.filter(recommendation=row).first()
    return (found.priority, found.reason, found.points) if found else None


def test_recurrence_counts_in_full_from_three_mechanisms():
    a, b, c = record("a", CRC_5), record("b", UPR_4), record("c", CAT_2)
    pair(a, b, state="repeats")
    pair(b, c, state="narrows")
    services.suggest()
    assert suggested(a) == suggested(c) == ("medium", "recurrence", 40)


def test_two_cycles_of_one_mechanism_count_as_a_quarter():
    a, b = record("a", UPR_3), record("b", UPR_4)
    pair(a, b, state="repeats")
    services.suggest()
    assert suggested(a) == ("low", "recurrence", 10)


@pytest.mark.parametrize("state", ["proposed", "different", "contradicts"])
def test_only_confirmed_links_are_recurrence(state):
    a, b = record("a", CRC_5), record("b", UPR_4)
    pair(a, b, state=state)
    services.suggest()
    assert suggested(a) is None


def test_reasons_add_up_and_the_heaviest_is_recorded():
    torture, girls = world.theme("torture", name_en="Torture"), world.group("girls")
    rule = services.rule()
    rule.grave_themes.set([torture])
    rule.first_groups.set([girls])
    row = record("a", follow_up=True, themes=[torture], groups=[girls])
    services.suggest()
    assert suggested(row) == ("high", "gravity", 90)


def test_the_weights_are_the_secretariats():
    secretariat = world.person()
    row = record("a", follow_up=True)
    services.suggest()
    assert suggested(row) == ("medium", "follow_up_procedure", 30)
    services.set_rule(secretariat, 1, follow_up=70)
    jobs.weigh.call()
    assert suggested(row) == ("high", "follow_up_procedure", 70)
    with pytest.raises(Conflict):
        services.set_rule(secretariat, 1, follow_up=0)
    with pytest.raises(Invalid):
        services.set_rule(secretariat, None, high=10, medium=50)
    with pytest.raises(NotAllowed):
        services.set_rule(world.person("statistician"), None, follow_up=0)


def test_applying_sets_priority_reason_and_note():
    row = record("a", follow_up=True)
    services.suggest()
    assert services.apply_priority(world.person(), PrioritySuggestion.objects.all()) == 1
    row.refresh_from_db()
    assert (row.priority, row.priority_reason) == ("medium", "follow_up_procedure")
    assert row.priority_note == "selected for a follow-up procedure (30 of 100 points)"


def test_records_for_named_persons_are_not_counted():
    a, b = record("a", CRC_5), record("b", UPR_4, visibility="restricted")
    pair(a, b, state="repeats")
    services.suggest()
    assert not PrioritySuggestion.objects.exists()


def test_the_defaults_name_grave_themes_where_the_list_has_them():
    world.theme("torture")
    assert [t.code for t in services.rule().grave_themes.all()] == ["torture"]
    assert services.rule() == PriorityRule.objects.get()
