"""The index follows the database, whatever happens to it: lost, busy, old, or of another database."""

import shutil

import pytest

from mutabaa.recommendations.models import Recommendation
from mutabaa.search import analysis, keeping, services
from mutabaa.search.answering import Asked
from mutabaa.search.models import SearchChange
from mutabaa.search.store import Busy, Store
from tests import world

pytestmark = pytest.mark.django_db


def total(words: str = "", person=None) -> int:
    return services.count(services.Question(words), person)


def told(words: str = "") -> list[str]:
    return [notice.code for notice in services.search(services.Question(words), None).notices]


@pytest.fixture
def three(index):
    rows = [world.recommendation(f"Measure {name}.") for name in ("alpha", "beta", "gamma")]
    assert total() == 3
    return rows


def test_a_deleted_folder_is_made_again(three, index):
    shutil.rmtree(index)
    keeping._stores.clear()
    assert total("alpha") == 1


def test_a_spoilt_folder_is_made_again(three, index):
    for file in list(index.glob("index-*/*")):
        file.unlink()  # what is open is mapped into memory: written over, it would end the process
        file.write_bytes(b"spoilt")
    keeping._stores.clear()
    assert total("alpha") == 1


def test_another_database_in_its_place_is_noticed(three):
    SearchChange.objects.all().delete()
    Recommendation.objects.filter(pk=three[0].pk).update(withdrawn=True)
    assert total() == 2


def test_while_another_process_writes_the_older_state_answers_and_says_so(three, index):
    other = Store(index)
    writer = other.reader().index.writer(heap_size=20_000_000, num_threads=1)
    three[0].text = "Measure delta."
    three[0].save()
    assert total("delta") == 0
    assert told("alpha") == ["older_state"]
    writer.rollback()
    writer.wait_merging_threads()
    del writer
    assert total("delta") == 1
    assert told("delta") == []


def test_very_many_changes_are_left_to_the_background(three, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(keeping, "INLINE", 1)
    for row in three:
        row.text = row.text + " changed"
        row.save()
    assert told("alpha") == ["older_state"]
    assert keeping.bring_up_to_date() == "brought up to date"
    assert total("changed") == 3


def test_a_new_analyser_makes_it_anew_in_the_background_while_the_old_one_answers(three, monkeypatch, index):
    monkeypatch.setattr(analysis, "VERSION", analysis.VERSION + 1)
    keeping._stores.clear()
    asked = []
    monkeypatch.setattr(keeping, "enqueue_once", asked.append)
    before = keeping.store().reader().folder
    assert total("alpha") == 1
    assert asked == [keeping.TASK]
    assert keeping.store().reader().folder == before
    assert keeping.bring_up_to_date() == "made anew"
    assert keeping.store().reader().folder != before
    assert total("alpha") == 1
    assert [p for p in index.glob("index-*") if p.is_dir()] == [keeping.store().reader().folder]


def test_two_do_not_make_it_at_once(three, index):
    with Store(index).building():
        with pytest.raises(Busy):
            keeping.rebuild()
        assert keeping.bring_up_to_date() in {"busy", "brought up to date"}


def test_counts_are_kept_until_the_index_changes_and_for_the_same_rights_only(three, people, monkeypatch):
    question = services.Question("measure", facets=["status"])
    asked = []
    real = Asked.begin_facets
    monkeypatch.setattr(Asked, "begin_facets", lambda self: asked.append(1) or real(self))
    first = services.search(question, None).facets
    assert services.search(question, None).facets == first == {"status": {"not_assessed": 3}}
    assert len(asked) == 1
    world.recommendation("Measure closed.", visibility="secretariat")
    assert services.search(question, None).facets == first
    assert services.search(question, people.secretariat).facets == {"status": {"not_assessed": 4}}
    assert services.search(question, people.cso).facets == first
    assert len(asked) == 4
