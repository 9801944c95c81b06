"""The list: filters, words in any case and script, files that hold exactly the view."""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.urls import reverse

from tests import world
from tests.norms.made import instrument

pytestmark = pytest.mark.django_db
LIST = "/workspace/instruments/"


@pytest.fixture
def three(people):
    instrument(
        title_en="Act on Hospitals", kind="law", adopted_on=dt.date(2020, 3, 1), themes=[world.theme("right-to-health")],
        carries_out=[world.recommendation(), world.recommendation(visibility="secretariat")],
    )  # fmt: skip
    instrument(
        title_en="Prison strategy", title_ru="Стратегия реформы тюрем", kind="policy", state="repealed",
        adopted_on=dt.date(2022, 5, 1), ended_on=dt.date(2025, 1, 1), adopted_by=people.justice,
    )  # fmt: skip
    instrument(title_en="Bill on nurses", state="draft", visibility="institutions", summary="Pay for nurses.")
    return people


def titles(client, query=""):
    return [str(line["instrument"]) for line in client.get(LIST + query).context["lines"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Prison strategy", "Act on Hospitals", "Bill on nurses"]),  # the latest first, those without a date last
        ("?kind=law", ["Act on Hospitals", "Bill on nurses"]),
        ("?state=repealed", ["Prison strategy"]),
        ("?theme=right-to-health", ["Act on Hospitals"]),
        ("?institution=justice", ["Prison strategy"]),
        ("?year=2020", ["Act on Hospitals"]),
        ("?q=hospitals", ["Act on Hospitals"]),
        ("?q=СТРАТЕГИЯ", ["Prison strategy"]),
        ("?q=pay+nurses", ["Bill on nurses"]),
        ("?q=zzzz", []),
        ("?kind=nonsense&year=20x&state=%00", ["Prison strategy", "Act on Hospitals", "Bill on nurses"]),
    ],
)
def test_it_finds(three, signed_in, query, expected):
    assert titles(signed_in(three.secretariat), query) == expected


def test_readers_outside_the_State_see_what_is_public(three, signed_in):
    assert titles(signed_in(three.cso)) == ["Prison strategy", "Act on Hospitals"]


def test_its_filters_name_only_what_the_reader_may_see(three, signed_in):
    instrument(title_en="Hidden", visibility="secretariat", adopted_by=world.institution("secret-service"))
    page = signed_in(three.focal).get(LIST).content.decode()
    assert "Secret Service" not in page
    assert "Secret Service" in signed_in(three.secretariat).get(LIST).content.decode()


def file_of(client, form, query=""):
    response = client.get(reverse("norms:download", args=[form]) + query)
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_the_file_holds_the_view_and_the_recommendations_that_the_reader_sees(three, signed_in):
    client = signed_in(three.focal)
    rows = list(csv.DictReader(io.StringIO(file_of(client, "csv", "?q=hospitals").decode("utf-8-sig"))))
    assert [row["Title"] for row in rows] == ["Act on Hospitals"]
    assert rows[0]["Recommendations that it carries out"].startswith("CRC/C/XMU/CO/4 ¶ ")
    assert ";" not in rows[0]["Recommendations that it carries out"]
    data = json.loads(file_of(client, "json", "?kind=law"))
    assert [r["title"] for r in data["records"]] == ["Act on Hospitals", "Bill on nurses"]
    assert data["records"][0]["adopted_on"] == "2020-03-01"
    assert "Kind: Law" in data["notes"]


@pytest.mark.parametrize(("form", "part"), [("xlsx", "xl/sharedStrings.xml"), ("docx", "word/document.xml")])
def test_excel_and_word_hold_it_too(three, signed_in, form, part):
    with zipfile.ZipFile(io.BytesIO(file_of(signed_in(three.secretariat), form))) as parts:
        text = "".join(
            parts.read(name).decode("utf-8", "replace") for name in parts.namelist() if name.endswith(".xml")
        )
    assert "Prison strategy" in text


def test_an_unknown_form_is_not_found(three, signed_in):
    assert signed_in(three.secretariat).get(reverse("norms:download", args=["odt"])).status_code == 404


def test_an_empty_list_says_what_to_do(people, signed_in):
    page = signed_in(people.secretariat).get(LIST).content.decode()
    assert "No instrument is recorded yet" in page
    assert reverse("norms:new") in page
