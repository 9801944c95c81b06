"""`mutabaa init`: a real installation. Nothing about the State stands in code."""

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Any

import django

LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]


class Mistake(Exception):
    """An option that cannot be right; the message names it."""


def parser() -> argparse.ArgumentParser:
    p = argparse.ArgumentParser(prog="mutabaa init", description="Set up an installation in MUTABAA_HOME (./var).")
    p.add_argument("--yes", action="store_true", help="ask nothing; take everything from the options")
    p.add_argument("--state", metavar="ISO3", help="the State, by its ISO 3166 alpha-3 code")
    p.add_argument(
        "--state-name-file",
        metavar="FILE",
        help='JSON for a State that is not in the list: {"iso2": …, "name": {"en": …, "ar": …}}',
    )
    p.add_argument("--languages", metavar="en,ar", help=f"of {', '.join(LANGUAGES)}; the first is the main one")
    p.add_argument("--host", metavar="NAME", help="the institution that hosts the national mechanism")
    p.add_argument("--title", help="how the site is called")
    p.add_argument("--admin-email", metavar="E", help="e-mail address of the first administrator")
    p.add_argument("--admin-password-file", metavar="F", help="file whose first line is the password")
    return p


def run(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    django.setup()
    try:
        return set_up(options)
    except Mistake as mistake:
        print(f"mutabaa init: {mistake}", file=sys.stderr)
        return 2


def set_up(options: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import transaction

    from mutabaa.cli.database import is_empty, prepare
    from mutabaa.institutions.models import Installation
    from mutabaa.institutions.services import set_up as create

    if not is_empty() and "institutions_installation" in tables() and (found := Installation.objects.first()):
        print(
            f"mutabaa init: {settings.HOME} is already set up for {found.state} ({found.state_id}).\n"
            "Change its settings in the browser, or name another folder with MUTABAA_HOME.",
            file=sys.stderr,
        )
        return 1
    if not options.yes:
        ask(options)
    entry = state_entry(options)
    languages = checked_languages(options.languages)
    email = checked_email(options.admin_email)
    password = checked_password(options, email)
    prepare()
    with transaction.atomic():
        state = save_state(entry)
        create(
            state=state,
            languages=languages,
            title=(options.title or "").strip(),
            host_name=(options.host or "").strip(),
            admin_email=email,
            admin_password=password,
        )
    print(f"Set up for {entry['name'].get(languages[0]) or entry['name'].get('en')} in {settings.HOME}.")
    print("Now:  mutabaa check        shows the settings")
    print("      mutabaa serve        serves the pages at http://localhost:8000")
    print(f"Sign in as {email}.")
    return 0


def tables() -> list[str]:
    from django.db import connection

    return connection.introspection.table_names()


def ask(options: argparse.Namespace) -> None:
    """Fill what was not given as an option."""
    questions = [
        ("state", "State (ISO 3166 alpha-3 code, such as KEN)", ""),
        ("languages", f"Languages, the main one first ({', '.join(LANGUAGES)})", "en"),
        ("host", "Institution that hosts the national mechanism", ""),
        ("title", "Title of the site", "National follow-up on human rights"),
        ("admin_email", "E-mail address of the first administrator", ""),
    ]
    for name, question, default in questions:
        if getattr(options, name) is None:
            answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
            setattr(options, name, answer or default)
    if options.admin_password_file is None:
        options.password = getpass.getpass("Password (12 characters or more): ")
        if options.password != getpass.getpass("Once more: "):
            raise Mistake("the two passwords differ")


def state_entry(options: argparse.Namespace) -> dict[str, Any]:
    from mutabaa.core.reference import entries

    code = (options.state or "").strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise Mistake(f"--state: an ISO 3166 alpha-3 code has three letters, such as KEN; not {options.state!r}")
    if options.state_name_file:
        return {"code": code} | named_state(options.state_name_file)
    for entry in entries("taxonomy", "states.json", "states"):
        if entry["code"] == code:
            return entry
    raise Mistake(f"--state: {code} is not in the list of States; give its names with --state-name-file")


def named_state(file: str) -> dict[str, Any]:
    try:
        entry = json.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as fault:
        raise Mistake(f"--state-name-file: {file}: {fault.strerror}") from fault
    except ValueError as fault:
        raise Mistake(f"--state-name-file: {file} is not JSON: {fault}") from fault
    if not isinstance(entry, dict) or not isinstance(entry.get("name"), dict) or not any(entry["name"].values()):
        raise Mistake(f'--state-name-file: {file} needs {{"name": {{"en": …}}}}')
    known = {"iso2", "name", "formal", "region", "group"}
    return {key: value for key, value in entry.items() if key in known}


def save_state(entry: dict[str, Any]) -> Any:
    """The State of the list is there already; one that was named in a file is added."""
    from mutabaa.taxonomy.models import State
    from mutabaa.taxonomy.reference_data import state_of

    found = State.objects.filter(pk=entry["code"]).first()
    if found is None:
        found = state_of(entry)
        found.save(force_insert=True)
    return found


def checked_languages(given: str | None) -> list[str]:
    languages = list(dict.fromkeys(part.strip().lower() for part in (given or "").split(",") if part.strip()))
    if not languages:
        raise Mistake("--languages: name at least one, such as --languages en,ar")
    for language in languages:
        if language not in LANGUAGES:
            raise Mistake(f"--languages: {language!r} is not one of {', '.join(LANGUAGES)}")
    return languages


def checked_email(given: str | None) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    email = (given or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError as fault:
        raise Mistake(f"--admin-email: {given!r} is not an e-mail address") from fault
    return email


def checked_password(options: argparse.Namespace, email: str) -> str:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from mutabaa.accounts.models import User

    password = getattr(options, "password", "")
    if options.admin_password_file:
        try:
            password = Path(options.admin_password_file).read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
        except OSError as fault:
            raise Mistake(f"--admin-password-file: {options.admin_password_file}: {fault.strerror}") from fault
    if not password:
        raise Mistake("--admin-password-file: name a file whose first line is the password")
    try:
        validate_password(password, User(email=email, name=email.split("@")[0]))
    except ValidationError as fault:
        raise Mistake(f"--admin-password-file: {' '.join(fault.messages)}") from fault
    return password
