"""The search page tells what a person may see, and holds the whole search in its address."""

import json

import pypdfium2
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mutabaa.explore.asking import Asking
from mutabaa.explore.results import ordered
from mutabaa.recommendations.search import FACETS
from mutabaa.search import keeping
from tests import world

PAGE = "/search/"


def found(response, records) -> set[str]:
    names = {record.pk: name for name, record in vars(records).items()}
    return {names[line.record.pk] for line in response.context["lines"]}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=woman", {"woman", "women"}),
        ("q=women", {"woman", "women"}),
        ("q=%22rule+of+law%22", {"law"}),
        ("q=%22law+of+rule%22", set()),
        ("q=bias+AND+technology", {"women"}),
        ("q=judicial+NOT+independence", {"law"}),
        ("q=judicial+-reform", {"judges"}),
        ("q=independen*", {"judges"}),
        ("q=المرأة", {"arabic"}),
        ("q=للاجئين", {"arabic"}),
        ("q=والطفل", {"arabic"}),
        ("q=CEDAW/C/XMU/CO/7-8", {"woman", "women"}),
        ("q=CEDAW/C/XMU", {"woman", "women"}),
        ("q=paragraph:24", {"woman"}),
        ("q=body:CRC", {"law", "judges"}),
        ("q=by:Qania", {"arabic"}),
        ("q=year:2022..2023", {"law", "judges", "arabic"}),
        ("body=CRC", {"law", "judges"}),
        ("body=CRC&body=UPR", {"law", "judges", "arabic"}),
        ("theme=right-to-health&theme=right-to-education", {"woman", "law", "judges"}),
        ("theme=right-to-health&group=children", {"judges"}),
        ("from=2022&to=2022", {"law", "judges"}),
        ("q=women&scope=all", {"woman", "women", "foreign"}),
        ("state=XOT&scope=all", {"foreign"}),
        ("q=nowhere", set()),
    ],
)
def test_it_finds(client, records, query, expected):
    response = client.get(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert found(response, records) == expected
    assert response.context["answer"].total == len(expected)


def test_each_value_is_counted_without_its_own_filter(client, records):
    blocks = {b.key: b for b in client.get(f"{PAGE}?body=CRC").context["blocks"]}
    assert {v.code: v.count for v in blocks["body"].values} == {"CEDAW": 2, "CRC": 2, "UPR": 1}
    assert {v.code: v.count for v in blocks["theme"].values} == {"right-to-education": 2, "right-to-health": 1}
    assert [v.code for v in blocks["body"].values if v.chosen] == ["CRC"]


def test_targets_stand_in_the_order_of_their_numbers_and_letters():
    codes = ["16.b", "2.1", "16.10", "16.a", "16.2"]
    assert ordered("target", dict.fromkeys(codes, 1)) == ["2.1", "16.2", "16.10", "16.a", "16.b"]


@pytest.mark.parametrize(("address", "mark"), [("/search/", 'class="hit-head"'), ("/search/feed/", "<entry>")])
def test_many_results_cost_no_more_queries_than_one(client, records, address, mark):
    client.get(f"{address}?q=women")  # names and counts are at hand from here on
    costs = {}
    for query, results in (("q=arabic OR الطفل", 1), ("scope=all", 6)):
        with CaptureQueriesContext(connection) as statements:
            page = client.get(f"{address}?{query}").content.decode()
        assert page.count(mark) == results
        costs[results] = len(statements)
    assert costs[6] <= costs[1]


def test_a_value_leads_to_the_search_with_it_and_back(client, records):
    block = next(b for b in client.get(f"{PAGE}?q=women").context["blocks"] if b.key == "group")
    value = next(v for v in block.values if v.code == "women")
    assert value.address == "?q=women&group=women"
    chosen = client.get(PAGE + value.address)
    block = next(b for b in chosen.context["blocks"] if b.key == "group")
    assert next(v for v in block.values if v.code == "women").address == "?q=women"
    assert chosen.context["chips"] == [{"label": "Affected group", "value": "Women", "without": "?q=women"}]


def test_a_passage_marks_the_words_and_escapes_the_rest(client, db):
    world.recommendation("Say <script>alert(1)</script> & protect women.")
    page = client.get(f"{PAGE}?q=woman").content.decode()
    assert "<mark>women</mark>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; protect" in page
    assert "<script>alert" not in page


def test_a_passage_of_arabic_runs_from_right_to_left(client, records):
    page = client.get(f"{PAGE}?q=المرأة").content.decode()
    assert '<p class="hit-text" lang="ar" dir="rtl">' in page
    assert "<mark>المرأة</mark>" in page


def test_a_wrong_query_gets_the_best_reading_and_is_told(client, records):
    response = client.get(PAGE, {"q": '(judicial "rule of law'})
    assert found(response, records) == {"law"}
    page = response.content.decode()
    assert "A closing parenthesis is missing" in page
    assert "A quotation mark is missing" in page


@pytest.mark.parametrize(
    "query",
    ["q=%00", "q=" + "(" * 900, "q=" + "a*+" * 300, "page=x", "page=99999", "from=abc", "from=2024&to=2020", "theme=" + "x" * 200,
     "sort=no&scope=no", "q=%F0%9F%98%80", "q=*", "q=-", "q=NOT", "q=AND+OR", "theme=%27;--"],
)  # fmt: skip
def test_no_address_breaks_it(client, records, query):
    assert client.get(f"{PAGE}?{query}").status_code == 200


def test_what_cannot_be_read_is_named(client, records):
    assert "left out: From year" in client.get(f"{PAGE}?from=abc").content.decode()


def test_a_mistyped_word_is_only_suggested(client, records):
    response = client.get(f"{PAGE}?q=tecnology")
    assert response.context["answer"].total == 0
    assert response.context["suggestions"] == [("technology", "?q=technology")]
    assert "Did you mean" in response.content.decode()


def test_nobody_is_suggested_words_of_closed_records(client, db, people):
    world.recommendation("Publish the xylophone.", visibility="secretariat")
    assert client.get(f"{PAGE}?q=xylophne").context["suggestions"] == []


def test_terms_of_other_languages_are_found_on_request(client, records):
    world.recommendation("Protéger les femmes.", language="fr")
    alone, more = client.get(f"{PAGE}?q=women"), client.get(f"{PAGE}?q=women&also=1")
    assert ("fr", "French", "femmes") in alone.context["equivalents"]
    assert (alone.context["answer"].total, more.context["answer"].total) == (2, 4)


def test_script_gets_the_results_alone_and_an_address_to_keep(client, records):
    response = client.get(f"{PAGE}?q=women&sort=best", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="explore")
    page = response.content.decode()
    assert page.lstrip().startswith("<title>women · Search · ")
    assert '<div id="explore">' in page
    assert "<html" not in page
    assert response["HX-Push-Url"] == f"{PAGE}?q=women"
    assert "HX-Request" in response["Vary"]


def test_further_pages_go_on_where_the_last_ended(client, db):
    for n in range(30):
        world.recommendation(f"Measure {n} for women.")
    first, second = (client.get(f"{PAGE}?q=women&page={n}").context["lines"] for n in (1, 2))
    assert (len(first), len(second)) == (25, 5)
    assert not {line.record.pk for line in first} & {line.record.pk for line in second}


def test_an_empty_site_and_an_empty_result_say_what_to_do(client, db):
    world.installation()
    assert "Nothing to search yet" in client.get(PAGE).content.decode()
    world.recommendation("Anything.")
    assert "No recommendation matches" in client.get(f"{PAGE}?q=else").content.decode()


def test_while_the_index_is_made_the_page_says_so(client, records, monkeypatch):
    monkeypatch.setattr(keeping, "SMALL", 2)
    page = client.get(PAGE).content.decode()
    assert "The index is being made" in page
    assert client.get("/search/export/csv/").status_code == 302


def test_the_address_says_the_search_once_for_all(client, records):
    a = Asking.from_query(client.get(f"{PAGE}?sort=best&q=+women+&scope=own&theme=").context["request"].GET)
    assert a.query == "q=women"


def test_all_values_of_a_facet_have_a_page(client, records):
    response = client.get("/search/values/body/?q=protect")
    assert [(v.code, v.count) for v in response.context["values"]] == [("CEDAW", 1)]
    assert client.get("/search/values/nothing/").status_code == 404


def test_a_record_of_another_state_has_a_page_with_its_citation(client, records):
    page = client.get(reverse("explore:record", args=[records.foreign.public_id])).content.decode()
    assert "Protect women everywhere." in page
    assert f"CRC/C/XOT/CO/1, para. {records.foreign.paragraph}" in page
    own = client.get(reverse("explore:record", args=[records.woman.public_id]))
    assert own["Location"] == records.woman.get_absolute_url()


def test_the_feed_holds_what_a_visitor_may_see(signed_in, people, records):
    world.recommendation("Protect women in secret.", visibility="secretariat")
    response = signed_in(people.secretariat).get("/search/feed/?q=women")
    assert response["Content-Type"].startswith("application/atom+xml")
    text = response.content.decode()
    assert text.count("<entry>") == 2
    assert "Let every woman choose." in text
    assert "secret" not in text


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "pdf", "jsonl"])
def test_a_download_holds_every_result_and_no_more(client, records, fmt):
    world.recommendation("Protect women in secret.", visibility="secretariat")
    response = client.get(f"/search/export/{fmt}/?q=women&scope=all")
    data = b"".join(response.streaming_content)
    if fmt == "xlsx":
        from io import BytesIO

        from openpyxl import load_workbook

        cells = [str(c) for row in load_workbook(BytesIO(data), read_only=True).worksheets[0].values for c in row if c]
        text = "\n".join(cells)
    elif fmt == "pdf":
        pages = pypdfium2.PdfDocument(data)
        text = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    else:
        text = data.decode("utf-8-sig")
    for words in ("Let every woman choose.", "Protect women from bias", "Protect women everywhere."):
        assert words in text
    assert "secret" not in text
    assert "judicial" not in text
    if fmt == "jsonl":
        rows = [json.loads(line) for line in text.splitlines()]
        assert len(rows) == 3
        assert {row["state"] for row in rows} == {"State XMU", "Otherland"}


def test_an_unknown_format_is_not_found(client, records):
    assert client.get("/search/export/docx/").status_code == 404


def test_an_address_with_one_value_more_is_the_canonical_one(records):
    asking = Asking.from_query(QueryDict("q=a b&theme=x&by=XQA&from=2020&scope=all&sort=newest&also=1&body=CRC"))
    for facet in FACETS:
        for value in ("new", "ünï & co"):
            assert asking.additions(facet.key)(value) == asking.toggled(facet.key, value).address


def test_a_new_name_is_shown_at_once(client, records):
    theme = records.woman.themes.get()
    client.get(PAGE)
    theme.name_en = "Renamed theme"
    theme.save()
    assert "Renamed theme" in client.get(PAGE).content.decode()
