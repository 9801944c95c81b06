"""Keeping the index in step with the database.

Every search first asks whether something changed (one small query). If so, this process takes it in before it answers, or,
where another process is writing or very much has changed, answers from the older state and says so.
"""

import contextlib
import gc
import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

from mutabaa.jobs.services import enqueue_once
from mutabaa.search import changes
from mutabaa.search.registry import Entry, Kind, by_number, kinds
from mutabaa.search.store import Busy, Changes, Documents, Reader, Store, uid_of
from mutabaa.search.tree import Notice

logger = logging.getLogger("mutabaa.search")

INLINE = 500  # changed records that a search takes in itself; more go to the background
SMALL = 3000  # records of an installation whose index a search makes itself
CHUNK = 1000
TASK = "mutabaa.search.jobs.bring_up_to_date"

_stores: dict[Path, Store] = {}
_lock = threading.Lock()


def store() -> Store:
    home = Path(settings.SEARCH_ROOT)
    if home not in _stores:
        _stores[home] = Store(home)
    return _stores[home]


def up_to_date(*, patient: bool = False) -> tuple[Reader | None, list[Notice]]:
    """The index with what changed taken in. `patient`: however much it is (commands and jobs)."""
    mine = store()
    with _lock:
        reader = mine.reader()
        if reader is None:
            return begin(mine, patient=patient)
        if not reader.current:
            enqueue_once(TASK)
        news = changes.since(reader.state.mark)
        if not news.lost and not news.runs and news.mark == reader.state.mark:
            return reader, []
        reader = mine.reloaded()
        if reader is None:
            return begin(mine, patient=patient)
        news = changes.since(reader.state.mark)
        if news.lost:
            logger.warning("the search index belongs to another state of the database; it is made again")
            return begin(mine, patient=patient)
        if not news.runs:
            return reader, []
        if not reader.current or (news.count > INLINE and not patient):
            enqueue_once(TASK)
            return reader, [Notice.of("older_state")]
        try:
            return mine.write(take_in), []
        except Busy:
            return reader, [Notice.of("older_state")]


def take_in(writing: Changes) -> None:
    """Read again what changed since the index's mark."""
    news = changes.since(writing.state.mark)
    if news.lost or not news.runs:
        return
    ids: dict[int, set[int]] = {}
    for number, first, last in news.runs:
        ids.setdefault(number, set()).update(range(first, last + 1))
    for number, pks in ids.items():
        kind = by_number(number)
        if kind is None:
            continue
        documents = Documents(kind, writing.state)
        for part in chunks(sorted(pks)):
            found = {entry.pk: entry for entry in kind.entries(part)}
            for pk in part:
                writing.remove(uid_of(kind, pk))
                if pk in found and found[pk].seen:
                    writing.writer.add_document(documents.made(found[pk]))
    writing.mark = news.mark


def chunks(pks: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), CHUNK):
        yield list(pks[start : start + CHUNK])


def begin(mine: Store, *, patient: bool) -> tuple[Reader | None, list[Notice]]:
    """There is no index to search: make it here where that is quick, else in the background."""
    if patient or all(len(kind.ids(0, SMALL + 1)) <= SMALL for kind in kinds.values()):
        try:
            return rebuild(), []
        except Busy:
            return None, [Notice.of("in_making")]
    enqueue_once(TASK)
    return None, [Notice.of("in_making")]


def rebuild(progress: Callable[[int], None] | None = None) -> Reader | None:
    """Make the index anew beside the present one and let it take its place. Raises `Busy` where somebody else does.

    The mark is taken first: what changes meanwhile is taken in by the next search.
    """
    mine = store()
    with mine.building():
        mark = changes.now()
        done = 0

        def told(entries: Iterable[Entry]) -> Iterator[Entry]:
            nonlocal done
            for entry in entries:
                yield entry
                done += 1
                if progress is not None and done % 500 == 0:
                    progress(done)

        with no_collection():
            reader = mine.build(mark, ((kind, told(every_entry(kind))) for kind in kinds.values()))
        if progress is not None:
            progress(done)
        return reader


@contextlib.contextmanager
def no_collection() -> Iterator[None]:
    """Millions of short-lived objects without cycles: looking for cycles among them takes a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def every_entry(kind: Kind) -> Iterator[Entry]:
    after = 0
    while pks := kind.ids(after, CHUNK):
        yield from kind.entries(pks)
        after = pks[-1]


def bring_up_to_date() -> str:
    """The background's work: a new index where there is none or an older analyser made it, else what changed. Says what it did."""
    mine = store()
    reader = mine.reader()
    try:
        if reader is None or not reader.current or changes.since(reader.state.mark).lost:
            rebuild()
            return "made anew"
        up_to_date(patient=True)
    except Busy:
        return "busy"
    return "brought up to date"
