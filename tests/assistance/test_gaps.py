"""Gaps and needs: recorded, changed, closed with a reason, read by those concerned."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from mutabaa.assistance import services
from mutabaa.assistance.models import Gap
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from tests import world
from tests.assistance import made
from tests.followup import made as followup

pytestmark = pytest.mark.django_db


def test_a_contributor_records_a_gap_of_the_own_institution(people):
    gap = made.gap(people.focal, people.health)
    assert (gap.state, gap.visibility, gap.recorded_by) == ("open", "institutions", people.focal)
    with pytest.raises(NotAllowed):
        made.gap(people.stranger, people.health)
    with pytest.raises(NotAllowed):
        made.gap(people.nhri, people.health)


def test_a_thematic_gap_names_a_theme_and_is_the_secretariats_to_record(people):
    theme = world.theme()
    gap = made.gap(people.secretariat, None, scope="theme", theme=theme)
    assert gap.theme == theme
    with pytest.raises(NotAllowed):
        made.gap(people.focal, None, scope="theme", theme=theme)
    with pytest.raises(Invalid):
        made.gap(people.secretariat, people.health, scope="theme")


def test_a_gap_without_its_institution_is_refused_by_the_database_too(people):
    with pytest.raises(Invalid):
        made.gap(people.secretariat, None)
    gap = made.gap(people.secretariat, people.health)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gap.objects.filter(pk=gap.pk).update(institution=None)


def test_only_the_secretariat_chooses_who_reads_a_gap(people):
    assert made.gap(people.focal, people.health, visibility="public").visibility == "institutions"
    assert made.gap(people.secretariat, people.health, visibility="public").visibility == "public"


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"secretariat", "focal", "stranger", "statistician", "nhri", "cso", "parliament"}),
        ("institutions", {"secretariat", "focal", "statistician"}),
        ("secretariat", {"secretariat"}),
    ],
)
def test_a_gap_is_read_by_those_it_is_open_to(people, visibility, readers):
    made.gap(people.secretariat, people.health, visibility=visibility)
    seen = {
        name
        for name in ("secretariat", "focal", "stranger", "statistician", "nhri", "cso", "parliament")
        if Gap.objects.visible_to(getattr(people, name)).exists()
    }
    assert seen == readers


def test_an_institution_that_answers_for_a_recommendation_of_the_gap_reads_it(people):
    item = followup.assigned(people.secretariat, people.justice)
    made.gap(people.secretariat, None, scope="theme", theme=world.theme(), recommendations=[item])
    assert Gap.objects.visible_to(people.stranger).count() == 1
    assert Gap.objects.visible_to(people.focal).count() == 0


def test_two_people_who_change_a_gap_lose_no_text(people):
    gap = made.gap(people.focal, people.health)
    services.change_gap(people.focal, gap, 1, title="Few trainers")
    gap.refresh_from_db()
    with pytest.raises(Conflict) as conflict:
        services.change_gap(people.alternate, gap, 1, title="Hardly a trainer")
    assert conflict.value.current.title == "Few trainers"
    assert conflict.value.mine["title"] == "Hardly a trainer"
    assert Gap.objects.get().title == "Few trainers"


def test_the_page_shows_both_texts_of_a_conflict(people, signed_in):
    gap = made.gap(people.focal, people.health)
    services.change_gap(people.alternate, gap, 1, title="Few trainers")
    data = {
        "title": "Hardly a trainer", "scope": "institution", "institution": people.health.pk, "description": gap.description,
        "language": "en", "version": "1",
    }  # fmt: skip
    answer = signed_in(people.focal).post(reverse("assistance:gap_edit", args=[gap.public_id]), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Few trainers" in page
    assert "Hardly a trainer" in page
    assert 'name="version" value="2"' in page


def test_a_change_keeps_recommendations_that_the_person_does_not_see(people):
    hidden = world.recommendation(visibility="secretariat")
    gap = made.gap(people.secretariat, people.health, recommendations=[hidden])
    services.change_gap(people.focal, gap, 1, title="Other", recommendations=[])
    assert list(gap.recommendations.all()) == [hidden]


def test_a_recommendation_that_the_person_does_not_see_is_not_linked(people):
    hidden = world.recommendation(visibility="secretariat")
    with pytest.raises(Invalid):
        made.gap(people.focal, people.health, recommendations=[hidden])


def test_a_gap_is_closed_with_a_reason_and_opened_again(people):
    gap = made.gap(people.focal, people.health)
    with pytest.raises(Invalid):
        services.change_state(people.focal, gap, "closed", reason=" ")
    gap = services.change_state(people.focal, gap, "closed", reason="Trainers came.")
    assert (gap.state, gap.closed_because) == ("closed", "Trainers came.")
    with pytest.raises(Invalid):
        made.need(people.focal, gap)
    assert services.change_state(people.focal, gap, "open").closed_because == ""
    with pytest.raises(Invalid):
        services.change_state(people.focal, gap, "open")


def test_needs_are_recorded_changed_and_dropped_with_a_reason(people):
    gap = made.gap(people.focal, people.health)
    need = made.need(people.focal, gap, kind="peer_exchange", mode="south_south")
    need = services.change_need(people.focal, need, 1, description="A visit of two weeks")
    assert need.description == "A visit of two weeks"
    with pytest.raises(Invalid):
        services.drop_need(people.focal, need, "")
    assert services.drop_need(people.focal, need, "It came by another way.").dropped_because
    with pytest.raises(NotAllowed):
        made.need(people.stranger, gap)


def test_the_registers_show_to_outsiders_what_is_public_and_count_nothing_else(people, signed_in):
    made.gap(people.secretariat, people.health, title="Shared by the State", visibility="public")
    hidden = made.gap(people.secretariat, people.health, title="Kept inside")
    made.need(people.secretariat, hidden, description="Inside as well")
    client = signed_in(people.nhri)
    page = client.get(reverse("assistance:gaps"))
    assert "Shared by the State" in page.content.decode()
    assert "Kept inside" not in page.content.decode()
    assert page.context["tabs"][0][2] == 1
    assert "Inside as well" not in client.get(reverse("assistance:needs")).content.decode()
    sheet = b"".join(client.get(reverse("assistance:gaps_file", args=["csv"])).streaming_content).decode()
    assert "Shared by the State" in sheet
    assert "Kept inside" not in sheet


def test_a_recommendations_page_leads_to_its_gaps(people, signed_in):
    item = world.recommendation()
    made.gap(people.secretariat, people.health, title="No trainers at all", recommendations=[item])
    client = signed_in(people.secretariat)
    address = reverse("assistance:record", args=[item.public_id])
    assert address in client.get(item.workspace_url()).content.decode()
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "No trainers at all" in part
    assert "<html" not in part
    assert "No trainers at all" not in signed_in(people.nhri).get(address).content.decode()
