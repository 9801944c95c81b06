"""Links between instruments and recommendations, from both sides, as far as a person may see them."""

import pytest
from django.urls import reverse

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import NotAllowed
from mutabaa.norms import services
from tests import world
from tests.norms.made import instrument

pytestmark = pytest.mark.django_db


def page_of(client, address):
    return client.get(address).content.decode()


def test_it_stands_on_both_pages(people, signed_in):
    record = world.recommendation("Vaccinate every child.")
    row = instrument(title_en="Vaccination Act", carries_out=[record])
    client = signed_in(people.secretariat)
    assert "Vaccination Act" in page_of(client, record.workspace_url())
    assert "Vaccinate every child." in page_of(client, row.workspace_url())


def test_recommendations_that_a_person_does_not_see_are_neither_shown_nor_counted(people, signed_in):
    seen = world.recommendation("Open to all.")
    closed = world.recommendation("Closed words.", visibility="secretariat")
    row = instrument(carries_out=[seen, closed])
    client = signed_in(people.nhri)
    page = page_of(client, row.workspace_url())
    assert "Open to all." in page
    assert "Closed words." not in page
    listed = client.get(reverse("norms:instruments"))
    assert [line["linked"] for line in listed.context["lines"]] == [1]
    assert [
        line["linked"] for line in signed_in(people.secretariat).get(reverse("norms:instruments")).context["lines"]
    ] == [2]


def test_an_instrument_that_a_person_does_not_see_is_not_on_the_recommendation(people, signed_in):
    record = world.recommendation()
    instrument(title_en="Inner circular", visibility="institutions", carries_out=[record])
    assert "Inner circular" not in page_of(signed_in(people.nhri), record.workspace_url())
    assert "Inner circular" in page_of(signed_in(people.focal), record.workspace_url())


def test_links_are_made_by_ticking_from_the_instrument(people, signed_in):
    row = instrument(themes=[world.theme("vaccines")])
    near = world.recommendation("Vaccinate every child.", themes=[world.theme("vaccines")])
    far = world.recommendation("Reform the prisons.")
    client = signed_in(people.focal)
    address = reverse("norms:choose_recommendations", args=[row.public_id])
    assert near.text in page_of(client, address)
    assert far.text not in page_of(client, address)
    assert far.text in page_of(client, address + "?q=prisons")
    client.post(address, {"selected": [far.public_id]})
    assert list(row.recommendations.all()) == [far]
    assert far.text not in page_of(client, address + "?q=prisons")
    assert AuditEntry.objects.get(verb="instrument.linked").details == {"recommendations": [far.pk]}


def test_links_are_made_by_ticking_from_the_recommendation(people, signed_in):
    record = world.recommendation()
    mine, other = instrument(title_en="Our decree"), instrument(title_en="Their decree", adopted_by=people.justice)
    client = signed_in(people.focal)
    address = reverse("norms:choose_instruments", args=[record.public_id])
    assert "Our decree" in page_of(client, address)
    assert "Their decree" not in page_of(client, address)
    client.post(address, {"selected": [mine.public_id, other.public_id]})
    assert list(record.instruments.all()) == [mine]


def test_nobody_links_a_recommendation_that_they_do_not_see(people):
    row, closed = instrument(), world.recommendation(visibility="secretariat")
    assert services.link(people.focal, row, [closed]) == 0
    assert services.link(people.secretariat, row, [closed]) == 1


def test_the_records_of_other_States_are_not_linked(people):
    foreign = world.recommendation(in_document=world.document("CRC/C/XOT/CO/1", state=world.state("XOT")), own=False)
    assert services.link(people.secretariat, instrument(), [foreign]) == 0


def test_a_wrong_link_is_taken_away_and_the_history_keeps_it(people, signed_in):
    record = world.recommendation()
    row = instrument(carries_out=[record])
    client = signed_in(people.secretariat)
    answer = client.post(
        reverse("norms:unlink", args=[row.public_id]), {"selected": [record.public_id], "back": "record"}
    )
    assert answer["Location"] == record.workspace_url()
    assert not row.recommendations.exists()
    assert f'<del dir="auto">{record.reference}</del>' in page_of(
        client, reverse("norms:history", args=[row.public_id])
    )


def test_others_take_no_link_away(people):
    record = world.recommendation()
    row = instrument(carries_out=[record])
    with pytest.raises(NotAllowed):
        services.unlink(people.stranger, row, [record])
    assert row.recommendations.count() == 1


def test_it_stands_on_the_page_of_the_institution(people, signed_in):
    instrument(title_en="Our decree")
    address = reverse("institutions:detail", args=["health"])
    assert "Our decree" in page_of(signed_in(people.secretariat), address)


def test_rooms_above_add_their_panel(people, signed_in, monkeypatch):
    from mutabaa.core import pages

    asked = []
    monkeypatch.setattr(pages, "instrument_panels", [lambda request, row: asked.append(row)])
    row = instrument()
    signed_in(people.secretariat).get(row.workspace_url())
    assert asked == [row]
