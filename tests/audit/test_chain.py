"""The log is chained: whatever is altered, taken out, put in or moved by SQL is found."""

import pytest
from django.db import connection

from mutabaa.audit.models import AuditEntry, ChainHead
from mutabaa.audit.services import digest_of, faults, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    for n in range(1, 8):
        record("Amal", f"deed.{n}", None, note="نص", n=n)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_it_finds_nothing_in_a_whole_log(log):
    assert list(faults()) == []


def test_it_finds_nothing_in_an_empty_log():
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "Somebody"),
        ("verb", "other"),
        ("at", "2001-01-01 00:00:00+00:00"),
        ("details", "{}"),
        ("object_id", "9"),
        ("actor_id", 9),
    ],
)
def test_it_finds_an_altered_entry(log, column, value):
    sql(f"update audit_auditentry set {column} = %s where sequence = 4", value)
    assert "entry 4 was altered" in list(faults())


@pytest.mark.parametrize("gone", [1, 4, 7])
def test_it_finds_a_deleted_entry_also_the_first_and_the_last(log, gone):
    sql("delete from audit_auditentry where sequence = %s", gone)
    assert any(str(gone) in fault for fault in faults())


def test_it_finds_a_tail_that_was_cut_off(log):
    sql("delete from audit_auditentry where sequence > 3")
    assert list(faults()) == ["the log should end at entry 7, and ends at 3"]


def test_it_finds_an_entry_put_in_the_middle_with_a_right_hash(log):
    sql("update audit_auditentry set sequence = sequence + 100 where sequence > 4")
    sql("update audit_auditentry set sequence = sequence - 99 where sequence > 100")
    before = AuditEntry.objects.get(sequence=4)
    forged = AuditEntry(sequence=5, at=before.at, actor="Amal", verb="forged", details={}, previous=before.digest)
    forged.digest = digest_of(forged)
    forged.save()
    assert list(faults())


def test_it_finds_two_entries_that_changed_places(log):
    sql("update audit_auditentry set sequence = 100 where sequence = 3")
    sql("update audit_auditentry set sequence = 3 where sequence = 4")
    sql("update audit_auditentry set sequence = 4 where sequence = 100")
    found = list(faults())
    assert any("entry 3" in fault for fault in found)
    assert any("entry 4" in fault for fault in found)


def test_it_finds_an_altered_entry_whose_own_hash_was_made_right(log):
    entry = AuditEntry.objects.get(sequence=4)
    entry.actor = "Somebody"
    entry.digest = digest_of(entry)
    entry.save()
    assert "entry 5 does not follow the entry before it" in list(faults())


def test_it_finds_a_log_that_was_emptied(log):
    sql("delete from audit_auditentry")
    assert list(faults()) == ["the log should end at entry 7, and ends at 0"]


def test_it_finds_a_chain_whose_head_was_taken_away(log):
    ChainHead.objects.all().delete()
    assert list(faults())


def test_it_goes_away_with_a_deed_that_is_rolled_back():
    from django.db import transaction

    class Undo(Exception):
        pass

    def deed():
        with transaction.atomic():
            record(None, "never")
            raise Undo

    with pytest.raises(Undo):
        deed()
    record(None, "after")
    assert list(faults()) == []
    assert AuditEntry.objects.get().sequence == 1
