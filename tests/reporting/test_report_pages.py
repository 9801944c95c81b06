"""Asking for a report, following it, downloading and deleting it."""

import datetime as dt

import docx
import pypdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from docx.oxml.ns import qn

from mutabaa.audit.models import AuditEntry
from mutabaa.core import pdf, typesetting
from mutabaa.core.errors import Invalid
from mutabaa.intake.models import ImportBatch
from mutabaa.notifications.models import Notice
from mutabaa.reporting import making, services, status_report
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.states import ReportKind, Section
from tests import world
from tests.followup import made as followed
from tests.reporting.made import asked, days_ago, finished, made, parts, printed, words

pytestmark = pytest.mark.django_db
STATUS = "/workspace/reports/status/"


def form(**fields):
    return {
        "title": "Children at a date",
        "as_of": timezone.localdate().isoformat(),
        "language": "en",
        "content": "public",
        "sections": Section.values,
    } | fields


def page_of(report) -> str:
    return reverse("reporting:report", args=[report.public_id])


def work() -> None:
    """What the worker would do now."""
    for job in DBTaskResult.objects.ready().filter(task_path=services.MAKE):
        job.delete()
        making.make(*job.args_kwargs["args"])


def test_a_report_goes_from_the_table_to_the_file_and_away(people, signed_in):
    item = followed.assigned(people.secretariat, people.health, text="Protect the children of the north.")
    world.recommendation("Another matter.")
    office = signed_in(people.secretariat)
    asking = office.get(f"{STATUS}?institution=health&sort=oldest").content.decode()
    assert "Institution: Health" in asking
    assert "1 published recommendation" in asking
    answer = office.post(f"{STATUS}?institution=health&sort=oldest", form())
    report = GeneratedReport.objects.get()
    assert answer["Location"] == page_of(report)
    assert (report.query, report.state) == ("institution=health&sort=oldest", "waiting")
    waiting = office.get(page_of(report)).content.decode()
    assert "waits for the worker" in waiting
    assert 'http-equiv="refresh"' in waiting, "the page goes on without a script"
    assert "hx-trigger" in office.get(page_of(report), headers={"HX-Request": "true"}).content.decode()
    assert office.get(reverse("reporting:download", args=[report.public_id])).status_code == 404
    work()
    assert office.get(page_of(report), headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    ready = office.get(page_of(report)).content.decode()
    assert "It covers 1 recommendation." in ready
    file = office.get(reverse("reporting:download", args=[report.public_id]))
    assert file["Content-Disposition"].startswith('attachment; filename="Children at a date')
    assert (file["X-Content-Type-Options"], file["Cache-Control"]) == ("nosniff", "private, no-store")
    data = b"".join(file.streaming_content)
    assert item.text in parts(data)["word/document.xml"].decode()
    report.refresh_from_db()
    assert report.size == len(data)
    assert "will be deleted" in office.get(reverse("reporting:delete", args=[report.public_id])).content.decode()
    path = report.file
    office.post(reverse("reporting:delete", args=[report.public_id]))
    assert not GeneratedReport.objects.exists()
    verbs = AuditEntry.objects.filter(object_type="reporting.generatedreport").order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == ["report.asked", "report.made", "report.deleted"]
    assert path.name == f"{report.public_id}.docx"


@pytest.mark.django_db(transaction=True)
def test_deleting_takes_the_file_away(people):
    report = made(people.focal)
    assert report.file.is_file()
    services.delete_report(people.focal, report)
    assert not report.file.exists()


def test_the_list_shows_ones_own_and_the_secretariat_sees_all(people, signed_in):
    asked(people.focal, title="Of the focal point")
    asked(people.nhri, title="Of the institution")
    assert "Of the institution" not in signed_in(people.focal).get("/workspace/reports/").content.decode()
    both = signed_in(people.secretariat).get("/workspace/reports/").content.decode()
    assert "Of the focal point" in both
    assert "Of the institution" in both
    assert 'hx-trigger="every 2s"' in both
    assert "No report was made yet" in signed_in(people.cso).get("/workspace/reports/").content.decode()


def test_another_focal_point_does_not_find_it(people, signed_in):
    report = made(people.focal, public_only=False)
    for person in (people.alternate, people.stranger, people.statistician, people.nhri):
        client = signed_in(person)
        for name in ("report", "download", "delete"):
            assert client.get(reverse(f"reporting:{name}", args=[report.public_id])).status_code == 404
        assert client.post(reverse("reporting:delete", args=[report.public_id])).status_code == 404
    assert signed_in(people.secretariat).get(reverse("reporting:download", args=[report.public_id])).status_code == 200


def test_who_leaves_the_state_loses_their_internal_reports(people, signed_in):
    internal, public = made(people.focal, public_only=False), made(people.focal)
    people.focal.role = "cso"
    people.focal.save()
    client = signed_in(people.focal)
    assert client.get(page_of(internal)).status_code == 404
    assert client.get(page_of(public)).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"as_of": (dt.date.today() + dt.timedelta(days=2)).isoformat()}, "The date lies in the future"),  # noqa: DTZ011
        ({"as_of": "31/12/2025"}, "Write the date as year-month-day"),
        ({"title": " "}, "This field is required"),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"sections": []}, "Choose at least one part"),
        ({"sections": ["nonsense"]}, "nonsense is not one of the available choices"),
        ({"language": "tlh"}, "tlh is not one of the available choices"),
    ],
)
def test_the_form_says_what_is_wrong_and_keeps_what_was_written(people, signed_in, wrong, sentence):
    answer = signed_in(people.secretariat).post(f"{STATUS}?family=upr", form(**wrong))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert "Universal Periodic Review" in page
    assert GeneratedReport.objects.count() == 0


