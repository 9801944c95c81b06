"""Every public page opens: empty, full, in Arabic; at a bounded cost."""

import re

import pytest
from django.urls import reverse

from tests import world
from tests.portal.published import full_record, pages

INDEXES = ["themes", "groups", "institutions", "mechanisms", "documents", "sdgs", "rights", "clusters"]


@pytest.mark.parametrize("set_up", [False, True], ids=["before set-up", "after set-up"])
@pytest.mark.parametrize("name", ["home", "about", "recommendations", "figures", *INDEXES])
def test_an_empty_installation_says_so_and_what_to_do(db, client, name, set_up):
    if set_up:
        world.installation()

    response = client.get(reverse(f"portal:{name}"))
    page = response.content.decode()

    assert response.status_code == 200
    assert page.count("<h1") == 1
    if name != "about":
        assert 'class="empty-title"' in page
        assert re.search(r'class="empty".*class="button"', page, re.S)


def test_a_subject_without_published_records_says_so(db, client):
    world.installation()
    world.theme("education")
    world.sdg("4.1")

    for address in ("/themes/education/", "/sdgs/4/", "/sdgs/4.1/"):
        assert "No published recommendation here" in client.get(address).content.decode()


@pytest.mark.parametrize("kind", ["theme", "group", "institution", "mechanism", "sdg", "right", "cluster"])
def test_an_unknown_code_is_not_found(db, client, kind):
    assert client.get(reverse(f"portal:{kind}", args=["no-such-thing"])).status_code == 404
    assert client.get(reverse("portal:document", args=[999999])).status_code == 404


def test_every_page_opens_with_one_heading_and_headings_in_order(db, client):
    record = full_record()
    for address in [record.get_absolute_url(), *pages(record)]:
        response = client.get(address)
        assert response.status_code == 200, address
        if "html" in response["Content-Type"]:
            levels = [int(n) for n in re.findall(r"<h([1-6])", response.content.decode())]
            assert levels.count(1) == 1, address
            assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False)), (address, levels)


def test_arabic_pages_run_right_to_left_and_keep_symbols_together(db, client):
    record = full_record()
    for address in [record.get_absolute_url(), "/recommendations/", "/documents/", "/"]:
        page = client.get(f"{address}?lang=ar").content.decode()
        assert '<html lang="ar" dir="rtl">' in page
        assert f'<bdi dir="ltr" class="symbol">{record.document.symbol}</bdi>' in page
    assert 'direction="rtl"' in client.get("/figures/?lang=ar").content.decode()


def test_no_page_carries_inline_style_or_script(db, client):
    record = full_record()
    for address in [record.get_absolute_url(), *pages(record)]:
        page = client.get(address).content.decode()
        assert " style=" not in page, address
        assert "<style" not in page, address
        assert not re.search(r"<script(?![^>]*src=)", page), address


def test_ids_are_not_repeated_on_a_page(db, client):
    record = full_record()
    for address in [record.get_absolute_url(), *pages(record)]:
        found = re.findall(r'\sid="([^"]+)"', client.get(address).content.decode())
        assert len(found) == len(set(found)), address


def test_no_page_costs_more_than_fifteen_queries_and_none_grows_with_its_records(
    db, client, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    record = full_record()
    addresses = [record.get_absolute_url(), *pages(record)]
    before = {address: cost(address) for address in addresses}
    for _n in range(4):
        full_record()

    for address in addresses:
        after = cost(address)
        assert after <= 15, address
        assert after <= before[address] + 2, address  # similar records are read once there are some


def test_visitors_and_staff_have_menus_of_their_own(people, client, signed_in):
    assert 'href="/figures/"' in client.get("/").content.decode()

    page = signed_in(people.focal).get("/").content.decode()

    assert "Public site" in page
    assert '<a href="/figures/">Figures</a>' not in page
