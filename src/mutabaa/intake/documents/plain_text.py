"""Plain text, Markdown included, into blocks: paragraphs over several lines are put together, also where a page break tore them."""

import re
from pathlib import Path

from mutabaa.intake.documents.assembly import Assembler, Paragraph, continues, finish
from mutabaa.intake.documents.encoding import decode
from mutabaa.intake.documents.items import Block
from mutabaa.intake.documents.joining import Joiner
from mutabaa.intake.documents.lines import Line, Page
from mutabaa.intake.documents.numbers import latin_digits, split_number
from mutabaa.intake.documents.pages import strip_furniture
from mutabaa.intake.files.faults import BadFile

MAX_BYTES = 20 * 1024**2
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(?P<text>.*?)\s*#*\Z")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_ESCAPE = re.compile(r"\\+([\\`*_{}\[\]()#+\-.!<>|~])")
_LINK = re.compile(r"\[([^\]]+)\]\((?:[^()]|\([^()]*\))*\)")
_BULLET = re.compile(r"\s*(?:[-*•·–]|\\-)\s+(?=\S)")
_NOTE = re.compile(r"[(（\[]\s?(?P<n>[\d٠-٩]{1,3})\s?[)）\]]\s+(?P<text>\S.*)\Z", re.S)
_SENTENCE_END = re.compile(r"[.:;!?。：；！？؟؛…][\"”»)’]*\s*\Z")
_TABLE_LINE = re.compile(r"\|?\s*:?-{3,}:?\s*(?:\|\s*:?-{3,}:?\s*)+\|?\Z")


def read_blocks(path: Path) -> tuple[list[Block], list[str]]:
    """The blocks, and page headers that were taken off. Raises `BadFile`."""
    if path.stat().st_size > MAX_BYTES:
        raise BadFile("too_large", limit_mb=MAX_BYTES // 1024**2)
    text = decode(path.read_bytes())
    if sum(c < " " and c not in "\t\n\r\f" for c in text[:20_000]) > 20:
        raise BadFile("wrong_document", kind="binary", wanted="docx, pdf, html, txt")
    return blocks_of(text)


def blocks_of(text: str) -> tuple[list[Block], list[str]]:
    pages = pages_of(text)
    furniture = strip_furniture(pages) if len(pages) > 2 else []
    joiner = Joiner(line.text for page in pages for line in page.lines)
    assembler = Assembler()
    notes: list[tuple[int, Paragraph]] = []
    width = usual_width(pages)
    whole = lines_are_paragraphs(pages, width)
    for page in pages:
        gap = True
        for line in page.lines:
            if not line.text:
                gap = True
                continue
            line.x1 = len(line.text)
            take(assembler, notes, line, gap, page.number, width)
            gap = whole
    return finish(assembler.paragraphs, notes, joiner), furniture


def usual_width(pages: list[Page]) -> int:
    """Characters of a full line: a line well below it is the last of its paragraph."""
    lengths = sorted(len(line.text) for page in pages for line in page.lines if line.text)
    return lengths[int(len(lengths) * 0.9)] if len(lengths) > 3 else 0


def lines_are_paragraphs(pages: list[Page], width: int) -> bool:
    """Whether no paragraph runs over several lines: where lines are wrapped, full ones that end in the middle of a sentence follow
    one another; where they are not, there is hardly any."""
    together = torn = 0
    for page in pages:
        for line, following in zip(page.lines, page.lines[1:], strict=False):
            if not line.text or not following.text:
                continue
            together += 1
            full = len(line.text) >= 0.75 * width
            torn += full and not _SENTENCE_END.search(line.text) and not split_number(following.text)[0]
    return together >= 4 and torn <= 0.05 * together


def pages_of(text: str) -> list[Page]:
    """Form feeds part pages; a text without them is one page, whose number is not known."""
    parts = text.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    return [
        Page(n if len(parts) > 1 else 0, [Line(tidy(line)) for line in part.split("\n")])
        for n, part in enumerate(parts, 1)
    ]


def tidy(line: str) -> str:
    """Without the marks of Markdown."""
    text = line.strip().replace("\u00a0", " ").replace("\ufeff", "")
    if not text or _TABLE_LINE.fullmatch(text):
        return ""
    text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return " ".join(_ESCAPE.sub(r"\1", text).split())


def take(
    assembler: Assembler, notes: list[tuple[int, Paragraph]], line: Line, gap: bool, page: int, width: int
) -> None:
    current = assembler.paragraphs[-1] if assembler.paragraphs else None
    if heading := _MARKDOWN_HEADING.match(line.text):
        assembler.paragraphs.append(Paragraph("", [Line("")], page, [heading["text"]], True, len(heading[1])))
        return
    note = _NOTE.match(line.text) if gap else None
    if note and assembler.top and not _is_next(note["n"], assembler):
        notes.append((len(assembler.paragraphs), Paragraph(latin_digits(note["n"]), [line], page, [note["text"]])))
        assembler.noted = True
        return
    torn = (
        gap
        and current
        and not current.level
        and current.number
        and not current.ended
        and not split_number(line.text)[0]
    )
    if (
        torn
        and not is_url(line.text)
        and (assembler.noted or continues(line.text) or not line.text[:1].isascii())
        and len(line.text) > 25
    ):
        assembler.noted = False
        current.lines.append(line)  # type: ignore[union-attr]
        current.texts.append(line.text)  # type: ignore[union-attr]
        return
    if gap and is_url(line.text) and notes and notes[-1][0] == len(assembler.paragraphs):
        notes[-1][1].texts.append(line.text)
        return
    if _BULLET.match(line.text) and not split_number(line.text)[0]:
        assembler.begin("", line, _BULLET.sub("", line.text), page)
        return
    assembler.take(line, page, gap, 0, width)


def _is_next(number: str, assembler: Assembler) -> bool:
    """A point of a list, "(1)", rather than a note."""
    return int(latin_digits(number)) == assembler.letter + 1 and bool(assembler.paragraphs) and assembler.paragraphs[-1].texts[-1].rstrip().endswith((":", "：", ";", "؛"))  # fmt: skip


def is_url(text: str) -> bool:
    return text.startswith(("http://", "https://", "www.", "<http"))
