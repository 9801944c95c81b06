"""Reports of the Working Group on the Universal Periodic Review, all cycles: recommendations, positions, voluntary pledges.

Three layouts: `86.12.` under paragraph 86 (from 2010), numbers from 1 inside paragraph 95 (2008–2010), and lettered points. The group's
position stands in the paragraph that introduces it, or in one that speaks of numbers afterwards (2008–2010).
"""

import re
from dataclasses import dataclass, replace

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.kinds.pledges import pledges_under
from mutabaa.intake.documents.numbers import canonical, is_letter
from mutabaa.intake.documents.path import HeadingPath
from mutabaa.intake.documents.plain_words import any_of, plain
from mutabaa.intake.documents.positions import is_partial, position_of, speaks_of_recommendations
from mutabaa.intake.documents.ranges import numbers_named
from mutabaa.intake.documents.states import recommending

_CONCLUSIONS = any_of(
    en=r"conclusions?\b.{0,12}\brecommendations?|^recommendations?$",
    fr=r"conclusions?\b.{0,12}\brecommandations?",
    es=r"conclusiones\b.{0,6}\brecomendaciones",
    ru=r"выводы\b.{0,8}рекомендации",
    ar=r"الاستنتاجات\b.{0,12}التوصيات",
    zh=r"结论.{0,6}建议",
)
_PLEDGES = any_of(
    en=r"voluntary (?:pledges|commitments)",
    fr=r"engagements.{0,20}volontaires|engagements exprimes",
    es=r"(?:promesas|compromisos).{0,20}voluntari",
    ru=r"добровольн\w+ обяз|добровольн\w+ обещани",
    ar=r"التعهدات|الالتزامات الطوعيه|الالتزامات التطوعيه",
    zh=r"自愿.{0,4}(?:承诺|许诺|认捐|保证)|承诺",
)
_END = any_of(
    en=r"^all (?:the )?conclusions and/?\s?(?:or )?recommendations",
    fr=r"^toutes les conclusions et/?\s?(?:ou )?recommandations",
    es=r"^todas las conclusiones",
    ru=r"^все выводы",
    ar=r"(?:^|\s)(?:جميع|كافه|كل) الاستنتاجات",
    zh=r"(?:所有|一切|全部)结论",
)
_ANNEX = any_of(
    en=r"^(?:annex|appendix|composition of the delegation)", fr=r"^annexe", es=r"^anexo", ru=r"^приложение", ar=r"^(?:ال)?مرفق", zh=r"^附件"
)  # fmt: skip
# 2008–2010: "Regarding the recommendation to … (Mexico), included in paragraph 54 (a), Mauritius considers that …"
_QUOTED = re.compile(
    r"(?:With regards? to|Regarding|Concerning|As (?:to|regards)|In relation to) the recommendation (?:to |that )?(?P<said>.{10,600}?\([^()]{3,60}\))(?=[,;.\s])"
)


@dataclass
class Group:
    """What paragraph 95 introduces."""

    paragraph: str
    position: str
    intro: str


def read(blocks: list[Block], language: str = "") -> list[Item]:
    start = first_of_conclusions(blocks)
    items = recommendations(blocks, start)
    items = marked_afterwards(items, blocks, start)
    return items + pledges_under(blocks, _PLEDGES)


def first_of_conclusions(blocks: list[Block]) -> int:
    """The last heading of that name in the body; else the first introduction of a group; else 0."""
    found = [
        i for i, b in enumerate(blocks)
        if len(b.text) < 120 and _CONCLUSIONS.search(plain(b.text)) 
        and (b.kind == "heading" or (b.kind == "paragraph" and not b.number and b.text[-1] not in ".;。")) and "...." not in b.text and b.text[0] not in "*("
    ]  # fmt: skip
    for index in reversed(found):
        if any(b.number and b.kind == "paragraph" for b in blocks[index : index + 6]):
            return index
    return found[-1] if found else 0


def recommendations(blocks: list[Block], start: int) -> list[Item]:
    out: list[Item] = []
    group: Group | None = None
    path = HeadingPath()
    themes = HeadingPath()
    expected = 1
    for index, block in enumerate(blocks[start:], start):
        if block.kind == "heading":
            if (
                block.level == 1
                and index > start
                and (_PLEDGES.search(plain(block.text)) or _ANNEX.search(plain(block.text)))
            ):
                break
            if out and group and unfinished(out[-1], blocks) and block.level > 2 and not themes_like(blocks, index):
                out[-1] = longer(out[-1], block, index)
                continue
            path.enter(block)
            themes.enter(block)
            continue
        if (
            block.kind == "note" and out and not block.page
        ):  # "the recommendation as read during the interactive dialogue"
            out[-1] = replace(out[-1], notes=(*out[-1].notes, block.text))
        if block.kind == "note" or not block.text:
            continue
        said = plain(block.text)
        if group and _END.search(said) and not states_at_end(block.text):
            break
        if point := point_of(block, group, expected):
            assert group is not None
            out.append(item(point, block, group, path.titles, index))
            expected += 1
        elif block.number and not is_letter(block.number):
            dotted = block.number.partition(".")
            if dotted[1] and states_at_end(block.text):  # its introduction was lost
                group = Group(dotted[0], group.position if group else "", "")
                out.append(item(block.number, block, group, path.titles, index))
            else:
                group, expected = Group(block.number, position_of(block.text), block.text), 1
        elif group and introduces(block):
            group = Group(
                group.paragraph, position_of(block.text), block.text
            )  # a second introduction without a number
        elif out and group and (unfinished(out[-1], blocks) or is_letter(block.number)):
            out[-1] = longer(out[-1], block, index)
        elif group and states_at_end(block.text):  # a point whose number was lost
            out.append(replace(item("", block, group, path.titles, index), confidence=0.6, reasons=("no_number",)))
    return out


