"""Saved searches: their owner's alone, and each new record told once."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.explore import services
from mutabaa.explore.asking import Asking
from mutabaa.explore.models import SavedSearch, SearchAlert, packed, unpacked
from mutabaa.notifications.kinds import texts
from mutabaa.notifications.models import Notice
from mutabaa.recommendations.services import edit_recommendation, withdraw
from tests import world

NEW = "/search/saved/new/?q=women"


def notices(person):
    return list(Notice.objects.filter(user=person, kind="explore.alert").order_by("pk"))


@pytest.fixture
def cso(people):
    return people.cso


@pytest.fixture
def saved(cso, records):
    return services.save_search(cso, name="Women", asking=Asking("women"), alerts=True)


@given(st.sets(st.integers(1, 2**31 - 1), max_size=200))
def test_known_records_are_packed_without_loss(numbers):
    assert unpacked(packed(numbers)) == numbers


def test_a_person_saves_a_search_and_finds_it_again(signed_in, cso, records):
    client = signed_in(cso)
    assert "/search/saved/new/?q=women" in client.get("/search/?q=women").content.decode()
    page = client.get(NEW)
    assert page.context["total"] == 2
    assert page.context["form"]["name"].value() == "Words: women"
    answer = client.post(NEW, {"name": "  Women’s   rights ", "alerts": "on"})
    assert answer["Location"] == "/search/saved/"
    (search,) = SavedSearch.objects.all()
    assert (search.name, search.query, search.user, search.alerts) == ("Women’s rights", "q=women", cso, True)
    page = client.get("/search/saved/").content.decode()
    assert "Women’s rights" in page
    assert 'href="/search/?q=women"' in page


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "Give the search a name."), ("x" * 121, "at most 120 characters"), ("Women", "of this name already")],
)
def test_a_name_that_cannot_be_used_is_refused_with_the_way_out(signed_in, saved, cso, name, said):
    answer = signed_in(cso).post(NEW, {"name": name})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert SavedSearch.objects.count() == 1


def test_visitors_are_not_offered_to_save(client, records):
    assert "/search/saved/" not in client.get("/search/?q=women").content.decode()


def test_there_is_an_end_to_how_many(cso, records, monkeypatch):
    monkeypatch.setattr(services, "MOST_SAVED", 1)
    services.save_search(cso, name="One", asking=Asking("women"), alerts=False)
    with pytest.raises(Invalid):
        services.save_search(cso, name="Two", asking=Asking("women"), alerts=False)


def test_the_log_tells_neither_words_nor_name(saved):
    entry = AuditEntry.objects.get(verb="search.saved")
    assert "omen" not in str(entry.details)


def test_nobody_else_reads_changes_or_deletes_it(signed_in, saved, people):
    for other in (people.administrator, people.secretariat):
        client = signed_in(other)
        assert client.get(saved.get_absolute_url()).status_code == 404
        assert client.post(reverse("explore:delete_saved", args=[saved.public_id])).status_code == 404
        with pytest.raises(NotAllowed):
            services.change_search(other, saved, name="Mine", alerts=False)
        with pytest.raises(NotAllowed):
            services.delete_search(other, saved)
    assert SavedSearch.objects.get().name == "Women"


# -- Alerts --


def test_what_matches_already_is_no_news(saved, cso):
    assert services.look_again() == 0
    assert notices(cso) == []


def test_a_new_match_is_told_once(saved, cso):
    services.look_again()
    record = world.recommendation("Hear the women of the north.")
    assert services.look_again() == 1
    assert services.look_again() == 0
    (notice,) = notices(cso)
    assert texts(notice.kind, notice.params) == ("New results of a search that you saved", "“Women”, new: 1.")
    assert notice.mail_due
    (alert,) = SearchAlert.objects.all()
    assert (alert.records, alert.total) == ([record.pk], 1)


def test_a_change_that_makes_a_record_match_is_told_too(saved, cso, people, records):
    services.look_again()
    edit_recommendation(people.secretariat, records.judges, None, text="Guarantee judicial independence to women.")
    assert services.look_again() == 1
    assert SearchAlert.objects.get().records == [records.judges.pk]


def test_a_record_that_leaves_and_comes_back_is_not_told_again(saved, cso, people, records):
    services.look_again()
    for text in ("Of women.", "Of men.", "Of women."):
        edit_recommendation(people.secretariat, records.judges, None, text=text)
        services.look_again()
    assert len(notices(cso)) == 1


def test_what_becomes_open_to_the_person_is_told_and_what_is_closed_never(saved, cso, people, records):
    services.look_again()
    record = world.recommendation("Of women, in confidence.", visibility="secretariat")
    assert services.look_again() == 0
    record.visibility = "public"
    record.save()
    assert services.look_again() == 1


def test_what_was_closed_since_is_not_shown_in_old_news(signed_in, saved, cso, people):
    services.look_again()
    record = world.recommendation("Hear the women of the north.")
    services.look_again()
    client = signed_in(cso)
    address = notices(cso)[0].url
    assert "Hear the women of the north." in client.get(address).content.decode()
    withdraw(people.secretariat, record, "A wrong entry")
    page = client.get(address).content.decode()
    assert "Hear the women" not in page
    assert "None of these records is open to you any more." in page


def test_switched_off_nothing_is_told_and_switched_on_it_begins_anew(saved, cso):
    services.look_again()
    saved = services.change_search(cso, saved, name="Women", alerts=False)
    world.recommendation("Of women, one.")
    assert services.look_again() == 0
    services.change_search(cso, saved, name="Women", alerts=True)
    assert services.look_again() == 0
    world.recommendation("Of women, two.")
    assert services.look_again() == 1
    assert SearchAlert.objects.get().total == 1


def test_the_owner_changes_and_deletes_it_on_its_page(signed_in, saved, cso):
    client = signed_in(cso)
    client.post(saved.get_absolute_url(), {"name": "Renamed"})
    saved.refresh_from_db()
    assert (saved.name, saved.alerts) == ("Renamed", False)
    client.post(reverse("explore:delete_saved", args=[saved.public_id]))
    assert not SavedSearch.objects.exists()


def test_saved_while_there_was_no_index_it_begins_with_the_first_look(cso, records, monkeypatch):
    monkeypatch.setattr("mutabaa.search.keeping.SMALL", 2)
    services.save_search(cso, name="Women", asking=Asking("women"), alerts=True)
    assert SavedSearch.objects.get().watched_from is None
    monkeypatch.undo()
    assert services.look_again() == 0
    assert SavedSearch.objects.get().watched_from is not None
    world.recommendation("Of women.")
    assert services.look_again() == 1


def test_words_are_understood_in_the_language_they_were_saved_in(cso, records):
    from django.utils import translation

    with translation.override("fr"):
        services.save_search(cso, name="Théories", asking=Asking("droits"), alerts=True)
    services.look_again()
    world.recommendation("Garantir le droit à la santé.", language="fr")
    assert services.look_again() == 1


def test_one_that_fails_does_not_stop_the_others(saved, cso, people, monkeypatch):
    services.save_search(people.nhri, name="Women", asking=Asking("women"), alerts=True)
    services.look_again()
    world.recommendation("Of women.")
    real = services.tell_news
    monkeypatch.setattr(services, "tell_news", lambda pk: 1 / 0 if pk == saved.pk else real(pk))
    assert services.look_again() == 1
    monkeypatch.undo()
    assert services.look_again() == 1, "the one that failed is looked at again"
    assert len(notices(cso)) == len(notices(people.nhri)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once():
    person = world.person("cso")
    world.recommendation("Of women.")
    search = services.save_search(person, name="Women", asking=Asking("women"), alerts=True)
    world.recommendation("Of women, too.")
    told, start = [], threading.Barrier(2)

    def look():
        try:
            start.wait()
            for _ in range(50):  # the tests' database in memory refuses where a file would wait
                try:
                    told.append(services.tell_news(search.pk))
                    break
                except OperationalError:
                    time.sleep(0.05)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told) == [False, True]
    assert len(notices(person)) == 1


def test_a_worker_that_dies_before_the_end_tells_it_later(saved, cso):
    services.look_again()
    world.recommendation("Of women.")
    with transaction.atomic():
        assert services.tell_news(saved.pk)
        transaction.set_rollback(True)
    assert notices(cso) == []
    assert services.tell_news(saved.pk)
    assert len(notices(cso)) == 1
