"""Fast inserts through Django's own connection: the one module that speaks each database's dialect.

Django's `bulk_create` builds an object and several lists per row; for hundreds of thousands of rows that is most of the
time. Here rows are plain tuples: `executemany` on SQLite, `COPY` on PostgreSQL. Nothing is validated, no signal is
sent and no history is written: callers are import services that know what they do, inside a transaction.
"""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection, models

Row = Sequence[Any]


def _columns(model: type[models.Model], fields: Sequence[str]) -> tuple[list[str], dict[int, Callable[[Any], Any]]]:
    """Quoted column names, and converters by position for the types that the driver does not take as they are."""
    quoted: list[str] = []
    converters: dict[int, Callable[[Any], Any]] = {}
    for position, name in enumerate(fields):
        field: Any = model._meta.get_field(name)
        quoted.append(connection.ops.quote_name(field.column))
        if isinstance(field, models.JSONField):
            converters[position] = lambda value: json.dumps(value, ensure_ascii=False)
        elif isinstance(field, models.DateTimeField) and connection.vendor == "sqlite":
            converters[position] = lru_cache(64)(connection.ops.adapt_datetimefield_value)
        elif isinstance(field, models.DateField) and connection.vendor == "sqlite":
            converters[position] = lru_cache(4096)(
                lambda value: value.isoformat() if isinstance(value, dt.date) else value
            )
    return quoted, converters


def _converted(rows: Iterable[Row], converters: dict[int, Callable[[Any], Any]]) -> Iterable[Row]:
    if not converters:
        return rows

    def convert() -> Iterator[Row]:
        remaining = iter(rows)
        while part := list(islice(remaining, 1000)):  # column by column, which is three times faster than row by row
            columns: list[Iterable[Any]] = list(zip(*part, strict=True))
            for position, change in converters.items():
                columns[position] = [None if value is None else change(value) for value in columns[position]]
            yield from zip(*columns, strict=True)

    return convert()


def insert(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Row], *, skip_existing: bool = False
) -> None:
    """Insert `rows`, tuples in the order of `fields` (names as in the model; foreign keys by their value).

    Every column without a database default must be among `fields`. With `skip_existing`, rows that break a unique
    constraint are left out silently. One statement, streamed.
    """
    quoted, converters = _columns(model, fields)
    table = connection.ops.quote_name(model._meta.db_table)
    rows = _converted(rows, converters)
    names = ", ".join(quoted)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            target = table
            if skip_existing:
                target = connection.ops.quote_name("incoming_" + model._meta.db_table)
                like = f"AS SELECT {names} FROM {table} WITH NO DATA"  # noqa: S608
                cursor.execute(f"CREATE TEMPORARY TABLE {target} ON COMMIT DROP {like}")
            with cursor.cursor.copy(f"COPY {target} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            if skip_existing:
                cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {target} ON CONFLICT DO NOTHING")  # noqa: S608
                cursor.execute(f"DROP TABLE {target}")
            return
        verb = "INSERT OR IGNORE" if skip_existing else "INSERT"
        places = ", ".join(["%s"] * len(quoted))
        cursor.executemany(f"{verb} INTO {table} ({names}) VALUES ({places})", rows)  # type: ignore[arg-type]  # a stream, which both drivers take


def reserve_ids(model: type[models.Model], count: int, above: int = 0) -> list[int]:
    """Primary keys that nobody else gets, for rows inserted with `insert`. Call it inside the writing transaction.

    On SQLite the transaction holds the only write lock; keys once given are not given again after a deletion. `above` is
    the highest key reserved before in this transaction and perhaps not inserted yet.
    """
    if not count:
        return []
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        highest = cursor.fetchone()[0]
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        first = max(highest, cursor.fetchone()[0], above) + 1
        return list(range(first, first + count))


@contextmanager
def long_write(cache_mb: int = 96) -> Iterator[None]:
    """Settings for a transaction that writes very much. Enter it outside the transaction.

    On SQLite: a larger page cache, so that the indexes stay in memory; no mapping of the file into this process, so
    that memory is bounded by the cache; and foreign keys are not looked up row by row, which is a quarter of the time of
    an insert: **call `verify` before the transaction ends.** The connection's own settings come back afterwards.
    """
    if connection.vendor != "sqlite":
        yield
        return
    before: dict[str, int] = {}
    with connection.cursor() as cursor:
        for name, value in (("mmap_size", 0), ("cache_size", -cache_mb * 1024), ("foreign_keys", 0)):
            cursor.execute(f"PRAGMA {name}")
            if row := cursor.fetchone():  # a database in memory has no mmap_size
                before[name] = int(row[0])
            cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name} = {value}")


def verify() -> None:
    """Raise `IntegrityError` where a row refers to one that is not there. Inside the transaction of a `long_write`.

    On SQLite one pass over every table (about 1.5 s for 300,000 records); PostgreSQL checks each row by itself.
    """
    if connection.vendor == "sqlite":
        connection.check_constraints()


def analyse() -> None:
    """Let the database learn the new sizes after a large import, so that it chooses indexes well."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize" if connection.vendor == "sqlite" else "ANALYZE")


def delete(queryset: models.QuerySet[Any]) -> int:
    """Delete the rows without signals or cascades: the caller has removed what refers to them. One statement."""
    return queryset._raw_delete(queryset.db)
