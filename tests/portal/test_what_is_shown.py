"""Only what is published is shown: nothing else is named, counted, confirmed or given as data."""

import csv
import io
import json
import re

import pypdfium2

from mutabaa.followup.models import Comment, ExternalAssessment, StatusEntry
from mutabaa.recommendations.models import Cluster, Recommendation, Responsibility
from tests import world
from tests.portal.published import DAY, full_record, pages, published_update

MARK = "xyzzyhidden"
HIDDEN = [
    {"visibility": "institutions"},
    {"visibility": "secretariat"},
    {"visibility": "restricted"},
    {"withdrawn": True},
    {"own": False},
]


def body(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_hidden_records_appear_on_no_page_not_even_as_a_count(db, client):
    record = full_record()
    before = {address: body(client, address) for address in pages(record)}
    hidden = [full_record("Hidden text on the law.", mark=MARK, **fields) for fields in HIDDEN]

    for address, page in before.items():
        assert body(client, address) == page, address
    assert MARK not in body(client, record.get_absolute_url())
    for one in hidden:
        assert client.get(one.get_absolute_url()).status_code == 404
        assert client.get(f"{one.get_absolute_url()}json/").status_code == 404


def test_downloads_hold_published_records_alone_whoever_asks(people, client, signed_in):
    full_record()
    for fields in HIDDEN:
        full_record("Hidden text on the law.", mark=MARK, **fields)
    Cluster.objects.create(code="secret", title_en=MARK, visibility="institutions").members.add(
        *Recommendation.objects.all()
    )

    for reader in (client, signed_in(people.secretariat)):
        response = reader.get("/recommendations/export/json/?cluster=secret")
        data = b"".join(response.streaming_content).decode()
        assert "Adopt the law" in data
        assert MARK not in data
        table = b"".join(reader.get("/recommendations/export/csv/?q=law").streaming_content).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(table)))) == 2
        assert reader.get("/recommendations/export/xlsx/").status_code == 200
        assert reader.get("/recommendations/export/docx/").status_code == 200
        sheets = pypdfium2.PdfDocument(b"".join(reader.get("/recommendations/export/pdf/").streaming_content))
        printed = " ".join(sheet.get_textpage().get_text_range() for sheet in sheets)
        assert "Adopt the law" in " ".join(printed.split())
        assert MARK not in printed


def test_nothing_tells_that_a_tag_document_or_mechanism_has_hidden_records_only(db, client):
    record = full_record()
    document = world.document(f"{MARK}/1", of=world.mechanism(MARK, "upr"))
    cluster = Cluster.objects.create(code=MARK, title_en=MARK, visibility="secretariat")
    cluster.members.add(record)
    for fields in HIDDEN:
        tags = {"themes": [world.theme(MARK)], "groups": [world.group(MARK)]}
        hidden = world.recommendation("Hidden.", document, year=1999, **tags, **fields)
        Responsibility.objects.create(recommendation=hidden, institution=world.institution(MARK), role="lead")
        cluster.members.add(hidden)

    for address in pages(record):
        page = body(client, address)
        assert MARK not in page.lower(), address
        assert "1999" not in page, address
    assert client.get(f"/documents/{document.pk}/").status_code == 404
    assert client.get(f"/clusters/{MARK}/").status_code == 404


def test_a_signed_in_person_sees_the_same_public_pages(people, client, signed_in):
    record = full_record()
    full_record("Hidden.", mark=MARK, visibility="institutions")

    inside = signed_in(people.secretariat)

    for address in pages(record):
        assert MARK not in body(inside, address), address
    assert body(inside, "/figures/json/") == body(client, "/figures/json/")


def test_a_cluster_that_is_not_public_is_neither_named_nor_used_as_a_filter(db, client):
    inside, outside = full_record(), world.recommendation("Another.")
    Cluster.objects.create(code="secret", title_en=MARK, visibility="institutions").members.add(inside)

    for address in (
        "/recommendations/?cluster=secret", "/recommendations/?cluster=none", "/recommendations/?group_by=cluster",
        "/figures/?cluster=secret",
    ):  # fmt: skip
        page = body(client, address)
        assert MARK not in page
        assert "Part of the address could not be read" in page
    shown = client.get("/recommendations/?cluster=secret").context["lines"]
    assert {line["record"].pk for line in shown} == {inside.pk, outside.pk}


