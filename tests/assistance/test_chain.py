"""The path from an obstacle to a result is one page, from any link of it."""

import pytest
from django.urls import reverse

from mutabaa.assistance import services
from mutabaa.assistance.models import AssistanceRequest
from tests.assistance import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(people):
    """An obstacle, its gap, a need, and a request that was evaluated."""
    update = made.reported(people, "The regions have no trainers.")
    gap = services.record_gap(
        people.focal, reported=[(update, made.obstacle())], title="No trainers", institution=people.health,
        description="Two of nine regions have any.", recommendations=[update.recommendation],
    )  # fmt: skip
    row = services.start_request(people.focal, made.need(people.focal, gap), people.health)
    row = services.save_request(people.focal, row, row.version, results=made.RESULTS, **made.FILLED)
    row = services.approve(people.validating, services.ask_approval(people.focal, row))
    row = services.consent(
        people.secretariat, row, authority="Minister of Foreign Affairs", instrument="Note 12", on=made.TODAY
    )
    row = services.submit(people.secretariat, row, on=made.TODAY, how="By note verbale")
    row = services.answer(people.secretariat, row, outcome="granted", on=made.TODAY, what="A course for forty")
    row = services.complete(people.focal, services.deliver(people.focal, row, on=made.TODAY), on=made.TODAY)
    achieved = {row.results.get().pk: "38 trainers work"}
    return services.evaluate(people.focal, row, on=made.TODAY, evaluation="It worked.", achieved=achieved)


def in_order(page, *words):
    places = [page.find(w) for w in words]
    assert -1 not in places, [w for w, p in zip(words, places, strict=True) if p < 0]
    assert places == sorted(places)


STATIONS = (
    "The regions have no trainers.", "Two of nine regions have any.", "A course for trainers", "A course for forty trainers.",
    "Minister of Foreign Affairs", "By note verbale", "A course for forty", "It worked.", "38 trainers work",
)  # fmt: skip


def test_a_request_shows_the_whole_path_from_top_to_bottom(people, path, signed_in):
    page = signed_in(people.focal).get(reverse("assistance:request_chain", args=[path.public_id])).content.decode()
    in_order(page[page.find('<ol class="timeline"') :], *STATIONS[:6], "A course for forty</p>", *STATIONS[7:])
    assert "not yet" not in page


def test_a_gap_shows_the_same_path_with_each_request(people, path, signed_in):
    page = signed_in(people.focal).get(reverse("assistance:gap_chain", args=[path.need.gap.public_id])).content.decode()
    in_order(page[page.find('<ol class="timeline"') :], *STATIONS[:6], *STATIONS[7:])


def test_each_link_of_the_path_leads_to_it(people, path, signed_in):
    client = signed_in(people.focal)
    gap = path.need.gap
    request_chain, gap_chain = (
        reverse("assistance:request_chain", args=[path.public_id]),
        reverse("assistance:gap_chain", args=[gap.public_id]),
    )
    update = gap.reported.get().update
    item = update.recommendation
    assert gap_chain in client.get(reverse("assistance:gap", args=[gap.public_id])).content.decode()
    assert request_chain in client.get(reverse("assistance:request", args=[path.public_id])).content.decode()
    assert request_chain in client.get(reverse("assistance:requests")).content.decode()
    assert request_chain in client.get(reverse("assistance:record", args=[item.public_id])).content.decode()
    listed = client.get(reverse("assistance:obstacle_list") + "?obstacle=human-resources").content.decode()
    assert reverse("assistance:gap", args=[gap.public_id]) in listed


def test_what_is_still_to_come_stands_as_not_yet(people, signed_in):
    row = made.draft(people.focal, people.health)
    page = signed_in(people.focal).get(reverse("assistance:request_chain", args=[row.public_id])).content.decode()
    assert page.count("not yet") == 5
    assert "Draft, not approved" in page


def test_an_update_that_the_reader_does_not_see_is_not_in_the_path(people, path, signed_in):
    update = path.need.gap.reported.get().update
    update.visibility = "secretariat"
    update.save()
    services.change_gap(people.secretariat, path.need.gap, None, visibility="public")
    services.show_to(people.secretariat, path, visibility="public")
    page = signed_in(people.nhri).get(reverse("assistance:request_chain", args=[path.public_id])).content.decode()
    assert "Two of nine regions have any." in page
    assert "The regions have no trainers." not in page


def test_the_path_costs_few_statements_however_long_it_is(people, path, signed_in, django_assert_max_num_queries):
    gap = path.need.gap
    for _ in range(6):
        need = made.need(people.focal, gap)
        services.start_request(people.focal, need, people.health)
    assert AssistanceRequest.objects.count() == 7
    client = signed_in(people.focal)
    for address in (
        reverse("assistance:gap_chain", args=[gap.public_id]),
        reverse("assistance:gap", args=[gap.public_id]),
    ):
        client.get(address)
        with django_assert_max_num_queries(15):
            client.get(address)
