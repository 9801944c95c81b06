"""The search for repeats: the State's own records, new and changed ones, with progress and an end."""

import subprocess
import sys

import pytest

from mutabaa.core.errors import NotAllowed
from mutabaa.recommendations.services import edit_recommendation, set_translation, withdraw
from mutabaa.recurrence import jobs, services
from mutabaa.recurrence.models import Compared, Likeness, RepeatSearch
from mutabaa.recurrence.services import searching
from tests import world
from tests.recurrence.made import CAT_2, CRC_5, UPR_4, record

pytestmark = pytest.mark.django_db

WELLS = "Repair the wells of the northern villages."


def found():
    return [(p.first, p.second) for p in Likeness.objects.order_by("first_id", "second_id")]


def test_it_finds_a_demand_that_two_mechanisms_made():
    a, b = record(WELLS, CRC_5), record("Repair the wells in the villages of the north (Chile)", UPR_4)
    record("Train prison guards in first aid.", CAT_2)
    counts = services.find_repeats()
    assert found() == [(a, b)]
    assert (counts["records"], counts["compared"], counts["pairs"]) == (3, 3, 1)


def test_other_states_and_withdrawn_records_are_never_mixed_in():
    a, b = record(WELLS), record(WELLS, CAT_2)
    withdraw(world.person(), b, "entered twice")
    world.recommendation(WELLS, world.document("CRC/C/XOT/CO/1", state=world.state("XOT")), own=False)
    services.find_repeats()
    assert found() == []
    assert list(Compared.objects.values_list("recommendation", flat=True)) == [a.pk]


def test_only_new_and_changed_records_are_compared_again():
    a, b = record(WELLS), record("Train prison guards in first aid.", CAT_2)
    services.find_repeats()
    assert not services.to_compare().exists()
    edit_recommendation(world.person(), b, None, text=WELLS)
    assert list(services.to_compare()) == [b]
    assert services.find_repeats()["compared"] == 1
    assert found() == [(a, b)]


def test_a_pair_goes_with_the_text_that_made_it_but_a_decision_stays():
    a, b, c = record(WELLS), record(WELLS, CAT_2), record(WELLS, UPR_4)
    services.find_repeats()
    secretariat = world.person()
    services.decide(secretariat, Likeness.objects.get(first=a, second=b), "repeats")
    edit_recommendation(secretariat, a, None, text="Publish the budget of the police.")
    services.find_repeats()
    assert found() == [(a, b), (b, c)]


def test_a_second_run_changes_nothing():
    for source in (CRC_5, UPR_4, CAT_2):
        record(WELLS, source)
    services.find_repeats()
    before = list(Likeness.objects.order_by("pk").values())
    assert services.find_repeats(everything=True)["pairs"] == 0
    assert list(Likeness.objects.order_by("pk").values()) == before


def test_an_official_translation_joins_two_languages():
    a = record("Réparer les puits des villages du nord.", language="fr")
    b = record(WELLS, UPR_4)
    services.find_repeats()
    assert found() == []
    set_translation(world.person(), a, language="en", text=WELLS, official=True)
    services.find_repeats(everything=True)
    assert found() == [(a, b)]


def test_a_person_asks_and_the_worker_does_it():
    record(WELLS)
    record(WELLS, UPR_4)
    search = services.ask(world.person())
    assert services.ask(world.person()) == search
    jobs.look.call()
    search.refresh_from_db()
    assert (search.state, search.progress, search.counts["pairs"]) == ("done", 100, 1)
    jobs.look.call()  # a killed worker's task runs again
    assert RepeatSearch.objects.count() == 1


def test_the_clock_asks_only_where_something_is_new():
    assert jobs.look_for_new.call() is False
    record(WELLS)
    assert jobs.look_for_new.call() is True
    jobs.look.call()
    assert jobs.look_for_new.call() is False


def test_a_search_that_was_ended_keeps_nothing(monkeypatch):
    secretariat = world.person()
    record(WELLS)
    record(WELLS, UPR_4)
    search = services.ask(secretariat)
    tell = searching.progress_of(search)
    RepeatSearch.objects.update(state="running")
    tell(0.1)
    services.cancel(secretariat, search)
    with pytest.raises(searching.Cancelled):
        tell(0.5)
    jobs.look.call()
    search.refresh_from_db()
    assert (search.state, search.progress) == ("cancelled", 10)
    assert found() == []


def test_only_the_secretariat_asks():
    with pytest.raises(NotAllowed):
        services.ask(world.person("contributor", world.institution("health")))


def test_the_web_process_loads_no_numbers_library():
    code = "import django, sys; django.setup(); import mutabaa.config.urls; print({'numpy', 'scipy', 'rapidfuzz'} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"
