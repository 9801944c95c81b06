"""Files of figures as statistical services send them: long, wide, with titles above, with missing codes; and SDMX."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mutabaa.core.errors import Invalid
from mutabaa.indicators.models import Delivery, Observation
from mutabaa.indicators.services import undo_delivery, validate
from mutabaa.intake.observations import receiving
from tests import world
from tests.indicators import made

pytestmark = pytest.mark.django_db


def send(by, content, name="figures.csv", **options):
    data = content.encode() if isinstance(content, str) else content
    return receiving.receive(by, SimpleUploadedFile(name, data), options)


def workbook(*sheets):
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def kept(of):
    return {(o.area_id, o.period, o.breakdown): o.value for o in of.observations.waiting()}


def test_a_long_table_with_titles_above_it(people):
    of = made.indicator("poverty")
    table = (
        "Statistical yearbook;;;\nTable 7: poverty;;;\n\nYear;Sex;Value;Source\n2023;Both sexes;38,5;Survey\n2023;Female;41,0;Survey\n"
        "2024;Total;36,2;Survey\n"
    )
    delivery = send(people.statistician, table, indicator="poverty")
    assert (delivery.state, delivery.counts["new"], delivery.counts["refused"]) == ("previewed", 3, 0)
    assert not of.observations.exists()
    receiving.ask_to_apply(people.statistician, delivery)
    assert {k: str(v.normalize()) for k, v in kept(of).items()} == {
        ("XMU", "2023", ""): "38.5", ("XMU", "2023", "sex=female"): "41", ("XMU", "2024", ""): "36.2",
    }  # fmt: skip


def test_a_wide_table_with_bounds_and_missing_codes_on_the_second_sheet(people):
    world.state("XOT", name_en="Otherland")
    of = made.indicator("deaths", measure="rate", factor=100000, name_en="Deaths by road traffic")
    data = workbook(
        ("Read me", [["This workbook holds figures."], ["Contact: the office"]]),
        (
            "Data",
            [
                ["Country", "Indicator", 2019, 2020, 2021],
                ["State XMU", "Deaths by road traffic", "1 372 [937-1828]", "..", 12.5],
                ["Otherland", "Deaths by road traffic", 20, None, "<5"],
            ],
        ),
    )
    delivery = send(people.statistician, data, "figures.xlsx")
    assert (delivery.state, delivery.counts["new"], delivery.refused) == ("previewed", 5, [])
    receiving.ask_to_apply(people.statistician, delivery)
    first = of.observations.get(area="XMU", period="2019")
    assert (first.value, first.low, first.high) == (1372, 937, 1828)
    assert of.observations.get(area="XMU", period="2020").status == "missing"
    assert of.observations.get(area="XOT", period="2021").status == "suppressed"
    assert not of.observations.filter(area="XOT", period="2020").exists()


def test_groups_as_columns(people):
    of = made.indicator("poverty")
    send_and_apply(people.statistician, "Year,Female,Male\n2023,41,36\n2024,39,34\n", indicator="poverty")
    assert {k[1:]: v for k, v in kept(of).items()} == {
        ("2023", "sex=female"): 41, ("2023", "sex=male"): 36, ("2024", "sex=female"): 39, ("2024", "sex=male"): 34,
    }  # fmt: skip


def send_and_apply(by, content, name="figures.csv", **options):
    return receiving.ask_to_apply(by, send(by, content, name, **options))


def test_a_table_with_a_wrong_row_is_not_imported_at_all(people):
    of = made.indicator("poverty")
    table = "Year,Value,Numerator,Denominator\n2021,40,,\n2022,140,,\n2023,,5,4\n2024,about 5,,\n2024,-,,\nnext year,3,,\n2021,41,,\n"
    delivery = send(people.statistician, table, indicator="poverty")
    assert [row[:2] for row in delivery.refused] == [
        [3, ["beyond_whole"]], [4, ["part_beyond_whole", "beyond_whole"]], [5, ["number"]], [6, ["dash"]], [7, ["no_period"]], [8, ["twice"]],
    ]  # fmt: skip
    with pytest.raises(Invalid, match="cannot be right"):
        receiving.ask_to_apply(people.statistician, delivery)
    assert not of.observations.exists()


def test_a_comma_that_could_be_both_is_asked_about(people):
    made.indicator("victims", measure="count", factor=1)
    delivery = send(people.statistician, 'Year,Value\n2024,"1,234"\n', indicator="victims")
    assert delivery.refused[0][1] == ["comma"]
    receiving.name_columns(people.statistician, delivery, {"comma": "thousands"})
    delivery.refresh_from_db()
    assert delivery.counts["refused"] == 0
    assert delivery.sample[0][5] == "1234"


def test_a_table_that_does_not_say_what_it_is_has_its_columns_named(people, signed_in):
    made.indicator("poverty")
    delivery = send(people.statistician, "when,how many\n2023,40\n2024,36\n")
    assert delivery.state == "mapping"
    client = signed_in(people.statistician)
    address = reverse("observations:columns", args=[delivery.public_id])
    assert "how many" in client.get(address).content.decode()
    client.post(address, {"column_0": "period", "column_1": "value", "indicator": "poverty"})
    delivery.refresh_from_db()
    assert (delivery.state, delivery.counts["new"]) == ("previewed", 2)


def test_the_same_file_again_brings_nothing(people):
    made.indicator("poverty")
    table = "Year,Value\n2023,40\n2024,36.5\n"
    send_and_apply(people.statistician, table, indicator="poverty")
    again = send(people.statistician, table, indicator="poverty")
    assert (again.counts["new"], again.counts["changed"], again.counts["same"]) == (0, 0, 2)


def test_an_import_is_undone_until_somebody_validated_a_figure_of_it(people):
    of = made.indicator("poverty")
    first = send_and_apply(people.statistician, "Year,Value\n2023,40\n", indicator="poverty")
    undo_delivery(people.statistician, first)
    assert of.observations.get().state == "withdrawn"
    second = send_and_apply(people.statistician, "Year,Value\n2023,41\n", indicator="poverty")
    validate(people.statistician, of.observations.waiting())
    with pytest.raises(Invalid, match="was validated"):
        undo_delivery(people.statistician, second)
    assert of.observations.in_force().get().value == 41


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 nothing", b"MZ\x00\x01", b"PK\x03\x04broken", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', b"<html></html>"]
)  # fmt: skip
def test_what_is_no_file_of_figures_is_refused_in_words(people, content):
    made.indicator("poverty")
    try:
        delivery = send(people.statistician, content)
    except Invalid as refusal:
        said = str(refusal)
    else:
        assert delivery.state == "refused"
        said = delivery.counts["message"]
    assert "figures.csv" in said
    assert not Observation.objects.exists()


def test_only_statisticians_import(people, signed_in):
    made.indicator("poverty")
    assert signed_in(people.secretariat).get(reverse("observations:index")).status_code == 403
    with pytest.raises(Invalid.__mro__[1], match="statisticians"):
        send(people.focal, "Year,Value\n2023,40\n")
    assert not Delivery.objects.exists()


def test_in_the_browser_from_the_file_to_the_chart(people, signed_in):
    made.indicator("poverty")
    client = signed_in(people.statistician)
    file = SimpleUploadedFile("yearbook.csv", b"Year,Value\n2022,40\n2023,38\n2024,36\n")
    preview = client.post(reverse("observations:index"), {"file": file, "indicator": "poverty"}, follow=True)
    assert "yearbook.csv" in preview.content.decode()
    delivery = Delivery.objects.get()
    done = client.post(
        reverse("observations:apply", args=[delivery.public_id]), {"version": delivery.version}, follow=True
    )
    assert "wait for validation" in done.content.decode()
    client.post(reverse("indicators:validate"), {"everything": "1", "delivery": delivery.public_id, "indicator": ""})
    assert "Improving" in client.get(reverse("indicators:detail", args=["poverty"])).content.decode()
