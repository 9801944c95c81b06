"""Who reads a request: its institution and the secretariat, and others once it was submitted and shared."""

import pytest
from django.urls import reverse

from mutabaa.assistance import services
from mutabaa.assistance.models import AssistanceRequest
from mutabaa.core.errors import NotAllowed
from tests import world
from tests.assistance import made
from tests.followup import made as followup

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "secretariat",
    "administrator",
    "focal",
    "validating",
    "stranger",
    "statistician",
    "nhri",
    "cso",
    "parliament",
)
INSIDE = {"secretariat", "administrator", "focal", "validating"}


def readers(people):
    return {n for n in EVERYBODY if AssistanceRequest.objects.visible_to(getattr(people, n)).exists()}


def test_before_it_is_submitted_nobody_else_reads_it_and_it_cannot_be_shared(people):
    row = made.approved(people)
    assert readers(people) == INSIDE
    with pytest.raises(NotAllowed):
        services.show_to(people.secretariat, row, visibility="public")


def test_submitted_it_stays_internal_until_the_state_shares_it(people):
    row = made.submitted(people)
    assert readers(people) == INSIDE
    with pytest.raises(NotAllowed):
        services.show_to(people.focal, row, visibility="public")
    services.show_to(people.secretariat, row, visibility="institutions")
    assert readers(people) == INSIDE | {"statistician"}
    services.show_to(people.secretariat, row, visibility="public")
    assert readers(people) == set(EVERYBODY)
    services.show_to(people.secretariat, row, visibility="secretariat")
    assert readers(people) == INSIDE


def test_an_institution_that_answers_for_its_recommendations_reads_it_once_shared_among_institutions(people):
    item = followup.assigned(people.secretariat, people.justice)
    row = made.submitted(people)
    row.recommendations.add(item)
    assert "stranger" not in readers(people)
    services.show_to(people.secretariat, row, visibility="institutions")
    assert "stranger" in readers(people)


def test_outsiders_see_neither_people_nor_remarks_nor_the_gap_behind_it(people, signed_in):
    row = made.draft(people.focal, people.health)
    row = services.ask_back(people.secretariat, services.ask_approval(people.focal, row), reason="Quarrel between us")
    row = services.approve(people.validating, services.ask_approval(people.focal, row))
    row = services.consent(people.secretariat, row, authority="Minister", instrument="Note 12", on=made.TODAY)
    row = services.submit(people.secretariat, row, on=made.TODAY, how="By note verbale")
    services.show_to(people.secretariat, row, visibility="public")
    for address in ("assistance:request", "assistance:request_chain"):
        inside = signed_in(people.focal).get(reverse(address, args=[row.public_id])).content.decode()
        assert "Quarrel between us" in inside
        assert "Asked back" in inside
        page = signed_in(people.nhri).get(reverse(address, args=[row.public_id])).content.decode()
        assert "Trainers for rural clinics" in page
        assert "Quarrel between us" not in page
        assert "Asked back" not in page
        assert people.validating.name not in page
        assert f"/gaps/{row.need.gap.public_id}/" not in page
    assert "By note verbale" in page


def test_a_recommendation_that_the_reader_does_not_see_is_in_no_page_and_no_document(people, signed_in):
    secret = world.recommendation("Close the secret wing of the prison.", visibility="secretariat")
    row = made.submitted(people)
    row.recommendations.add(secret)
    services.show_to(people.secretariat, row, visibility="public")
    address = reverse("assistance:request", args=[row.public_id])
    assert "secret wing" in signed_in(people.secretariat).get(address).content.decode()
    client = signed_in(people.nhri)
    assert "secret wing" not in client.get(address).content.decode()
    sheet = b"".join(client.get(reverse("assistance:requests_file", args=["csv"])).streaming_content).decode()
    assert secret.reference not in sheet


def test_the_register_shows_and_counts_to_each_what_they_read(people, signed_in):
    made.draft(people.focal, people.health, title="Hidden draft")
    shared = made.submitted(people, title="Shared request")
    services.show_to(people.secretariat, shared, visibility="public")
    page = signed_in(people.cso).get(reverse("assistance:requests"))
    assert "Shared request" in page.content.decode()
    assert "Hidden draft" not in page.content.decode()
    assert page.context["tabs"][0][2] == 1
    page = signed_in(people.focal).get(reverse("assistance:requests") + "?state=draft")
    assert "Hidden draft" in page.content.decode()
    assert "Shared request" not in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=rural", True), ("q=zzz", False), ("institution=health", True), ("institution=justice", False), ("kind=training", True), ("kind=advisory", False), ("fund=none", False)],
)  # fmt: skip
def test_the_register_is_filtered(people, signed_in, query, found):
    made.draft(people.focal, people.health)
    page = signed_in(people.secretariat).get(reverse("assistance:requests") + f"?{query}").content.decode()
    assert ("Trainers for rural clinics" in page) is found


def test_the_export_marks_what_was_not_approved(people, signed_in):
    made.draft(people.focal, people.health, title="First")
    made.approved(people, title="Second")
    answer = signed_in(people.secretariat).get(reverse("assistance:requests_file", args=["csv"]))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert "Draft, not approved" in next(line for line in lines if line.startswith("First"))
    assert "Draft, not approved" not in next(line for line in lines if line.startswith("Second"))


@pytest.mark.parametrize("form", ["xlsx", "docx", "json"])
def test_the_registers_come_in_each_form(people, signed_in, form):
    made.granted(people)
    client = signed_in(people.secretariat)
    for name in ("requests_file", "gaps_file", "given_file"):
        answer = client.get(reverse(f"assistance:{name}", args=[form]))
        assert answer.status_code == 200
        assert len(b"".join(answer.streaming_content)) > 100
    assert client.get(reverse("assistance:requests_file", args=["exe"])).status_code == 404


def test_the_desk_shows_what_waits_for_the_person(people, signed_in):
    made.draft(people.focal, people.health, title="A draft of mine")
    services.ask_approval(people.focal, made.draft(people.focal, people.health, title="For the authority"))
    made.to_consent(people, title="For the State")
    made.approved(people, title="Ready to leave")
    desk = {n: signed_in(getattr(people, n)).get(reverse("desk")).content.decode() for n in ("focal", "validating", "secretariat", "stranger", "cso")}  # fmt: skip
    shown = {n: {t for t in ("A draft of mine", "For the authority", "For the State", "Ready to leave") if f"<bdi>{t}</bdi></a>" in page} for n, page in desk.items()}  # fmt: skip
    assert shown["focal"] == {"A draft of mine"}
    assert shown["validating"] == {"A draft of mine", "For the authority"}
    assert {"For the State", "Ready to leave"} <= shown["secretariat"]
    assert shown["stranger"] == shown["cso"] == set()


def test_an_institutions_page_shows_its_gaps_and_requests(people, signed_in):
    made.draft(people.focal, people.health)
    page = signed_in(people.secretariat).get(reverse("institutions:detail", args=["health"])).content.decode()
    assert "Trainers for rural clinics" in page
    assert "No trainers" in page
