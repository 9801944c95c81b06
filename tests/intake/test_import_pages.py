"""The imports pages, from the upload to the undo, with the worker's part run in the test."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from mutabaa.audit.models import AuditEntry
from mutabaa.intake import receiving
from mutabaa.intake.messages import FAULTS
from mutabaa.intake.models import ColumnMapping, ImportBatch, ImportRow
from mutabaa.intake.reading import folder
from mutabaa.recommendations.models import Recommendation
from tests.intake.files import json_file, record, upr

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(known, people, signed_in):
    return signed_in(people.secretariat)


def send(client, content: bytes, name: str = "export.json", **fields):
    return client.post(
        reverse("intake:index"), {"file": SimpleUploadedFile(name, content), "format": "auto", "scope": "own", **fields}
    )


def work() -> None:
    """What the worker would do now."""
    for job in DBTaskResult.objects.ready().order_by("enqueued_at"):
        job.delete()
        {receiving.READ: receiving.read_batch, receiving.APPLY: receiving.apply_batch}[job.task_path](
            *job.args_kwargs["args"]
        )


def content(tmp_path, rows) -> bytes:
    return json_file(tmp_path, rows).read_bytes()


def test_a_file_goes_from_upload_to_preview_to_the_table_and_back(office, tmp_path):
    rows = [record(), upr(UprPositions=["Supported/Noted"]), record(Text="")]
    answer = send(office, content(tmp_path, rows))
    batch = ImportBatch.objects.get()
    page = reverse("intake:batch", args=[batch.public_id])
    assert answer["Location"] == page
    assert "waits for the worker" in office.get(page).content.decode()
    work()
    assert Recommendation.objects.count() == 0
    preview = office.get(page).content.decode()
    assert "The text is empty." in preview
    assert "supported and noted at once" in office.get(page + "?outcome=doubtful").content.decode()
    office.post(reverse("intake:apply", args=[batch.public_id]))
    assert "being" in office.get(page).content.decode()
    work()
    assert Recommendation.objects.count() == 2
    undo = reverse("intake:undo", args=[batch.public_id])
    assert '<bdi dir="ltr">2</bdi> records' in office.get(undo).content.decode()
    office.post(undo)
    assert Recommendation.objects.count() == 0
    assert list(AuditEntry.objects.order_by("sequence").values_list("verb", flat=True)) == [
        "import.received",
        "import.applied",
        "import.undone",
    ]


def test_it_shows_changes_field_by_field(office, tmp_path, take):
    first = record(Text="The Committee asks the State party to act soon.")
    take([first])
    send(office, content(tmp_path, [first | {"Text": "The Committee asks the State party to act now."}]))
    work()
    page = office.get(
        reverse("intake:batch", args=[ImportBatch.objects.order_by("-pk").first().public_id])
    ).content.decode()
    assert "<del>The Committee asks the State party to act soon.</del>" in page
    assert "<ins>The Committee asks the State party to act now.</ins>" in page


def test_it_keeps_the_upload_under_a_random_name_out_of_reach(office, tmp_path):
    send(office, content(tmp_path, [record()]), name="../../etc/passwd\n.json")
    batch = ImportBatch.objects.get()
    assert batch.file_name == "passwd.json"
    stored = folder() / batch.path
    assert stored.parent == folder()
    assert len(batch.path) == 32
    assert stored.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"", b"PK\x03\x04broken", b"\x89PNG\r\n"])
def test_it_refuses_at_once_what_it_cannot_read_and_keeps_nothing(office, content):
    before = set(folder().iterdir())
    answer = send(office, content)
    assert answer.status_code == 422
    assert set(folder().iterdir()) == before
    assert ImportBatch.objects.count() == 0


def test_it_refuses_a_file_that_is_too_large(office, settings, tmp_path):
    settings.MAX_IMPORT_BYTES = 100
    before = set(folder().iterdir())
    assert "larger than" in send(office, content(tmp_path, [record()])).content.decode()
    assert set(folder().iterdir()) == before


def test_it_says_where_a_file_is_malformed(office, tmp_path):
    send(office, content(tmp_path, [record()])[:-5])
    work()
    batch = ImportBatch.objects.get()
    assert batch.state == "refused"
    assert "cut off" in office.get(reverse("intake:batch", args=[batch.public_id])).content.decode()


def test_it_says_so_in_the_language_of_the_person_who_sent_it(office, people, tmp_path):
    people.secretariat.language = "ar"
    people.secretariat.save()
    send(office, content(tmp_path, [record()])[:-5])
    with translation.override("en"):
        work()

    assert ImportBatch.objects.get().message == "export.json: " + translated("truncated_json", "ar", row=1)


def translated(code, language, **details):
    with translation.override(language):
        sentence = str(FAULTS[code]) % details
    assert "cut off" not in sentence
    return sentence


def test_a_job_that_runs_twice_does_the_same(office, tmp_path):
    send(office, content(tmp_path, [record(), record(Text="")]))
    batch = ImportBatch.objects.get()
    receiving.read_batch(batch.pk)
    receiving.read_batch(batch.pk)
    assert ImportRow.objects.filter(batch=batch).count() == 2
    office.post(reverse("intake:apply", args=[batch.public_id]))
    receiving.apply_batch(batch.pk)
    receiving.apply_batch(batch.pk)
    assert Recommendation.objects.count() == 1


def test_a_discarded_file_is_deleted(office, tmp_path, django_capture_on_commit_callbacks):
    send(office, content(tmp_path, [record()]))
    work()
    batch = ImportBatch.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("intake:discard", args=[batch.public_id]))
    batch.refresh_from_db()
    assert (batch.state, (folder() / batch.path).exists()) == ("discarded", False)


def test_progress_is_asked_for_by_htmx_and_the_page_reloads_at_the_end(office, tmp_path):
    send(office, content(tmp_path, [record()]))
    page = reverse("intake:batch", args=[ImportBatch.objects.get().public_id])
    part = office.get(page, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part
    work()
    assert office.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_person_says_what_the_columns_hold_once(office):
    table = (
        "Nr;Empfehlung;Antwort\n1;Take the first measure for all;ja\n2;Take the second measure for all;nein\n".encode(
            "cp1252"
        )
    )
    send(office, table, name="own.csv")
    work()
    batch = ImportBatch.objects.get()
    page = reverse("intake:mapping", args=[batch.public_id])
    assert office.get(reverse("intake:batch", args=[batch.public_id]))["Location"] == page
    assert "Take the first measure for all" in office.get(page).content.decode()
    assert (
        "Say which column names the mechanism"
        in office.post(page, {"name": "Ours", "column_text": "Empfehlung"}).content.decode()
    )
    office.post(
        page,
        {
            "name": "Ours",
            "column_text": "Empfehlung",
            "column_position": "Antwort",
            "column_id": "Nr",
            "constant_mechanism": "UPR",
            "constant_symbol": "A/HRC/46/15",
        },
    )
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["doubtful"]) == ("previewed", 2)
    second = office.get(page)
    assert "value_position_0" in second.content.decode()
    office.post(page, {"name": "Ours", "column_text": "Empfehlung", "column_position": "Antwort", "column_id": "Nr", "constant_mechanism": "UPR", "constant_symbol": "A/HRC/46/15", "value_position_0": "supported", "value_position_1": "noted"})  # fmt: skip
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == ("previewed", 2)
    assert ColumnMapping.objects.get().values["position"] == {"ja": "supported", "nein": "noted"}
    send(office, table.replace(b"second", b"third"), name="later.csv")
    work()
    assert ImportBatch.objects.order_by("-pk").first().state == "previewed"


@pytest.mark.parametrize("role", ["focal", "nhri", "cso", "parliament", "statistician"])
def test_others_do_not_import(known, people, signed_in, role):
    client = signed_in(getattr(people, role))
    assert client.get(reverse("intake:index")).status_code == 403
    assert send(client, b"[]").status_code == 403


def test_the_preview_takes_few_statements(office, tmp_path, django_assert_max_num_queries):
    send(office, content(tmp_path, [record(Themes=[f"Theme {n}"]) for n in range(60)]))
    work()
    page = reverse("intake:batch", args=[ImportBatch.objects.get().public_id])
    with django_assert_max_num_queries(15):
        office.get(page + "?outcome=doubtful&page=2&q=Committee")
    with django_assert_max_num_queries(15):
        office.get(reverse("intake:index"))
