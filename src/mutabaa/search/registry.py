"""What can be searched. A room registers a `Kind` of record at start-up; the index knows nothing else of it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the index holds it.

    `texts`: (language, text) of the original and its translations. `references`: document symbols and paragraph numbers,
    as `references.symbol_form` and `paragraph_form` make them. `facets`: codes by facet. `seen`: the keys of those who may read
    it (`Kind.keys`). `own`: concerns the State of this installation. `date` orders what ranks alike.
    `tags`: further `field:value` that can be asked for, but are not counted.
    """

    pk: int
    texts: Sequence[tuple[str, str]]
    seen: Sequence[str]
    references: Sequence[str] = ()
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    date: dt.date | None = None
    own: bool = True
    tags: Sequence[str] = ()


@dataclass(frozen=True)
class Facet:
    """A way to count and filter. `single`: a record has at most one value.

    `of` and `part_of`: a facet that groups another's values (region: of "state"); its counts follow from that one's.
    """

    key: str
    label: Any
    single: bool = False
    of: str = ""


@dataclass(frozen=True)
class Text:
    """A record's text as a person reads it, with its translations."""

    pk: int
    language: str
    text: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    `number` is its place in the index and never changes. `entries(ids)` gives what is to be indexed of these records, none
    for one that is gone; `ids(after, limit)` walks all; `total()` counts them; `keys(person)` are the visibility keys that a person holds;
    `texts(ids, person)` reads what a person may see; `groups(facet)` maps each value of `Facet.of` to its group;
    `resolve(facet, typed)` gives the codes that a typed value means; `names()` the field names of the query language, in
    normal form, with the facet they mean.
    """

    name: str
    number: int
    facets: Sequence[Facet]
    entries: Callable[[Collection[int]], Iterable[Entry]]
    ids: Callable[[int, int], list[int]]
    keys: Callable[[Any], list[str]]
    texts: Callable[[Collection[int], Any], dict[int, Text]]
    total: Callable[[], int]
    groups: Callable[[str], Mapping[str, str]] = lambda facet: {}
    resolve: Callable[[str, str], Collection[str]] = lambda facet, typed: ()
    names: Callable[[], Mapping[str, str]] = dict


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """A second registration of a name replaces the first."""
    if any(other.number == kind.number and other.name != kind.name for other in kinds.values()):
        raise ValueError(f"{kind.name}: another kind has the number {kind.number}")
    kinds[kind.name] = kind


def by_number(number: int) -> Kind | None:
    return next((kind for kind in kinds.values() if kind.number == number), None)
