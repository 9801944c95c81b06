"""From a file to what stands in it, in this process. Files from outside go through `apart.read_apart`, which holds limits."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mutabaa.intake.documents.facts import facts_of
from mutabaa.intake.documents.items import Block, DocumentFacts, Extraction, Item, Notice
from mutabaa.intake.documents.kinds import (
    concluding,
    decisions,
    generic,
    judgments,
    pledges,
    questions,
    regional,
    upr,
    upr_addendum,
    visits,
)
from mutabaa.intake.files import sniff
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.language import at_sight

_TAGS = re.compile(rb"<(?:html|head|body|p|div|h[1-6]|table|ol|ul|article|main)\b", re.I)
READABLE = "docx, pdf, html, txt"
READERS: dict[str, Callable[[list[Block]], list[Item]]] = {
    "list_of_issues": questions.read,
    "list_of_issues_prior_to_reporting": questions.read,
    "upr_addendum": upr_addendum.read,
    "visit_report": visits.read,
    "judgment": judgments.read,
    "decision": decisions.read,
    "regional_report": regional.read,
}


def read(path: Path, name: str = "") -> Extraction:
    """What the document says of itself, its blocks and its items. `name` is that of the file as it came: used only where the text names no symbol.

    Raises `BadFile`, `OSError`. Takes no care of time or memory: `apart.read_apart` does.
    """
    blocks, edges, notices = blocks_of(path)
    if not any(block.text for block in blocks):
        raise BadFile("no_text")
    facts = facts_of(blocks, edges, name or path.name)
    facts, items = items_of(facts, blocks)
    items = [replace(item, language=at_sight(item.text) or facts.language) for item in items]
    if not items:
        notices.append(Notice("no_items"))
    return Extraction(facts, tuple(blocks), tuple(items), tuple(notices))


def blocks_of(path: Path) -> tuple[list[Block], list[str], list[Notice]]:
    """Blocks, texts of headers and footers, notices, by what the file is – not by its name."""
    kind = kind_of_file(path)
    if kind == "pdf":
        from mutabaa.intake.documents.assembly import blocks_of_pages
        from mutabaa.intake.documents.pdf import read_pages

        pages, notices = read_pages(path)
        blocks, edges = blocks_of_pages(pages)
        return blocks, edges, notices
    if kind == "docx":
        from mutabaa.intake.documents import docx

        blocks, edges = docx.read_blocks(path)
        return blocks, edges, []
    if kind == "html":
        from mutabaa.intake.documents import html

        return html.read_blocks(path), [], []
    if kind in ("csv", "json"):  # `sniff` calls every plain text a table
        from mutabaa.intake.documents import plain_text

        blocks, edges = plain_text.read_blocks(path)
        return blocks, edges, []
    if kind == "ole":
        raise BadFile("old_word")
    raise BadFile("wrong_document", kind=kind, wanted=READABLE)


def kind_of_file(path: Path) -> str:
    """As `sniff` says; of what it takes for a table, pages that begin without their first tags are told by others, and RTF."""
    kind = sniff.kind_of(path)
    if kind in ("csv", "json"):
        with path.open("rb") as file:
            head = file.read(4096).replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
        if head.startswith(b"{\\rtf"):
            return "ole"
        if head.startswith(b"<") and _TAGS.search(head):
            return "html"
    return kind


def items_of(facts: DocumentFacts, blocks: list[Block]) -> tuple[DocumentFacts, list[Item]]:
    """The items, and the facts with what only the items tell: dates of follow-up and of the next report."""
    if facts.kind == "upr_report":
        return facts, upr.read(blocks, facts.language)
    if facts.kind == "concluding_observations":
        items, chosen, due = concluding.read(blocks, facts.date)
        return replace(facts, follow_up_due=chosen.due if chosen else None, next_report_due=due), items
    reader = READERS.get(facts.kind)
    if facts.kind == "other" and facts.body == "PLEDGES":
        reader = pledges.all_of
    return facts, (reader(blocks) if reader else []) or generic.read(blocks)
