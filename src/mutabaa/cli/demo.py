"""`mutabaa demo`: a fictitious State, its institutions and a year of work, ready to be clicked through."""

import argparse
import importlib.util
import shutil
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import django

from mutabaa.cli.serve import parser, port_problem, serve


def run(argv: list[str]) -> int:
    p = parser("demo")
    p.add_argument("--no-serve", action="store_true", help="load the data and end")
    p.add_argument("--reset", action="store_true", help="throw the demonstration's database away and begin anew")
    options = p.parse_args(argv)
    if not options.no_serve and (problem := port_problem(options.host, options.port, "demo")):
        print(problem, file=sys.stderr)
        return 1
    django.setup()
    if problem := load(options):
        print(problem, file=sys.stderr)
        return 1
    show_sign_ins(f"http://localhost:{options.port}/")
    return 0 if options.no_serve else serve(options.host, options.port)


def load(options: argparse.Namespace) -> str:
    """Empty when the data stands; a second run finds it and changes nothing."""
    from django.conf import settings

    from mutabaa.cli.database import is_empty, prepare
    from mutabaa.institutions.models import Installation

    if importlib.util.find_spec("mutabaa.demo.services") is None:
        return "mutabaa demo: this package was built without the demonstration's data."
    marker: Path = settings.HOME / "demonstration"
    if options.reset and (problem := reset(marker)):
        return problem
    empty = is_empty()
    if empty:
        print("Making the demonstration ready …", flush=True)
    prepare()
    if Installation.objects.exists() and not marker.exists():
        return f"mutabaa demo: {settings.HOME} holds a real installation. Name another folder: MUTABAA_HOME=/path mutabaa demo"
    marker.touch()
    import_module("mutabaa.demo.services").load()
    return ""


def reset(marker: Path) -> str:
    """Delete only what the demonstration made."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor != "sqlite":
        return "mutabaa demo: --reset works on SQLite only; drop the database yourself."
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if database.exists() and not marker.exists():
        return f"mutabaa demo: --reset: {settings.HOME} does not hold the demonstration; nothing was deleted."
    connection.close()
    for file in (database, Path(f"{database}-wal"), Path(f"{database}-shm")):
        file.unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    return ""


def sign_ins() -> Iterator[tuple[str, str, str]]:
    """Role, e-mail and password of the demonstration's people; nothing where it is not installed."""
    if importlib.util.find_spec("mutabaa.demo.services") is None:
        return
    services = import_module("mutabaa.demo.services")
    yield from services.sign_ins()


def show_sign_ins(address: str) -> None:
    rows = list(sign_ins())
    width = max((len(role) for role, _e, _p in rows), default=0)
    mails = max((len(email) for _r, email, _p in rows), default=0)
    print(f"\nThe demonstration is at {address}")
    print("Sign in with:")
    for role, email, password in rows:
        print(f"  {role:<{width}}  {email:<{mails}}  {password}")
    print("Everything in it is invented. Do not use it for real work.\n", flush=True)
