"""Damaged and hostile files: a clear message that names the file and the place, exit code 2, and nothing in the database."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutabaa.intake import uhri
from mutabaa.intake.files import sniff
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.models import ImportBatch
from mutabaa.recommendations.models import Recommendation
from tests.intake.files import json_file, record, xlsx_file

pytestmark = pytest.mark.django_db
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0"?>'
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def refused(path) -> str:
    with pytest.raises(CommandError) as caught:
        call_command("import", "uhri", str(path))
    assert caught.value.returncode == 2
    assert path.name in str(caught.value)
    assert Recommendation.objects.count() == 0
    assert not ImportBatch.objects.filter(state="applied").exists()
    return str(caught.value)


def with_part(path, name: str, content: str | bytes):
    """The workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.namelist():
            target.writestr(item, content if item == name else source.read(item))
    path.write_bytes(out.getvalue())
    return path


def test_it_names_the_row_of_malformed_json(known, tmp_path):
    path = json_file(tmp_path, [record() for _ in range(3)])
    path.write_text(path.read_text()[:-1] + ", {'single': 'quotes'}]")
    assert "Row 4" in refused(path)


def test_it_names_the_row_where_a_file_was_cut_off(known, tmp_path):
    path = json_file(tmp_path, [record() for _ in range(3000)])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    message = refused(path)
    assert "cut off" in message
    assert "row 1501" in message or "row 1500" in message


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_it_says_that_utf_16_is_the_wrong_encoding(known, tmp_path, encoding):
    path = tmp_path / "wide.json"
    path.write_text(json.dumps([record()]), encoding=encoding)
    assert "UTF-8" in refused(path)


def test_it_names_the_line_that_is_not_utf_8(known, tmp_path):
    path = tmp_path / "latin.json"
    path.write_bytes(b'[\n{"Body": "- CRC", "Text": "ok"},\n{"Body": "- CRC", "Text": "\xe9cole"}]')
    message = refused(path)
    assert "line 3" in message
    assert "UTF-8" in message


def test_it_takes_a_byte_order_mark(known, tmp_path):
    path = tmp_path / "bom.json"
    path.write_text(json.dumps([record()]), encoding="utf-8-sig")
    call_command("import", "uhri", str(path), stdout=io.StringIO())
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"), (b"  \n ", "empty"), (b"[]", "no rows"), (b'{"rows": []}', "list of records"), (b"[1, 2]", "Row 1"), (b'[{"a": 1}]', "Text"),
        (b"%PDF-1.7 ...", "pdf"), (b"<html><body>sign in</body></html>", "html"), (b"a,b\n1,2\n", "csv"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old excel", "ole"),
        (b"PK\x03\x04 not a zip", "damaged"), (b"\x89PNG....", "image"), (b"\x00\x01\x02", "binary"), (b"[[[[[[", "cut off"), (b"[" * 20_000, "row"),
    ],
)  # fmt: skip
def test_it_judges_by_the_content(known, tmp_path, content, word):
    path = tmp_path / "export.json"
    path.write_bytes(content)
    assert word.lower() in refused(path).lower()


def test_it_names_a_file_that_is_not_there(known, tmp_path):
    assert "no such file" in refused(tmp_path / "nowhere.json")


def test_it_refuses_a_workbook_that_expands_beyond_measure(known, tmp_path):
    path = xlsx_file(tmp_path, [record()])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read(SHEET).decode()
    bomb = sheet.replace("</sheetData>", "<row><c><v>1</v></c></row>" * 3_000_000 + "</sheetData>")
    assert "refused" in refused(with_part(path, SHEET, bomb))


def test_it_refuses_a_cell_of_endless_length(known, tmp_path):
    cell = f"{HEAD}<worksheet {NS}><sheetData><row><c t='inlineStr'><is><t>{'A' * 30_000_000}</t></is></c></row></sheetData></worksheet>"
    assert "refused" in refused(with_part(xlsx_file(tmp_path, [record()]), SHEET, cell))


def test_it_refuses_entities(known, tmp_path):
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = f"{HEAD}{laughs}<worksheet {NS}><sheetData><row><c t='inlineStr'><is><t>&b;</t></is></c></row></sheetData></worksheet>"
    assert "declaration" in refused(with_part(xlsx_file(tmp_path, [record()]), SHEET, sheet))


def test_it_reads_no_file_of_the_server_through_an_entity(known, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}">]>'
    sheet = f"{HEAD}{entity}<worksheet {NS}><sheetData><row><c t='inlineStr'><is><t>&a;</t></is></c></row></sheetData></worksheet>"
    assert "the secret" not in refused(with_part(xlsx_file(tmp_path, [record()]), SHEET, sheet))


def test_it_refuses_macros(known, tmp_path):
    path = xlsx_file(tmp_path, [record()])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert "macros" in refused(path)


def test_it_refuses_a_workbook_without_the_columns(known, tmp_path):
    assert "columns" in refused(xlsx_file(tmp_path, [record()], {"Symbol": "A", "Themes": "B"}))


def test_it_refuses_a_workbook_that_was_cut_off(known, tmp_path):
    path = xlsx_file(tmp_path, [record() for _ in range(50)])
    path.write_bytes(path.read_bytes()[:-600])
    refused(path)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 5000), change=st.binary(min_size=1, max_size=6))
def test_a_damaged_workbook_is_read_or_refused_and_never_crashes(tmp_path, place, change):
    good = xlsx_file(tmp_path, [record() for _ in range(5)])
    data = bytearray(good.read_bytes())
    place %= len(data)
    data[place : place + len(change)] = change
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(bytes(data))
    try:
        for _row in uhri.read(path, {"Mutabaland": "XMU"}.get):
            pass
    except BadFile:
        pass


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(alphabet='[]{}",: Text\\u0012', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused_and_never_crash(tmp_path, content):
    path = tmp_path / "any"
    path.write_bytes(content)
    try:
        sniff.kind_of(path)
        for _row in uhri.read(path, {}.get):
            pass
    except BadFile:
        pass
