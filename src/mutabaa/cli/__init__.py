"""The `mutabaa` command. What it does not know itself goes to Django's own commands (`mutabaa migrate`)."""

import os
import sys
from collections.abc import Callable
from importlib import import_module

COMMANDS = {
    "init": ("mutabaa.cli.init", "Set up a real installation: State, languages, host institution, first administrator"),
    "demo": ("mutabaa.cli.demo", "Set up and serve a demonstration with a fictitious State"),
    "serve": ("mutabaa.cli.serve", "Serve the pages and run the background work"),
    "worker": ("mutabaa.cli.worker", "Run the background work alone: mails, reminders, imports"),
    "check": ("mutabaa.cli.check", "Show every setting; --deploy fails where one is unsafe in production"),
    "search": ("mutabaa.cli.search", "Search the recommendations; rebuild: make the index anew"),
    "extract": ("mutabaa.cli.extract", "Read an official document: its facts and its items; nothing is stored"),
    "classify": ("mutabaa.cli.classify", "evaluate: how well tags are told, on a table of UPR Info"),
    "audit": ("mutabaa.cli.audit", "verify: find any altered, missing or re-ordered entry of the log"),
}


def main(argv: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutabaa.config.settings")
    args = sys.argv[1:] if argv is None else argv
    name = args[0] if args else "--help"
    if name in {"--help", "-h"} or args == ["help"]:
        show_help()
        return
    try:
        if name in COMMANDS:
            sys.exit(load(name)(args[1:]))
        from django.core.management import execute_from_command_line

        execute_from_command_line(["mutabaa", *args])
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # `mutabaa check | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


def load(name: str) -> Callable[[list[str]], int]:
    return import_module(COMMANDS[name][0]).run


def show_help() -> None:
    lines = {name: text for name, (_module, text) in COMMANDS.items()} | commands_of_rooms()
    width = max(len(name) for name in lines)
    print("usage: mutabaa COMMAND [options]      (mutabaa COMMAND --help tells more)\n")
    for name, text in lines.items():
        print(f"  {name:<{width}}  {text}")
    print("\nOther commands go to Django: mutabaa migrate, mutabaa shell, … (mutabaa help --commands lists them)")


def commands_of_rooms() -> dict[str, str]:
    """Commands that rooms bring along, with the first line of their help."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    return {
        name: load_command_class(app, name).help.strip().split("\n")[0]
        for name, app in sorted(get_commands().items())
        if str(app).startswith("mutabaa.")
    }
