"""Files open again with other libraries and hold what went in."""

import csv
import datetime as dt
import io
import json

import docx
import openpyxl
import openpyxl.utils.escape
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from mutabaa.core.exports import Column, Sheet, csv_chunks, json_chunks, paper_widths, write_docx, write_pdf, write_xlsx

COLUMNS = [
    Column("ref", "Reference", "symbol", 18),
    Column("text", "Recommendation", "text", 60, language_key="language"),
    Column("on", "Date", "date", 12),
    Column("n", "Number", "number", 8),
    Column("themes", "Themes", "list", 30),
]
ROW = {
    "ref": "A/HRC/46/15 ¶ 142-17",
    "text": "Ratify the Convention",
    "language": "en",
    "on": dt.date(2021, 3, 9),
    "n": 7,
    "themes": ["Health", "Education"],
}


def sheet(rows, language="en", **fields):
    return Sheet(
        "Recommendations", COLUMNS, rows, language, notes=["Status: Implemented", "2 recommendations"], **fields
    )


def as_csv(table):
    raw = b"".join(csv_chunks(table))
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def as_xlsx(table):
    file = io.BytesIO()
    write_xlsx(table, file)
    return openpyxl.load_workbook(file)


def as_docx(table):
    file = io.BytesIO()
    write_docx(table, file)
    return docx.Document(file)


def as_json(table):
    return json.loads(b"".join(json_chunks(table)))


def test_it_works():
    assert as_csv(sheet([ROW]))[1] == [
        "A/HRC/46/15 ¶ 142-17",
        "Ratify the Convention",
        "2021-03-09",
        "7",
        "Health; Education",
    ]
    page = as_xlsx(sheet([ROW])).worksheets[0]
    assert [c.value for c in page[2]] == [
        "A/HRC/46/15 ¶ 142-17",
        "Ratify the Convention",
        dt.datetime.fromisoformat("2021-03-09"),
        7,
        "Health; Education",
    ]
    assert as_json(sheet([ROW]))["records"][0] == {k: v for k, v in ROW.items() if k != "language"} | {
        "on": "2021-03-09"
    }
    assert [c.text for c in as_docx(sheet([ROW])).tables[0].rows[1].cells][1:4] == [
        "Ratify the Convention",
        "2021-03-09",
        "7",
    ]


def test_it_writes_the_header_and_the_notes():
    book = as_xlsx(sheet([ROW]))
    page, notes = book.worksheets
    assert [c.value for c in page[1]] == ["Reference", "Recommendation", "Date", "Number", "Themes"]
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:E2"
    assert [c.value for c in notes["A"]][1:] == ["Status: Implemented", "2 recommendations"]
    assert as_json(sheet([ROW]))["notes"] == ["Status: Implemented", "2 recommendations"]
    assert "Status: Implemented" in [p.text for p in as_docx(sheet([ROW])).paragraphs]


def test_an_arabic_table_runs_from_right_to_left():
    book = as_xlsx(sheet([ROW], "ar"))
    assert all(page.sheet_view.rightToLeft for page in book.worksheets)
    document = as_docx(sheet([ROW | {"language": "ar", "text": "توصية"}], "ar"))
    table = document.tables[0]._tbl
    assert table.tblPr.find(qn("w:bidiVisual")) is not None
    reference, text = table.tr_lst[1].tc_lst[:2]
    assert "".join(t.text for t in reference.iter(qn("w:t"))) == "\u2066A/HRC/46/15 ¶ 142-17\u2069"
    assert reference.find(f".//{qn('w:rtl')}") is None
    assert text.find(f".//{qn('w:rtl')}") is not None
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_an_english_text_keeps_its_direction_in_an_arabic_table():
    cell = as_docx(sheet([ROW], "ar")).tables[0]._tbl.tr_lst[1].tc_lst[1]
    assert cell.find(f".//{qn('w:bidi')}").get(qn("w:val")) == "0"
    assert cell.find(f".//{qn('w:rtl')}") is None


def test_an_english_file_is_not_turned():
    assert not as_xlsx(sheet([ROW])).worksheets[0].sheet_view.rightToLeft
    assert as_docx(sheet([ROW])).tables[0]._tbl.tblPr.find(qn("w:bidiVisual")) is None


