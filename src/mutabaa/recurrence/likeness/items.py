"""What likeness is found among, and what is found: plain data. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Relation = Literal["repeats", "narrows", "contradicts"]


@dataclass(frozen=True)
class Item:
    """One demand. `texts`: (language, text), the original first, then its translations: two items are compared in every language
    that both have. `block`: only items of one block are compared (a State); `tags`: "theme:…", "group:…". `round`: what tells one review
    from another (the document)."""

    id: int
    texts: Sequence[tuple[str, str]]
    tags: frozenset[str] = frozenset()
    mechanism: str = ""
    cycle: str = ""
    round: str = ""
    block: str = ""


@dataclass(frozen=True)
class Pair:
    """Two items, `first < second`. `score` 0–1. "narrows": one of them is a part of the other, or a more particular form of it."""

    first: int
    second: int
    score: float
    relation: Relation
    across: bool = False  # found through tags and glossary only: the two have no language in common
