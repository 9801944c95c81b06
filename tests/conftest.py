"""What every test may ask for. Factories are in `tests/world.py`."""

import pytest


@pytest.fixture(autouse=True)
def english():
    """Each test begins in English, whatever the one before it activated."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def no_names_of_the_test_before():
    from mutabaa.recommendations.search import forget_names

    forget_names()


@pytest.fixture
def people(db):
    from tests import world

    return world.people_of_every_role()


@pytest.fixture
def signed_in(client):
    """`signed_in(person)` gives a client with that person's session."""

    def enter(person):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return enter
