"""Word documents: numbering as Word prints it, tables, notes, tracked changes – and the same items as from the plain text."""

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from mutabaa.intake.documents.docx import read_blocks
from mutabaa.intake.documents.items import Block
from mutabaa.intake.documents.reading import read
from tests.intake.documents import concluding_texts, upr_texts
from tests.intake.documents.word_files import add_numbering, as_word, numbered, word, wrap


def blocks(path: Path, document: object) -> list[Block]:
    document.save(str(path / "a.docx"))  # type: ignore[attr-defined]
    return read_blocks(path / "a.docx")[0]


@pytest.mark.parametrize("language", concluding_texts.TEXTS)
def test_automatic_numbers_give_the_same_items(tmp_path: Path, language: str) -> None:
    extraction = read(as_word(tmp_path / "a.docx", concluding_texts.TEXTS[language], language))
    assert [(i.paragraph, i.type) for i in extraction.items] == concluding_texts.EXPECTED
    assert {i.paragraph for i in extraction.items if i.follow_up} == concluding_texts.FOLLOWED_UP
    assert (extraction.document.symbol, extraction.document.language) == ("CEDAW/C/XMU/CO/5", language)


@pytest.mark.parametrize("language", upr_texts.TEXTS)
def test_upr_in_word(tmp_path: Path, language: str) -> None:
    """Points of a UPR report carry their number as text; the paragraphs that introduce them too."""
    document = docx.Document()
    for line in upr_texts.TEXTS[language].strip().split("\n"):
        if line:
            document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    extraction = read(tmp_path / "a.docx")
    assert [(i.paragraph, i.position, i.states) for i in extraction.items] == upr_texts.EXPECTED


def test_levels_restart_below_a_new_number(tmp_path: Path) -> None:
    document = docx.Document()
    add_numbering(document, [("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")], start=4)
    for level in (0, 1, 1, 2, 2, 1, 0, 1):
        numbered(document, "Text", level)
    found = [b.number for b in blocks(tmp_path, document)]
    assert found == ["4", "(a)", "(b)", "(i)", "(ii)", "(c)", "5", "(a)"]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimal", "%1.%2.", ["1.1", "1.2"]),
        ("lowerLetter", "(%2)", ["(a)", "(b)"]),
        ("arabicAbjad", "(%2)", ["(أ)", "(ب)"]),
        ("russianLower", "%2)", ["(а)", "(б)"]),
        ("decimal", "(%2)", ["(1)", "(2)"]),
        ("bullet", "•", ["", ""]),
    ],
)
def test_number_formats(tmp_path: Path, form: str, text: str, expected: list[str]) -> None:
    document = docx.Document()
    add_numbering(document, [("decimal", "%1."), (form, text)])
    numbered(document, "Text")
    numbered(document, "Text", 1)
    numbered(document, "Text", 1)
    assert [b.number for b in blocks(tmp_path, document)] == ["1", *expected]


def test_two_lists_of_one_numbering_and_one_that_restarts(tmp_path: Path) -> None:
    document = docx.Document()
    add_numbering(document, [("decimal", "%1.")])
    root = document.part.numbering_part.element
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number, more in ((78, ""), (79, override)):
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>{more}</w:num>'))
    for number in (77, 78, 77, 79, 79):
        numbered(document, "Text", 0, number)
    assert [b.number for b in blocks(tmp_path, document)] == ["1", "2", "3", "1", "2"]


def test_a_style_numbers_its_paragraphs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("One", style="List Number")
    document.add_paragraph("Two", style="List Number")
    assert [(b.number, b.text) for b in blocks(tmp_path, document)] == [("1", "One"), ("2", "Two")]


def test_headings_by_style_and_by_look(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("C. Principal matters", 2)
    document.add_paragraph().add_run("Torture").bold = True
    document.add_paragraph("1. The Committee is concerned.")
    found = blocks(tmp_path, document)
    assert [(b.kind, b.number, b.text) for b in found] == [
        ("heading", "C", "Principal matters"),
        ("heading", "", "Torture"),
        ("paragraph", "1", "The Committee is concerned."),
    ]
    assert found[0].level < found[1].level


def test_tracked_changes_are_accepted_and_hidden_text_left_out(tmp_path: Path) -> None:
    document = docx.Document()
    wrap(document.add_paragraph("1. Inserted."), "ins")
    wrap(document.add_paragraph("2. Deleted."), "del")
    paragraph = document.add_paragraph("3. Seen")
    paragraph.add_run(" and hidden").font.hidden = True
    assert [(b.number, b.text) for b in blocks(tmp_path, document)] == [("1", "Inserted."), ("3", "Seen")]


def test_tables_are_rows_and_a_frame_is_text(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "86.1", "Accepted | now"
    table.cell(1, 0).text = "4. In a frame."
    assert [(b.kind, b.number, b.text) for b in blocks(tmp_path, document)] == [
        ("row", "", "86.1 | Accepted ¦ now"),
        ("paragraph", "4", "In a frame."),
    ]


def test_the_symbol_in_the_header(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "CAT/C/XMU/CO/3"
    document.add_paragraph("1. The Committee recommends that the State party act.")
    document.save(str(tmp_path / "a.docx"))
    assert read(tmp_path / "a.docx").document.symbol == "CAT/C/XMU/CO/3"


def test_notes_go_with_the_recommendation_that_refers_to_them(tmp_path: Path) -> None:
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = ["Report of the Working Group on the Universal Periodic Review", "II. Conclusions and/or recommendations"]
    lines += [
        "86. The recommendations listed below enjoy the support of Murania:",
        "86.1 Ratify (Chile, Peru);",
        "86.2 Act (Spain).",
    ]
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r>{reference if line.startswith('86.1') else ''}</w:p>" for line in lines
    )
    notes = "".join(
        f'<w:footnote w:id="{number}"{kind}><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
        for number, kind, text in ((0, ' w:type="separator"', "–"), (2, "", "As read: Consider it (Chile)."))
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {namespace}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {namespace}>{notes}</w:footnotes>",
    }
    items = read(word(tmp_path / "a.docx", parts)).items
    assert [(i.paragraph, i.states, i.notes) for i in items] == [
        ("86.1", ("CHL", "PER"), ("As read: Consider it (Chile).",)),
        ("86.2", ("ESP",), ()),
    ]
