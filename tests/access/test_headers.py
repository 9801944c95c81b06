"""Headers and cookies that every answer carries."""

import pytest
from django.test import override_settings
from django.urls import reverse

from tests import world

pytestmark = pytest.mark.django_db
PAGES = ["/", "/accounts/login/", "/no-such-page/", "/workspace/", "/static/mutabaa/mutabaa.css"]


@pytest.fixture(autouse=True)
def house(db):
    world.installation()


def directives(response):
    pairs = (part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in pairs}


@pytest.mark.parametrize("page", PAGES[:4])
def test_it_lets_no_inline_script_or_foreign_host_in(client, page):
    rules = directives(client.get(page))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"
    assert rules["base-uri"] == "'none'"
    assert rules["form-action"] == "'self'"
    assert not any("unsafe" in value or "http" in value or "*" in value for value in rules.values())


@pytest.mark.parametrize("page", PAGES[:4])
def test_it_sends_the_protective_headers(client, page):
    response = client.get(page)
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_it_keeps_pages_of_signed_in_people_out_of_caches(people, signed_in):
    response = signed_in(people.secretariat).get(reverse("desk"))
    assert "no-store" in response["Cache-Control"]


def test_it_writes_no_script_into_the_page(people, signed_in):
    for page in (reverse("desk"), reverse("notifications:index"), reverse("institutions:index")):
        text = signed_in(people.secretariat).get(page).content.decode()
        assert "<script>" not in text
        assert " onclick=" not in text
        assert " style=" not in text


def test_it_hides_the_session_from_scripts_and_other_sites(people, client):
    user = people.secretariat
    user.set_password(world.PASSWORD)
    user.save()
    client.post("/accounts/login/", {"login": user.email, "password": world.PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.get("/accounts/logout/")
    token = client.cookies["csrftoken"]
    assert token["httponly"]
    assert token["samesite"] == "Lax"


def test_it_marks_cookies_secure_and_asks_for_tls_where_people_arrive_over_it(client):
    from mutabaa.config import settings as ours

    assert ours.SESSION_COOKIE_SECURE is ours.HTTPS
    assert ours.CSRF_COOKIE_SECURE is ours.HTTPS
    with override_settings(CSRF_COOKIE_SECURE=True, SECURE_HSTS_SECONDS=31_536_000):
        response = client.get("/accounts/login/", secure=True)
    assert "max-age=31536000" in response["Strict-Transport-Security"]
    assert response.cookies["csrftoken"]["secure"]


def test_it_refuses_a_form_without_its_token(people):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("set_language"), {"language": "ar"})
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()


def test_it_refuses_hosts_it_does_not_serve(client):
    assert client.get("/", headers={"Host": "elsewhere.example"}).status_code == 400


def test_it_names_nothing_on_pages_that_are_not_there(people, signed_in):
    page = signed_in(people.cso).get("/workspace/recommendations/nosuchrecord/")
    assert page.status_code == 404
    assert "nosuchrecord" not in page.content.decode().replace("/workspace/recommendations/nosuchrecord/", "")
