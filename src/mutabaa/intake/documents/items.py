"""What is read from an official document: its facts, its blocks of text in order, and the items found in them. Pure data.

Blocks are the document as a person reads it (paragraphs, headings, table rows, notes); every item names the blocks it comes from, so
that both can stand side by side. Nothing here is certain: `confidence` says how far the reader trusts itself.
"""

import datetime as dt
from dataclasses import asdict, dataclass, field
from typing import Any

ITEM_TYPES = (
    "recommendation",
    "concern",
    "positive_aspect",
    "request_for_information",
    "decision",
    "measure_of_reparation",
    "question",
    "pledge",
    "paragraph",  # a numbered paragraph of a document whose kind says nothing of its paragraphs
)
DOCUMENT_KINDS = (
    "concluding_observations",
    "list_of_issues",
    "list_of_issues_prior_to_reporting",
    "upr_report",
    "upr_addendum",
    "visit_report",
    "judgment",
    "decision",
    "regional_report",
    "other",
)
BLOCK_KINDS = ("heading", "paragraph", "row", "note")
CELLS = " | "  # between the cells of a row's text


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, table row or note. `number` is the paragraph's own number as printed, automatic numbering resolved, without
    its full stop or brackets' surroundings ("12", "(a)", "86.12"); `text` comes without it. `level`: depth of a heading from 1, 0 elsewhere.
    `page`: from 1, 0 where the format has none."""

    kind: str
    text: str
    number: str = ""
    level: int = 0
    page: int = 0


@dataclass(frozen=True)
class Item:
    """One thing the State is asked, told or promised. `paragraph`: "12", "12 (a)", "86.12". `heading`: the path from the outermost.
    `states`: ISO 3166 alpha-3 codes of the recommending States (UPR). `position`: "supported", "noted", "pending" or "";
    `position_text`: the State's own words on it. `first` and `last`: its blocks. `reasons`: codes of what is doubtful."""

    paragraph: str
    type: str
    text: str
    heading: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    position: str = ""
    position_partial: bool = False
    position_text: str = ""
    addressee: str = ""
    follow_up: bool = False
    due_on: dt.date | None = None
    language: str = ""
    notes: tuple[str, ...] = ()
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class DocumentFacts:
    """`body`: a code of the mechanisms' reference data ("CEDAW", "UPR", "SR-HOUSING", "IACTHR"…) or "". `treaty`: a code of the treaties'. `state`: ISO
    alpha-3. `follow_up_due`, `next_report_due`: dates that the document itself gives. Whatever the text does not say is empty."""

    symbol: str = ""
    body: str = ""
    treaty: str = ""
    state: str = ""
    session: str = ""
    cycle: int | None = None
    date: dt.date | None = None
    language: str = ""
    kind: str = "other"
    title: str = ""
    follow_up_due: dt.date | None = None
    next_report_due: dt.date | None = None


@dataclass(frozen=True)
class Notice:
    """Something a person should know of the reading: a code, whose sentence stands in `intake/states.py`, and its detail."""

    code: str
    detail: str = ""


@dataclass(frozen=True)
class Extraction:
    document: DocumentFacts
    blocks: tuple[Block, ...] = ()
    items: tuple[Item, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Plain values: dates as ISO 8601, None for a date that is not given."""
        told = asdict(self)
        for holder in (told["document"], *told["items"]):
            for name, value in holder.items():
                if isinstance(value, dt.date):
                    holder[name] = value.isoformat()
        return told
