"""The same document as text with and without blank lines, broken into short lines, and as HTML: the same items."""

import html
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from mutabaa.intake.documents.reading import read
from tests.intake.documents import concluding_texts, upr_texts
from tests.intake.documents.reading_texts import read_text


def broken(text: str) -> str:
    """Lines of 72 letters; of 40 characters where words have no spaces between."""
    lines = []
    for line in text.split("\n"):
        wide = any("\u4e00" <= c <= "\u9fff" for c in line)
        pieces = [line[i : i + 40] for i in range(0, len(line), 40)] if wide else textwrap.wrap(line, 72)
        lines.append("\n".join(pieces))
    return "\n".join(lines)


def dense(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if line)


def page(text: str) -> str:
    return "<!DOCTYPE html><html><body>" + "".join(f"<p>{html.escape(x)}</p>" for x in text.split("\n") if x)


SHAPES: dict[str, tuple[str, Callable[[str], str]]] = {
    "broken": ("a.txt", broken),
    "dense": ("a.txt", dense),
    "broken and dense": ("a.txt", lambda text: dense(broken(text))),
    "html": ("a.html", page),
}
shapes = pytest.mark.parametrize("shape", SHAPES)


@shapes
@pytest.mark.parametrize("language", concluding_texts.TEXTS)
def test_concluding_observations(tmp_path: Path, shape: str, language: str) -> None:
    name, made = SHAPES[shape]
    extraction = read_text(tmp_path, made(concluding_texts.TEXTS[language]), name)
    assert [(i.paragraph, i.type) for i in extraction.items] == concluding_texts.EXPECTED
    assert {i.paragraph for i in extraction.items if i.follow_up} == concluding_texts.FOLLOWED_UP


@shapes
@pytest.mark.parametrize("language", upr_texts.TEXTS)
def test_upr(tmp_path: Path, shape: str, language: str) -> None:
    name, made = SHAPES[shape]
    extraction = read_text(tmp_path, made(upr_texts.TEXTS[language]), name)
    assert [(i.paragraph, i.position, i.states) for i in extraction.items] == upr_texts.EXPECTED


def test_lists_of_html_keep_their_numbers(tmp_path: Path) -> None:
    text = "<html><h2>II. Recommendations</h2><ol start=4><li>The first.<li>The second:<ol type=a><li>A point;<li>Another.</ol></ol><table><tr><td>86.1<td>Accepted</table><script>1. no</script>"
    extraction = read_text(tmp_path, text, "a.html")
    assert [(b.kind, b.number, b.text) for b in extraction.blocks] == [
        ("heading", "II", "Recommendations"),
        ("paragraph", "4", "The first."),
        ("paragraph", "5", "The second:"),
        ("paragraph", "(a)", "A point;"),
        ("paragraph", "(b)", "Another."),
        ("row", "", "86.1 | Accepted"),
    ]


def test_pages_without_their_first_tags_are_pages(tmp_path: Path) -> None:
    for begins in (
        "<!-- saved from the web -->\n<html>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>",
        "<p>Title</p>",
    ):
        extraction = read_text(tmp_path, f"{begins}<p>1. The State party should act.</p>", "a.htm")
        assert extraction.items[0].text == "The State party should act."


def test_the_files_name_gives_the_symbol_where_the_text_has_none(tmp_path: Path) -> None:
    path = tmp_path / "upload.bin"
    path.write_text("1. The Committee recommends that the State party act.")
    facts = read(path, "CRC_C_XMU_CO_6-7_EN.docx").document
    assert (facts.symbol, facts.body, facts.kind) == ("CRC/C/XMU/CO/6-7", "CRC", "concluding_observations")
