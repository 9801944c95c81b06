"""Concluding observations of treaty bodies: positive aspects, concerns, recommendations, requests for information, follow-up selection.

Current layout: concern and recommendation in paragraphs of their own, or in one, the recommendation without a number (Human Rights Committee). Older layouts:
concerns first, "suggestions and recommendations" at the end. A paragraph that does both gives one item of each under the same number.
"""

import datetime as dt
from dataclasses import replace

from mutabaa.intake.documents.follow_up import FollowUp, follow_up, next_report_due
from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.numbered import Numbered, Part, numbered_paragraphs
from mutabaa.intake.documents.phrases import purpose
from mutabaa.intake.documents.sections import section_of
from mutabaa.intake.documents.sentences import sentences

UNSURE = 0.6


def read(blocks: list[Block], date: dt.date | None) -> tuple[list[Item], FollowUp | None, dt.date | None]:
    paragraphs = numbered_paragraphs(blocks)
    chosen = follow_up(paragraphs, date)
    items: list[Item] = []
    seen_section = any(section_of(p.heading) == "positive" for p in paragraphs)
    begun = not seen_section
    for paragraph in paragraphs:
        section = section_of(paragraph.heading)
        begun = begun or section == "positive"
        if section in ("introduction", "factors") or not begun or not paragraph.number:
            continue
        found = items_of(paragraph, section)
        if items or any(item.confidence > UNSURE for item in found):  # what the first paragraphs only tell is no item
            items.extend(found)
    return [selected(item, chosen) for item in items], chosen, next_report_due(paragraphs)


def items_of(paragraph: Numbered, section: str = "", assumed: str = "concern") -> list[Item]:
    """`assumed`: the type of a text whose words do not tell; "" leaves it out."""
    out: list[Item] = []
    for part in paragraph.parts:
        out.extend(of_part(paragraph, part, section, out[-1].type if out else "", assumed))
    return [
        replace(item, notes=tuple(paragraph.notes)) if index == len(out) - 1 else item for index, item in enumerate(out)
    ]


def of_part(paragraph: Numbered, part: Part, section: str, before: str, assumed: str) -> list[Item]:
    if section == "positive":
        return as_one(paragraph, part, "positive_aspect")
    groups = grouped(part.text, section)
    if not groups:
        return []
    out = []
    *complete, (kind, chapeau) = groups
    for done, text in complete:
        if done:
            out.append(item(paragraph, done, text, part.first, part.first))
    if not part.subs:
        kind = kind or before or (assumed if section == "" else "")
        if kind and not (kind == "positive_aspect" and out):
            out.append(item(paragraph, kind, chapeau, part.first, part.last, sure=bool(groups[-1][0])))
        return out
    for sub in part.subs:
        own = kind or before or purpose(sub.text) or (assumed and "recommendation")
        if not own:
            continue
        out.append(item(paragraph, own, f"{chapeau} {sub.text}", sub.first, sub.last, sub.number, bool(kind)))
    return out


def as_one(paragraph: Numbered, part: Part, kind: str) -> list[Item]:
    if not part.subs:
        return [item(paragraph, kind, part.text, part.first, part.last)]
    return [item(paragraph, kind, f"{part.text} {s.text}", s.first, s.last, s.number) for s in part.subs]


def grouped(text: str, section: str = "") -> list[tuple[str, str]]:
    """Sentences of one purpose together: [("concern", "…"), ("recommendation", "…")]. What has none goes with the sentence before it, else after."""
    groups: list[tuple[str, str]] = []
    for sentence in sentences(text):
        kind = purpose(sentence)
        if kind == "positive_aspect":
            kind = ""  # "While welcoming …": outside its section praise is no item of its own
        if section in ("follow_up", "next_report") and kind == "recommendation" and "report" in sentence:
            kind = "request_for_information"
        if groups and (not kind or kind == groups[-1][0] or not groups[-1][0]):
            groups[-1] = (groups[-1][0] or kind, f"{groups[-1][1]} {sentence}")
        else:
            groups.append((kind, sentence))
    return groups


def item(paragraph: Numbered, kind: str, text: str, first: int, last: int, sub: str = "", sure: bool = True) -> Item:
    number = f"{paragraph.number} {sub}".strip()
    return Item(
        number, kind, text.strip().rstrip(";；؛").rstrip(), heading=paragraph.heading, confidence=0.95 if sure else UNSURE,
        reasons=() if sure else ("type_assumed",), first=first, last=last,
    )  # fmt: skip


def selected(item: Item, chosen: FollowUp | None) -> Item:
    if chosen is None or item.type in ("positive_aspect", "concern"):
        return item
    whole = item.paragraph.split(" ")[0]
    if item.paragraph in chosen.paragraphs or whole in chosen.paragraphs:
        return replace(item, follow_up=True, due_on=chosen.due)
    return item
