"""What stands on a page beside its text: headers, footers, page numbers are taken off, footnotes set aside."""

import re
from collections import Counter

from mutabaa.intake.documents.lines import Line, Page
from mutabaa.intake.documents.numbers import split_number

EDGE = 4  # lines from the top or the bottom among which headers and footers are looked for
SHORT = 45  # letters: a running title close to the text
_PAGE_WORD = r"(?:[Pp]age|PAGE|[Pp]ágina|[Сс]тр(?:аница|\.)?|الصفحة|[Pp]\.)"
_ALONE = re.compile(
    rf"\s*(?:{_PAGE_WORD}\s*[\d٠-٩ivx]{{1,4}}(?:\s*(?:of|de|sur|/|из)\s*\d{{1,4}})?|第?\s*\d{{1,4}}\s*页|[-–—]?\s*[\d٠-٩]{{1,4}}\s*(?:/\s*\d{{1,4}})?\s*[-–—]?|/\.\.\.|\.\.\.|"
    r"GE[.:]\s?\d{2}-\d{4,6}.*|\d{2}-\d{4,6}\s*(?:\(E\))?|\*\s?\d{7}\s?\*|\*(?:\s?\d){6,8}\s?\*|[_\-–—]{3,}|[^\W\d_])\s*",
)
_SYMBOL_ALONE = re.compile(
    r"(?:\d{1,3}\s+)?(?:A|E|CCPR|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED|HRI)/[A-Z0-9./\-]+(?:\s*\*+)?(?:\s+(?:"
    + _PAGE_WORD
    + r"\s*)?\d{1,3})?(?:\s+GE\.\d\d-\d+.*)?\s*"
)
_DIGITS = re.compile(r"[\d٠-٩]+")
_NOTE_START = re.compile(r"\s*(?:\(?[\d٠-٩]{1,3}\)?|\*{1,4}|†|‡|[a-z]/)[\s.]*\S")


def strip_furniture(pages: list[Page]) -> list[str]:
    """Takes headers, footers and page numbers off, in place. Gives back what was taken: the symbol often stands only there."""
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update({shape(line) for line in edges(page)})
    repeated = {s for s, n in counted.items() if n >= 3 and n >= 0.25 * len(pages)}
    usual = pitch(pages)
    taken: list[str] = []
    for page in pages:
        edge = {id(line) for line in edges(page)}
        alone = {
            id(line)
            for line in page.lines
            if id(line) in edge and (_ALONE.fullmatch(line.text) or _SYMBOL_ALONE.fullmatch(line.text))
        }
        if page.number > 1 or len(pages) == 1:
            alone |= {id(line) for line in running_lines(page.lines, alone, repeated, usual)}
            alone |= {id(line) for line in running_lines(page.lines[::-1], alone, repeated, usual)}
        taken += [line.text for line in page.lines if id(line) in alone]
        page.lines = [line for line in page.lines if id(line) not in alone]
    return taken


def running_lines(lines: list[Line], alone: set[int], repeated: set[str], usual: float) -> list[Line]:
    """The lines that most pages have, from the edge inwards, to the space that parts them from the text. Body lines that happen to repeat have none."""
    found = []
    for line in lines[:EDGE]:
        paragraph = len(line.text) > SHORT and split_number(line.text)[0]
        if paragraph or (id(line) not in alone and shape(line) not in repeated):
            break
        found.append(line)
    while found:
        last = found[-1]
        after = lines[len(found)] if len(found) < len(lines) else None
        distance = abs(after.top - last.top) if after and after.size and last.size else 0.0
        if (
            not after
            or not distance
            or distance > 1.25 * usual
            or ((len(last.text) <= SHORT and last.text[-1] not in ".;:。؛") and not split_number(last.text)[0])
        ):
            break
        found.pop()
    return found


def edges(page: Page) -> list[Line]:
    return page.lines[:EDGE] + page.lines[EDGE:][-EDGE:]


def shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text.lower())


def body_size(pages: list[Page]) -> float:
    """The size of letters that most of the text has; 0 where no reader told."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            if line.size:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def set_notes_aside(pages: list[Page]) -> None:
    """Smaller lines at the foot of a page that begin with a mark go to `page.notes`, in place."""
    body = body_size(pages)
    if not body:
        return
    continued = False
    for page in pages:
        first = len(page.lines)
        for index in range(len(page.lines) - 1, -1, -1):
            line = page.lines[index]
            if not line.size or line.size > 0.93 * body:
                break
            first = index
        small = page.lines[first:]
        if not small or (first == 0 and not continued and len(small) > 3):
            continued = False
            continue
        while small and not continued and not _NOTE_START.match(small[0].text):
            small = small[1:]  # the end of a small table or quotation, not yet a note
        if small:
            page.notes = small
            page.lines = page.lines[: len(page.lines) - len(small)]
        continued = bool(small)


def pitch(pages: list[Page]) -> float:
    """The usual distance from one line of a paragraph to the next; 0 where it is not known. Spaces between paragraphs are larger."""
    gaps = sorted(
        b.top - a.last_top
        for page in pages
        for a, b in zip(page.lines, page.lines[1:], strict=False)
        if 4 < b.top - a.last_top < 60
    )
    return gaps[len(gaps) // 3] if gaps else 0.0
