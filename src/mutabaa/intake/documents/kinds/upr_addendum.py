"""Addenda to UPR reports: the State's position on each recommendation, with its words. Items carry paragraph, position and position_text, to be merged.

States answer by number, by range, in lists under a heading, in sentences, and in tables.
"""

import re
from collections import Counter
from dataclasses import replace

from mutabaa.intake.documents.items import CELLS, Block, Item
from mutabaa.intake.documents.numbers import latin_digits
from mutabaa.intake.documents.path import HeadingPath
from mutabaa.intake.documents.plain_words import plain
from mutabaa.intake.documents.positions import is_partial, position_of, speaks_of_recommendations
from mutabaa.intake.documents.ranges import numbers_named
from mutabaa.intake.documents.sentences import sentences
from mutabaa.intake.documents.states import recommending

_DOTTED = re.compile(r"(?<![A-Za-z0-9./])(\d{1,3})([.\-])(\d{1,3})(?![A-Za-z0-9/])")
_LEAD = re.compile(
    r"^(?:recommendations?|recommandations?|recomendacion(?:es)?|рекомендаци\w+|(?:ال)?توصي(?:ه|ات|تان)|建议)\s*(?:nos?\.?|numbers?|n°|nums?\.?|№|رقم|ارقام|第)?\s*(?=[\d(])"
)
_PARAGRAPH = re.compile(r"\b(?:paragraph|paragraphe|parrafo|пункт\w*|الفقره|第)\s*(\d{2,3})\b")
_SHORT = 90


def read(blocks: list[Block]) -> list[Item]:
    groups = groups_of(blocks)
    found: dict[str, Item] = {}
    path = HeadingPath()
    under = ""  # the position that heading or introduction gave
    last: list[str] = []
    for index, block in enumerate(blocks):
        if block.kind == "note" or not block.text:
            continue
        if block.kind == "heading":
            path.enter(block)
            under = position_of(block.text) or (
                under if block.level > 3 and not speaks_of_recommendations(block.text) else ""
            )
            last = []
            if not numbers_in(block.text, groups):
                continue
        own = own_number(block, groups)
        if own:
            keep(found, [own], item_of(own, block, under, path.titles, index))
            last = [own]
        elif block.kind == "row":
            numbers, item = of_row(block, groups, under, path.titles, index)
            keep(found, numbers, item)
            last = numbers
        elif named := numbers_in(block.text, groups):
            last = of_sentences(block, groups, under, path.titles, index, found, named)
            if block.text.rstrip().endswith((":", "：")) and position_of(block.text):
                under = position_of(block.text)
        elif (
            block.text.rstrip().endswith((":", "："))
            and position_of(block.text)
            and speaks_of_recommendations(block.text)
        ):
            under, last = position_of(block.text), []
        elif last and not block.number:
            for number in last:
                explained(found, number, block.text, index)
        else:
            last = []
    if not groups and (head := paragraph_of_all(blocks)):
        found = {n: replace(item, paragraph=f"{head}.{item.paragraph}") for n, item in found.items()}
    return sorted(found.values(), key=lambda i: (i.first, order(i.paragraph)))


def paragraph_of_all(blocks: list[Block]) -> str:
    """2008–2010: answers by "Recommendation 3", where the recommendations are those "listed in paragraph 80"."""
    named = Counter(
        m[1]
        for b in blocks
        if speaks_of_recommendations(b.text)
        for m in _PARAGRAPH.finditer(plain(latin_digits(b.text)))
    )
    return named.most_common(1)[0][0] if len(named) == 1 else ""


