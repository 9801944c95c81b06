"""A document from upload to records: reviewed beside its source, imported once, taken back, met again in other sources and languages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mutabaa.core.errors import Conflict
from mutabaa.intake.models import ImportBatch, ReadItem
from mutabaa.intake.review import services
from mutabaa.intake.services import import_file
from mutabaa.mechanisms.models import Document
from mutabaa.recommendations.models import PositionEntry, Recommendation, Translation
from tests import world
from tests.intake import files
from tests.intake.test_import_pages import work

pytestmark = pytest.mark.django_db

ENGLISH = """United Nations
CEDAW/C/XMU/CO/5
Distr.: General
12 March 2025
Original: English
Committee on the Elimination of Discrimination against Women
Concluding observations on the fifth periodic report of Mutabaland
1. The Committee considered the fifth periodic report of Mutabaland at its 2100th meeting, held on 20 February 2025.

B. Positive aspects

3. The Committee welcomes the adoption of the Act on equal pay in 2023.

C. Principal areas of concern and recommendations

Access to justice

9. The Committee notes with concern that few women know of legal aid in the rural provinces.

10. The Committee recommends that the State party:
(a) Widen legal aid to all women who cannot pay for a lawyer;
(b) Train all judges and prosecutors on the Convention every year.

12. The Committee recommends that the State party keep pregnant girls in school and let them come back.

45. The Committee requests the State party to provide, within two years, written information on the steps taken to implement the recommendations contained in paragraphs 10 (a) and 12 above.
"""
FRENCH = """Nations Unies
CEDAW/C/XMU/CO/5
Distr. générale
12 mars 2025
Français
Original : anglais
Comité pour l’élimination de la discrimination à l’égard des femmes
Observations finales concernant le cinquième rapport périodique
10. Le Comité recommande à l’État partie :
a) D’étendre l’aide juridictionnelle à toutes les femmes qui ne peuvent pas payer un avocat ;
b) De former chaque année tous les juges et procureurs à la Convention.

12. Le Comité recommande à l’État partie de garder à l’école les filles enceintes et de leur permettre d’y revenir.
"""


@pytest.fixture
def office(known, people, signed_in):
    world.mechanism("CEDAW")
    return signed_in(people.secretariat)


def send(client, text: str, name: str = "co.txt") -> ImportBatch:
    client.post(
        reverse("intake:index"),
        {"file": SimpleUploadedFile(name, text.encode()), "format": "auto", "scope": "own"},
    )
    work()
    return ImportBatch.objects.order_by("-pk").first()


def take_in(client, batch: ImportBatch) -> None:
    client.post(reverse("intake:document_decide", args=[batch.public_id]), {"state": "accepted", "all": "1"})
    client.post(reverse("intake:document_finish", args=[batch.public_id]))
    work()
    client.post(reverse("intake:apply", args=[batch.public_id]))
    work()
    batch.refresh_from_db()
    assert batch.state == "applied", (batch.state, batch.message)


def test_a_document_is_reviewed_imported_and_taken_back(office):
    batch = send(office, ENGLISH)
    page = reverse("intake:document", args=[batch.public_id])
    assert office.get(reverse("intake:batch", args=[batch.public_id]))["Location"] == page
    shown = office.get(page).content.decode()
    assert "CEDAW/C/XMU/CO/5" in shown
    assert "Widen legal aid" in shown
    assert Recommendation.objects.count() == 0
    take_in(office, batch)
    found = {(r.paragraph, r.kind): r for r in Recommendation.objects.all()}
    aid = found["10 (a)", "recommendation"]
    assert (aid.follow_up, str(aid.due_on), aid.own, aid.source) == (True, "2027-03-12", True, "document")
    assert not found["10 (b)", "recommendation"].follow_up
    assert aid.document.kind == "concluding_observations"
    assert ("3", "positive_aspect") in found
    assert ("9", "concern") in found
    office.post(reverse("intake:undo", args=[batch.public_id]))
    assert Recommendation.objects.count() == 0


def test_nothing_is_imported_that_nobody_accepted(office):
    batch = send(office, ENGLISH)
    office.post(reverse("intake:document_finish", args=[batch.public_id]))
    batch.refresh_from_db()
    assert batch.state == "review"
    one = batch.reading.items.get(paragraph="12")
    office.post(reverse("intake:document_decide", args=[batch.public_id]), {"state": "accepted", "item": one.pk})
    office.post(reverse("intake:document_finish", args=[batch.public_id]))
    work()
    office.post(reverse("intake:apply", args=[batch.public_id]))
    work()
    assert [r.paragraph for r in Recommendation.objects.all()] == ["12"]


def test_an_item_is_corrected_divided_and_joined(office):
    batch = send(office, ENGLISH)
    item = batch.reading.items.get(paragraph="12")
    address = reverse("intake:document_item", args=[batch.public_id, item.pk])
    data = {
        "version": item.version,
        "paragraph": "12",
        "kind": "recommendation",
        "text": "Keep girls in school.\n\nLet them come back.",
    }
    office.post(address, data)
    item.refresh_from_db()
    assert (item.text.split("\n")[0].strip(), item.state) == ("Keep girls in school.", "accepted")
    office.post(
        reverse("intake:document_item_split", args=[batch.public_id, item.pk]),
        {"version": item.version, "text": "Keep girls in school.\n\nLet them come back."},
    )
    halves = list(batch.reading.items.filter(paragraph__startswith="12").values_list("paragraph", "text"))
    assert halves == [("12 (a)", "Keep girls in school."), ("12 (b)", "Let them come back.")]
    item.refresh_from_db()
    office.post(reverse("intake:document_item_merge", args=[batch.public_id, item.pk]), {"version": item.version})
    item.refresh_from_db()
    assert item.text == "Keep girls in school.\nLet them come back."
    assert batch.reading.items.get(paragraph="12 (b)").state == "left_out"


def test_two_people_who_correct_one_item_lose_nothing(office, people):
    batch = send(office, ENGLISH)
    item = batch.reading.items.get(paragraph="12")
    services.edit_item(people.administrator, item, item.version, text="Theirs.")
    with pytest.raises(Conflict):
        services.edit_item(people.secretariat, item, item.version, text="Mine.")
    answer = office.post(
        reverse("intake:document_item", args=[batch.public_id, item.pk]),
        {"version": item.version, "paragraph": "12", "kind": "recommendation", "text": "Mine."},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs." in page
    assert "Mine." in page
    assert ReadItem.objects.get(pk=item.pk).text == "Theirs."


def test_the_same_document_again_changes_nothing(office):
    take_in(office, send(office, ENGLISH))
    before = Recommendation.objects.count()
    again = send(office, ENGLISH)
    take_in(office, again)
    assert Recommendation.objects.count() == before
    assert again.counts["unchanged"] == again.counts["rows"]


def test_the_document_in_a_second_language_becomes_official_translations(office):
    take_in(office, send(office, ENGLISH))
    before = Recommendation.objects.count()
    french = send(office, FRENCH)
    assert french.reading.purpose == "translation"
    take_in(office, french)
    assert Recommendation.objects.count() == before
    found = {t.recommendation.paragraph: t for t in Translation.objects.all()}
    assert set(found) == {"10 (a)", "10 (b)", "12"}
    assert all(t.official and t.language == "fr" for t in found.values())
    assert "juges et procureurs" in found["10 (b)"].text
    office.post(reverse("intake:undo", args=[french.public_id]))
    assert Translation.objects.count() == 0
    assert Recommendation.objects.count() == before


def test_an_addendum_gives_positions_and_its_undo_takes_them_back(office, people):
    report = world.document("A/HRC/58/7", world.mechanism("UPR", family="upr"))
    row = world.recommendation("Ratify the Convention.", report, paragraph="86.1", position="pending")
    other = world.recommendation("Abolish the law.", report, paragraph="86.2", position="pending")
    text = """United Nations
