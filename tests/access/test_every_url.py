"""Every URL of the site × every kind of person × every visibility, held against the table in `policy.py`."""

import io
import zipfile
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import gettext_lazy

from mutabaa.notifications import kinds
from mutabaa.search import services as searching
from tests.access.policy import EVERYONE, POLICY, READERS, Rule
from tests.access.samples import MARKS, arguments, make_world

pytestmark = pytest.mark.django_db  # so that the test database is made, whichever tests are chosen
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PERSONS = sorted(EVERYONE)
MOST_STATEMENTS = 15


def names(patterns: list, space: tuple[str, ...] = (), address: str = "") -> Iterator[tuple[str, str]]:
    """Name and address of every URL, all the way down."""
    for entry in patterns:
        here = address + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join([*space, entry.name or f"(no name) {here}"]), here
        else:
            yield from names(entry.url_patterns, (*space, entry.namespace) if entry.namespace else space, here)


ALL = sorted({name for name, _address in names(get_resolver().url_patterns)})


def test_it_states_a_policy_for_every_url():
    missing = [name for name in ALL if name not in POLICY]
    assert not missing, f"add a line to tests/access/policy.py for: {', '.join(missing)}"


def test_it_states_no_policy_for_pages_that_do_not_exist():
    assert sorted(set(POLICY) - set(ALL)) == []


@pytest.fixture(scope="module")
def w(django_db_setup, django_db_blocker):
    """One world for all pages: each request is undone, and the world at the end."""
    patch = pytest.MonkeyPatch()
    patch.setitem(kinds.kinds, "sample", kinds.NoticeKind("sample", gettext_lazy("Sample"), gettext_lazy("")))
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        made.clients = {person: client_of(made, person) for person in PERSONS}
        yield made
        transaction.set_rollback(True)
    patch.undo()


def client_of(w: SimpleNamespace, person: str) -> Client:
    client = Client(raise_request_exception=False)
    if person != "visitor":
        client.force_login(getattr(w.people, person), backend=BACKEND)
    return client


def ask(w: SimpleNamespace, person: str, method: str, address: str) -> HttpResponseBase:
    """One request whose traces are undone, cookies included."""
    client = w.clients[person]
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = getattr(client, method)(address)
        body(response)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def body(response: HttpResponseBase) -> str:
    """What was sent, as text; an Office file is unpacked."""
    if not hasattr(response, "_seen"):
        data = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                data = b"\n".join(parts.read(name) for name in parts.namelist())
        response._seen = data.decode("utf-8", "replace")  # type: ignore[attr-defined]
    return response._seen  # type: ignore[attr-defined]


def refused(person: str, response: HttpResponseBase) -> bool:
    """What a person outside the audience gets."""
    if person == "visitor":
        return response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    return response.status_code == 403


@pytest.mark.parametrize("name", [n for n in ALL if n in POLICY])
def test_it_answers_each_person_as_the_policy_states(w, name):
    rule = POLICY[name]
    wrong = []
    for visibility in rule.visibilities:
        address = reverse(name, args=arguments(w, rule.sample, visibility))
        for person in PERSONS:
            if person not in rule.audience and visibility != rule.visibilities[0]:
                continue  # refused before the object is looked for
            got = ask(w, person, "get", address)
            sent = ask(w, person, "post", address)
            wrong += [f"{person}, {visibility}: {fault}" for fault in faults(rule, person, visibility, got, sent)]
    assert not wrong, f"{name}:\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", [n for n in ALL if n in POLICY and 405 not in POLICY[n].get])
def test_it_reads_at_most_fifteen_statements(w, name):
    rule = POLICY[name]
    address = reverse(name, args=arguments(w, rule.sample, rule.visibilities[0]))
    costs = {}
    searching.up_to_date()  # taking changes into the index is not the page's work
    for person in ("administrator", "focal", "cso", "visitor"):
        if person in rule.audience:
            with CaptureQueriesContext(connection) as statements:
                ask(w, person, "get", address)
            costs[person] = sum("SAVEPOINT" not in s["sql"] for s in statements.captured_queries)
    assert max(costs.values(), default=0) <= MOST_STATEMENTS, costs


def faults(rule: Rule, person: str, visibility: str, got: HttpResponseBase, sent: HttpResponseBase) -> Iterator[str]:
    if person not in rule.audience:
        if not refused(person, got):
            yield f"GET {got.status_code}, should be refused"
        if not refused(person, sent):
            yield f"POST {sent.status_code}, should be refused"
        yield from leaks(person, got, sent)
        return
    if rule.sample and not rule.sees(person, visibility):
        if got.status_code not in ({405} if 405 in rule.get else {404}):
            yield f"GET {got.status_code}, should be 404"
        if sent.status_code not in {404, 405}:
            yield f"POST {sent.status_code}, should be 404"
        yield from leaks(person, got, sent)
        return
    if rule.actors is not None and person not in rule.actors:
        if got.status_code not in {403, 404, 405}:
            yield f"GET {got.status_code}, should not be for this person"
        if sent.status_code not in {403, 404, 405}:
            yield f"POST {sent.status_code}, should not be for this person"
        yield from leaks(person, got, sent)
        return
    if got.status_code not in rule.get:
        yield f"GET {got.status_code}, should be {sorted(rule.get)}"
    if sent.status_code >= 500:
        yield f"POST with an empty body {sent.status_code}"
    yield from leaks(person, got, sent)


def leaks(person: str, *responses: HttpResponseBase) -> Iterator[str]:
    """Marks of recommendations that this person does not read."""
    for response in responses:
        for visibility, mark in MARKS.items():
            if person not in READERS[visibility] and mark in body(response):
                yield f"shows the {visibility} recommendation"


def test_it_would_notice_a_leak(w):
    """The net itself: the secretariat's own page does hold the mark."""
    page = ask(w, "secretariat", "get", reverse("recommendations:detail", args=[w.records["secretariat"].public_id]))
    assert MARKS["secretariat"] in body(page)
    assert list(leaks("visitor", page))
