"""Hostile and damaged files end in a clear fault, soon, and in little memory."""

import contextlib
import time
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutabaa.intake.documents.apart import read_apart
from mutabaa.intake.documents.reading import read
from mutabaa.intake.files.faults import BadFile
from tests.intake.documents.pdf_files import pdf, running
from tests.intake.documents.word_files import word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body>%s</w:body></w:document>"


def fault(path: Path) -> str:
    started = time.monotonic()
    with pytest.raises(BadFile) as caught:
        read_apart(path)
    assert time.monotonic() - started < 60
    return caught.value.code


def test_macros(tmp_path: Path) -> None:
    assert fault(word(tmp_path / "a.docx", {"word/vbaProject.bin": b"x"})) == "macros"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd">',
    ],
)
def test_document_type_declarations(tmp_path: Path, declared: str) -> None:
    content = '<?xml version="1.0"?>' + declared + BODY % "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"
    assert fault(word(tmp_path / "a.docx", {"word/document.xml": content})) == "doctype"
    assert fault(word(tmp_path / "b.docx", {"word/styles.xml": content})) == "doctype"


def test_a_declaration_far_from_the_beginning(tmp_path: Path) -> None:
    content = '<?xml version="1.0"?>' + " " * 5000 + "<!DOCTYPE d>" + BODY % ""
    assert fault(word(tmp_path / "a.docx", {"word/document.xml": content})) == "doctype"


def test_an_archive_that_grows(tmp_path: Path) -> None:
    bomb = BODY % ("<w:p/>" * 12_000_000)
    path = word(tmp_path / "a.docx", {"word/document.xml": bomb})
    assert path.stat().st_size < 1_000_000
    assert fault(path) == "expands_too_much"


def test_many_small_elements_within_the_limit(tmp_path: Path) -> None:
    """40 MB of empty paragraphs: either read, or ended – never more than the limits."""
    path = word(tmp_path / "a.docx", {"word/document.xml": BODY % ("<w:p/>" * 6_500_000)})
    assert fault(path) in {"too_heavy", "no_text", "too_slow", "damaged_docx"}


def test_archives_in_an_archive(tmp_path: Path) -> None:
    inner = word(tmp_path / "a.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as outer:
        outer.writestr("a.docx", inner)
    assert fault(tmp_path / "b.zip") == "wrong_document"


def test_deep_nesting(tmp_path: Path) -> None:
    deep = BODY % ("<w:sdt>" * 5000 + "</w:sdt>" * 5000)
    assert fault(word(tmp_path / "a.docx", {"word/document.xml": deep})) == "damaged_docx"
    page = tmp_path / "a.html"
    page.write_text("<html>" + "<div>" * 50_000 + "1. Text")
    assert fault(page) == "no_text"  # what stands deeper than 256 elements is not read


def test_a_style_based_on_itself_and_numbering_that_leads_nowhere(tmp_path: Path) -> None:
    styles = f'<w:styles {W}><w:style w:styleId="A" w:type="paragraph"><w:basedOn w:val="A"/><w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style></w:styles>'
    numbering = f'<w:numbering {W}><w:num w:numId="9"><w:abstractNumId w:val="nowhere"/></w:num></w:numbering>'
    body = BODY % '<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Text</w:t></w:r></w:p>'
    parts: dict[str, str | bytes] = {
        "word/styles.xml": styles,
        "word/numbering.xml": numbering,
        "word/document.xml": body,
    }
    assert [b.text for b in read_apart(word(tmp_path / "a.docx", parts)).blocks] == ["Text"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.docx", b"", "empty"),
        ("cut.docx", b"PK\x03\x04 and no more", "truncated_zip"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_word"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", "damaged_pdf"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(100), "wrong_document"),
        ("program.txt", b"\x7fELF" + bytes(100), "wrong_document"),
        ("zeros.txt", b"text \x00\x01\x02" + bytes(100), "wrong_document"),
        ("blank.html", b"<html><body> </body></html>", "no_text"),
    ],
)
def test_what_is_no_document(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert fault(tmp_path / name) == code


def test_the_extension_does_not_count(tmp_path: Path) -> None:
    path = word(tmp_path / "a.pdf")
    assert [i.paragraph for i in read_apart(path).items] == ["1"]


def test_five_thousand_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([running(["1. Text."])] * 5000))
    assert fault(path) == "too_many_pages"


