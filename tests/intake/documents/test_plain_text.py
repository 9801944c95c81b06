"""Plain text in any encoding, and the founding document."""

from pathlib import Path

import pytest

from mutabaa.intake.documents import plain_text
from mutabaa.intake.documents.reading import read

FOUNDING = Path(__file__).resolve().parents[4] / "shared" / "data" / "000_4fdd1fae3bf9ca6c.txt"


@pytest.mark.skipif(not FOUNDING.exists(), reason="no shared data")
def test_the_founding_document_comes_paragraph_by_paragraph() -> None:
    """Beginnings and ends read in the file; 10, 36, 42 and 67 are torn by page breaks and notes there."""
    extraction = read(FOUNDING)
    items = {item.paragraph: item for item in extraction.items}
    assert [item.paragraph for item in extraction.items] == [str(n) for n in range(1, 77)]
    for number, begins, ends in [
        ("1", "طلب مجلس حقوق الإنسان", "٢٠١٦."),
        ("7", "شكرت، في بيانها الافتتاحي", "جدول أعماله."),
        ("36", "وأشارت السيدة جوستين", "التوصيات."),
        ("42", "وفي ظل هذا الوضع", "واختصاصاتها."),
        ("67", "وشكرت وفود عدة", "من المفوضية."),
        ("76", "وفي الختام، شكرت", ""),
    ]:
        assert items[number].text.startswith(begins)
        assert items[number].text.endswith(ends)
    assert not any("Annex" in item.text for item in extraction.items)
    assert (extraction.document.language, extraction.document.kind) == ("ar", "other")
    assert items["41"].heading[-1].startswith("تدخل ديفيندري غوبول")


TEXT = "Informe de la Defensoría\n\n1. El Estado debe garantizar la educación de la niñez.\n\n2. También la salud.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252", "mac_roman"])
def test_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert [item.text for item in read(path).items] == [
        "El Estado debe garantizar la educación de la niñez.",
        "También la salud.",
    ]


def test_chinese_code_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("报告\n\n1. 委员会建议缔约国批准公约。\n\n2. 委员会还建议保障人民的权利。\n".encode("gb18030"))
    assert [item.text for item in read(path).items] == ["委员会建议缔约国批准公约。", "委员会还建议保障人民的权利。"]


def test_a_hyphen_at_a_lines_end() -> None:
    blocks, _edges = plain_text.blocks_of("1. The develop-\nment of decision-\nmaking, as development goes.\n")
    assert blocks[0].text == "The development of decision-making, as development goes."


def test_markdown_is_taken_off() -> None:
    blocks, _edges = plain_text.blocks_of("## II. Conclusions\n\n1. *See* [the law](http://x.y/z), **now**\\.\n")
    assert [(b.kind, b.number, b.text) for b in blocks] == [
        ("heading", "II", "Conclusions"),
        ("paragraph", "1", "See the law, now."),
    ]
