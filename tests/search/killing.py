"""Kill processes that index at random moments: `python -m tests.search.killing ROUNDS SEED`, in an installation of its own.

Each round forks a process that edits records and indexes without end, kills it with SIGKILL, and forks another that opens
what is left. The parent itself never opens the index. Prints one line per round; the last is "whole" when nothing was lost
or doubled.
"""

import os
import random
import signal
import sys
import time
import traceback

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutabaa.config.settings")
django.setup()

from django.db import connections, transaction  # noqa: E402

from mutabaa.recommendations.models import Recommendation  # noqa: E402
from mutabaa.search import keeping, services  # noqa: E402


def forked(work) -> int:
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(code)


def word(number: int, kind: str = "record") -> str:
    """A word that no other number has, and that no stemmer shortens."""
    return kind + "".join("bcdfghjklm"[int(digit)] for digit in str(number)) + "x"


def edit(pk: int) -> None:
    row = Recommendation.objects.get(pk=pk)
    row.version += 1
    row.text = f"This is {word(pk)}, {word(row.version, 'version')}."
    row.save()


def begin() -> None:
    for pk in Recommendation.objects.values_list("pk", flat=True):
        edit(pk)


def work(seed: int) -> None:
    """Edits, each followed by a search that takes it in; now and then the whole index anew."""
    r = random.Random(seed)
    pks = list(Recommendation.objects.values_list("pk", flat=True))
    while True:
        with transaction.atomic():
            for pk in r.sample(pks, r.choice([1, 1, 20])):
                edit(pk)
        if r.random() < 0.15:
            keeping.rebuild()
        else:
            keeping.up_to_date(patient=True)


def check() -> None:
    """Every record is found once, by its present text and by none that it had before."""
    rows = list(Recommendation.objects.values_list("pk", "version"))
    assert services.count(services.Question(scope="all"), None) == len(rows)
    for pk, version in rows:
        found = services.every(services.Question(f"{word(pk)} {word(version, 'version')}"), None)
        assert found == [pk], (pk, version, found)
        assert services.count(services.Question(word(pk)), None) == 1


def main(rounds: int, seed: int) -> None:
    os.waitpid(forked(begin), 0)
    r = random.Random(seed)
    for n in range(rounds):
        pid = forked(lambda n=n: work(seed * 1000 + n))
        time.sleep(r.uniform(0.02, 0.5))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        pid = forked(check)
        _pid, status = os.waitpid(pid, 0)
        print(n, "whole" if status == 0 else "BROKEN", flush=True)
        if status:
            sys.exit(1)
    print("whole")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
