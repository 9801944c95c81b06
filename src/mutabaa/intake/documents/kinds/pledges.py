"""Voluntary pledges and commitments: a chapter of a UPR report, or a document of their own."""

import re

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.numbers import canonical, is_letter
from mutabaa.intake.documents.path import HeadingPath
from mutabaa.intake.documents.plain_words import plain


def pledges_under(blocks: list[Block], named: re.Pattern[str]) -> list[Item]:
    """The points of every chapter whose heading `named` finds, to the next heading of that depth."""
    out: list[Item] = []
    path = HeadingPath()
    inside = 0
    paragraph, intro = "", ""
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            if inside and block.level <= inside:
                inside = 0
            path.enter(block)
            if (
                len(block.text) < 120
                and named.search(plain(block.text))
                and any(b.number for b in blocks[index + 1 : index + 5])
            ):
                inside = block.level
            continue
        if not inside or block.kind == "note" or not block.text:
            continue
        if is_letter(block.number):
            if intro and out and out[-1].paragraph == paragraph:
                out.pop()  # "The State commits itself to:" is no pledge by itself
            text = f"{intro.rstrip(' :：')}: {block.text}" if intro else block.text
            out.append(pledge(f"{paragraph} {canonical(block.number)}".strip(), text, path.titles, index))
        else:
            paragraph = block.number or paragraph
            intro = block.text if block.text.rstrip().endswith((":", "：")) else ""
            out.append(pledge(paragraph, block.text, path.titles, index))
    return out


def pledge(paragraph: str, text: str, heading: tuple[str, ...], index: int) -> Item:
    return Item(paragraph, "pledge", text.strip().rstrip(";；؛").rstrip(), heading=heading, first=index, last=index)


def all_of(blocks: list[Block]) -> list[Item]:
    """Of a document that is nothing but pledges: its numbered and lettered points; where there are none, its paragraphs."""
    points = [(i, b) for i, b in enumerate(blocks) if b.kind in ("paragraph", "row") and b.number]
    if not points:
        points = [(i, b) for i, b in enumerate(blocks) if b.kind == "paragraph" and len(b.text) > 40]
    out: list[Item] = []
    path = HeadingPath()
    wanted = {i for i, _b in points}
    paragraph = ""
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            path.enter(block)
        if index not in wanted:
            continue
        if is_letter(block.number):
            out.append(pledge(f"{paragraph} {canonical(block.number)}".strip(), block.text, path.titles, index))
            continue
        paragraph = block.number
        if (
            block.text.rstrip().endswith((":", "："))
            and index + 1 < len(blocks)
            and is_letter(blocks[index + 1].number)
        ):
            continue
        out.append(pledge(paragraph, block.text, path.titles, index))
    return out
