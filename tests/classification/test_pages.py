"""The pages of suggested tags."""

import csv
import io

import pytest

from mutabaa.classification.models import Suggestion, TrainedModel, Training
from mutabaa.classification.services.suggesting import suggest_new
from mutabaa.classification.triage import marked
from tests import world

pytestmark = pytest.mark.django_db
TRIAGE = "/workspace/classification/"


@pytest.fixture
def record():
    world.theme("torture", name_en="Prohibition of torture")
    world.group("children")
    made = world.recommendation("Prevent torture of children in custody.")
    suggest_new()
    return made


def test_each_suggestion_shows_its_score_and_the_words_it_rests_on(people, signed_in, record):
    page = signed_in(people.secretariat).get(TRIAGE).content.decode()
    assert "Prohibition of torture" in page
    assert '<bdi dir="ltr">55%</bdi>' in page
    assert "Prevent <mark>torture</mark> of <mark>children</mark> in custody." in page


def test_accepting_by_the_form_comes_back_to_the_page(people, signed_in, record):
    row = Suggestion.objects.get(code="torture")
    answer = signed_in(people.secretariat).post(
        f"{TRIAGE}{row.pk}/accept/", {"next": f"{TRIAGE}?kind=theme"}, follow=True
    )
    assert answer.redirect_chain == [(f"{TRIAGE}?kind=theme", 302)]
    assert "The tag was added to the recommendation." in answer.content.decode()
    assert record.themes.get().code == "torture"


def test_it_never_leads_to_another_host(people, signed_in, record):
    row = Suggestion.objects.get(code="torture")
    answer = signed_in(people.secretariat).post(f"{TRIAGE}{row.pk}/reject/", {"next": "https://evil.example/"})
    assert answer["Location"] == TRIAGE


def test_a_script_gets_the_bare_answer(people, signed_in, record):
    client = signed_in(people.secretariat)
    row = Suggestion.objects.get(code="torture")
    assert client.post(f"{TRIAGE}{row.pk}/accept/", headers={"X-Requested-With": "fetch"}).status_code == 204
    answer = client.post(f"{TRIAGE}{row.pk}/reject/", headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 422
    assert "was accepted" in answer.content.decode()


def test_it_is_filtered_by_kind_and_by_records_without_tags(people, signed_in, record):
    client = signed_in(people.secretariat)
    other = world.recommendation("Protect children.", themes=[world.theme("torture")])
    suggest_new()
    page = client.get(TRIAGE, {"kind": "group"}).content.decode()
    assert "Prohibition of torture" not in page
    assert other.workspace_url() in page
    page = client.get(TRIAGE, {"untagged": "1"}).content.decode()
    assert record.workspace_url() in page
    assert other.workspace_url() not in page


def test_what_was_decided_is_listed_and_can_be_proposed_again(people, signed_in, record):
    client = signed_in(people.secretariat)
    row = Suggestion.objects.get(code="torture")
    client.post(f"{TRIAGE}{row.pk}/reject/")
    page = client.get(TRIAGE, {"state": "rejected"}).content.decode()
    assert people.secretariat.name in page
    client.post(f"{TRIAGE}{row.pk}/reconsider/")
    row.refresh_from_db()
    assert row.state == "proposed"


def test_an_empty_page_says_why(people, signed_in):
    client = signed_in(people.secretariat)
    assert "No suggestion waits" in client.get(TRIAGE).content.decode()
    assert "No suggestion of this kind waits" in client.get(TRIAGE, {"kind": "sdg"}).content.decode()
    assert "Nothing was decided yet" in client.get(TRIAGE, {"state": "accepted"}).content.decode()


def test_the_record_s_page_shows_them_to_the_secretariat_alone(people, signed_in, record):
    page = signed_in(people.secretariat).get(record.workspace_url()).content.decode()
    assert "Suggested tags</h2>" in page
    assert "Suggested tags</h2>" not in signed_in(people.nhri).get(record.workspace_url()).content.decode()


def test_the_list_takes_the_same_number_of_queries_for_more_records(
    people, signed_in, record, django_assert_max_num_queries
):
    for n in range(9):
        world.recommendation(f"Prevent torture of children, number {n}.")
    suggest_new()
    client = signed_in(people.secretariat)
    with django_assert_max_num_queries(15):
        client.get(TRIAGE)


def test_the_model_s_page_starts_a_training_and_shows_where_it_stands(people, signed_in):
    client = signed_in(people.administrator)
    assert "Nothing was learned yet" in client.get(f"{TRIAGE}model/").content.decode()
    client.post(f"{TRIAGE}model/train/")
    page = client.get(f"{TRIAGE}model/").content.decode()
    assert "<progress" in page
    assert "Learn anew" not in page
    Training.objects.update(state="refused", message="Too few.")
    assert "Too few." in client.get(f"{TRIAGE}model/").content.decode()


def test_a_version_shows_its_table_and_gives_it_as_csv(people, signed_in):
    world.theme("torture", name_en="=Torture")
    model = TrainedModel.objects.create(
        training=Training.objects.create(state="done"), texts=100, labels=120, held_out=15,
        figures={"theme": {"micro_f1": 0.91, "macro_f1": 0.82}},
        per_label=[{"kind": "theme", "code": "torture", "texts": 5, "suggested": 4, "right": 3, "precision": 0.75, "recall": 0.6, "f1": 0.6667}],
    )  # fmt: skip
    client = signed_in(people.administrator)
    page = client.get(model.get_absolute_url()).content.decode()
    assert '<bdi dir="ltr">75%</bdi>' in page
    assert '<bdi dir="ltr">91%</bdi>' in page
    rows = list(
        csv.reader(io.StringIO(client.get(f"{model.get_absolute_url()}labels.csv").content.decode("utf-8-sig")))
    )
    assert rows[0][:3] == ["Kind", "Code", "Name"]
    assert rows[1][1:7] == ["torture", "'=Torture", "5", "4", "3", "0.75"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Stop torture, tortured souls", ["torture"], ["torture"]),
        ("防止酷刑和虐待", ["酷刑"], ["酷刑"]),
        ("منع التعذيب في السجون", ["التعذيب", "السجون"], ["التعذيب", "السجون"]),
        ("Nothing here", [], []),
        ("a (b", ["(b"], ["(b"]),
    ],
)
def test_words_are_marked_where_they_stand(text, words, expected):
    pieces = marked(text, words)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.marked] == expected
