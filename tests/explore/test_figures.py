"""The figures of a search are counts of the records themselves."""

import json

import pytest

from mutabaa.recommendations.models import Recommendation


def test_years_count_the_records_of_each_year(client, records):
    response = client.get("/search/years/?scope=all")
    rows = {str(row[0].value): row[1].value for row in response.context["chart"].rows}
    assert {year: n for year, n in rows.items() if n} == {"2019": 2, "2022": 3, "2023": 1}


def test_years_can_be_divided(client, records):
    chart = client.get("/search/years/?split=body").context["chart"]
    rows = {str(row[0].value): [cell.value for cell in row[1:]] for row in chart.rows}
    assert sum(rows["2022"]) == 2
    assert sum(n for row in rows.values() for n in row) == 5


def test_the_matrix_counts_pairs(client, records):
    matrix = client.get("/search/matrix/?rows=theme&columns=body").context["matrix"]
    columns = [label for label, _url in matrix.header]
    cells = {(row[0], column): cell.count for row in matrix.rows for column, cell in zip(columns, row[3], strict=True)}
    expected = {}
    for record in Recommendation.objects.filter(own=True):
        for theme in record.themes.all():
            key = (str(theme), record.mechanism.label)
            expected[key] = expected.get(key, 0) + 1
    assert {key: n for key, n in cells.items() if n} == expected


def test_a_cell_leads_to_its_records(client, records):
    matrix = client.get("/search/matrix/?rows=theme&columns=body").context["matrix"]
    for row in matrix.rows:
        for cell in row[3]:
            if cell.count:
                assert client.get(cell.url).context["answer"].total == cell.count


def test_raised_by_how_many_mechanisms(client, records):
    lines = {line.label: line for line in client.get("/search/raised/?of=theme").context["lines"]}
    health = lines["Right to health"]
    assert (health.mechanisms, health.total, str(health.first), str(health.last)) == (2, 2, "2019", "2022")


def test_side_by_side_begins_with_the_largest(client, records):
    response = client.get("/search/compare/?of=body&with=CEDAW&with=CRC")
    assert response.status_code == 200
    page = response.content.decode()
    assert "CEDAW" in page
    assert "CRC" in page
    assert client.get("/search/compare/").context["comparison"] is not None


@pytest.mark.parametrize(
    ("address", "total"),
    [("theme/right-to-health", 2), ("group/women", 2), ("state/XOT", 1), ("by/XQA", 1), ("body/CRC", 2)],
)
def test_a_profile_tells_of_one_value(client, records, address, total):
    response = client.get(f"/search/profiles/{address}/" + ("?scope=own" if address.startswith("body") else ""))
    assert response.context["total"] == total


@pytest.mark.parametrize("address", ["theme/none", "nothing/x", "state/ZZZ"])
def test_an_unknown_profile_is_not_found(client, records, address):
    assert client.get(f"/search/profiles/{address}/").status_code == 404


@pytest.mark.parametrize("page", ["years", "matrix", "raised"])
def test_figures_can_be_taken_as_data(client, records, page):
    response = client.get(f"/search/figures/{page}/json/")
    rows = json.loads(b"".join(response.streaming_content))
    assert rows
    assert client.get(f"/search/figures/{page}/csv/").status_code == 200
    assert client.get(f"/search/figures/{page}/docx/").status_code == 404


@pytest.mark.parametrize("page", ["years", "matrix", "raised", "compare"])
@pytest.mark.parametrize("query", ["", "q=nowhere", "rows=x&columns=y&of=z&split=w", "scope=all&q=women"])
def test_every_page_answers_every_search(client, records, page, query):
    assert client.get(f"/search/{page}/?{query}").status_code == 200
