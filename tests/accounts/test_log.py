"""The page of the log: the administrator's, filtered, whatever the details are called."""

import pytest
from django.urls import reverse

from mutabaa.audit.services import record

pytestmark = pytest.mark.django_db


def test_it_shows_deeds_whatever_their_details_are_called(people, signed_in):
    record(people.secretariat, "request.sent", people.health, items=3, keys="a", title="Ask")
    record(None, "installation.changed")
    text = signed_in(people.administrator).get(reverse("log")).content.decode()
    assert "request.sent" in text
    assert "the system" in text


def test_it_filters_by_deed_and_person(people, signed_in):
    record("Amal", "one.thing")
    record("Basma", "other.thing")
    client = signed_in(people.administrator)
    assert "Basma" not in client.get(reverse("log"), {"who": "amal"}).content.decode()
    assert "Amal" not in client.get(reverse("log"), {"deed": "other.thing"}).content.decode()
