"""What the State gives, and the catalogue of funds."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from django.conf import settings
from django.urls import reverse

from mutabaa.assistance import services
from mutabaa.assistance.models import Fund, Given
from mutabaa.assistance.reference_data import load_reference
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.core.models import CONTENT_LANGUAGES
from tests import world
from tests.assistance import made

pytestmark = pytest.mark.django_db


def contribution(by, year, amount, **fields):
    base = {
        "kind": "contribution",
        "year": year,
        "fund": made.fund("vftc"),
        "amount": Decimal(amount),
        "currency": "USD",
    }
    return services.record_given(by, **base | fields)


def test_contributions_show_their_sum_by_year_and_the_change(people, signed_in):
    for year, amount in ((2024, 10000), (2025, 12000), (2025, 3000), (2026, 18000)):
        contribution(people.secretariat, year, amount)
    contribution(people.secretariat, 2026, 500, currency="EUR")
    page = signed_in(people.secretariat).get(reverse("assistance:given"))
    sums = [(s["year"], s["currency"], s["total"], s["change"]) for s in page.context["sums"]]
    assert sums == [
        (2026, "EUR", Decimal(500), None),
        (2026, "USD", Decimal(18000), pytest.approx(0.2)),
        (2025, "USD", Decimal(15000), pytest.approx(0.5)),
        (2024, "USD", Decimal(10000), None),
    ]


@pytest.mark.parametrize(
    "wrong",
    [{"amount": Decimal(-1)}, {"currency": "ABQ"}, {"currency": ""}, {"year": 1900}, {"year": 2999}, {"fund": None}],
)
def test_an_entry_that_cannot_be_right_is_refused(people, wrong):
    with pytest.raises(Invalid):
        contribution(people.secretariat, **{"year": 2025, "amount": 5} | wrong)
    assert not Given.objects.exists()


def test_assistance_to_another_state_names_it(people):
    with pytest.raises(Invalid):
        services.record_given(people.secretariat, kind="assistance", year=2025, form="peer_exchange")
    row = services.record_given(
        people.secretariat, kind="assistance", year=2025, form="peer_exchange", state=world.state("XOT")
    )
    assert row.to_whom == "State XOT"


def test_an_institution_records_what_it_gives_itself(people):
    row = contribution(people.focal, 2025, 10, institution=people.health, visibility="public")
    assert row.visibility == "institutions"
    for place in (people.justice, None):
        with pytest.raises(NotAllowed):
            contribution(people.focal, 2025, 10, institution=place)
    with pytest.raises(NotAllowed):
        services.change_given(people.focal, row, 1, institution=people.justice)
    services.change_given(people.focal, row, 1, amount=Decimal(11))
    with pytest.raises(Conflict):
        services.change_given(people.secretariat, row, 1, amount=Decimal(12))
    assert Given.objects.get().amount == 11


def test_each_reads_what_is_open_to_them(people, signed_in):
    contribution(people.secretariat, 2024, 7777, visibility="public", recipient="Shown")
    contribution(people.secretariat, 2025, 8888, visibility="secretariat", recipient="Inside")
    page = signed_in(people.cso).get(reverse("assistance:given")).content.decode()
    assert "7,777" in page
    assert "8,888" not in page


def test_the_page_records_and_changes_an_entry(people, signed_in):
    client = signed_in(people.secretariat)
    fund = made.fund("vftc")
    data = {
        "kind": "contribution",
        "year": "2025",
        "fund": fund.pk,
        "amount": "-3",
        "currency": "usd",
        "visibility": "public",
    }
    assert client.post(reverse("assistance:new_given"), data).status_code == 422
    assert client.post(reverse("assistance:new_given"), data | {"amount": "3000"}).status_code == 302
    row = Given.objects.get()
    assert (row.amount, row.currency) == (3000, "USD")
    address = reverse("assistance:given_edit", args=[row.public_id])
    assert client.post(address, data | {"amount": "3500", "version": "1"}).status_code == 302
    assert client.post(address, data | {"amount": "4000", "version": "1"}).status_code == 409
    assert Given.objects.get().amount == 3500


def test_the_catalogue_is_loaded_whole_and_loading_again_changes_nothing(people, signed_in):
    first = load_reference()
    assert load_reference() == first
    assert first["funds"] == Fund.objects.count()
    # T-333 to T-337, and the funds for victims, which are no State's to ask
    named = {
        "treaty-body-capacity-building",
        "upr-implementation",
        "upr-participation",
        "vftc",
        "human-rights-mainstreaming",
    }
    assert named <= set(Fund.objects.for_requests(made.TODAY).values_list("code", flat=True))
    others = {"torture-victims", "slavery", "indigenous-peoples"}
    assert set(Fund.objects.filter(for_states=False).values_list("code", flat=True)) == others
    page = signed_in(people.nhri).get(reverse("assistance:funds")).content.decode()
    assert "United Nations Voluntary Fund for Victims of Torture" in page
    assert "to be checked before use" in page


def test_every_entry_of_the_catalogue_speaks_six_languages_and_carries_its_mark():
    folder = settings.PACKAGE / "assistance" / "reference"
    funds = json.loads((folder / "funds.json").read_text(encoding="utf-8"))["funds"]
    providers = json.loads((folder / "providers.json").read_text(encoding="utf-8"))["providers"]
    texts = [f[name] for f in funds for name in ("name", "who_may_ask", "purpose")]
    texts += [p[name] for p in providers for name in ("name", "how_to_ask")]
    assert all(text.get(code) for text in texts for code in CONTENT_LANGUAGES)
    for fund in funds:
        assert fund["mark"] in ("read", "known")
        assert fund["source"] or fund["mark"] == "known"
        assert dt.date.fromisoformat(fund["as_of"])


def test_a_fund_that_ended_is_neither_shown_nor_chosen_but_kept_where_it_was_named(people, signed_in):
    ended = made.fund("former", name_en="Former fund", valid_to=dt.date(2020, 12, 31))
    contribution(people.secretariat, 2020, 5, fund=ended)
    client = signed_in(people.secretariat)
    assert "Former fund" not in client.get(reverse("assistance:funds")).content.decode()
    assert "Former fund" in client.get(reverse("assistance:given")).content.decode()
