"""`mutabaa extract FILE`: facts and items printed, JSON for programs, a sentence for a bad file."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.intake.documents.upr_texts import TEXTS


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Without a database: none is named that could be opened."""
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"}
    command = [sys.executable, "-m", "mutabaa", "extract", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_json(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXTS["en"])
    done = run(str(tmp_path / "report.txt"), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(told) == ["document", "items", "notices"]
    assert told["document"]["symbol"] == "A/HRC/25/9"
    assert {"body", "state", "kind", "language"} <= set(told["document"])
    first = told["items"][0]
    assert first["paragraph"] == "86.1"
    assert first["type"] == "recommendation"
    assert first["text"] == "Ratify the Optional Protocol to the Convention against Torture"
    assert first["states"] == ["CHL"]
    assert first["position"] == "supported"
    assert first["heading"] == ["Conclusions and/or recommendations"]


def test_a_listing_to_read(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXTS["ar"])
    done = run(str(tmp_path / "report.txt"))
    assert done.returncode == 0
    assert "86.1     recommendation · supported · CHL" in done.stdout
    assert "6 items" in done.stdout


def test_a_bad_file_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj")
    for path, says in ((tmp_path / "cut.pdf", "damaged"), (tmp_path / "none.pdf", "no such file")):
        done = run(str(path), "--json")
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.startswith(f"{path.name}: ")
        assert says in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
