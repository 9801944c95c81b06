"""A process that is killed while it indexes leaves an index that opens, with nothing lost and nothing doubled."""

import os
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from mutabaa.recommendations.models import Recommendation
from mutabaa.search import keeping, services
from tests import world


def surroundings(home) -> dict[str, str]:
    """The environment of a process that works on a copy of the test's database (SQLite) or on the database itself."""
    held = dict(os.environ) | {"MUTABAA_HOME": str(home)}
    held.pop("DATABASE_URL", None)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(home / "mutabaa.sqlite3")])
        return held
    told = connection.settings_dict
    user, password = quote(told["USER"]), quote(told["PASSWORD"])
    place = f"{told['HOST'] or '127.0.0.1'}:{told['PORT'] or 5432}"
    return held | {"DATABASE_URL": f"postgres://{user}:{password}@{place}/{told['NAME']}"}


@pytest.mark.django_db(transaction=True)
def test_fifty_random_kills(tmp_path):
    for n in range(60):
        world.recommendation(f"Record {n}.")
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.killing", "50", "7"],
        env=surroundings(tmp_path),
        cwd=settings.PACKAGE.parent.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = done.stdout.split("\n")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    assert lines.count("whole") == 1
    assert sum(line.endswith(" whole") for line in lines) == 50


def test_files_of_a_commit_that_was_never_finished_do_not_stop_the_next(index):
    for n in range(40):
        world.recommendation(f"Record {n}.")
    keeping.rebuild()
    folder = keeping.store().reader().folder
    finished = (folder / "meta.json").read_bytes()
    changed = Recommendation.objects.first()
    changed.text = "Something else."
    changed.save()
    keeping.up_to_date()
    left = {path.name for path in folder.glob("*.del")}
    assert left
    (folder / "meta.json").write_bytes(finished)  # as if killed when all files were written, but not the last
    keeping._stores.clear()
    assert services.count(services.Question("something"), None) == 1
    assert {path.name for path in folder.glob("*.del")} == left
