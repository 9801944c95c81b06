"""Two people write at once: neither text is lost, and nobody is overwritten in silence."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from mutabaa.core.errors import Conflict, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import KeptEdit, Obstacle, Update
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(people):
    item = made.assigned(people.secretariat, people.health)
    return made.draft(people.focal, item, people.health)


def form_of(update, **fields):
    return {
        "what_was_done": update.what_was_done,
        "done_from": "",
        "done_until": "",
        "for_whom": update.for_whom,
        "obstacle_text": update.obstacle_text,
        "next_step": update.next_step,
        "proposed_status": update.proposed_status,
        "visibility": update.visibility,
        "language": update.language,
        "version": update.version,
    } | fields


def test_the_second_of_two_meets_a_conflict_with_both_texts(people, draft):
    services.save_update(people.alternate, draft, draft.version, what_was_done="Hers")
    with pytest.raises(Conflict) as conflict:
        services.save_update(people.focal, draft, draft.version, what_was_done="His")
    assert conflict.value.current.what_was_done == "Hers"
    assert conflict.value.mine["what_was_done"] == "His"
    draft.refresh_from_db()
    assert draft.what_was_done == "Hers"


def test_the_same_text_sent_twice_is_no_conflict(people, draft):
    first = services.save_update(people.focal, draft, draft.version, what_was_done="Line one\r\nLine two")
    second = services.save_update(people.focal, draft, draft.version, what_was_done="Line one\nLine two")
    assert first.version == second.version


def test_the_page_keeps_the_text_and_shows_both(people, draft, signed_in):
    client = signed_in(people.focal)
    services.save_update(people.alternate, draft, draft.version, what_was_done="Her clinic was opened.")
    answer = client.post(
        reverse("followup:update_edit", args=[draft.public_id]), form_of(draft, what_was_done="His school was opened.")
    )
    kept = KeptEdit.objects.get()
    assert answer.url == reverse("followup:conflict", args=[kept.public_id])
    page = client.get(answer.url).content.decode()
    assert "Her clinic was opened." in page
    assert "His school was opened." in page
    assert "<ins>" in page
    assert "<del>" in page


def test_both_texts_stand_in_the_proposal_and_what_one_side_alone_changed_is_taken(people, draft, signed_in):
    services.save_update(people.alternate, draft, draft.version, what_was_done="Hers", next_step="Her next step")
    client = signed_in(people.focal)
    answer = client.post(
        reverse("followup:update_edit", args=[draft.public_id]),
        form_of(draft, what_was_done="His", for_whom="His people"),
    )
    form = client.get(answer.url).context["form"]
    assert form["what_was_done"].value() == "Hers\n\nHis"
    assert form["next_step"].value() == "Her next step"
    assert form["for_whom"].value() == "His people"


def test_putting_together_saves_and_settles(people, draft, signed_in):
    services.save_update(people.alternate, draft, draft.version, what_was_done="Hers")
    client = signed_in(people.focal)
    address = client.post(
        reverse("followup:update_edit", args=[draft.public_id]), form_of(draft, what_was_done="His")
    ).url
    draft.refresh_from_db()
    client.post(address, form_of(draft, what_was_done="Hers and his", then="merge"))
    draft.refresh_from_db()
    assert draft.what_was_done == "Hers and his"
    assert KeptEdit.objects.get().resolved_at
    assert draft.history.filter(what_was_done="Hers").exists()


def test_a_third_text_during_the_merge_is_a_new_conflict(people, draft, signed_in):
    services.save_update(people.alternate, draft, draft.version, what_was_done="Hers")
    client = signed_in(people.focal)
    address = client.post(
        reverse("followup:update_edit", args=[draft.public_id]), form_of(draft, what_was_done="His")
    ).url
    draft.refresh_from_db()
    old = form_of(draft, what_was_done="Both", then="merge")
    services.save_update(people.alternate, draft, draft.version, what_was_done="Hers again")
    answer = client.post(address, old)
    assert answer.url != address
    draft.refresh_from_db()
    assert draft.what_was_done == "Hers again"
    assert {k.mine["what_was_done"] for k in KeptEdit.objects.all()} == {"His", "Both"}


def test_leaving_keeps_the_text_on_record(people, draft, signed_in):
    services.save_update(people.alternate, draft, draft.version, what_was_done="Hers")
    client = signed_in(people.focal)
    address = client.post(
        reverse("followup:update_edit", args=[draft.public_id]), form_of(draft, what_was_done="His")
    ).url
    client.post(address, {"then": "leave"})
    draft.refresh_from_db()
    assert draft.what_was_done == "Hers"
    assert KeptEdit.objects.get().mine["what_was_done"] == "His"


def test_obstacles_take_part(people, draft):
    law = Obstacle.objects.create(code="legislative", name_en="Legislation")
    services.save_update(people.alternate, draft, draft.version, obstacles=[law])
    with pytest.raises(Conflict):
        services.save_update(people.focal, draft, draft.version, what_was_done="His", obstacles=[])


def test_nobody_else_reads_or_settles_a_kept_text(people, draft, client, signed_in):
    kept = services.keep_edit(people.focal, draft, 1, {"what_was_done": "His"})
    for person in (people.alternate, people.stranger):
        assert signed_in(person).get(reverse("followup:conflict", args=[kept.public_id])).status_code == 404
        with pytest.raises(NotAllowed):
            services.resolve_edit(person, kept, draft.version, what_was_done="x")


@pytest.mark.django_db(transaction=True)
def test_of_many_writers_at_once_one_wins_and_each_text_is_found():
    people = world.people_of_every_role()
    draft = made.draft(people.focal, made.assigned(people.secretariat, people.health), people.health)
    outcomes = []
    start = threading.Barrier(6)
    # A database in memory has one connection for all threads: there the six write one after the other.
    at_once = connection.vendor != "sqlite" or not connection.is_in_memory_db()

    def write(n):
        if at_once:
            start.wait()
        try:
            services.save_update(people.focal, draft, draft.version, what_was_done=f"Text {n}")
            outcomes.append("saved")
        except Conflict as conflict:
            services.keep_edit(people.focal, draft, draft.version, conflict.mine)
            outcomes.append("conflict")

    def in_thread(n):
        try:
            write(n)
        finally:
            connection.close()

    if at_once:
        threads = [threading.Thread(target=in_thread, args=[n]) for n in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    else:
        for n in range(6):
            write(n)
    assert sorted(outcomes) == ["conflict"] * 5 + ["saved"]
    texts = {k.mine["what_was_done"] for k in KeptEdit.objects.all()} | {Update.objects.get().what_was_done}
    assert texts == {f"Text {n}" for n in range(6)}