def test_an_outside_reader_is_not_offered_an_internal_report(people, signed_in):
    client = signed_in(people.nhri)
    assert "for internal use" not in client.get(STATUS).content.decode()
    client.post(STATUS, form(content="internal"))
    assert GeneratedReport.objects.get().public_only


def test_the_form_warns_of_an_empty_report(people, signed_in):
    page = signed_in(people.secretariat).get(f"{STATUS}?q=zzzz").content.decode()
    assert "the report would be empty" in page


def test_a_title_with_slashes_and_other_letters_makes_a_file_name(people, signed_in):
    report = made(people.secretariat, title='Статус A/HRC/46/15 "now"')
    name = signed_in(people.secretariat).get(reverse("reporting:download", args=[report.public_id]))[
        "Content-Disposition"
    ]
    assert name.startswith("attachment; ")
    assert "%2F" not in name
    assert "A-HRC-46-15" in name


def test_one_person_cannot_fill_the_queue(people):
    for _n in range(services.MOST_UNDER_WAY):
        asked(people.cso)
    with pytest.raises(Invalid, match="Wait until one is ready"):
        asked(people.cso)
    asked(people.nhri)


def test_a_failure_keeps_a_message_and_leaves_no_file(people, signed_in, monkeypatch):
    report = asked(people.secretariat)
    files = set(making.folder().iterdir())

    def broken(*_args):
        raise RuntimeError("boom")

    monkeypatch.setattr(status_report.StatusReport, "recommendations", broken)
    making.make(report.pk)
    report.refresh_from_db()
    assert (report.state, report.path, report.size) == ("failed", "", 0)
    assert set(making.folder().iterdir()) == files
    page = signed_in(people.secretariat).get(page_of(report)).content.decode()
    assert "could not be made because of a fault" in page
    assert report.public_id in report.message
    assert "boom" not in page


def test_a_full_disk_is_told_as_such(people, monkeypatch):
    report = asked(people.secretariat)

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making.os, "fsync", full)
    making.make(report.pk)
    report.refresh_from_db()
    assert report.state == "failed"
    assert "No space left on device" in report.message


def test_a_failure_is_told_in_the_language_of_the_person(people):
    people.secretariat.language = "fr"
    people.secretariat.save()
    report = asked(people.secretariat, language="ar")
    GeneratedReport.objects.update(kind=ReportKind.UPR_MATRIX, source_import=999_999)
    making.make(report.pk)
    report.refresh_from_db()
    assert report.state == "failed"
    assert report.message


def test_a_second_run_of_the_job_changes_nothing(people):
    report = made(people.secretariat)
    before = report.file.read_bytes(), report.updated_at
    making.make(report.pk)
    report.refresh_from_db()
    assert (report.file.read_bytes(), report.updated_at) == before


def test_a_run_that_was_killed_is_begun_anew(people):
    report = asked(people.secretariat)
    left = making.folder() / f".{report.public_id}.abc.part"
    left.write_bytes(b"half")
    GeneratedReport.objects.update(state="working", progress=40)
    finished(report)
    assert not left.exists()
    docx.Document(str(report.file))


def test_a_report_that_was_deleted_meanwhile_leaves_no_file(people, monkeypatch):
    report = asked(people.secretariat)
    build = status_report.StatusReport.document

    def deleted(self):
        GeneratedReport.objects.all().delete()
        return build(self)

    monkeypatch.setattr(status_report.StatusReport, "document", deleted)
    making.make(report.pk)
    assert not [f for f in making.folder().iterdir() if report.public_id in f.name]


