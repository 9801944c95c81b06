"""`mutabaa classify evaluate`, as a person runs it."""

import csv
import json
import os
import subprocess
import sys

import pytest

from tests.classification.made import texts

ISSUES = {
    "torture": "Torture and other CID treatment,Justice",
    "right-to-health": "Right to health",
    "right-to-education": "Right to education",
}
VERBS = {"Continue": "2", "Take": "4", "Step": "4", "Intensify": "4", "Adopt": "5"}


def write(path, rows, encoding="utf-8", end="\r\n"):
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator=end)
        writer.writerow(["To", "Text", "From", "Response", "Action", "Issue", "Session"])
        for n, (text, theme) in enumerate(rows):
            writer.writerow(
                ["Xanadu", text, "Côte d’Azure", "Accepted", VERBS[text.split()[0]], ISSUES[theme], 1 + n // 60]
            )


def run(*args):
    done = subprocess.run(
        [sys.executable, "-m", "mutabaa", "classify", "evaluate", *map(str, args)],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def files(tmp_path):
    rows = list(texts())
    write(tmp_path / "all.csv", rows)
    write(tmp_path / "train.csv", rows[:200], encoding="mac_roman", end="\r")
    write(tmp_path / "test.csv", rows[200:])
    return tmp_path


def test_it_prints_one_json_object(files):
    code, out, err = run("--train", files / "train.csv", "--test", files / "test.csv", "--json")
    assert code == 0, err
    said = json.loads(out)
    assert set(said) == {"issues", "action", "seconds"}
    assert set(said["issues"]) == {"micro_f1", "macro_f1"}
    assert said["issues"]["micro_f1"] > 0.95
    assert said["action"]["accuracy"] > 0.9


def test_it_prints_the_table_of_labels(files):
    code, out, err = run("--file", files / "all.csv", "--train-sessions", "1-3", "--test-sessions", "4-5")
    assert code == 0, err
    assert "Right to education" in out
    assert "micro-F1" in out
    assert "learned from 180, judged on 90" in out


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["--train", "none.csv", "--test", "none.csv"], "There is no file"),
        (["--file", "other.csv", "--train-sessions", "1", "--test-sessions", "2"], "not a table of UPR Info"),
        (["--file", "all.csv", "--train-sessions", "1-3", "--test-sessions", "40"], "no row is left"),
        (["--file", "all.csv"], "needs --train-sessions"),
        (["--train", "all.csv"], "give --train FILE and --test FILE"),
    ],
)
def test_it_says_what_is_wrong(files, args, word):
    (files / "other.csv").write_text("Name,Year\nA,2020\n", encoding="utf-8")
    code, _out, err = run(*[files / a if a.endswith(".csv") else a for a in args])
    assert code == 2
    assert word in err
