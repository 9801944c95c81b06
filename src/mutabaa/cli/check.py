"""`mutabaa check`: what is set, and what is unsafe about it."""

import argparse
import os
import re
import stat
import sys
from collections.abc import Iterator

import django

LOCAL = {"localhost", "127.0.0.1", "[::1]", "::1"}


def run(argv: list[str]) -> int:
    p = argparse.ArgumentParser(prog="mutabaa check", description="Show every setting and what is unsafe about it.")
    p.add_argument("--deploy", action="store_true", help="fail where a setting is unsafe in production")
    options = p.parse_args(argv)
    django.setup()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    show_settings()
    try:
        call_command("check", verbosity=0)
    except SystemCheckError as fault:
        print(fault, file=sys.stderr)
        return 1
    unsafe, advice = list(unsafe_settings()), list(worth_knowing())
    for line in unsafe:
        print(f"{'UNSAFE ' if options.deploy else 'warning'}  {line}")
    for line in advice:
        print(f"note     {line}")
    print(printing())
    if not unsafe:
        print("Nothing here is unsafe.")
    return 1 if unsafe and options.deploy else 0


def show_settings() -> None:
    """The lines of the settings' own documentation, with what stands in the environment. Secrets are not shown."""
    from mutabaa.config import settings

    for line in (settings.__doc__ or "").split("\n"):
        if not line.startswith(("MUTABAA_", "DATABASE_URL")):
            continue
        print(line)
        for name in re.findall(r"(?:MUTABAA_|DATABASE_URL)\w*", line.strip().split("  ")[0]):
            if name in os.environ:
                secret = re.search("SECRET|PASSWORD|DATABASE", name)
                print(f"    = {'(set)' if secret else os.environ[name]}")
    print(f"\nMUTABAA_HOME is {settings.HOME}\n")


def unsafe_settings() -> Iterator[str]:
    """In plain words, each with the way out. Reads the database where there is one."""
    from django.conf import settings
    from django.db import DatabaseError

    public = set(settings.ALLOWED_HOSTS) - LOCAL
    if settings.DEBUG:
        yield "MUTABAA_DEBUG is on: error pages show the code and settings to anybody. Switch it off."
    if public and not settings.HTTPS:
        yield "MUTABAA_HTTPS is off while MUTABAA_HOSTS names other hosts: passwords travel in the clear. Serve over TLS and set MUTABAA_HTTPS=1."
    if "*" in public:
        yield "MUTABAA_HOSTS is *: any name is answered, also a forged one in reset links. Name the hosts."
    if public and settings.SITE_URL.startswith("http://"):
        yield "MUTABAA_URL is not https: the links in e-mails are not safe."
    if (
        len(settings.SECRET_KEY) < 40
        or len(set(settings.SECRET_KEY)) < 12
        or settings.SECRET_KEY.startswith("django-insecure")
    ):
        yield "MUTABAA_SECRET_KEY is weak: take 50 random characters, or unset it and one is made."
    key = settings.HOME / "secret.key"
    if key.exists() and key.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        yield f"{key} can be read by other users of this machine: chmod 600."
    try:
        yield from demonstration_sign_ins()
    except DatabaseError as fault:
        yield f"the database was not read: {fault}"


def demonstration_sign_ins() -> Iterator[str]:
    from mutabaa.accounts.models import User
    from mutabaa.cli.demo import sign_ins

    for _role, email, password in sign_ins():
        user = User.objects.filter(email=email, is_active=True).first()
        if user is not None and user.check_password(password):
            yield "the sign-ins of the demonstration are open: this database is for showing only. Set up a new one with mutabaa init."
            return


def printing() -> str:
    """Whether PDF can be made here, in which languages."""
    from mutabaa.core.pdf import SAMPLES, unprintable

    missing = unprintable()
    if missing:
        return f"note     PDF cannot be printed in: {', '.join(missing)}. Install the package anew: its fonts or Typst are missing."
    return f"PDF is printed in {', '.join(SAMPLES)}."


def worth_knowing() -> Iterator[str]:
    from django.conf import settings
    from django.db import DatabaseError

    from mutabaa.cli.database import pending_migrations

    if not settings.EMAIL_HOST:
        yield "MUTABAA_MAIL_HOST is not set: notices stay in the application, mails are written to files in MUTABAA_HOME/mail."
    if not settings.REQUIRE_MFA:
        yield "MUTABAA_REQUIRE_MFA is off: secretariat, administrators and validating authorities need no second factor."
    try:
        if pending := pending_migrations():
            yield f"{pending} migrations wait: mutabaa init (new) or mutabaa serve --migrate."
    except DatabaseError:
        return
