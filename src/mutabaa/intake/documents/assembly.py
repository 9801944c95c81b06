"""Lines into blocks: where a paragraph begins, what continues over a line's or a page's end, what is a heading, what a note."""

from dataclasses import dataclass, field

from mutabaa.intake.documents import headings
from mutabaa.intake.documents.items import Block
from mutabaa.intake.documents.joining import Joiner
from mutabaa.intake.documents.lines import Line, Page
from mutabaa.intake.documents.numbers import hangs, is_letter, latin_digits, place, split_number
from mutabaa.intake.documents.pages import body_size, pitch, set_notes_aside, strip_furniture

SENTENCE_ENDS = ".;:!?。；：！？؛؟…"
CLOSERS = "\"'”’»)）]」』*"


@dataclass
class Paragraph:
    """A block in the making."""

    number: str
    lines: list[Line]
    page: int
    texts: list[str] = field(default_factory=list)
    marked: bool = False  # printed as a heading by its markup
    level: int = 0

    @property
    def ended(self) -> bool:
        return ends(self.texts[-1]) if self.texts else True


def ends(text: str) -> bool:
    """It ends as a sentence or a point of a list does, closing brackets and marks of notes aside."""
    stripped = latin_digits(text).rstrip().rstrip("0123456789").rstrip()
    bare = stripped.rstrip(CLOSERS + " ")
    return (
        bool(bare)
        and (bare[-1] in SENTENCE_ENDS or bare[-1] in "،,")
        and bare[-1] not in ",،"
        or stripped[-1:] in SENTENCE_ENDS
    )


class Assembler:
    """Takes lines one by one. What it remembers: the paragraph it is in, and the numbers that may come next."""

    def __init__(self, size: float = 0) -> None:
        self.paragraphs: list[Paragraph] = []
        self.size = size
        self.top = 0  # last paragraph's own number
        self.item = 0  # last number of a list inside it
        self.letter = 0
        self.noted = False  # a note came between two parts of a paragraph (plain text)

    def take(self, line: Line, page: int, gap: bool, left: float = 0, right: float = 0) -> None:
        number, rest = split_number(line.text)
        current = self.paragraphs[-1] if self.paragraphs else None
        if number and (current is None or self.plausible(number, rest, current, gap, gap or closed(current, right))):
            self.remember(number)
            self.begin(number, line, rest, page)
        elif current is None or self.breaks(line, current, gap, page, left, right):
            self.begin("", line, line.text, page)
        else:
            current.lines.append(line)
            current.texts.append(line.text)

    def begin(self, number: str, line: Line, text: str, page: int) -> None:
        self.paragraphs.append(Paragraph(number, [line], page, [text]))

    def plausible(self, number: str, rest: str, current: Paragraph, apart: bool, gap: bool) -> bool:
        """Not the number of an article, a year or a law that happens to begin a line. `apart`: space above; `gap`: that, or a short line."""
        before = current.texts[-1] if current.texts else ""
        if hangs(before) and not current.ended and not apart:
            return False
        if "." in number:
            return number.split(".")[0] in {str(self.top), str(self.top + 1)} or current.ended or gap
        if is_letter(number):
            letter = place(number)
            follows = letter in (1, self.letter + 1) or letter == self.letter == 0
            return (
                (follows and rest[:1] not in "(,;.)")
                and (current.ended or gap or letter == self.letter + 1)
                or (current.ended and bool(rest))
            )
        value = int(number)
        if value in (self.top + 1, self.item + 1):
            return True
        return gap or (current.ended and (value == 1 or self.top < value <= self.top + 60 or not self.top))

    def remember(self, number: str) -> None:
        if is_letter(number):
            self.letter = place(number)
            return
        self.letter = 0
        head, _dot, tail = number.partition(".")
        if tail or not self.top:
            self.top, self.item = int(head), 0
        elif int(number) == self.item + 1 and (int(number) != self.top + 1):
            self.item = int(number)
        elif int(number) == 1 and self.top:
            self.item = 1
        elif int(number) == self.item + 1 == self.top + 1:
            self.item = int(number)  # a list inside paragraph 95 that reaches 96: `upr` looks at the text to tell
        else:
            self.top, self.item = int(number), 0

    def breaks(self, line: Line, current: Paragraph, gap: bool, page: int, left: float, right: float) -> bool:
        """A line without a number begins something new."""
        last = current.lines[-1]
        new_page = page != current.page and last.top > line.top
        if headings.opens(line.text) and (current.ended or gap or short(last, right) or headings.opens(last.text)):
            return True
        if not current.ended and line.text[:1] in "(（":
            return False
        if not current.number and short(last, right) and not continues(line.text):
            return True
        if gap and not new_page:
            return current.ended or not continues(line.text) or bool(self.differs(line, last))
        if self.differs(line, last) and (current.ended or short(last, right)):
            return True
        if current.ended and right and last.x1 < right - 0.2 * (right - left) and not continues(line.text):
            return True
        indented = right and line.x0 > left + 12 and last.x0 < line.x0 - 8 and len(current.lines) > 1
        return bool(indented and current.ended and not continues(line.text))

    @staticmethod
    def differs(line: Line, last: Line) -> bool:
        """In weight or size of letters."""
        return bool(line.size and last.size) and (
            line.bold != last.bold or abs(line.size - last.size) > 0.08 * max(line.size, last.size)
        )