A/HRC/58/7/Add.1
1 June 2025
Report of the Working Group on the Universal Periodic Review
Mutabaland
Addendum
Views on conclusions and/or recommendations, voluntary commitments and replies presented by the State under review
86.1. Supported. The bill is before parliament.
86.2. Noted. The law is under study.
"""
    batch = send(office, text)
    assert batch.reading.purpose == "positions"
    take_in(office, batch)
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.position, other.position) == ("supported", "noted")
    assert "before parliament" in row.positions.first().text
    assert row.positions.first().document.symbol == "A/HRC/58/7/Add.1"
    office.post(reverse("intake:undo", args=[batch.public_id]))
    row.refresh_from_db()
    assert PositionEntry.objects.count() == 0
    assert row.position == "pending"
    assert not Document.objects.filter(symbol="A/HRC/58/7/Add.1").exists()


def test_an_export_that_brings_the_same_items_later_does_not_double_them(office, tmp_path):
    take_in(office, send(office, ENGLISH))
    before = set(Recommendation.objects.values_list("pk", flat=True))
    whole = (
        "The Committee recommends that the State party: (a) Widen legal aid to all women who cannot pay for a lawyer; "
        "(b) Train all judges and prosecutors on the Convention every year."
    )
    rows = [
        files.record(Body="- CEDAW", Symbol="CEDAW/C/XMU/CO/5", Text=whole),
        files.record(
            Body="- CEDAW",
            Symbol="CEDAW/C/XMU/CO/5",
            Text="The Committee recommends that the State party keep pregnant girls in school, and let them come back.",
            Themes=["Right to education"],
        ),
        files.record(
            Body="- CEDAW",
            Symbol="CEDAW/C/XMU/CO/5",
            Text="The Committee recommends that the State party ratify the Optional Protocol.",
        ),
    ]
    counts = import_file(files.json_file(tmp_path, rows), format="uhri", state="")
    made = Recommendation.objects.exclude(pk__in=before)
    assert [r.text for r in made] == ["The Committee recommends that the State party ratify the Optional Protocol."]
    assert counts["rows"] == 3
    assert Recommendation.objects.get(paragraph="12").themes.count() == 1


def test_a_damaged_document_is_refused_with_its_name(office):
    batch = send(office, "%PDF-1.7\nnothing of a PDF follows", "visit.pdf")
    assert batch.state == "refused"
    assert "visit.pdf" in batch.message
