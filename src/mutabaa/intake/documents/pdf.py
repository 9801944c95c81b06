"""PDF into pages of lines. Two readers: PDFium for every page, pypdf where its text of a page looks wrong; the better one counts."""

import ctypes
import math
import re
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from mutabaa.intake.documents import right_to_left
from mutabaa.intake.documents.items import Notice
from mutabaa.intake.documents.lines import Line, Page
from mutabaa.intake.files.faults import BadFile

MAX_PAGES = 1000
MAX_CHARACTERS = 5_000_000
GOOD_ENOUGH = 0.9
ARABIC_GOOD_ENOUGH = 0.8
LETTERS_OF_A_READABLE_PAGE = 20
_PRESENTATION = re.compile("[\ufb00-\ufb4f\ufb50-\ufdff\ufe70-\ufefc\uff10-\uff19]+")
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]|\\(cid:\\d+\\)")
_SOFT = str.maketrans({"\x02": "\u00ad", "\ufffe": "\u00ad", "\u00a0": " ", "\u200b": "", "\ufeff": "", "\u2028": " "})
_REFERENCE_MARKS = "0123456789*†‡"


def read_pages(path: Path) -> tuple[list[Page], list[Notice]]:
    """Every page with its lines, in reading order. Raises `BadFile`: encrypted, damaged, too many pages, scanned."""
    document = open_document(path)
    try:
        count = len(document)
        if not count:
            raise BadFile("damaged_pdf")
        if count > MAX_PAGES:
            raise BadFile("too_many_pages", pages=count, limit=MAX_PAGES)
        second = SecondReader(path)
        pages, empty, characters = [], [], 0
        for index in range(count):
            page = read_page(document, index, second)
            characters += sum(len(line.text) for line in page.lines)
            if characters > MAX_CHARACTERS:
                raise BadFile("too_much_text", limit=MAX_CHARACTERS)
            if letters(page) < LETTERS_OF_A_READABLE_PAGE:
                empty.append(index + 1)
            pages.append(page)
    finally:
        document.close()
    if len(empty) > 0.8 * count:
        raise BadFile("scanned", pages=count)
    few = [str(n) for n in empty if n != count]
    return pages, [Notice("pages_without_text", ", ".join(few[:20]))] if len(few) > max(1, count * 0.2) else []


def open_document(path: Path) -> Any:
    try:
        return pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as fault:
        said = str(fault).lower()
        raise BadFile("encrypted" if "password" in said or "security" in said else "damaged_pdf") from fault


def letters(page: Page) -> int:
    return sum(c.isalnum() for line in page.lines for c in line.text)


def read_page(document: Any, index: int, second: "SecondReader") -> Page:
    page = Page(index + 1)
    try:
        handle = document[index]
        page.width, page.height = handle.get_size()
        text = handle.get_textpage()
        page.lines = lines_of(text, page.height)
        text.close()
        handle.close()
    except pypdfium2.PdfiumError:
        page.lines = []
    mine = "\n".join(line.text for line in page.lines)
    if right_to_left.is_arabic(mine) and right_to_left.reads_well(mine) < ARABIC_GOOD_ENOUGH:
        page.lines = best_arabic(mine, page.lines, second.text(index))
    elif quality(mine) < GOOD_ENOUGH:
        other = second.text(index)
        if quality(other) > quality(mine) + 0.05:
            page.lines = placed([tidy(line) for line in other.split("\n")], page.lines)
    for line in page.lines:
        line.text = right_to_left.tidy_line(line.text)
    return page


def best_arabic(mine: str, lines: list[Line], other: str) -> list[Line]:
    """The reading that looks most like Arabic: the first reader's, the second's, or the second's with its words in reading order."""
    second = [tidy(line) for line in other.split("\n")]
    turned = [right_to_left.logical(line) for line in other.split("\n")]
    best = max((mine.split("\n"), second, turned), key=lambda texts: right_to_left.reads_well("\n".join(texts)))
    return placed(best, lines) if best is not lines else lines


