"""The index on disk: its fields, its folders, writing and reading. The only file that makes or opens a Tantivy index.

    MUTABAA_HOME/search/CURRENT          name of the folder that is searched, and the versions it was made with
    MUTABAA_HOME/search/index-…/         one index
    MUTABAA_HOME/search/build.lock       held by the process that makes a new one

A commit is atomic: a process that is killed leaves the state before it. How far the index has read the table of changes
stands in a document of the index itself, so that both are always of one commit. An index is made anew in a folder of its own
while the former one serves; `CURRENT` is then replaced in one step.

Counting values is fast on columns that hold exactly one value per record. A record's many values are therefore spread over
numbered columns (`s00` …) in a fixed order of facets, each as `facet:value`; what does not fit goes to `more`.
"""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tantivy

from mutabaa.search import analysis
from mutabaa.search.changes import Mark
from mutabaa.search.registry import Entry, Kind

SCHEMA = 1
SINGLE_COLUMNS = 6
SLOTS = 12
NOTHING = "-"
EVERYONE, CLOSED = "public", "closed"  # who reads what everyone may, is asked only whether the rest is open too
PART = "¦"  # between a text and its translation: no phrase reaches across
BUILD_HEAP, EDIT_HEAP = 100_000_000, 20_000_000
EPOCH = 719_163  # ordinal of 1970-01-01

SINGLES = [f"c{n}" for n in range(SINGLE_COLUMNS)]
SHARED = [f"s{n:02d}" for n in range(SLOTS)]
MORE = "more"


