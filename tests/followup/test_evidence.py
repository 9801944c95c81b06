"""Evidence is known by its content, lies under a random name, and is given only to those who may read its update."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import Evidence, Update
from tests.followup import made

pytestmark = pytest.mark.django_db

JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 20
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def draft(people):
    return made.draft(people.focal, made.assigned(people.secretariat, people.health), people.health)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", made.PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.txt", "نص بالعربية".encode(), "text/plain"),
        ("a.csv", b"year;cases\n2024;12\n", "text/csv"),
        (
            "a.docx",
            made.office("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.xlsx", made.office("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_it_knows_the_type_by_content(people, draft, name, content, kind):
    assert services.add_evidence(people.focal, draft, upload=made.upload(name, content)).content_type == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.pdf", b"<html><script>alert(1)</script>\0</html>"),
        ("tool.pdf", b"MZ\x90\0" + b"\0" * 100),
        ("empty.txt", b""),
        ("other.zip", made.office("anything.xml")),
        ("broken.docx", made.office("word/document.xml")[:40]),
        ("binary.csv", bytes(range(256))),
    ],
)
def test_it_refuses_other_content_whatever_it_is_called(people, draft, name, content):
    with pytest.raises(Invalid):
        services.add_evidence(people.focal, draft, upload=made.upload(name, content))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        made.office("word/document.xml", "word/vbaProject.bin"),
        made.office(
            "xl/workbook.xml",
            content_types="<Override ContentType='application/vnd.ms-excel.sheet.macroEnabled.main+xml'/>",
        ),
    ],
)
def test_it_refuses_macros(people, draft, content):
    with pytest.raises(Invalid, match="macros"):
        services.add_evidence(people.focal, draft, upload=made.upload("a.docx", content))


def test_it_refuses_what_is_too_large(people, draft, settings):
    settings.MAX_UPLOAD_BYTES = 10
    with pytest.raises(Invalid, match="larger"):
        services.add_evidence(people.focal, draft, upload=made.upload())


def test_it_lies_under_a_random_name_and_keeps_its_own_beside(people, draft):
    piece = services.add_evidence(people.focal, draft, upload=made.upload("../../etc/مرسوم.exe"))
    assert piece.original_name == "مرسوم.exe.pdf"
    assert "exe" not in piece.file.name
    assert default_storage.open(piece.file.name).read() == made.PDF


def test_a_refused_row_leaves_no_file(people, draft):
    before = set(default_storage.listdir("evidence")[1]) if default_storage.exists("evidence") else set()
    with pytest.raises(NotAllowed):
        services.add_evidence(people.stranger, draft, upload=made.upload())
    after = set(default_storage.listdir("evidence")[1]) if default_storage.exists("evidence") else set()
    assert before == after


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example/a", "gazette", "https://", "https://[broken"])
def test_it_takes_web_addresses_only(people, draft, url):
    with pytest.raises(Invalid):
        services.add_evidence(people.focal, draft, url=url)


def test_evidence_of_an_update_that_was_handed_in_stays(people, draft):
    piece = services.add_evidence(people.focal, draft, upload=made.upload())
    services.submit_update(people.focal, draft)
    with pytest.raises(NotAllowed):
        services.remove_evidence(people.focal, piece)
    with pytest.raises(NotAllowed):
        services.add_evidence(people.focal, draft, upload=made.upload())


def test_it_is_read_with_its_updates_in_one_statement(people, draft, django_assert_num_queries):
    other = Update.objects.create(recommendation=draft.recommendation, institution=people.health, author=people.focal)
    first, second, gone = (services.add_evidence(people.focal, draft, url=f"https://example.org/{n}") for n in range(3))
    services.remove_evidence(people.focal, gone)
    with django_assert_num_queries(1):
        found = Update.objects.order_by("-pk").with_evidence()
        told = [(u.pk, u.institution.code, u.component, [e.url for e in u.shown_evidence]) for u in found]
    assert told == [(other.pk, "health", None, []), (draft.pk, "health", None, [first.url, second.url])]


def test_it_is_given_out_as_an_attachment_to_those_who_may_read_the_update(people, draft, client, signed_in):
    piece = services.add_evidence(people.focal, draft, upload=made.upload("decree.pdf"))
    address = reverse("followup:evidence", args=[piece.public_id])
    assert client.get(address).status_code == 404
    for person in (people.stranger, people.nhri, people.secretariat):
        assert signed_in(person).get(address).status_code == 404
    answer = signed_in(people.focal).get(address)
    assert b"".join(answer.streaming_content) == made.PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.logout()
    update = services.approve_update(people.validating, services.submit_update(people.focal, draft))
    services.publish_update(people.secretariat, update)
    assert client.get(address).status_code == 200


def test_published_for_institutions_it_stays_from_the_public(people, client, signed_in):
    item = made.assigned(people.secretariat, people.health)
    draft = made.draft(people.focal, item, people.health, visibility="institutions")
    piece = services.add_evidence(people.focal, draft, upload=made.upload())
    services.publish_update(
        people.secretariat, services.approve_update(people.validating, services.submit_update(people.focal, draft))
    )
    address = reverse("followup:evidence", args=[piece.public_id])
    assert client.get(address).status_code == 404
    assert signed_in(people.stranger).get(address).status_code == 404
    assert signed_in(people.statistician).get(address).status_code == 200
    assert signed_in(people.alternate).get(address).status_code == 200


def test_removed_it_is_gone_from_view_but_not_from_record(people, draft, signed_in):
    piece = services.add_evidence(people.focal, draft, upload=made.upload())
    services.remove_evidence(people.focal, piece)
    assert signed_in(people.focal).get(reverse("followup:evidence", args=[piece.public_id])).status_code == 404
    assert default_storage.exists(piece.file.name)
