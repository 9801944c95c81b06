"""Lists of issues and lists of issues prior to reporting: every numbered paragraph, or each of its points, is a question."""

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.numbered import numbered_paragraphs
from mutabaa.intake.documents.plain_words import any_of, plain

_NOT_ASKED = any_of(
    en=r"^the committee (?:adopted|may take up|will)|^the present list|^in this section", fr=r"^le comite (?:a adopte|pourra)", es=r"^el comite (?:aprobo|podra)",
    ru=r"^комитет (?:принял|может)", ar=r"^(?:اعتمدت اللجنه|يجوز للجنه)", zh=r"^委员会(?:通过了|可)",
)  # fmt: skip


def read(blocks: list[Block]) -> list[Item]:
    out: list[Item] = []
    for paragraph in numbered_paragraphs(blocks):
        if not paragraph.number or _NOT_ASKED.search(plain(paragraph.text)):
            continue
        notes = tuple(paragraph.notes)
        for part in paragraph.parts:
            if not part.subs:
                out.append(question(paragraph.number, part.text, paragraph.heading, notes, part.first, part.last))
            for sub in part.subs:
                text = f"{part.text} {sub.text}"
                out.append(
                    question(f"{paragraph.number} {sub.number}", text, paragraph.heading, notes, sub.first, sub.last)
                )
    return joined(out)


def question(number: str, text: str, heading: tuple[str, ...], notes: tuple[str, ...], first: int, last: int) -> Item:
    return Item(
        number, "question", text.strip().rstrip(";；؛").rstrip(), heading=heading, notes=notes, first=first, last=last
    )


def joined(items: list[Item]) -> list[Item]:
    """Parts of one paragraph without points of their own are one question."""
    out: list[Item] = []
    for item in items:
        if out and out[-1].paragraph == item.paragraph and "(" not in item.paragraph:
            before = out.pop()
            item = question(
                item.paragraph, f"{before.text} {item.text}", item.heading, item.notes, before.first, item.last
            )
        out.append(item)
    return out
