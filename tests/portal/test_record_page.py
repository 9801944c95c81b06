"""The page of one recommendation tells everything published about it, and who said it."""

import json

import pytest
from django.utils import translation

from mutabaa.portal.record import citation
from tests import world
from tests.portal.published import full_record


@pytest.fixture
def record(db):
    return full_record(follow_up=True, priority="high", priority_reason="gravity")


@pytest.mark.parametrize(
    "told",
    [
        "Adopt the law on child protection.", "Original text: <bdi>English", "Adopter la loi.", "official translation", "The State supports it.",
        "Adopt.", "State XQA", "Health", "Justice", "Childhood", "Measures have begun.", "validated by the secretariat", "The bill was tabled.",
        "Lack of funds", "Few staff", "Second reading", "Bill No. 7", "Partly satisfactory", "The Committee", "The budget is missing.",
        "National human rights institution", "Right to health", "Children", 'href="/sdgs/3.2/"', 'href="/clusters/childhood/"',
    ],
)  # fmt: skip
def test_it_tells(record, client, told):
    assert told in client.get(record.get_absolute_url()).content.decode()


def test_the_original_is_marked_with_its_own_language_and_direction(db, client):
    record = world.recommendation("ينبغي اعتماد القانون.", language="ar")

    page = client.get(record.get_absolute_url()).content.decode()

    assert '<blockquote class="text-body" lang="ar" dir="rtl">' in page


def test_the_status_says_who_stated_it_when_and_on_what(record, client):
    page = client.get(record.get_absolute_url()).content.decode()

    assert "Measures have begun." in page
    assert "<bdi>Health</bdi>, validated by the secretariat" in page
    assert 'datetime="2024-05-06"' in page
    assert "the update published" in page


def test_the_criterion_is_shown_in_the_readers_language_while_it_still_stands(record, client):
    assert "بدأت التدابير." in client.get(record.get_absolute_url() + "?lang=ar").content.decode()

    record.status_entries.update(criterion="An older wording.")

    page = client.get(record.get_absolute_url() + "?lang=ar").content.decode()
    assert "An older wording." in page
    assert "بدأت التدابير." not in page


@pytest.mark.parametrize(
    ("symbol", "paragraph", "expected"),
    [
        ("CRC/C/XMU/CO/4", "24 (a)", "Committee CRC, CRC/C/XMU/CO/4 (2022), para. 24 (a)"),
        ("CRC/C/XMU/CO/4", "", "Committee CRC, CRC/C/XMU/CO/4 (2022)"),
        ("", "7", "Committee CRC, Concluding observations (2022), para. 7"),
    ],
)
def test_it_says_how_to_cite(db, symbol, paragraph, expected):
    document = world.document(symbol, title_en="Concluding observations")

    assert citation(world.recommendation("x", document, paragraph=paragraph)) == expected


def test_the_same_record_can_be_downloaded_as_data(record, client):
    response = client.get(record.get_absolute_url() + "json/")
    data = json.loads(response.content)

    assert response["Content-Disposition"].startswith("attachment")
    assert (data["id"], data["status"], data["paragraph"]) == (record.public_id, "in_progress", record.paragraph)
    assert data["text"] == record.text
    assert data["lead_institution"] == {"code": "health", "name": "Health"}
    assert data["partner_institutions"] == [{"code": "justice", "name": "Justice"}]
    assert data["updates"][0]["obstacles"] == ["Lack of funds"]
    assert data["statuses"][0]["after_update_of"] == "health"
    assert data["external_assessments"][0]["grade"] == "B"
    assert data["comments"][0]["role"] == "nhri"


def test_a_bare_record_says_what_is_missing(db, client):
    page = client.get(world.recommendation("Bare.").get_absolute_url()).content.decode()

    assert "The State has not yet stated how far this is implemented." in page
    assert "No institution has been made responsible yet" in page
    assert "Not assigned yet." in page


def test_names_are_in_the_readers_language_with_the_best_one_left_otherwise(record, client):
    group = record.groups.get()
    group.name_ar = "الأطفال"
    group.save()

    with translation.override("ar"):
        page = client.get(record.get_absolute_url() + "?lang=ar").content.decode()

    assert "الأطفال" in page
    assert "Childhood" in page


@pytest.mark.parametrize("page", ["get_absolute_url", "workspace_url"])
@pytest.mark.parametrize("person", ["focal", "secretariat", "cso"])
def test_it_reads_at_most_fifteen_statements_where_there_is_something_of_everything(
    record, people, signed_in, django_assert_max_num_queries, page, person
):
    other = full_record("Adopt the law on child protection soon.")
    client = signed_in(getattr(people, person))
    address = getattr(record, page)()
    with django_assert_max_num_queries(15):
        told = client.get(address).content.decode()
    assert "The State supports it." in told
    assert other.text in told or page == "workspace_url"


def test_translations_stand_in_the_order_in_which_they_came(record, client):
    record.translations.create(language="es", text="A adoptar la ley.")
    data = json.loads(client.get(record.get_absolute_url() + "json/").content)
    assert [(t["language"], t["official"]) for t in data["translations"]] == [("fr", True), ("es", False)]
