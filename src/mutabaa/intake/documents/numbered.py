"""Numbered paragraphs with all that belongs to each: sub-paragraphs, parts without a number, rows, notes."""

from dataclasses import dataclass, field

from mutabaa.intake.documents.items import Block
from mutabaa.intake.documents.numbers import canonical, is_letter, place
from mutabaa.intake.documents.path import HeadingPath


@dataclass
class Sub:
    """`12 (a)`: points below it ("(i)") are in its text."""

    number: str
    text: str
    first: int
    last: int


@dataclass
class Part:
    """The text before sub-paragraphs, and these. A paragraph has a second part where text without a number follows its sub-paragraphs."""

    text: str
    first: int
    last: int
    subs: list[Sub] = field(default_factory=list)


@dataclass
class Numbered:
    number: str
    heading: tuple[str, ...]
    parts: list[Part]
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join([p.text, *(f"{s.number} {s.text}" for s in p.subs)]) for p in self.parts)


def numbered_paragraphs(blocks: list[Block], start: int = 0) -> list[Numbered]:
    """In order. Text before the first number belongs to none; a heading ends a paragraph, so that text under an unnumbered heading is its own."""
    out: list[Numbered] = []
    path = HeadingPath()
    current: Numbered | None = None
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            path.enter(block)
            current = None
            continue
        if index < start or not block.text:
            continue
        if block.kind == "note":
            if current and not block.page:  # at the foot of a page nobody knows to which paragraph it belongs
                current.notes.append(block.text)
            continue
        if block.number and block.number[0].isdigit():
            current = Numbered(block.number, path.titles, [Part(block.text, index, index)])
            out.append(current)
        elif current is None:
            if (
                block.number
                and is_letter(block.number)
                and out
                and out[-1].heading[:-1] == path.titles[:-1]
                and out[-1].parts[-1].subs
            ):
                current = out[-1]
                add(current, block, index)
            elif path.titles:
                current = Numbered("", path.titles, [Part(block.text, index, index)])
                out.append(current)
        else:
            add(current, block, index)
    return out


def add(paragraph: Numbered, block: Block, index: int) -> None:
    part = paragraph.parts[-1]
    if block.number and is_letter(block.number):
        number = canonical(block.number)
        if part.subs and is_below(number, part.subs):
            part.subs[-1].text += f" {number} {block.text}"
            part.subs[-1].last = index
        else:
            part.subs.append(Sub(number, block.text, index, index))
        part.last = index
    elif block.kind == "paragraph" and begins_anew(block.text, part):
        paragraph.parts.append(Part(block.text, index, index))
    elif part.subs:
        part.subs[-1].text += f" {block.text}"
        part.subs[-1].last = part.last = index
    else:
        part.text += f" {block.text}"
        part.last = index


def is_below(number: str, subs: list[Sub]) -> bool:
    """ "(i)" behind "(c)" is a point of (c); behind "(h)" it is the ninth."""
    inside = number.strip("()")
    before = subs[-1].number.strip("()")
    if set(inside) <= set("ivx") and len(before) == 1 and before not in "ivx"[:1]:
        return (
            not (inside == "i" and before == "h")
            and not (inside == "v" and before == "u")
            and not (inside == "x" and before == "w")
        )
    if inside.isdigit() and not before.isdigit():
        return True
    return (
        set(inside) <= set("ivx")
        and set(before) <= set("ivx")
        and place(subs[0].number) == 1
        and subs[0].number == "(a)"
    )


def begins_anew(text: str, part: Part) -> bool:
    """Text without a number that is a part of its own: behind a complete one, and with a capital or in a script without."""
    before = part.subs[-1].text if part.subs else part.text
    first = text.lstrip('"“«(')[:1]
    complete = before.rstrip().rstrip('"”»)）').endswith((".", "。", "!", "?", "؟", ";", "；", "؛"))
    return complete and not first.islower() and not first.isdigit()
