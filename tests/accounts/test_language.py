"""The language of a page: asked for in the address, kept in a cookie and the account, or the browser's."""

import pytest
from django.urls import reverse

from tests import world

pytestmark = pytest.mark.django_db
PAGE = "/accounts/login/"


def language_of(response):
    return response.content.decode().split('<html lang="')[1].split('"')[0]


@pytest.fixture(autouse=True)
def house(db):
    world.installation()


@pytest.mark.parametrize(
    ("accepts", "shown"),
    [
        ("ar", "ar"),
        ("fr-CA,en;q=0.5", "fr"),
        ("zh-CN", "zh-Hans"),
        ("de,ru;q=0.8", "ru"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
    ],
)
def test_it_follows_the_browser(client, accepts, shown):
    assert language_of(client.get(PAGE, headers={"Accept-Language": accepts})) == shown


def test_it_lays_arabic_out_from_right_to_left(client):
    assert 'lang="ar" dir="rtl"' in client.get(PAGE + "?lang=ar").content.decode()
    assert 'lang="ru" dir="ltr"' in client.get(PAGE + "?lang=ru").content.decode()


def test_it_follows_the_address_before_all_else(client):
    client.cookies["language"] = "fr"
    assert language_of(client.get(PAGE + "?lang=es", headers={"Accept-Language": "ru"})) == "es"


def test_it_keeps_the_choice_in_a_cookie_and_comes_back(client):
    answer = client.post(reverse("set_language"), {"language": "ar", "next": PAGE})
    assert answer.url == PAGE
    assert language_of(client.get(PAGE)) == "ar"


def test_it_keeps_the_choice_in_the_account(client, signed_in):
    person = world.person()
    signed_in(person).post(reverse("set_language"), {"language": "zh-hans"})
    person.refresh_from_db()
    assert person.language == "zh-hans"


def test_it_ignores_languages_it_does_not_know(client):
    client.post(reverse("set_language"), {"language": "tlh"})
    client.cookies["language"] = "<script>"
    assert language_of(client.get(PAGE + "?lang=xx")) == "en"


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "http:/\\elsewhere.example"]
)
def test_it_never_sends_anybody_to_another_site(client, target):
    assert client.post(reverse("set_language"), {"language": "ar", "next": target}).url == "/"


def test_it_tells_caches_that_pages_differ_by_language(client):
    answer = client.get(PAGE)
    assert "Accept-Language" in answer["Vary"]
    assert "Cookie" in answer["Vary"]
    assert client.get(PAGE + "?lang=ar")["Content-Language"] == "ar"
