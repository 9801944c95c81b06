"""The table of changes: what a deed announces, and what an index that was made earlier has to read again.

Numbers are given when a row is written but seen when its transaction ends, so that a lower number can appear after a higher
one. A reader therefore keeps the numbers that it has not seen yet (`holes`) and asks for them again for `HOLES_FOR`. No row
is shared between writers: announcing a change waits for nobody.
"""

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from mutabaa.search.models import SearchChange
from mutabaa.search.registry import kinds

HOLES_FOR = 6 * 3600.0
KEPT_FOR = dt.timedelta(days=30)
MOST_HOLES = 2000
BATCH = 5000
TABLE = SearchChange._meta.db_table


def touch(kind: str, ids: Iterable[int]) -> None:
    """Announce that these records changed. Call it in the transaction of the change. One statement for up to 5,000 runs of ids."""
    number = kinds[kind].number
    rows = [SearchChange(kind=number, first=first, last=last) for first, last in runs(ids)]
    if not rows:
        return
    if not connection.in_atomic_block:
        with transaction.atomic():
            SearchChange.objects.bulk_create(rows, batch_size=BATCH)
    else:
        SearchChange.objects.bulk_create(rows, batch_size=BATCH)


def runs(ids: Iterable[int]) -> list[tuple[int, int]]:
    """1, 2, 3, 7 → (1, 3), (7, 7)."""
    out: list[tuple[int, int]] = []
    for pk in sorted(set(ids)):
        if out and pk == out[-1][1] + 1:
            out[-1] = (out[-1][0], pk)
        else:
            out.append((pk, pk))
    return out


@dataclass(frozen=True)
class Mark:
    """How far an index has read: the highest number, the moment of that row (tells one database from another restored in its
    place), and the numbers below it that were not there yet, with the time they were missed first."""

    last: int = 0
    moment: str = ""
    holes: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True)
class News:
    """What happened since a mark. `lost`: the mark says nothing about this database, so that everything must be read."""

    mark: Mark
    runs: tuple[tuple[int, int, int], ...] = ()
    lost: bool = False

    @property
    def count(self) -> int:
        return sum(last - first + 1 for _kind, first, last in self.runs)


def rows_where(condition: str, values: Sequence[Any]) -> list[tuple[int, int, int, int, str]]:
    """(id, kind, first, last, moment as the database tells it). Every search asks this, so it goes past the query builder."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, kind, first, last, made_at FROM {TABLE} WHERE {condition}", values)  # noqa: S608
        return [(pk, kind, first, last, str(moment)) for pk, kind, first, last, moment in cursor.fetchall()]


def now() -> Mark:
    """The present end of the table, with the numbers that are missing shortly before it. One query.

    An empty table gets a first row that announces nothing: by it an index knows its database again.
    """
    if not SearchChange.objects.exists():
        SearchChange.objects.create(kind=0, first=1, last=0)
    rows = rows_where("true ORDER BY id DESC LIMIT %s", [MOST_HOLES])
    present, at, newest = {row[0] for row in rows}, time.time(), rows[0]
    missing = [n for n in range(min(present), newest[0]) if n not in present]
    return Mark(newest[0], newest[4], tuple((n, at) for n in missing))


def since(mark: Mark) -> News:
    """What changed after the mark. One query of a millisecond's part where nothing did."""
    known = [number for number, _at in mark.holes]
    places = f" OR id IN ({', '.join(['%s'] * len(known))})" if known else ""
    rows = rows_where(f"id >= %s{places} ORDER BY id", [mark.last, *known])
    at_mark = next((row for row in rows if row[0] == mark.last), None)
    if at_mark is None or at_mark[4] != mark.moment:
        return News(mark, lost=True)
    fresh = [row for row in rows if row[0] != mark.last]
    if not fresh:
        return News(mark)
    at, seen, newest = time.time(), {row[0] for row in rows}, rows[-1]
    holes = [(n, when) for n, when in mark.holes if n not in seen and at - when < HOLES_FOR]
    holes += [(n, at) for n in range(max(mark.last + 1, newest[0] - MOST_HOLES), newest[0]) if n not in seen]
    return News(
        Mark(newest[0], newest[4], tuple(holes)), tuple((kind, first, last) for _id, kind, first, last, _at in fresh)
    )


def fingerprint() -> str:
    """Tells whether anything was announced since: also by a deed that took its numbers early and ended late. One query."""
    found = SearchChange.objects.aggregate(last=Max("id"), rows=Count("id"))
    return f"{found['last']}:{found['rows']}"


def prune(older_than: dt.timedelta = KEPT_FOR) -> int:
    """Delete what every index has read by now; the newest row stays, for it holds the place. Returns how many."""
    newest = SearchChange.objects.order_by("-id").values_list("id", flat=True).first()
    if newest is None:
        return 0
    return SearchChange.objects.filter(made_at__lt=timezone.now() - older_than, id__lt=newest).delete()[0]
