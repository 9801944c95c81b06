"""`mutabaa worker`: the background work alone."""

import argparse

import django


def run(argv: list[str]) -> int:
    p = argparse.ArgumentParser(prog="mutabaa worker", description="Run background work: mails, reminders, imports.")
    p.add_argument("--batch", action="store_true", help="do what is due now, then end")
    options = p.parse_args(argv)
    django.setup()
    from mutabaa.jobs import worker

    worker.run(batch=options.batch)
    return 0