def make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("uid", fast=True, indexed=True)
    builder.add_integer_field("order", fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("form", tokenizer_name="whitespace", index_option="basic")
    for name in ("ref", "seen", "tag"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*SINGLES, *SHARED, MORE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


schema = make_schema()


def uid_of(kind: Kind, pk: int) -> int:
    return (kind.number << 48) | pk


def pk_of(uid: int) -> int:
    return uid & ((1 << 48) - 1)


def order_of(entry: Entry) -> int:
    """Recent first, then the lower primary key; unique within a kind. Without a date: last."""
    days = entry.date.toordinal() if entry.date else 0
    return (days << 40) | ((1 << 40) - 1 - entry.pk)


@dataclass
class State:
    """What the index knows of itself. `ranges`: the first and last column that a facet's values were put in. `groups`: by kind
    and facet, the group of each value, as the records were indexed with."""

    mark: Mark = field(default_factory=Mark)
    ranges: dict[str, list[int]] = field(default_factory=dict)
    groups: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)

    def text(self) -> str:
        return json.dumps(
            {
                "last": self.mark.last,
                "moment": self.mark.moment,
                "holes": self.mark.holes,
                "ranges": self.ranges,
                "groups": self.groups,
            }
        )

    @classmethod
    def from_text(cls, text: str) -> "State":
        data = json.loads(text)
        mark = Mark(data["last"], data["moment"], tuple((n, at) for n, at in data["holes"]))
        return cls(mark, data["ranges"], data["groups"])


def columns_of(kind: Kind) -> dict[str, str]:
    """The column of each facet that has at most one value per record."""
    single = [facet.key for facet in kind.facets if facet.single and not facet.of]
    return dict(zip(single, SINGLES, strict=False))


class Documents:
    """Makes index documents of a kind's entries, and remembers which columns each facet came to use."""

    def __init__(self, kind: Kind, state: State) -> None:
        self.kind, self.ranges = kind, state.ranges
        self.columns = columns_of(kind)
        self.shared = [f.key for f in kind.facets if f.key not in self.columns and not f.of]
        known = state.groups.setdefault(kind.name, {})
        for facet in kind.facets:
            if facet.of:
                known[facet.key] = dict(kind.groups(facet.key))
        self.groups = [(f.key, f.of, known[f.key]) for f in kind.facets if f.of]

    def made(self, entry: Entry) -> tantivy.Document:
        body: list[str] = []
        forms: set[str] = set()
        tags = [f"kind:{self.kind.number}", "scope:own" if entry.own else "scope:other"]
        for language, text in entry.texts:
            found = analysis.words(text)
            if body:
                body.append(PART)
            body.extend(analysis.tokens_of(found, language))
            forms |= analysis.forms(found)
        if entry.texts:
            tags.append(f"language:{entry.texts[0][0]}")
        out: dict[str, Any] = {
            "uid": uid_of(self.kind, entry.pk),
            "order": order_of(entry),
            "body": " ".join(body),
            "form": " ".join(forms),
            "ref": list(entry.references),
            "seen": list(entry.seen) if EVERYONE in entry.seen else [*entry.seen, CLOSED],
        }
        for facet, column in self.columns.items():
            values = entry.facets.get(facet)
            out[column] = f"{facet}:{values[0]}" if values else NOTHING
        spread: list[str] = []
        for facet in self.shared:
            for value in entry.facets.get(facet, ()):
                place = min(len(spread), SLOTS)
                known = self.ranges.setdefault(facet, [place, place])
                if place < known[0] or place > known[1]:
                    known[:] = min(place, known[0]), max(place, known[1])
                spread.append(f"{facet}:{value}")
        for n, column in enumerate(SHARED):
            out[column] = spread[n] if n < len(spread) else NOTHING
        if len(spread) > SLOTS:
            out[MORE] = spread[SLOTS:]
        tags.extend(entry.tags)
        tags.extend(f"{facet}:{value}" for facet, values in entry.facets.items() for value in values)
        for facet, of, groups in self.groups:
            tags.extend(f"{facet}:{groups[value]}" for value in entry.facets.get(of, ()) if groups.get(value))
        out["tag"] = tags
        return tantivy.Document.from_dict(out)


def state_document(state: State) -> tantivy.Document:
    """Matched by no search: it is open to nobody."""
    full = dict.fromkeys([*SINGLES, *SHARED], NOTHING)  # one record without a value would slow down every count
    return tantivy.Document.from_dict({"uid": 0, "order": 0, "state": state.text(), "seen": [CLOSED], **full})


def columns_for(facet: str, kind: Kind, state: State) -> list[str]:
    """The columns in which a facet's values stand."""
    single = columns_of(kind)
    if facet in single:
        return [single[facet]]
    if facet not in state.ranges:
        return []
    first, last = state.ranges[facet]
    return [*SHARED[first : last + 1], *([MORE] if last >= SLOTS else [])]


@dataclass
class Reader:
    """One state of the index, open for searching. `current`: made by this version of fields and analyser. `counted`: answers of
    this state that were counted already, with which they end."""

    folder: Path
    index: Any
    searcher: Any
    state: State
    current: bool
    counted: dict[Any, dict[str, dict[str, int]]] = field(default_factory=dict)


class Busy(Exception):
    """Another process is writing."""


class Store:
    """The index of one installation on this machine. One per process; `reader` is cheap and may be called for each search."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.opened: Reader | None = None
        self.pointer: tuple[int, int, int] | None = None

    # -- Reading --

    def reader(self) -> Reader | None:
        """The index that `CURRENT` names, opened once; None where there is none that can be searched."""
        try:
            found = os.stat(self.home / "CURRENT")
        except FileNotFoundError:
            self.opened = self.pointer = None
            return None
        pointer = (found.st_ino, found.st_mtime_ns, found.st_size)
        if pointer != self.pointer or self.opened is None:
            self.opened = self.open()
            self.pointer = pointer
        return self.opened

    def open(self) -> Reader | None:
        try:
            told = json.loads((self.home / "CURRENT").read_text(encoding="utf-8"))
            if told["schema"] != SCHEMA:
                return None
            folder = self.home / told["folder"]
            index = tantivy.Index.open(str(folder))
        except (OSError, ValueError, KeyError):
            return None
        prepared(index)
        return self.read(folder, index, told["analysis"] == analysis.VERSION)

    @staticmethod
    def read(folder: Path, index: Any, current: bool) -> Reader | None:
        index.reload()
        searcher = index.searcher()
        found = searcher.search(tantivy.Query.term_query(schema, "uid", 0), 1).hits
        if not found:
            return None
        state = State.from_text(searcher.doc(found[0][1]).get_first("state"))
        return Reader(folder, index, searcher, state, current)

    def reloaded(self) -> Reader | None:
        """The newest commit of the index that is open, by whichever process."""
        if self.opened is not None:
            self.opened = self.read(self.opened.folder, self.opened.index, self.opened.current)
        return self.opened

    # -- Writing --

    def write(self, change: Callable[["Changes"], None]) -> Reader | None:
        """Let `change` delete and add, and commit it all with its mark. Raises `Busy` where another process is writing.

        The lock is held first, then the newest commit read: so `change` starts from what is really there.
        """
        if self.opened is None:
            return None
        try:
            writer = self.opened.index.writer(heap_size=EDIT_HEAP, num_threads=1)
        except ValueError as fault:
            raise Busy from fault
        try:
            writer.garbage_collect_files()  # a killed writer leaves files whose names the next commit would take again
            reader = self.reloaded()
            if reader is None:
                return None
            changes = Changes(writer, reader.state)
            change(changes)
            if changes.mark is not None:
                reader.state.mark = changes.mark
                changes.replace(0, state_document(reader.state))
                writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
        return self.reloaded()

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Hold the right to make a new index. Raises `Busy` where somebody else does."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "build.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as fault:
                raise Busy from fault
            yield

    def build(self, mark: Mark, parts: Iterable[tuple[Kind, Iterable[Entry]]]) -> Reader | None:
        """Make a new index of all entries and let it take the place of the former. Call it inside `building`."""
        folder = Path(tempfile.mkdtemp(prefix=f"index-{SCHEMA}-{analysis.VERSION}-", dir=self.home))
        try:
            index = tantivy.Index(schema, path=str(folder), sort_by_field="order", sort_order=tantivy.Order.Desc)
            prepared(index)
            writer = index.writer(heap_size=BUILD_HEAP, num_threads=1)
            state = State(mark)
            for kind, entries in parts:
                documents = Documents(kind, state)
                for entry in entries:
                    if entry.seen:
                        writer.add_document(documents.made(entry))
            writer.add_document(state_document(state))
            writer.commit()
            writer.wait_merging_threads()
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        self.point_to(folder)
        self.sweep(folder)
        return self.reader()

    def point_to(self, folder: Path) -> None:
        told = {"folder": folder.name, "schema": SCHEMA, "analysis": analysis.VERSION}
        fresh = self.home / f"CURRENT-{secrets.token_hex(4)}"
        fresh.write_text(json.dumps(told), encoding="utf-8")
        fresh.replace(self.home / "CURRENT")

    def sweep(self, kept: Path) -> None:
        """Remove former indexes and what a killed build left. A process that still reads one keeps its open files."""
        for old in [*self.home.glob("index-*"), *self.home.glob("CURRENT-*")]:
            if old != kept:
                shutil.rmtree(old, ignore_errors=True) if old.is_dir() else old.unlink(missing_ok=True)


class Changes:
    """Deletes and additions of one commit; without a `mark` nothing is committed."""

    def __init__(self, writer: Any, state: State) -> None:
        self.writer, self.state = writer, state
        self.mark: Mark | None = None

    def remove(self, uid: int) -> None:
        self.writer.delete_documents_by_term("uid", uid)

    def replace(self, uid: int, document: tantivy.Document) -> None:
        self.remove(uid)
        self.writer.add_document(document)


def prepared(index: Any) -> None:
    index.register_tokenizer("whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
