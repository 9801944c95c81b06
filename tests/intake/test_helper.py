"""A second process reads along: the same rows come out, whatever becomes of it."""

import os

import pytest

from mutabaa.intake import helper, language, uhri
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.staging import Staged, parts_of
from mutabaa.intake.state_names import StateNames
from tests.intake import files

NAMES = StateNames({"mutabaland": "XMU", "peru": "PER"})
UNCLEAR = "Mutabaland 2030 Plan: Vision Nationale."  # no function word tells its language


@pytest.fixture
def export(tmp_path):
    """Three parts and a bit, with a text whose language only the model can tell, a refused row and another State's."""
    rows = [files.record() for _ in range(3200)]
    rows[1500]["Text"] = rows[10]["Text"] = UNCLEAR
    rows[1600]["Countries"] = ["Nowhere"]
    rows[1700]["Countries"] = ["Peru"]
    return files.json_file(tmp_path, rows)


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(helper, "LARGE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def staged(parts):
    held = Staged(parts)
    try:
        return [row for chunk in held.chunks() for row in chunk], held.rows, held.passed_over, held.quirks
    finally:
        held.close()


def plainly(path):
    return staged(parts_of(uhri.read(path, NAMES), "XMU"))


def test_with_a_helper_the_rows_are_the_same_and_in_the_same_order(export, two_cores, monkeypatch):
    here = []
    monkeypatch.setattr(helper, "read_part", lambda *given, read=helper.read_part: here.append(1) or read(*given))

    rows, count, passed_over, quirks = staged(helper.parts(export, NAMES, "XMU"))

    assert (rows, count, passed_over, quirks) == plainly(export)
    assert count == 3199
    assert passed_over == 1
    assert {row.line for row in rows if row.text == UNCLEAR} == {11, 1501}
    assert all(row.language for row in rows)
    assert len(here) == 2  # the helper read the other two parts


def test_when_the_helper_is_lost_the_reading_goes_on(export, two_cores):
    parts = helper.parts(export, NAMES, "XMU")
    begun = [next(parts)]
    parts.gi_frame.f_locals["helper"].process.kill()

    rows, *counted = staged([*begun, *parts])

    assert (rows, *counted) == plainly(export)


def test_where_the_system_starts_no_process_everything_is_read_here(export, two_cores, monkeypatch):
    def refused(*_given):
        raise OSError("Resource temporarily unavailable")

    monkeypatch.setattr(helper.Helper, "__init__", refused)

    assert staged(helper.parts(export, NAMES, "XMU")) == plainly(export)


def test_a_fault_far_down_in_the_file_is_told_and_no_process_stays(export, two_cores):
    export.write_bytes(export.read_bytes()[:-300])
    parts = helper.parts(export, NAMES, "XMU")
    next(parts)
    process = parts.gi_frame.f_locals["helper"].process

    with pytest.raises(BadFile, match="truncated_json"):
        list(parts)

    assert process.exitcode is not None


def test_the_model_is_asked_where_nothing_else_tells():
    assert language.at_sight(UNCLEAR) == ""
    assert language.detect(UNCLEAR)[0] in {"en", "fr", "es"}