def test_a_protected_pdf(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    plain = tmp_path / "plain.pdf"
    plain.write_bytes(pdf([running(["1. Text of the first page, long enough to count."])]))
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert fault(tmp_path / "a.pdf") == "encrypted"


def test_a_stream_that_grows(tmp_path: Path) -> None:
    """300 MB of drawing orders out of 300 kB."""
    stream = zlib.compress(b"BT /F1 11 Tf 90 700 Td (Text) Tj ET\n" * 9_000_000, 9)
    content = pdf([running(["x"])])
    body = content.replace(content[content.index(b"5 0 obj") : content.index(b"xref")], b"5 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(stream), stream))  # fmt: skip
    path = tmp_path / "a.pdf"
    path.write_bytes(body)
    started = time.monotonic()
    try:
        read_apart(path)
    except BadFile as bad:
        assert bad.code in {"too_heavy", "too_slow", "too_much_text", "unreadable_document", "scanned", "damaged_pdf"}  # noqa: PT017
    assert time.monotonic() - started < 60


def test_a_page_tree_that_bites_its_tail(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([running(["x"])]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"))
    assert fault(path) in {"damaged_pdf", "scanned"}


def test_too_slow_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([running(["1. Text."] * 40)] * 400))
    with pytest.raises(BadFile) as caught:
        read_apart(path, seconds=0.05)
    assert caught.value.code == "too_slow"


@pytest.mark.parametrize(
    "text",
    [
        "(" * 200_000,
        "1. " * 100_000,
        "paragraphs 1, " * 40_000,
        "a" * 1_000_000,
        "– (" * 100_000,
        "the Committee requests information " * 9_000,
    ],
)
def test_texts_that_tire_patterns(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Concluding observations\nCAT/C/XMU/CO/1\n\n1. The Committee recommends in paragraphs 3 that the State party "
        + text
    )
    read_apart(path)


def test_what_was_read_apart_is_what_was_read_here(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx")
    assert read_apart(path) == read(path)


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
changes = st.lists(st.tuples(st.integers(0, 10_000_000), st.binary(min_size=0, max_size=12)), min_size=1, max_size=8)


def mutated(content: bytes, edits: list[tuple[int, bytes]]) -> bytes:
    for place, new in edits:
        at = place % max(1, len(content))
        content = content[:at] + new + content[at + max(1, len(new)) :]
    return content


def only_faults(path: Path) -> None:
    with contextlib.suppress(BadFile):
        read(path)


@FUZZ
@given(changes, st.sampled_from(["word/document.xml", "word/numbering.xml", "word/styles.xml", "[Content_Types].xml"]))
def test_mutated_parts_of_word(tmp_path: Path, edits: list[tuple[int, bytes]], part: str) -> None:
    with zipfile.ZipFile(word(tmp_path / "a.docx")) as archive:
        content = archive.read(part)
    only_faults(word(tmp_path / "b.docx", {part: mutated(content, edits)}))


@FUZZ
@given(changes)
def test_mutated_word(tmp_path: Path, edits: list[tuple[int, bytes]]) -> None:
    path = word(tmp_path / "a.docx")
    path.write_bytes(mutated(path.read_bytes(), edits))
    only_faults(path)


@FUZZ
@given(changes)
def test_mutated_pdf(tmp_path: Path, edits: list[tuple[int, bytes]]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(mutated(pdf([running(["II. Conclusions", "", "1. First paragraph.", "(a) Point;"])] * 3), edits))
    only_faults(path)


@FUZZ
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "</tr>",
                "<ol start=3 type=a>",
                "<li>",
                "</ol>",
                "<h2>",
                "</h2>",
                "1. ",
                "(a) ",
                "86.1 ",
                "text (Chile) ",
                "<sup>1</sup>",
                "<!--",
                "-->",
                "&#0;",
                "\x00",
                "ال",
                "委员会建议",
                "<script>",
            ]
        ),
        max_size=60,
    )
)
def test_mutated_html(tmp_path: Path, pieces: list[str]) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "".join(pieces))
    only_faults(path)


@FUZZ
@given(st.text(max_size=400))
def test_any_text(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("1. " + text, encoding="utf-8", errors="replace")
    only_faults(path)