def closed(current: Paragraph, right: float) -> bool:
    """Its last line ends early, or is a heading: what follows begins something, whatever the punctuation."""
    last = current.lines[-1]
    return short(last, right) or (len(current.texts) == 1 and headings.opens(last.text))


def short(line: Line, right: float) -> bool:
    return bool(right) and line.x1 < right - 0.15 * right


def continues(text: str) -> bool:
    """It begins like the middle of a sentence."""
    first = text.lstrip("\"'“«„([")[:1]
    return first.islower() or (bool(first) and text[:1] in ",;.)")


def blocks_of_pages(pages: list[Page]) -> tuple[list[Block], list[str]]:
    """The blocks of a PDF, and the headers and footers that were taken off."""
    furniture = strip_furniture(pages)
    set_notes_aside(pages)
    assembler = Assembler(body_size(pages))
    joiner = Joiner(line.text for page in pages for line in page.lines)
    notes: list[tuple[int, Paragraph]] = []
    usual = pitch(pages)
    for page in pages:
        full = sorted(line.x1 for line in page.lines)
        right = full[int(len(full) * 0.9)] if full else 0
        lefts = sorted(line.x0 for line in page.lines)
        left = lefts[int(len(lefts) * 0.15)] if lefts else 0
        before: Line | None = None
        for line in page.lines:
            gap = bool(before and usual and line.top - before.last_top > 1.35 * usual)
            assembler.take(line, page.number, gap, left, right)
            before = line
        for note in notes_of(page, notes[-1][1] if notes else None):
            notes.append((len(assembler.paragraphs), note))
    return finish(assembler.paragraphs, notes, joiner), furniture


def notes_of(page: Page, last: Paragraph | None) -> list[Paragraph]:
    """The notes at the foot of a page; what continues the last one of the page before is added to it."""
    out: list[Paragraph] = []
    for line in page.notes:
        number, rest = note_number(line.text)
        if number:
            out.append(Paragraph(number, [line], page.number, [rest]))
        elif out or last:
            (out[-1] if out else last).texts.append(line.text)  # type: ignore[union-attr]
        else:
            out.append(Paragraph("", [line], page.number, [line.text]))
    return out


def note_number(text: str) -> tuple[str, str]:
    """`1 The recommendation as read…` → `("1", …)`; `* Circulated…` → `("*", …)`."""
    head = latin_digits(text[:6])
    mark = head.split(" ")[0].strip(".)(/")
    if mark and (mark.isdigit() and len(mark) <= 3 or set(mark) <= set("*†‡") or (len(mark) == 1 and head[1:2] == "/")):
        return mark, text[len(head.split(" ")[0]) :].strip()
    return "", text


def finish(paragraphs: list[Paragraph], notes: list[tuple[int, Paragraph]], joiner: Joiner) -> list[Block]:
    """In the order of the document; a page's notes stand after its last paragraph's beginning."""
    out: list[Block] = []
    waiting = list(notes)
    for index, paragraph in enumerate(paragraphs):
        while waiting and waiting[0][0] <= index:
            out.append(note_block(waiting.pop(0)[1], joiner))
        text = joiner.join(paragraph.texts)
        bold = paragraph.marked or all(line.bold for line in paragraph.lines)
        after = next((p for p in paragraphs[index + 1 :]), None)
        level = paragraph.level or headings.level(
            paragraph.number, text, bold, after.number if after else "", bool(after)
        )
        if level:
            number, rest = headings.split(text) if not paragraph.number else (paragraph.number, text)
            out.append(Block("heading", rest, number, level, paragraph.page))
        else:
            out.append(Block("paragraph", text, paragraph.number, 0, paragraph.page))
    out.extend(note_block(note, joiner) for _index, note in waiting)
    return out


def note_block(note: Paragraph, joiner: Joiner) -> Block:
    return Block("note", joiner.join(note.texts), note.number, 0, note.page)
