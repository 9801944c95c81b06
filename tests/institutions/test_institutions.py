"""The list of institutions, their pages, and the settings: edited without losing anybody's words."""

import pytest
from django.urls import reverse

from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.institutions import services
from mutabaa.institutions.models import Institution
from tests import world

pytestmark = pytest.mark.django_db


def fields(institution, **changes):
    return {name: getattr(institution, name) for name in services.INSTITUTION_FIELDS} | changes


def test_it_adds_an_institution_with_a_code_of_its_own(people):
    first = services.create_institution(people.secretariat, name_en="Supreme Court", branch="judicial")
    second = services.create_institution(people.secretariat, name_en="Supreme Court", branch="judicial")
    assert (first.code, second.code) == ("supreme-court", "supreme-court-2")


def test_it_takes_a_name_in_any_language(people):
    assert services.create_institution(people.secretariat, name_ar="وزارة العدل").pk


def test_it_wants_a_name(people):
    with pytest.raises(Invalid):
        services.create_institution(people.secretariat, branch="judicial")


@pytest.mark.parametrize("who", ["focal", "validating", "statistician", "nhri", "cso", "parliament"])
def test_it_lets_only_secretariat_and_administrator_edit(people, who):
    with pytest.raises(NotAllowed):
        services.create_institution(getattr(people, who), name_en="X")
    with pytest.raises(NotAllowed):
        services.change_institution(getattr(people, who), people.health, version=1, name_en="X")


def test_it_refuses_an_institution_that_is_part_of_itself(people):
    child = services.create_institution(people.secretariat, name_en="Hospital", parent=people.health)
    with pytest.raises(Invalid):
        services.change_institution(people.secretariat, people.health, version=1, parent=child)


def test_it_keeps_both_texts_when_two_people_edit(people):
    services.change_institution(people.secretariat, people.health, version=1, name_en="Health and Welfare")
    with pytest.raises(Conflict) as conflict:
        services.change_institution(people.administrator, people.health, version=1, name_en="Public Health")
    assert conflict.value.current.name_en == "Health and Welfare"
    assert conflict.value.mine["name_en"] == "Public Health"


def test_it_shows_both_texts_on_the_page_and_saves_at_the_second_try(people, signed_in):
    client = signed_in(people.secretariat)
    url = reverse("institutions:edit", args=["health"])
    form = {"version": "1", "name_en": "Public Health", "branch": "executive", "level": "national", "active": "on"}
    services.change_institution(people.administrator, people.health, version=1, name_en="Health and Welfare")
    page = client.post(url, form)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Health and Welfare" in text
    assert 'value="Public Health"' in text
    assert 'name="version" value="2"' in text
    assert client.post(url, form | {"version": "2"}).status_code == 302
    assert Institution.objects.get(code="health").name_en == "Public Health"


def test_it_shows_who_changed_what(people, signed_in):
    client = signed_in(people.secretariat)
    form = {"version": "1", "name_en": "Public Health", "branch": "independent", "level": "national", "active": "on"}
    client.post(reverse("institutions:edit", args=["health"]), form)
    text = client.get(reverse("institutions:detail", args=["health"])).content.decode()
    assert people.secretariat.name in text
    assert "<del><bdi>Health</bdi></del>" in text
    assert "<ins><bdi>Public Health</bdi></ins>" in text
    assert "<ins><bdi>Independent</bdi></ins>" in text


def test_it_filters_by_branch_and_level(people, signed_in):
    services.create_institution(people.secretariat, name_en="Supreme Court", branch="judicial")
    services.create_institution(people.secretariat, name_en="Region of the North", level="federated")
    client = signed_in(people.secretariat)
    text = client.get(reverse("institutions:index"), {"branch": "judicial"}).content.decode()
    assert "Supreme Court" in text
    assert "Region of the North" not in text
    text = client.get(reverse("institutions:index"), {"level": "federated"}).content.decode()
    assert "Region of the North" in text
    assert "Supreme Court" not in text
    assert "No institution matches" in client.get(reverse("institutions:index"), {"q": "zzz"}).content.decode()


def test_it_costs_few_queries_however_many_institutions(people, signed_in, django_assert_max_num_queries):
    for n in range(40):
        world.institution(f"i{n}", parent=people.health)
    client = signed_in(people.secretariat)
    with django_assert_max_num_queries(10):
        client.get(reverse("institutions:index"))
    with django_assert_max_num_queries(15):
        client.get(reverse("institutions:detail", args=["health"]))


SETTINGS = {
    "version": "1",
    "title_en": "Follow-up",
    "languages": ["en", "ar"],
    "stale_after_days": "180",
    "default_visibility": "institutions",
    "reminder_days": "14, -7,0 , 0",
    "contact_email": "office@example.org",
}


def test_it_changes_the_settings(people, signed_in):
    page = signed_in(people.administrator).post(reverse("settings"), SETTINGS)
    assert page.status_code == 302
    row = world.installation()
    assert row.reminder_days == [-7, 0, 14]
    assert row.stale_after_days == 180
    assert row.default_visibility == "institutions"
    assert row.languages == ["en", "ar"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reminder_days": "soon"},
        {"reminder_days": "5000"},
        {"stale_after_days": "0"},
        {"languages": []},
        {"contact_email": "x"},
    ],
)
def test_it_refuses_settings_that_cannot_be(people, signed_in, wrong):
    page = signed_in(people.administrator).post(reverse("settings"), SETTINGS | wrong)
    assert page.status_code == 422
    assert world.installation().stale_after_days == 365


def test_it_keeps_settings_that_somebody_changed_meanwhile(people, signed_in):
    services.change_settings(people.administrator, version=1, stale_after_days=90)
    page = signed_in(people.administrator).post(reverse("settings"), SETTINGS)
    assert page.status_code == 409
    assert world.installation().stale_after_days == 90


def test_it_lets_only_the_administrator_change_settings(people):
    with pytest.raises(NotAllowed):
        services.change_settings(people.secretariat, version=1, stale_after_days=90)


def test_it_folds_away_languages_that_the_installation_does_not_use(people, signed_in):
    text = signed_in(people.secretariat).get(reverse("institutions:create")).content.decode()
    before, _, folded = text.partition("Other languages")
    assert 'name="name_ar"' in before
    assert 'name="name_ru"' not in before
    assert 'name="name_ru"' in folded
