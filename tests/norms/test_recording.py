"""Recording and changing an instrument: who may, what is refused, what is kept."""

import datetime as dt

import pytest
from django.urls import reverse

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.norms import services
from mutabaa.norms.models import Instrument
from tests import world
from tests.norms.made import instrument

pytestmark = pytest.mark.django_db
NEW = {"title_en": "Act on hospitals", "kind": "law", "state": "in_force", "language": "en", "visibility": "public"}


def test_it_works(people):
    theme, record = world.theme(), world.recommendation()
    row = services.create_instrument(
        people.secretariat, **NEW, adopted_by=people.health, themes=[theme], recommendations=[record]
    )
    assert list(record.instruments.all()) == [row]
    assert list(row.themes.all()) == [theme]
    assert row.history.count() == 1
    assert AuditEntry.objects.get(verb="instrument.recorded").details["recommendations"] == [record.pk]


def test_an_institution_records_what_it_adopted_and_the_secretariat_publishes_it(people):
    row = services.create_instrument(people.focal, **NEW, adopted_by=people.health)
    assert row.visibility == "institutions"
    services.edit_instrument(people.focal, row, 1, visibility="public", citation="No. 4")
    row.refresh_from_db()
    assert (row.visibility, row.citation) == ("institutions", "No. 4")
    services.edit_instrument(people.secretariat, row, 2, visibility="public")
    assert Instrument.objects.get().visibility == "public"


@pytest.mark.parametrize("place", ["justice", None])
def test_an_institution_records_nothing_of_others(people, place):
    with pytest.raises(NotAllowed):
        services.create_instrument(people.focal, **NEW, adopted_by=getattr(people, place) if place else None)
    assert not Instrument.objects.exists()


def test_an_institution_cannot_give_its_instrument_away(people):
    row = instrument()
    with pytest.raises(NotAllowed):
        services.edit_instrument(people.focal, row, 1, adopted_by=people.justice)


@pytest.mark.parametrize("who", ["stranger", "statistician", "nhri", "cso", "parliament"])
def test_others_change_nothing(people, who):
    row = instrument()
    with pytest.raises(NotAllowed):
        services.edit_instrument(getattr(people, who), row, 1, citation="Mine")


DAY = dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title_en": "  "}, None),
        ({"kind": "poem"}, "kind"),
        ({"state": "half"}, "state"),
        ({"visibility": "restricted"}, "visibility"),
        ({"state": "draft", "adopted_on": DAY}, "state"),
        ({"state": "repealed", "adopted_on": DAY, "ended_on": dt.date(2024, 4, 30)}, "ended_on"),
        ({"adopted_on": DAY, "ended_on": dt.date(2025, 4, 30)}, "state"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.org/law"}, "url"),
    ],
)
def test_it_refuses_what_cannot_be_right_and_names_the_field(people, wrong, field):
    with pytest.raises(Invalid) as refusal:
        services.create_instrument(people.secretariat, **(NEW | wrong), adopted_by=people.health)
    assert refusal.value.field == field
    assert not Instrument.objects.exists()


def test_a_law_may_take_effect_before_the_day_on_which_it_was_passed(people):
    row = services.create_instrument(
        people.secretariat, **NEW, adopted_by=people.health, adopted_on=DAY, in_force_on=dt.date(2024, 1, 1)
    )
    assert row.pk


def test_two_people_who_write_at_once_lose_nothing(people, signed_in):
    row = instrument(summary="Old words.")
    services.edit_instrument(people.secretariat, row, 1, summary="Words of the first.")
    with pytest.raises(Conflict):
        services.edit_instrument(people.focal, row, 1, summary="Words of the second.")
    sent = {
        "title_en": row.title_en, "kind": "law", "state": "in_force", "adopted_by": people.health.pk, "language": "en",
        "summary": "Words of the second.", "version": "1",
    }  # fmt: skip
    answer = signed_in(people.focal).post(reverse("norms:edit", args=[row.public_id]), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Words of the first." in page
    assert "Words of the second." in page
    assert 'name="version" value="2"' in page
    assert Instrument.objects.get().summary == "Words of the first."


def test_a_link_made_meanwhile_does_not_refuse_the_words(people):
    row = instrument()
    services.link(people.secretariat, row, [world.recommendation()])
    services.edit_instrument(people.secretariat, row, 1, citation="No. 9")
    assert row.recommendations.count() == 1


def test_the_form_records_in_the_languages_of_the_installation(people, signed_in):
    client = signed_in(people.secretariat)
    page = client.get(reverse("norms:new")).content.decode()
    assert page.index('name="title_ar"') < page.index("Other languages") < page.index('name="title_zh"')
    sent = {"title_ar": "قانون الصحة", "kind": "law", "state": "in_force", "language": "ar", "visibility": "public"}
    answer = client.post(reverse("norms:new"), sent)
    assert answer.status_code == 302
    assert Instrument.objects.get().title_ar == "قانون الصحة"


def test_the_form_says_in_words_what_is_missing(people, signed_in):
    answer = signed_in(people.secretariat).post(reverse("norms:new"), {"kind": "law", "state": "in_force"})
    assert answer.status_code == 422
    assert "Give the instrument a title in at least one language." in answer.content.decode()


def test_the_form_of_an_institution_offers_its_own_name_alone_and_no_visibility(people, signed_in):
    page = signed_in(people.focal).get(reverse("norms:new")).content.decode()
    assert ">Health<" in page
    assert ">Justice<" not in page
    assert 'name="visibility"' not in page


def test_a_new_one_begun_on_a_recommendation_is_linked_with_it(people, signed_in):
    record = world.recommendation(themes=[world.theme("child-health")])
    client = signed_in(people.focal)
    page = client.get(reverse("norms:new") + f"?recommendation={record.public_id}").content.decode()
    assert record.text in page
    sent = {
        "title_en": "Vaccination decree", "kind": "regulation", "state": "adopted", "language": "en",
        "adopted_by": people.health.pk, "recommendation": record.public_id,
    }  # fmt: skip
    assert client.post(reverse("norms:new"), sent)["Location"] == record.workspace_url()
    assert record.instruments.get().title_en == "Vaccination decree"