def themes_like(blocks: list[Block], index: int) -> bool:
    """A heading between two points rather than the torn end of one: the next block begins a point."""
    following = next((b for b in blocks[index + 1 :] if b.kind != "note"), None)
    return bool(following and following.number) and not blocks[index].text.rstrip().endswith((")", ");", "）"))


def point_of(block: Block, group: Group | None, expected: int) -> str:
    """The point's own number: "95.1" for 1 inside paragraph 95; "" where the block is no point of this group."""
    if group is None or not block.number:
        return ""
    if block.number.startswith(f"{group.paragraph}."):
        return block.number
    if "." in block.number:
        return ""
    if is_letter(block.number):
        return (
            f"{group.paragraph} {canonical(block.number)}"
            if states_at_end(block.text) and not group.intro.count("(") > 40
            else ""
        )
    value = int(block.number)
    if value == expected or (expected > 1 and expected < value <= expected + 3 and states_at_end(block.text)):
        if (
            speaks_of_recommendations(block.text)
            and position_of(block.text)
            and not states_at_end(block.text)
            and value == int(group.paragraph or 0) + 1
        ):
            return ""  # paragraph 96 behind point 95
        return f"{group.paragraph}.{value}"
    return ""


def item(number: str, block: Block, group: Group, heading: tuple[str, ...], index: int) -> Item:
    quoted = _QUOTED.match(block.text) if group.position == "noted" else None
    text, states = recommending(quoted["said"] if quoted else block.text)
    doubtful: tuple[str, ...] = () if states else ("no_states",)
    if not group.position:
        doubtful = (*doubtful, "no_position")
    return Item(
        number, "recommendation", tidy(text), heading=heading, states=states, position=group.position,
        position_partial=bool(group.position) and is_partial(group.intro), position_text=block.text if quoted else "", confidence=1.0 if not doubtful else 0.7, reasons=doubtful, first=index, last=index,
    )  # fmt: skip


def tidy(text: str) -> str:
    return text.strip().rstrip(";；؛").rstrip()


def states_at_end(text: str) -> bool:
    return recommending(text)[0] != text and bool(recommending(text)[1])


def introduces(block: Block) -> bool:
    return (
        not block.number and block.text.rstrip().endswith((":", "：", ".", "。"))
        and speaks_of_recommendations(block.text) and bool(position_of(block.text)) and not states_at_end(block.text)
    )  # fmt: skip


def unfinished(last: Item, blocks: list[Block]) -> bool:
    """It does not end with the State that made it: what follows without a number still belongs to it."""
    return not last.states or not states_at_end(blocks[last.last].text)


def longer(last: Item, block: Block, index: int) -> Item:
    head = f"{last.text} {block.number} {block.text}" if block.number else f"{last.text} {block.text}"
    text, states = recommending(" ".join(head.split()))
    reasons = tuple(r for r in last.reasons if r != "no_states" or not states)
    return replace(
        last,
        text=tidy(text),
        states=states or last.states,
        reasons=reasons,
        last=index,
        confidence=0.9 if not reasons else 0.7,
    )


def marked_afterwards(items: list[Item], blocks: list[Block], start: int) -> list[Item]:
    """ "Egypt considers that the recommendations Nos. 85–119 have already been implemented", "All recommendations … enjoy the support"."""
    out = list(items)
    for block in blocks[start:]:
        if block.kind != "paragraph" or not block.number.isdigit() or not speaks_of_recommendations(block.text):
            continue
        position = position_of(block.text)
        if not position or states_at_end(block.text) or _END.search(plain(block.text)):
            continue
        own = {i.paragraph for i in items if i.paragraph.startswith(f"{block.number}.")}
        if own:
            continue
        named = numbers_named(block.text)
        for place, one in enumerate(out):
            group, _dot, last = one.paragraph.partition(".")
            hit = one.paragraph in named or (last in named and int(group or 0) == int(block.number) - 1)
            if hit or (not named and not one.position and _ALL.search(plain(block.text))):
                reasons = tuple(r for r in one.reasons if r != "no_position")
                out[place] = replace(
                    one,
                    position=position,
                    position_text=block.text if hit else "",
                    reasons=reasons,
                    confidence=1.0 if not reasons else one.confidence,
                )
    return out


_ALL = re.compile(
    r"\ball\b|\btoutes\b|\btodas\b|\bвсе\b|جميع|كافه|所有|全部|上述|\babove\b|\blisted\b|formulated during|formulees|formuladas|сформулированн"
)