def test_the_header_of_a_word_table_is_repeated_on_every_page():
    document = as_docx(sheet([ROW]))
    assert document.tables[0]._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None
    assert document.sections[0].page_width > document.sections[0].page_height


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_cell_can_be_taken_for_a_formula(start):
    row = ROW | {"text": f"{start}HYPERLINK(1)", "themes": [f"{start}1+1"]}
    found = as_csv(sheet([row]))[1]
    assert found[1][0] == found[4][0] == "'"
    cells = as_xlsx(sheet([row])).worksheets[0][2]
    assert cells[1].value[0] == cells[4].value[0] == "'"
    assert cells[1].data_type == "s"


def test_numbers_and_other_texts_stay_as_they_are():
    assert as_csv(sheet([ROW | {"n": -3, "text": "State's duty - soon"}]))[1][1:4:2] == ["State's duty - soon", "-3"]
    assert as_xlsx(sheet([ROW | {"n": -3}])).worksheets[0]["D2"].value == -3


def test_an_empty_table_is_still_a_file():
    assert len(as_csv(sheet([]))) == 1
    assert as_xlsx(sheet([])).worksheets[0].max_row == 1
    assert as_json(sheet([]))["records"] == []
    assert len(as_docx(sheet([])).tables[0].rows) == 1


def without(text, forbidden):
    return "".join(c for c in text if c not in forbidden)


CONTROL = {chr(c) for c in range(32)} - {"\t", "\n", "\r"} | {"\ufffe", "\uffff"}
TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_any_text_comes_back(text):
    row = ROW | {"text": text}
    kept = without(text, CONTROL)
    guarded = "'" + kept if kept[:1] in tuple("=+-@\t\r\n＝＋－＠") and kept else kept
    assert as_json(sheet([row]))["records"][0]["text"] == kept
    assert as_csv(sheet([row]))[1][1] == guarded
    lines = kept.replace("\r\n", "\n").replace("\r", "\n")
    assert as_docx(sheet([row])).tables[0]._tbl.tr_lst[1].tc_lst[1].p_lst[0].text == lines
    value = as_xlsx(sheet([row])).worksheets[0]["B2"].value or ""
    assert openpyxl.utils.escape.unescape(value) == guarded.replace("\r\n", "\n").replace("\r", "\n")


def test_lone_surrogates_do_not_stop_the_file():
    row = ROW | {"text": "a\ud800b\x00c"}
    assert as_csv(sheet([row]))[1][1] == as_json(sheet([row]))["records"][0]["text"] == "abc"
    assert as_docx(sheet([row])).tables[0].rows[1].cells[1].text == "abc"


def test_a_table_is_printed_as_the_same_table():
    file = io.BytesIO()
    write_pdf(sheet([ROW, ROW | {"n": 8}]), file, lambda day: f"{day.day} March")
    page = pypdfium2.PdfDocument(file.getvalue())[0]
    assert page.get_width() > page.get_height()
    text = " ".join(page.get_textpage().get_text_range().split())
    for told in ("Status: Implemented", "Reference", "A/HRC/46/15 ¶ 142-17", "9 March", "Health; Education", "7", "8"):
        assert told in text


def test_a_narrow_column_holds_its_heading_and_a_date():
    columns = [
        Column("a", "Text", "text", 400),
        Column("b", "Institutions", "text", 4),
        Column("c", "On", "date", 1),
        Column("d", "最新更新", "text", 40),
    ]
    text, institutions, day, chinese = paper_widths(columns)
    assert text + institutions + day + chinese == pytest.approx(728)
    assert institutions == pytest.approx(12 * 5.2 + 10)
    assert day == 58
    assert text == pytest.approx(chinese * 10), "what is left is shared by their widths"


@given(
    st.lists(
        st.builds(Column, st.just("k"), st.text(max_size=30), st.sampled_from(["text", "date"]), st.integers(1, 90)),
        min_size=1,
        max_size=40,
    )
)
def test_every_column_has_a_width(columns):
    widths = paper_widths(columns)
    assert len(widths) == len(columns)
    assert min(widths) > 0
