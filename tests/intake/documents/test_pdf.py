"""PDF pages: what belongs to the text, what stands beside it, what continues over a page's end."""

from pathlib import Path

import pytest

from mutabaa.intake.documents.reading import blocks_of, read
from mutabaa.intake.files.faults import BadFile
from tests.intake.documents.pdf_files import Line, pdf, running, write

HEAD: Line = (90, 800, 9, "CAT/C/XMU/CO/3")


def foot(number: int) -> Line:
    return (500, 40, 9, str(number))


FIRST = running(
    [
        "Committee against Torture",
        "",
        "Concluding observations on the third periodic report of Murania",
        "",
        "C. Principal subjects of concern and recommendations",
        "",
        "8. The Committee is concerned about the length of pre-trial detention, which may last, in accord-",
        "ance with article",
        "12. of the Code, for up to six years, and about decision-",
        "making behind closed doors. In practice, decision-making and accordance with the law are rare.",
        "",
        "9. The State party should shorten it, in the light of the Covenant and of the recommendations of the",
    ]
)
SECOND = running(
    ["visiting mechanism. It should also report on the result.", "", "10. The Committee regrets the lack of data."]
)
NOTE = [(90.0, 80.0, 8.0, "1 See the law of 3 May 2019."), (90.0, 70.0, 8.0, "2 Ibid.")]


def test_headers_numbers_and_notes_are_no_text(tmp_path: Path) -> None:
    extraction = read(write(tmp_path / "a.pdf", [[HEAD, *FIRST, *NOTE, foot(2)], [HEAD, *SECOND, foot(3)]]))
    texts = [block.text for block in extraction.blocks if block.kind != "note"]
    assert not any("CAT/C" in text or text in ("2", "3") for text in texts)
    assert [(b.number, b.text) for b in extraction.blocks if b.kind == "note"] == [
        ("1", "See the law of 3 May 2019."),
        ("2", "Ibid."),
    ]
    assert extraction.document.symbol == "CAT/C/XMU/CO/3"


def test_paragraphs_go_on_over_lines_and_pages(tmp_path: Path) -> None:
    extraction = read(write(tmp_path / "a.pdf", [[HEAD, *FIRST, *NOTE, foot(2)], [HEAD, *SECOND, foot(3)]]))
    paragraphs = {b.number: b for b in extraction.blocks if b.kind == "paragraph" and b.number}
    assert list(paragraphs) == ["8", "9", "10"]
    assert "in accordance with article 12. of the Code" in paragraphs["8"].text
    assert "decision-making behind" in paragraphs["8"].text
    assert paragraphs["9"].text.endswith("of the visiting mechanism. It should also report on the result.")
    assert (paragraphs["9"].page, paragraphs["10"].page) == (1, 2)


def test_paragraphs_that_repeat_are_no_headers(tmp_path: Path) -> None:
    """Six pages that begin and end with the same words under other numbers."""
    said = [
        "The Committee is concerned about the conditions of detention in all prisons, and in",
        "other places where persons are held.",
    ]
    pages = [
        [
            HEAD,
            *running([line for n in range(5) for line in (f"{5 * page + n + 1}. {said[0]}", said[1], "")]),
            foot(page + 1),
        ]
        for page in range(6)
    ]
    extraction = read(write(tmp_path / "a.pdf", pages))
    assert [b.number for b in extraction.blocks] == [str(n) for n in range(1, 31)]
    assert all(b.text == " ".join(said) for b in extraction.blocks)


def test_a_scan_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as fault:
        blocks_of(write(tmp_path / "a.pdf", [[foot(1)], [foot(2)], []]))
    assert (fault.value.code, fault.value.details["pages"]) == ("scanned", 3)


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    pages = [FIRST, [], SECOND, [], SECOND, SECOND]
    assert [(n.code, n.detail) for n in read(write(tmp_path / "a.pdf", pages)).notices] == [
        ("pages_without_text", "2, 4")
    ]


def test_the_small_writer_writes_pdf() -> None:
    assert pdf([[foot(1)]]).startswith(b"%PDF")
