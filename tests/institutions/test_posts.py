"""Invitations, posts handed over in one act, and accounts that close at once."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from mutabaa.accounts import services as accounts
from mutabaa.accounts.jobs import mail_invitation
from mutabaa.accounts.models import Role, User
from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.institutions import services
from mutabaa.institutions.models import FocalPoint
from mutabaa.institutions.policies import institution_ids
from tests import world

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def session_of(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    assert client.get(reverse("desk")).status_code == 200
    return client


def is_signed_out(client):
    return client.get(reverse("desk")).status_code == 302


def post_of(person):
    return person.posts.get(until=None)


def test_it_invites_a_focal_point_with_a_link_that_sets_a_password(people, settings):
    settings.SITE_URL = "http://testserver"
    person = services.invite(
        people.administrator,
        email="New@Example.org",
        name="New",
        role=Role.CONTRIBUTOR,
        institution=people.health,
        kind="alternate",
    )
    assert person.email == "new@example.org"
    assert post_of(person).kind == FocalPoint.Kind.ALTERNATE
    mail_invitation.func(person.pk)
    (message,) = mail.outbox
    link = next(line for line in message.body.split() if line.startswith("http://testserver/"))
    client = Client()
    form = client.get(link, follow=True)
    chosen = {"password1": "a long enough phrase", "password2": "a long enough phrase"}
    client.post(form.request["PATH_INFO"], chosen)
    person.refresh_from_db()
    assert person.check_password("a long enough phrase")
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_it_shows_the_link_once_on_screen_without_a_mail_server(people, signed_in, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    form = {"email": "x@example.org", "name": "X", "role": "nhri"}
    page = signed_in(people.administrator).post(reverse("people:invite"), form)
    assert "/accounts/password/reset/key/" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_it_shows_no_link_where_mails_leave(people, signed_in):
    form = {"email": "x@example.org", "name": "X", "role": "nhri"}
    page = signed_in(people.administrator).post(reverse("people:invite"), form)
    assert "/accounts/password/reset/key/" not in page.content.decode()


@pytest.mark.parametrize("who", ["secretariat", "focal", "validating", "statistician", "nhri", "cso", "parliament"])
def test_it_lets_only_the_administrator_manage_people(people, who):
    by = getattr(people, who)
    post = post_of(people.alternate)
    for deed in (
        lambda: services.invite(by, email="x@example.org", name="X", role=Role.NHRI),
        lambda: services.hand_over(by, post, email="x@example.org", name="X"),
        lambda: services.end_post(by, post),
        lambda: services.appoint(by, people.stranger, people.health, "main"),
        lambda: accounts.deactivate(by, people.cso),
        lambda: accounts.reactivate(by, people.cso),
    ):
        with pytest.raises(NotAllowed):
            deed()
    assert not User.objects.filter(email="x@example.org").exists()


def test_it_hands_over_a_post_in_one_act(people):
    client = session_of(people.focal)
    successor = services.hand_over(people.administrator, post_of(people.focal), email="next@example.org", name="Next")
    assert post_of(successor).institution == people.health
    assert post_of(successor).kind == FocalPoint.Kind.MAIN
    assert institution_ids(successor) == {people.health.pk}
    assert is_signed_out(client)
    before = User.objects.get(pk=people.focal.pk)
    assert not before.is_active
    assert institution_ids(before) == set()
    assert FocalPoint.objects.filter(user=before).count() == 1  # the row stays, with its end
    assert AuditEntry.objects.filter(verb="post.handed_over").count() == 1


def test_it_hands_over_to_a_colleague_who_has_an_account(people):
    services.hand_over(
        people.administrator, post_of(people.focal), email=people.alternate.email.upper(), name="ignored"
    )
    assert set(people.alternate.posts.filter(until=None).values_list("kind", flat=True)) == {"main", "alternate"}


def test_it_keeps_a_predecessor_who_has_another_post_but_ends_the_sessions(people):
    services.appoint(people.administrator, people.focal, people.justice, "alternate")
    client = session_of(people.focal)
    post = people.focal.posts.get(until=None, institution=people.health)
    services.hand_over(people.administrator, post, email="next@example.org", name="Next")
    assert is_signed_out(client)
    person = User.objects.get(pk=people.focal.pk)
    assert person.is_active
    assert institution_ids(person) == {people.justice.pk}


def test_it_refuses_impossible_successors_and_changes_nothing(people):
    post = post_of(people.focal)
    people.stranger.is_active = False
    people.stranger.save()
    for email in (people.focal.email, people.secretariat.email, people.stranger.email):
        with pytest.raises(Invalid):
            services.hand_over(people.administrator, post, email=email, name="X")
    post.refresh_from_db()
    assert post.until is None
    assert not AuditEntry.objects.filter(verb="post.ended").exists()


def test_it_closes_an_account_at_once_and_can_reopen_it(people):
    client = session_of(people.cso)
    accounts.deactivate(people.administrator, people.cso)
    assert is_signed_out(client)
    accounts.reactivate(people.administrator, people.cso)
    assert is_signed_out(client)  # the old session stays ended
    session_of(User.objects.get(pk=people.cso.pk))


def test_it_ends_only_that_persons_sessions(people):
    other = session_of(people.nhri)
    accounts.deactivate(people.administrator, people.cso)
    assert not is_signed_out(other)


def test_it_does_not_let_the_administrator_lock_themselves_out(people):
    with pytest.raises(Invalid):
        accounts.deactivate(people.administrator, people.administrator)


def test_it_does_not_end_a_post_twice(people):
    post = post_of(people.focal)
    services.end_post(people.administrator, post)
    with pytest.raises(Invalid):
        services.end_post(people.administrator, post)


def test_it_asks_for_an_institution_for_contributors(people):
    with pytest.raises(Invalid) as refusal:
        services.invite(people.administrator, email="x@example.org", name="X", role=Role.CONTRIBUTOR)
    assert refusal.value.field == "institution"


def test_it_refuses_an_address_that_has_an_account_whatever_its_case(people, signed_in):
    form = {"email": people.cso.email.upper(), "name": "X", "role": "nhri"}
    page = signed_in(people.administrator).post(reverse("people:invite"), form)
    assert page.status_code == 422
    assert "already an account" in page.content.decode()


def test_it_hands_over_through_the_page(people, signed_in):
    post = post_of(people.focal)
    page = signed_in(people.administrator).post(
        reverse("people:hand_over", args=[post.pk]), {"email": "next@example.org", "name": "Next", "language": "ar"}
    )
    assert page.status_code == 200
    assert "next@example.org" in page.content.decode()
    assert User.objects.get(email="next@example.org").language == "ar"


def test_it_lists_people_with_few_queries(people, signed_in, django_assert_max_num_queries):
    for _ in range(30):
        world.person(Role.CONTRIBUTOR, people.health)
    client = signed_in(people.administrator)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("people:index")).status_code == 200
