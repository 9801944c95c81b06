"""What was read waits on disk until the whole file has been read: nothing is written before, and memory stays flat."""

import gc
import pickle
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from mutabaa.intake.language import by_model
from mutabaa.intake.rows import SourceRow

CHUNK = 1000
Thing = TypeVar("Thing")


@contextmanager
def few_collections() -> Iterator[None]:
    """While it lasts, Python looks for unreachable cycles rarely: rows hold none, and looking costs a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(500_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Part(NamedTuple):
    """Some rows, pickled by this process or its own helper, for itself; nobody else can open what they are kept in."""

    rows: int
    passed_over: int
    quirks: Counter[str]
    pickled: bytes
    unsure: tuple[tuple[int, str], ...] = ()  # place in the part, and a text whose language only the model can tell


def part_of(rows: Iterable[SourceRow], scope: str | None) -> Part:
    """The rows in scope. `scope` is an ISO code (rows of other States are passed over) or None for all. Rows whose State
    cannot be told are kept in any scope: they may be this State's.
    """
    kept: list[tuple[Any, ...]] = []
    unsure: list[tuple[int, str]] = []
    quirks: Counter[str] = Counter()
    passed_over = 0
    for row in rows:
        if scope and row.states and scope not in row.states:
            passed_over += 1
            continue
        if row.quirks:
            quirks.update(set(row.quirks))
        if row.text and not row.language:
            unsure.append((len(kept), row.text))
        kept.append(tuple(row))
    return Part(len(kept), passed_over, quirks, pickle.dumps(kept, pickle.HIGHEST_PROTOCOL), tuple(unsure))


def parts_of(rows: Iterable[SourceRow], scope: str | None) -> Iterator[Part]:
    for some in in_chunks(rows):
        yield part_of(some, scope)


def in_chunks(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    remaining = iter(things)
    while some := list(islice(remaining, CHUNK)):
        yield some


class Staged:
    """The rows in scope, in order, and what was counted on the way."""

    def __init__(self, parts: Iterable[Part], folder: Path | None = None) -> None:
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 – lives as long as the object
        self.rows = 0
        self.passed_over = 0
        self.quirks: Counter[str] = Counter()
        for part in parts:
            self.rows += part.rows
            self.passed_over += part.passed_over
            self.quirks.update(part.quirks)
            if part.rows:
                pickle.dump([(place, by_model(text)) for place, text in part.unsure], self.file)
                self.file.write(part.pickled)

    def chunks(self) -> Iterator[list[SourceRow]]:
        self.file.seek(0)
        while True:
            try:
                languages = pickle.load(self.file)  # noqa: S301
            except EOFError:
                return
            rows = [SourceRow._make(row) for row in pickle.load(self.file)]  # noqa: S301
            for place, (language, sure) in languages:
                doubts = () if sure else (("language_unsure", language),)
                rows[place] = rows[place]._replace(language=language, reasons=(*rows[place].reasons, *doubts))
            yield rows

    def close(self) -> None:
        self.file.close()


class Seen:
    """What the rows of one file have shown so far: 63-bit keys → a value, kept on disk.

    `get` asks for many keys at once; `put` is visible at once.
    """

    def __init__(self) -> None:
        self.db = sqlite3.connect("")  # a private temporary file that SQLite removes
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA cache_size = -8000")
        self.db.execute("CREATE TABLE seen (key INTEGER PRIMARY KEY, value INTEGER)")

    def get(self, keys: Iterable[int]) -> dict[int, int]:
        wanted = list(keys)
        found: dict[int, int] = {}
        for start in range(0, len(wanted), 900):
            part = wanted[start : start + 900]
            marks = ",".join("?" * len(part))
            found.update(self.db.execute(f"SELECT key, value FROM seen WHERE key IN ({marks})", part).fetchall())  # noqa: S608
        return found

    def put(self, items: Iterable[tuple[int, int]]) -> None:
        self.db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", items)

    def close(self) -> None:
        self.db.close()


def percent_of(done: int, total: int) -> int:
    return min(99, done * 100 // total) if total else 0