def order(number: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", number))


def groups_of(blocks: list[Block]) -> set[str]:
    """The paragraphs of the report whose points are answered: "86" of 86.1, 86.2. A decimal fraction comes once, a group often."""
    counted: Counter[str] = Counter()
    hyphened: Counter[str] = Counter()  # 86-1, as Arabic documents write; a range otherwise
    for block in blocks:
        said = latin_digits(f"{block.number}. {block.text}" if "." in block.number else block.text)
        said = re.sub(
            r"\d+[.\-]\d+\s?(?:%|per cent|por ciento|pour cent|процент|million|في المايه)|\d{1,3}-\d{1,3}-\d+",
            " ",
            plain(said),
        )
        counted.update({head for head, sign, _tail in _DOTTED.findall(said) if sign == "."})
        hyphened.update({head for head, sign, _tail in _DOTTED.findall(said) if sign == "-"})
    most = max(counted.values(), default=0)
    dotted = {head for head, n in counted.items() if n >= 2 or (most <= 2 and n)}
    return dotted or {head for head, n in hyphened.items() if n >= 2}


def numbers_in(text: str, groups: set[str]) -> list[str]:
    said = re.sub(r"(?<!\d)(\d{1,3})-(\d{1,3})(?!\d)", lambda m: f"{m[1]}.{m[2]}" if m[1] in groups and int(m[2]) < int(m[1]) + 200 and m[1] not in _plain_numbers(text) else m[0], latin_digits(text)) if groups else text  # fmt: skip
    named = [n for n in numbers_named(said) if n.split(".")[0] in groups and "." in n]
    if not groups and (lead := _LEAD.match(plain(text))):
        named = [n for n in numbers_named(text[lead.end() : lead.end() + 80].split(":")[0]) if "." not in n]
    return sorted(set(named), key=order)


def _plain_numbers(text: str) -> set[str]:
    """Heads that the text writes with a point: there a hyphen is a range."""
    return {m[1] for m in re.finditer(r"(?<!\d)(\d{1,3})\.\d{1,3}", latin_digits(text))}


def own_number(block: Block, groups: set[str]) -> str:
    """ "86.12 …" as the block's own number, or "Recommendation 86.12: …"."""
    if "." in block.number and block.number.split(".")[0] in groups:
        rest = numbers_in(block.text[:40], groups)
        return "" if rest and re.match(r"\s*(?:[,;]|and|et|y|и|و|to|–|-)", block.text) else block.number
    lead = _LEAD.match(plain(block.text))
    if lead:
        named = numbers_in(block.text[: lead.end() + 12].split(":")[0], groups)
        following = numbers_in(block.text[:120].split(":")[0], groups)
        if len(named) == 1 == len(following) and (
            ":" in block.text[:60] or "(" in block.text[:60] or "." in block.text[lead.end() : lead.end() + 14]
        ):
            return named[0]
    return ""


def item_of(number: str, block: Block, under: str, heading: tuple[str, ...], index: int) -> Item:
    text, states = recommending(block.text)
    if _LEAD.match(plain(text)) and len(text) < _SHORT:
        text = ""  # "Recommendation 86.16 (Chile)" is no text of one
    own = next((p for sentence in sentences(block.text) if (p := position_of(sentence))), "")
    short = len(block.text) < _SHORT
    asked = bool(states) and not own
    said = "" if asked else block.text
    position = own if (own and (short or not states)) else under or own
    return Item(
        number, "recommendation", text if states and text != block.text else "", heading=heading, states=states, position=position, position_partial=is_partial(said),
        position_text=said if not states or own else "", confidence=0.9 if position else 0.6, reasons=() if position else ("no_position",), first=index, last=index,
    )  # fmt: skip


def of_row(
    block: Block, groups: set[str], under: str, heading: tuple[str, ...], index: int
) -> tuple[list[str], Item | None]:
    cells = block.text.split(CELLS)
    numbers: list[str] = []
    asked = said = position = ""
    for cell in cells:
        named = numbers_in(cell[:40], groups) or (
            [cell.strip(" .")] if not groups and re.fullmatch(r"\d{1,3}\.?", cell.strip()) else []
        )
        if named and not numbers:
            numbers = numbers_in(cell, groups) or named
            rest = re.sub(r"^\W*[\d.\-–,;\s]+(?:and|et|y|и|و)?\s*", "", cell).strip()
            asked = asked or (rest if len(rest) > 25 else "")
        elif not position and len(cell) < _SHORT and position_of(cell):
            position = position_of(cell)
            said = f"{said} {cell}".strip() if is_partial(cell) or len(cell) > 30 else said
        elif not asked and recommending(cell)[1]:
            asked = cell
        elif len(cell) > 1:
            said = f"{said} {cell}".strip() if asked or len(cells) < 4 or numbers else said
    if not numbers:
        return [], None
    if not asked and said and position and len(cells) > 3:
        said = cells[-1]
    text, states = recommending(asked)
    position = position or position_of(said) or under
    partial = is_partial(" ".join(c for c in cells if len(c) < _SHORT)) or is_partial(said)
    return numbers, Item(
        numbers[0], "recommendation", text, heading=heading, states=states, position=position, position_partial=partial, position_text=said,
        confidence=0.9 if position else 0.6, reasons=() if position else ("no_position",), first=index, last=index,
    )  # fmt: skip


def of_sentences(
    block: Block,
    groups: set[str],
    under: str,
    heading: tuple[str, ...],
    index: int,
    found: dict[str, Item],
    named: list[str],
) -> list[str]:
    """Each sentence speaks for the numbers it names; one without numbers explains those of the sentence before."""
    before: list[str] = []
    for sentence in clauses(block.text):
        numbers = numbers_in(sentence, groups)
        position = position_of(sentence)
        if numbers:
            given = position or under or position_of(block.text)
            one = Item(
                numbers[0], "recommendation", "", heading=heading, position=given, position_partial=is_partial(sentence), position_text=sentence,
                confidence=0.85 if given else 0.6, reasons=() if given else ("no_position",), first=index, last=index,
            )  # fmt: skip
            keep(found, numbers, one)
            before = numbers
        else:
            for number in before:
                explained(found, number, sentence, index)
    return before or named


def clauses(text: str) -> list[str]:
    """Sentences; "86.1 and 86.2 are supported; 86.3 is noted" is two."""
    out: list[str] = []
    for sentence in sentences(text):
        parts = re.split(r"[;；؛]\s*", sentence)
        if len(parts) > 1 and sum(bool(_DOTTED.search(latin_digits(p)) and position_of(p)) for p in parts) > 1:
            out.extend(parts)
        else:
            out.append(sentence)
    return out


def keep(found: dict[str, Item], numbers: list[str], item: Item | None) -> None:
    """The first position of a number stands, unless the later one says more; words are gathered."""
    if item is None:
        return
    for number in numbers:
        own = replace(item, paragraph=number)
        before = found.get(number)
        if before is None:
            found[number] = own
            continue
        words = (
            before.position_text
            if own.position_text in before.position_text
            else f"{before.position_text} {own.position_text}".strip()
        )
        found[number] = replace(
            before, text=before.text or own.text, states=before.states or own.states, position=before.position or own.position, position_text=words,
            position_partial=before.position_partial or own.position_partial, reasons=() if before.position or own.position else before.reasons,
            confidence=max(before.confidence, own.confidence),
        )  # fmt: skip


def explained(found: dict[str, Item], number: str, text: str, index: int) -> None:
    item = found[number]
    position = item.position or position_of(text)
    found[number] = replace(
        item, position_text=f"{item.position_text} {text}".strip(), position=position, last=max(item.last, index),
        position_partial=item.position_partial or is_partial(text), reasons=() if position else item.reasons,
    )  # fmt: skip
