"""Signing in: rotation of sessions, lock-out of the guesser, forgotten passwords, second factor."""

import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from mutabaa.accounts.jobs import mail_reset
from mutabaa.accounts.models import User
from mutabaa.audit.models import AuditEntry
from tests import world

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def no_attempts_yet():
    cache.clear()


@pytest.fixture
def person(db):
    world.installation()
    user = world.person(language="ar")
    user.set_password(world.PASSWORD)
    user.save()
    return user


def sign_in(client, person, password=world.PASSWORD, **extra):
    return client.post(LOGIN, {"login": person.email, "password": password}, **extra)


def test_it_opens_the_desk_and_is_logged(person, client):
    assert sign_in(client, person).url == reverse("desk")
    assert client.get(reverse("desk")).status_code == 200
    assert AuditEntry.objects.filter(verb="account.signed_in", actor_id=person.pk).count() == 1


def test_it_gives_a_new_session_at_sign_in(person, client):
    client.get(LOGIN)
    session = client.session
    session["mark"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, person)
    assert client.session.session_key != before


def test_it_ends_the_session_at_sign_out(person, client):
    sign_in(client, person)
    key = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    other = Client()
    other.cookies["sessionid"] = key
    assert other.get(reverse("desk")).status_code == 302


def test_it_does_not_sign_out_by_a_link(person, client):
    sign_in(client, person)
    client.get("/accounts/logout/")
    assert client.get(reverse("desk")).status_code == 200


def test_it_ends_all_sessions_on_every_device(person, client):
    other = Client()
    sign_in(other, person)
    sign_in(client, person)
    client.post(reverse("accounts:sign_out_everywhere"))
    assert other.get(reverse("desk")).status_code == 302


def test_it_ends_other_sessions_when_the_password_changes(person, client):
    other = Client()
    sign_in(other, person)
    sign_in(client, person)
    new = {
        "oldpassword": world.PASSWORD,
        "password1": "four unrelated words here",
        "password2": "four unrelated words here",
    }
    client.post("/accounts/password/change/", new)
    assert other.get(reverse("desk")).status_code == 302
    assert client.get(reverse("desk")).status_code == 200


def test_it_locks_out_a_guesser_but_not_the_person(person, client):
    for _ in range(6):
        sign_in(client, person, "wrong guess number n", REMOTE_ADDR="203.0.113.9")
    answer = sign_in(client, person, REMOTE_ADDR="203.0.113.9")
    assert answer.status_code == 200
    assert "login attempts" in answer.content.decode()
    assert sign_in(Client(), person, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_it_limits_guesses_at_many_accounts_from_one_place(person, client):
    for n in range(20):
        client.post(
            LOGIN, {"login": f"nobody{n}@example.org", "password": "wrong guess number n"}, REMOTE_ADDR="203.0.113.9"
        )
    assert sign_in(client, person, REMOTE_ADDR="203.0.113.9").status_code != 302


def test_it_says_the_same_of_unknown_accounts_and_wrong_passwords(person, client):
    def answer(email):
        page = client.post(LOGIN, {"login": email, "password": "wrong guess number n"}).content.decode()
        return page[page.index('role="alert"') :].replace(email, "")

    known, unknown = answer(person.email), answer("nobody@example.org")
    assert known.split("</div>")[0] == unknown.split("</div>")[0]


def test_it_hashes_a_password_for_unknown_accounts_too(person, client, monkeypatch):
    from django.contrib.auth.hashers import Argon2PasswordHasher

    spent = []
    real = Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda self, *a: spent.append(1) or real(self, *a))
    client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong guess number n"})
    assert spent


def test_it_keeps_a_closed_account_out(person, client):
    person.is_active = False
    person.save()
    sign_in(client, person)
    assert client.get(reverse("desk")).status_code == 302


def test_it_answers_a_forgotten_password_the_same_for_everyone(person, client):
    answers = []
    for email in (person.email, "nobody@example.org"):
        page = client.post("/accounts/password/reset/", {"email": email})
        answers.append((page.status_code, page.url))
    assert answers[0] == answers[1]
    assert DBTaskResult.objects.filter(task_path="mutabaa.accounts.jobs.mail_reset").count() == 2
    assert mail.outbox == []


def test_it_mails_a_link_that_works_once_in_the_persons_language(person, settings):
    settings.SITE_URL = "http://testserver"
    mail_reset.func(0)
    mail_reset.func(person.pk)
    (message,) = mail.outbox
    link = next(word for word in message.body.split() if word.startswith("http://testserver/"))
    client = Client()
    form = client.get(link, follow=True)
    chosen = {"password1": "four unrelated words here", "password2": "four unrelated words here"}
    client.post(form.request["PATH_INFO"], chosen)
    assert sign_in(Client(), person, "four unrelated words here").status_code == 302
    assert 'name="password1"' not in Client().get(link, follow=True).content.decode()


def test_it_never_keeps_the_link_in_the_queue(person, client):
    client.post("/accounts/password/reset/", {"email": person.email})
    assert "/accounts/" not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012"])
def test_it_refuses_weak_passwords(person, client, weak):
    sign_in(client, person)
    client.post("/accounts/password/change/", {"oldpassword": world.PASSWORD, "password1": weak, "password2": weak})
    assert User.objects.get(pk=person.pk).check_password(world.PASSWORD)


def test_it_stores_passwords_with_argon2id(person):
    assert person.password.startswith("argon2$argon2id$")


def test_it_copies_the_persons_language_to_the_browser(person, client):
    sign_in(client, person)
    assert 'dir="rtl"' in client.get(reverse("desk")).content.decode()


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "confirm-email/x/", "password/set/", "login/code/confirm/"]
)
def test_it_closes_the_pages_that_nobody_needs(person, client, path):
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}").status_code == 404


@pytest.fixture
def demanded(settings):
    settings.REQUIRE_MFA = True


@pytest.mark.parametrize(
    ("who", "asked"), [("secretariat", 1), ("administrator", 1), ("validating", 1), ("focal", 0), ("cso", 0)]
)
def test_it_demands_the_second_factor_of_those_who_need_it(people, signed_in, demanded, who, asked):
    answer = signed_in(getattr(people, who)).get(reverse("desk"))
    assert answer.status_code == (302 if asked else 200)
    if asked:
        assert answer.url == reverse("mfa_activate_totp")


def test_it_demands_nothing_where_the_installation_does_not(people, signed_in):
    assert signed_in(people.secretariat).get(reverse("desk")).status_code == 200


def code_of(secret):
    return f"{hotp_value(secret, int(time.time()) // 30):06}"


def test_it_asks_for_the_code_after_the_password(person, client, demanded):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    assert sign_in(client, person).url == reverse("mfa_authenticate")
    assert client.get(reverse("desk")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get(reverse("desk")).status_code == 302
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == reverse("desk")
    assert client.get(reverse("desk")).status_code == 200


def test_it_sets_the_second_factor_up_and_gives_recovery_codes(person, client, demanded):
    sign_in(client, person)
    assert client.get(reverse("mfa_activate_totp")).url.startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": world.PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    assert answer.status_code == 200
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert len(codes.context["unused_codes"]) >= 8
    assert client.get(reverse("desk")).status_code == 200


def test_it_does_not_let_a_demanded_factor_be_switched_off(person, client, demanded):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    sign_in(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert person.authenticator_set.filter(type="totp").exists()
