"""What a query means: the tree that `syntax` reads it into, `matching` asks the index by, and `highlight` marks texts by. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class All:
    """Every record: of an empty query."""


@dataclass(frozen=True)
class Word:
    """One word in normal form. `reference`: it may be the number of a paragraph too."""

    word: str
    reference: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words in normal form that follow each other."""

    words: tuple[str, ...]
    reference: str = ""


@dataclass(frozen=True)
class Prefix:
    word: str


@dataclass(frozen=True)
class Symbol:
    """A document symbol or its beginning, lower case, without spaces."""

    symbol: str


@dataclass(frozen=True)
class Field:
    """`key` of a known field and the values of which one must match; `values` are what the record holds, not what was typed."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class And:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Or:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Not:
    part: "Node"


Node = All | Word | Phrase | Prefix | Symbol | Field | And | Or | Not


@dataclass(frozen=True)
class Notice:
    """Something that was read in another way than it was written. `code` is one of `notices.MESSAGES`."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, **values: str) -> "Notice":
        return cls(code, tuple(values.items()))


@dataclass(frozen=True)
class Parsed:
    """`terms`: the words, phrases and prefixes that a hit is ranked and highlighted by, those behind NOT left out."""

    node: Node
    notices: tuple[Notice, ...] = ()
    terms: tuple[Node, ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether hits differ in rank: beginnings of words and filters match or do not."""
        return any(isinstance(term, Word | Phrase) for term in self.terms)


def joined(parts: Iterable[Node]) -> Node:
    """One And of the parts, those of inner Ands among them."""
    out: list[Node] = []
    for part in parts:
        out.extend(part.parts if isinstance(part, And) else [part])
    out = list(dict.fromkeys(out))
    return out[0] if len(out) == 1 else And(tuple(out))


def terms_of(node: Node) -> list[Node]:
    """Words, phrases and prefixes that are wanted, in order."""
    match node:
        case And(parts) | Or(parts):
            return list(dict.fromkeys(term for part in parts for term in terms_of(part)))
        case Word() | Phrase() | Prefix():
            return [node]
        case _:
            return []
