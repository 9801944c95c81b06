"""What was read waits on disk until the whole file has been read: nothing is written before, and memory stays flat."""

import gc
import pickle
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mutabaa.intake.rows import SourceRow

CHUNK = 1000


@contextmanager
def few_collections() -> Iterator[None]:
    """While it lasts, Python looks for unreachable cycles rarely: rows hold none, and looking costs a quarter of the time."""
    before = gc.get_threshold()
    gc.set_threshold(500_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class Staged:
    """The rows in scope, in order, and what was counted on the way.

    `scope` is an ISO code (rows of other States are passed over and counted in `passed_over`) or None for all. Rows
    whose State cannot be told are kept in any scope: they may be this State's.
    """

    def __init__(self, rows: Iterable[SourceRow], scope: str | None, folder: Path | None = None) -> None:
        # Pickled by this process for itself; nobody else can open it.
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 – lives as long as the object
        self.rows = 0
        self.passed_over = 0
        self.quirks: Counter[str] = Counter()
        chunk: list[SourceRow] = []
        for row in rows:
            if scope and row.states and scope not in row.states:
                self.passed_over += 1
                continue
            self.rows += 1
            if row.quirks:
                self.quirks.update(set(row.quirks))
            chunk.append(row)
            if len(chunk) == CHUNK:
                self._write(chunk)
                chunk = []
        if chunk:
            self._write(chunk)

    def _write(self, chunk: list[SourceRow]) -> None:
        pickle.dump([tuple(row) for row in chunk], self.file, protocol=pickle.HIGHEST_PROTOCOL)

    def chunks(self) -> Iterator[list[SourceRow]]:
        self.file.seek(0)
        while True:
            try:
                chunk = pickle.load(self.file)  # noqa: S301
            except EOFError:
                return
            yield [SourceRow._make(row) for row in chunk]

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