def test_who_waited_long_is_told(people):
    quick = made(people.focal)
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=5)):
        slow = asked(people.focal, title="A long one")
    finished(slow)
    notice = Notice.objects.get(user=people.focal, kind="reporting.ready")
    assert (notice.url, notice.params["title"]) == (page_of(slow), "A long one")
    assert quick.is_ready


def test_a_file_that_was_lost_is_told(people, signed_in):
    report = made(people.secretariat)
    report.file.unlink()
    office = signed_in(people.secretariat)
    assert "not there any more" in office.get(page_of(report)).content.decode()
    assert office.get(reverse("reporting:download", args=[report.public_id])).status_code == 404


def test_an_arabic_report_runs_from_right_to_left(people):
    followed.published(people, followed.assigned(people.secretariat, people.health))
    report = made(people.secretariat, language="ar", title="حالة التنفيذ")
    document = docx.Document(str(report.file))
    assert all(s._sectPr.find(qn("w:bidi")) is not None for s in document.sections)
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in document.tables)
    title = next(p for p in document.paragraphs if p.text == "حالة التنفيذ")
    assert title._p.pPr.find(qn("w:bidi")) is not None
    assert title.runs[0]._r.rPr.find(qn("w:rtl")) is not None
    said = next(c for t in document.tables for row in t.rows for c in row.cells if "A clinic was opened." in c.text)
    english = next(p for p in said.paragraphs if "clinic" in p.text)
    assert english._p.pPr.find(qn("w:bidi")).get(qn("w:val")) == "0", "a text in English stays left to right"


def test_an_english_report_has_no_right_to_left_mark(people):
    world.recommendation()
    markup = parts(made(people.secretariat).file)["word/document.xml"]
    assert not [mark for mark in (b"<w:bidi/>", b"<w:rtl/>", b"<w:bidiVisual/>") if mark in markup]


def test_it_holds_the_parts_that_were_chosen(people):
    world.recommendation("Protect the children of the north.")
    text = words(made(people.secretariat, sections=["families", "criteria"]))
    assert "By mechanism family" in text
    assert "What the statuses mean" in text
    assert "Protect the children" not in text
    assert "By theme" not in text


def test_a_report_of_many_records_reads_a_fixed_number_of_statements_per_chunk(people):
    counts = []
    for _round in range(2):
        for _n in range(30):
            world.recommendation()
        report = asked(people.secretariat, as_of=days_ago(1))
        with CaptureQueriesContext(connection) as statements:
            finished(report)
        counts.append(sum("progress" not in s["sql"] for s in statements.captured_queries))
    assert counts[1] <= counts[0] + 2


def test_a_report_is_made_as_pdf(people, signed_in):
    followed.published(people, followed.assigned(people.secretariat, people.health))
    office = signed_in(people.secretariat)
    office.post(STATUS, form(title="State of play", form="pdf"))
    work()
    report = GeneratedReport.objects.get()
    assert report.is_ready, report.message
    assert "(<bdi>PDF," in office.get(page_of(report)).content.decode()
    file = office.get(reverse("reporting:download", args=[report.public_id]))
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].endswith('.pdf"')
    text = printed(report)
    for told in ("State of play", "It covers 1 recommendation.", "By implementation status", "A clinic was opened."):
        assert told in text


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh-hans"])
def test_a_report_is_printed_in_every_language(people, language):
    world.recommendation("Protect the children of the north.")
    report = made(people.secretariat, language=language, title="2026", form="pdf")
    text = printed(report)  # of a page in Arabic, words may come out in another order
    assert all(word in text for word in ("Protect", "children", "north"))
    assert pypdf.PdfReader(report.file).trailer["/Root"]["/Lang"].startswith(language[:2])


def test_a_report_too_long_to_print_says_what_to_do(people, monkeypatch):
    def too_long(settings, sections):
        raise typesetting.NotPrinted("memory")

    monkeypatch.setattr(pdf, "printed", too_long)
    report = asked(people.secretariat, form="pdf")
    making.make(report.pk)
    report.refresh_from_db()
    assert report.state == "failed"
    assert "Ask for it as Word" in report.message


def test_an_imported_list_comes_back_as_word_only(people):
    batch = ImportBatch.objects.create(format="upr-list", state="applied", file_name="list.docx")
    with pytest.raises(Invalid, match="Choose Word"):
        services.ask_for_matrix(people.secretariat, language="en", as_of=timezone.localdate(), source=batch, form="pdf")


def test_an_unknown_kind_of_file_is_refused(people):
    with pytest.raises(Invalid, match="kinds of file"):
        asked(people.secretariat, form="odt")
