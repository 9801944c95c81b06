"""What was learned, written and read again; files that are not what was written."""

import io
import json
import pickle
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutabaa.classification.learning import keeping
from mutabaa.classification.learning.model import TagModel, train
from tests.classification.made import texts


@pytest.fixture(scope="module")
def model():
    rows = list(texts())
    labels = sorted({theme for _text, theme in rows})
    wanted = np.array([[theme == label for label in labels] for _text, theme in rows])
    return train([(text, "en") for text, _theme in rows], wanted, labels)


@pytest.fixture
def file(model, tmp_path):
    path = tmp_path / "model.zip"
    return path, model.save(path)


def test_a_model_that_is_read_again_says_the_same(model, file):
    again = TagModel.load(*file)
    for text in ("Investigate torture in the prisons of the capital.", "Build clinics", "", "学校"):
        before, after = model.suggest(text, "en"), again.suggest(text, "en")
        assert [(s.label, s.words) for s in before] == [(s.label, s.words) for s in after]
        assert [s.score for s in before] == pytest.approx([s.score for s in after], abs=0.01)


@given(st.text(max_size=200), st.sampled_from(["en", "ar", "zh", "fr"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_told(model, text, language):
    for said in model.suggest(text, language):
        assert 0 <= said.score <= 1
        assert all(word in text for word in said.words)


def test_another_file_under_the_name_is_not_read(file):
    path, digest = file
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(keeping.Unreadable):
        TagModel.load(path, digest)


def changed(path, name, content):
    with zipfile.ZipFile(path) as old:
        members = {n: old.read(n) for n in old.namelist()}
    members[name] = content
    with zipfile.ZipFile(path, "w") as new:
        for n, data in members.items():
            new.writestr(n, data)


class Hostile:
    def __reduce__(self):
        return (pytest.fail, ("a pickle was run",))


def test_a_pickle_in_the_file_is_never_run(file):
    path, _digest = file
    hostile = io.BytesIO()
    np.save(hostile, np.array([Hostile()], dtype=object), allow_pickle=True)
    for content in (hostile.getvalue(), pickle.dumps(Hostile())):
        with zipfile.ZipFile(path) as old:
            about = json.loads(old.read("about.json"))
        import hashlib

        about["digests"]["rarity.npy"] = hashlib.sha256(content).hexdigest()
        changed(path, "rarity.npy", content)
        changed(path, "about.json", json.dumps(about).encode())
        with pytest.raises(keeping.Unreadable):
            TagModel.load(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}", b"\x80\x04."])
def test_what_is_no_model_is_refused(tmp_path, content):
    path = tmp_path / "m.zip"
    path.write_bytes(content)
    with pytest.raises(keeping.Unreadable):
        TagModel.load(path)


def test_a_part_that_was_changed_is_noticed(file):
    path, _digest = file
    changed(path, "entries.json", b'{"words": [], "pieces": [], "signs": []}')
    with pytest.raises(keeping.Unreadable):
        TagModel.load(path)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(keeping.Unreadable):
        TagModel.load(tmp_path / "none.zip")


def test_words_behind_a_suggestion_are_those_that_speak_for_it(model):
    said = {s.label: s for s in model.suggest("Investigate every allegation of torture without further delay.", "en")}
    assert "torture" in " ".join(said["torture"].words)
    assert "delay" not in " ".join(said["torture"].words)