def placed(texts: list[str], lines: list[Line]) -> list[Line]:
    """Other texts for the lines of a page: at their places where there are as many, else without any."""
    texts = [text for text in texts if text]
    if len(texts) == len(lines):
        return [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
    return [Line(text, x1=len(text)) for text in texts]


def quality(text: str) -> float:
    """0 to 1: how far the text reads like one. Strange characters, words without spaces and words torn into letters count against it."""
    words = text.split()
    if len(words) < 3:
        return 0.0
    strange = sum(len(m) for m in _STRANGE.findall(text)) / max(1, len(text))
    alphabetic = [w for w in words if w[0].isalpha() and not "\u3400" <= w[0] <= "\u9fff"]
    torn = stuck = 0.0
    if len(alphabetic) > 20:
        torn = sum(len(w) == 1 for w in alphabetic) / len(alphabetic)
        stuck = sum(len(w) > 30 for w in alphabetic) / len(alphabetic)
    return max(0.0, 1 - 8 * strange - max(0.0, torn - 0.15) * 2 - 4 * stuck)


class SecondReader:
    """pypdf, opened only when it is asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader: Any = None
        self.lost = False

    def text(self, index: int) -> str:
        if self.lost:
            return ""
        try:
            if self.reader is None:
                import logging

                from pypdf import PdfReader

                logging.getLogger("pypdf").setLevel(logging.CRITICAL)
                self.reader = PdfReader(str(self.path))
            return self.reader.pages[index].extract_text() or ""
        except MemoryError:
            raise
        except Exception:  # whatever it trips over, the first reader's text stands
            self.lost = self.reader is None
            return ""


def lines_of(text: Any, height: float) -> list[Line]:
    handle = text.raw
    count = raw.FPDFText_CountChars(handle)
    get = raw.FPDFText_GetUnicode
    out: list[Line] = []
    start = 0
    characters = [get(handle, i) for i in range(count)]
    for i in [*(i for i, c in enumerate(characters) if c in (10, 13)), count]:
        if i > start:
            line = line_of(handle, characters, start, i, height)
            if line:
                out.append(line)
        start = i + 1
    return out


def line_of(handle: Any, characters: list[int], start: int, end: int, height: float) -> Line | None:
    places = [i for i in range(start, end) if characters[i] > 32 and characters[i] != 160]
    if not places:
        return None
    first, last, middle = places[0], places[-1], places[len(places) // 2]
    box = loose_box(handle, middle)
    size = letter_size(handle, middle) or box[3] - box[1]
    marks = reference_marks(handle, characters, places, size)
    units = [characters[i] for i in range(start, end) if i not in marks]
    text = tidy("".join(map(chr, units)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
    if not text:
        return None
    left, right = loose_box(handle, first), loose_box(handle, last)
    joined = left[1] > right[3]
    return Line(
        text,
        x0=left[0] if joined else min(left[0], right[0]),
        x1=right[2] if joined else max(left[2], right[2]),
        top=height - left[3],
        bottom=height - right[1],
        last_top=height - right[3],
        size=size,
        bold=raw.FPDFText_GetFontWeight(handle, middle) >= 600 or is_bold(handle, middle),
    )


def reference_marks(handle: Any, characters: list[int], places: list[int], size: float) -> set[int]:
    """Raised small figures and asterisks behind a word: marks of footnotes, which are no part of the text."""
    out: set[int] = set()
    for before, i in zip(places, places[1:], strict=False):
        if chr(characters[i]) in _REFERENCE_MARKS and (before in out or not chr(characters[before]).isdigit()):
            small = letter_size(handle, i) < 0.8 * size
            if small and loose_box(handle, i)[1] > loose_box(handle, places[0])[1] + 0.1 * size:
                out.add(i)
    return out


def letter_size(handle: Any, index: int) -> float:
    """In points, as printed: some files hold letters of size 1 and a matrix that enlarges them."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(handle, index, ctypes.byref(matrix)):
        return 0.0
    return float(raw.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d)


def loose_box(handle: Any, index: int) -> tuple[float, float, float, float]:
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(rect)):
        return 0, 0, 0, 0
    return rect.left, min(rect.top, rect.bottom), rect.right, max(rect.top, rect.bottom)


def is_bold(handle: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, 128, ctypes.byref(flags))
    return b"bold" in name.value.lower() or b"black" in name.value.lower()


def tidy(text: str) -> str:
    """Presentation forms of letters as the letters themselves, odd spaces as spaces."""
    text = _PRESENTATION.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text.translate(_SOFT))
    return " ".join(text.split())
