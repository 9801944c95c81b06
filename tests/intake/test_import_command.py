"""`mutabaa import`: what it prints, and what its exit code says."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from mutabaa.recommendations.models import Recommendation
from tests.intake.files import json_file, record, upr, xlsx_file

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("import", *arguments, stdout=out)
    return out.getvalue()


def test_it_prints_one_json_object_and_nothing_else(known, tmp_path):
    path = json_file(
        tmp_path, [record(), upr(UprPositions=["Supported/Noted"]), record(Text=""), record(Countries=["Gabon"])]
    )
    printed = json.loads(run("uhri", str(path), "--json"))
    assert list(printed) == ["rows", "new", "changed", "unchanged", "doubtful", "refused", "seconds"]
    assert printed | {"seconds": 0} == {
        "rows": 3,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "doubtful": 1,
        "refused": 1,
        "seconds": 0,
    }
    assert isinstance(printed["seconds"], float)


def test_it_tells_people_what_was_put_right(known, tmp_path):
    told = run("uhri", str(json_file(tmp_path, [record(Text="<p>Take care of the health of all</p>")])))
    assert "HTML markup removed" in told


def test_it_takes_one_other_state_or_all(known, tmp_path):
    path = json_file(tmp_path, [record(), record(Countries=["Gabon"]), record(Countries=["Peru"])])
    run("uhri", str(path), "--state", "gab")
    assert [r.state_id for r in Recommendation.objects.all()] == ["GAB"]
    run("uhri", str(path), "--all")
    assert Recommendation.objects.count() == 3


def test_it_refuses_a_state_that_is_not_known(known, tmp_path):
    from django.core.management import CommandError

    with pytest.raises(CommandError, match="ZZZ"):
        run("uhri", str(json_file(tmp_path, [record()])), "--state", "ZZZ")


def test_a_dry_run_changes_nothing(known, tmp_path):
    told = json.loads(run("uhri", str(json_file(tmp_path, [record()])), "--dry-run", "--json"))
    assert told["new"] == 1
    assert Recommendation.objects.count() == 0


def test_it_imports_the_workbook(known, tmp_path):
    run("uhri", str(xlsx_file(tmp_path, [record(), upr()])))
    assert Recommendation.objects.count() == 2


def test_the_command_line_ends_with_code_2_and_a_message_on_stderr(tmp_path):
    """In a process of its own, with a database of its own that is never reached: the file is looked at first."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "mutabaa"), "import", "uhri", str(tmp_path / "nowhere.json"), "--json"],
        env={
            "MUTABAA_HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
            "DJANGO_SETTINGS_MODULE": "mutabaa.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.json" in done.stderr
