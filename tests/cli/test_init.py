"""`mutabaa init`: one State, its languages, host and first administrator; every wrong option named."""

import json

import pytest
from django.contrib.auth import authenticate

from mutabaa.accounts.models import Role, User
from mutabaa.audit.models import AuditEntry
from mutabaa.cli import init
from mutabaa.followup.models import StatusCriterion
from mutabaa.institutions.models import Installation
from mutabaa.taxonomy.models import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def options(tmp_path):
    """Options that are right; `options(state="KEN")` replaces one, None leaves it out."""
    password = tmp_path / "password"
    password.write_text("correct horse battery\nsecond line\n")
    names = tmp_path / "state.json"
    names.write_text(json.dumps({"iso2": "XM", "name": {"en": "Murabia", "ar": "مورابيا"}}))

    def make(**changes):
        given = {
            "state": "XMU",
            "state_name_file": str(names),
            "languages": "en,ar",
            "admin_email": "first@example.org",
            "admin_password_file": str(password),
            "title": "Follow-up of Murabia",
            "host": "Ministry of Justice",
        } | changes
        pairs = [(f"--{key.replace('_', '-')}", value) for key, value in given.items() if value is not None]
        return ["--yes", *(part for pair in pairs for part in pair)]

    return make


def test_it_sets_up_state_languages_host_and_administrator(options, capsys):
    assert init.run(options()) == 0
    installation = Installation.objects.get()
    assert installation.state.name_ar == "مورابيا"
    assert installation.languages == ["en", "ar"]
    assert installation.title_en == "Follow-up of Murabia"
    assert installation.host.name_en == "Ministry of Justice"
    administrator = User.objects.get()
    assert administrator.role == Role.ADMINISTRATOR
    assert administrator.check_password("correct horse battery")
    assert AuditEntry.objects.filter(verb="installation.set_up").exists()
    assert "first@example.org" in capsys.readouterr().out


def test_it_lets_the_first_administrator_sign_in(options, rf):
    init.run(options())
    assert authenticate(rf.post("/"), email="first@example.org", password="correct horse battery")


def test_it_refuses_a_second_time_and_names_the_state(options, capsys):
    init.run(options())
    assert init.run(options(admin_email="second@example.org")) == 1
    assert "already set up for Murabia" in capsys.readouterr().err
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "Kenya"}, "--state"),
        ({"state": None}, "--state"),
        ({"state": "QQQ", "state_name_file": None}, "--state-name-file"),
        ({"state_name_file": "/nowhere.json"}, "--state-name-file: /nowhere.json"),
        ({"languages": "en,de"}, "'de'"),
        ({"languages": ""}, "--languages"),
        ({"admin_email": "nobody"}, "--admin-email"),
        ({"admin_email": None}, "--admin-email"),
        ({"admin_password_file": None}, "--admin-password-file"),
        ({"admin_password_file": "/nowhere"}, "--admin-password-file: /nowhere"),
    ],
)
def test_it_names_the_option_that_is_wrong_and_does_nothing(options, capsys, change, said):
    assert init.run(options(**change)) == 2
    assert said in capsys.readouterr().err
    assert not Installation.objects.exists()
    assert not User.objects.exists()


def test_it_refuses_a_weak_password(options, tmp_path, capsys):
    weak = tmp_path / "weak"
    weak.write_text("short")
    assert init.run(options(admin_password_file=str(weak))) == 2
    assert "12 characters" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["not json", "[]", '{"name": {}}', '{"name": "x"}'])
def test_it_says_what_a_file_of_names_needs(options, tmp_path, capsys, content):
    file = tmp_path / "bad.json"
    file.write_text(content)
    assert init.run(options(state_name_file=str(file))) == 2
    assert "--state-name-file" in capsys.readouterr().err


def test_it_asks_what_was_not_given(options, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda question: {"S": "", "I": "Office", "T": ""}.get(question[0], ""))
    arguments = [a for a in options(title=None, host=None) if a != "--yes"]
    assert init.run(arguments) == 0
    installation = Installation.objects.get()
    assert installation.host.name == "Office"
    assert installation.title_en == "National follow-up on human rights"


def test_it_refuses_two_different_passwords(options, monkeypatch, capsys):
    given = iter(["correct horse battery", "correct horse bakery"])
    monkeypatch.setattr("getpass.getpass", lambda question: next(given))
    monkeypatch.setattr("builtins.input", lambda question: "")
    assert init.run([a for a in options(admin_password_file=None) if a != "--yes"]) == 2
    assert "passwords differ" in capsys.readouterr().err


def test_it_loads_the_reference_data_twice_without_change(options):
    from mutabaa.cli.database import load_reference

    init.run(options())
    first = load_reference()
    assert load_reference() == first
    if first.get("states"):
        assert State.objects.filter(pk="KEN").exists()


def test_it_keeps_a_criterion_that_the_administrator_wrote(options, monkeypatch):
    from mutabaa.followup import reference_data

    entry = {
        "code": "implemented",
        "criterion": {"en": "Ours", "fr": "Le nôtre"},
        "evidence_required": True,
        "score": 3,
        "closed": True,
    }
    monkeypatch.setattr(reference_data, "entries", lambda room, file, key: [entry] if key == "statuses" else [])
    StatusCriterion.objects.all().delete()
    reference_data.load_reference()
    row = StatusCriterion.objects.get()
    row.criterion_en = "As the law says"
    row.save()
    reference_data.load_reference()
    row.refresh_from_db()
    assert row.criterion_en == "As the law says"
    assert row.criterion_fr == "Le nôtre"
    assert StatusCriterion.objects.count() == 1
