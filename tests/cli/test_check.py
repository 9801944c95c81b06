"""`mutabaa check` and `mutabaa audit verify`."""

import pytest

from mutabaa import cli
from mutabaa.audit.models import AuditEntry
from mutabaa.audit.services import record
from mutabaa.cli import audit, check

pytestmark = pytest.mark.django_db


def said(capsys):
    return capsys.readouterr().out


def test_it_shows_every_setting_and_passes_in_development(capsys):
    assert check.run([]) == 0
    text = said(capsys)
    assert "MUTABAA_HOME" in text
    assert "DATABASE_URL" in text
    assert "PDF is printed in ar, en, es, fr, ru, zh." in text


def test_it_names_the_languages_that_cannot_be_printed(capsys, monkeypatch):
    monkeypatch.setattr("mutabaa.core.pdf.unprintable", lambda: ["zh"])
    assert check.run([]) == 0
    assert "PDF cannot be printed in: zh." in said(capsys)


def test_it_shows_no_secret(capsys, monkeypatch):
    monkeypatch.setenv("MUTABAA_SECRET_KEY", "do-not-print-me")
    monkeypatch.setenv("MUTABAA_MAIL_PASSWORD", "nor-me")
    check.run([])
    text = said(capsys)
    assert "do-not-print-me" not in text
    assert "nor-me" not in text


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("DEBUG", True, "MUTABAA_DEBUG"),
        ("ALLOWED_HOSTS", ["follow-up.example"], "MUTABAA_HTTPS"),
        ("ALLOWED_HOSTS", ["*"], "MUTABAA_HOSTS"),
        ("SECRET_KEY", "x" * 60, "MUTABAA_SECRET_KEY"),
        ("SECRET_KEY", "short-but-random-9f2c", "MUTABAA_SECRET_KEY"),
    ],
)
def test_it_fails_for_production_where_a_setting_is_unsafe(capsys, settings, name, value, word):
    setattr(settings, name, value)
    assert check.run(["--deploy"]) == 1
    assert word in said(capsys)
    assert check.run([]) == 0


def test_it_fails_when_the_demonstration_can_be_signed_in_to(capsys, people, monkeypatch):
    people.cso.set_password("shown to everybody")
    people.cso.save()
    monkeypatch.setattr("mutabaa.cli.demo.sign_ins", lambda: [("cso", people.cso.email, "shown to everybody")])
    assert check.run(["--deploy"]) == 1
    assert "demonstration" in said(capsys)


def test_it_passes_a_safe_production(capsys, settings):
    settings.ALLOWED_HOSTS, settings.HTTPS = ["follow-up.example"], True
    settings.SITE_URL, settings.SECRET_KEY = "https://follow-up.example", "".join(map(chr, range(40, 100)))
    assert check.run(["--deploy"]) == 0


def test_it_verifies_the_log(capsys):
    record(None, "one")
    record(None, "two")
    assert audit.run(["verify"]) == 0
    AuditEntry.objects.filter(verb="one").update(actor="somebody else")
    assert audit.run(["verify"]) == 1
    assert "entry 1 was altered" in said(capsys)


def test_it_lists_every_command_in_the_help(capsys):
    cli.main(["--help"])
    text = said(capsys)
    for name in ("init", "demo", "serve", "worker", "check", "audit"):
        assert f"  {name} " in text


def test_it_leaves_other_commands_to_django(capsys):
    cli.main(["showmigrations", "audit"])
    assert "0001_initial" in said(capsys)