def test_a_document_that_is_not_public_is_not_named_by_its_number(db, client):
    full_record()
    closed = world.document(f"{MARK}/2", visibility="restricted")
    record = world.recommendation("Public record of a document that is not.", closed)

    assert client.get(f"/documents/{closed.pk}/").status_code == 404
    assert "Part of the address could not be read" in body(client, f"/recommendations/?document={closed.pk}")
    assert f"{MARK}/2" not in body(client, "/documents/")
    assert f"/documents/{closed.pk}/" not in body(client, record.get_absolute_url())


def test_updates_that_are_not_published_and_public_are_not_shown(db, client):
    record = full_record()
    author, health = world.person("contributor"), world.institution("health")
    states = [{"state": state} for state in ("draft", "submitted", "approved", "asked_back", "withdrawn")]
    for fields in [*states, {"visibility": "institutions"}, {"visibility": "secretariat"}]:
        update = published_update(record, author, health, MARK, **fields)
        StatusEntry.objects.create(
            recommendation=record, status="not_started", on=DAY, criterion="Nothing.", update=update, author=author
        )

    for address in [record.get_absolute_url(), record.get_absolute_url() + "json/", *pages(record)]:
        assert MARK not in body(client, address), address
    data = json.loads(body(client, record.get_absolute_url() + "json/"))
    assert {s["after_update_of"] for s in data["statuses"] if s["status"] == "not_started"} == {None}


def test_internal_evaluations_private_assessments_hidden_comments_and_named_people_stay_inside(db, client):
    record = full_record()
    author = world.person("secretariat", name="Nadia Quartz")
    StatusEntry.objects.create(
        recommendation=record, status="implemented", on=DAY, note=MARK, internal=True, author=author
    )
    StatusEntry.objects.create(recommendation=record, status="in_progress", on=DAY, note="Plain.", author=author)
    assessment = ExternalAssessment.objects.get(recommendation=record)
    ExternalAssessment.objects.create(
        recommendation=record,
        assessor="nhri",
        grade=assessment.grade,
        on=DAY,
        text=MARK,
        visibility="secretariat",
        author=author,
    )
    ExternalAssessment.objects.create(
        recommendation=record, assessor="un", grade=assessment.grade, on=DAY, author=author,
        document=world.document(f"{MARK}/3", visibility="restricted"),
    )  # fmt: skip
    record.positions.create(
        position="noted", stated_on=DAY, document=world.document(f"{MARK}/4", visibility="restricted")
    )
    Comment.objects.create(recommendation=record, author=author, text=MARK, public=False)
    Comment.objects.create(recommendation=record, author=author, text=MARK, hidden_because="insult")
    record.priority, record.priority_reason, record.priority_note = "high", "gravity", MARK
    record.save()

    for address in (record.get_absolute_url(), record.get_absolute_url() + "json/"):
        page = body(client, address)
        assert MARK not in page
        assert "Nadia Quartz" not in page


def test_removed_evidence_is_not_shown(db, client):
    record = full_record()
    update = record.updates.get()
    update.evidence.create(title=MARK, url="https://example.org/x", added_by=update.author, removed=True)

    assert MARK not in body(client, record.get_absolute_url())
    assert "Bill No. 7" in body(client, record.get_absolute_url())


def test_similar_recommendations_are_published_ones(db, client):
    text = "Reduce infant mortality through rural clinics and trained midwives."
    record = world.recommendation(text, themes=[world.theme()])
    twin = world.recommendation(text + " Now.", themes=[world.theme()])
    hidden = world.recommendation(text + " Soon.", themes=[world.theme()], visibility="secretariat")

    page = body(client, record.get_absolute_url())

    assert twin.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page
