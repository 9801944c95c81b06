"""Reading a returned workbook in a process of its own, with limits of memory and time. Pure: no Django, no database.

`cells` starts the process; run as a module, this file reads the path it is given and prints JSON.
"""

import datetime as dt
import json
import subprocess
import sys
from typing import Any

MAX_ROWS = 20_000
MAX_COLUMNS = 100
MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 30


class Unreadable(ValueError):
    """No workbook, a broken one, or one too large to read."""


def cells(path: str) -> list[list[list[Any]]]:
    """The sheets of the file, each a list of rows of cells: text, number, truth value, or `{"date": "2026-05-31"}`."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "mutabaa.followup.workbook_reading", path],
            capture_output=True,
            timeout=SECONDS + 10,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable from late
    if done.returncode != 0:
        raise Unreadable(done.stderr.decode(errors="replace")[-200:])
    sheets: list[list[list[Any]]] = json.loads(done.stdout)
    return sheets


def limited() -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system; the time limit of the caller stays
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def as_json(cell: Any) -> Any:
    if isinstance(cell, dt.datetime):
        return {"date": cell.date().isoformat()}
    if isinstance(cell, dt.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, (dt.time, dt.timedelta)):
        return str(cell)
    return cell


def main(path: str) -> None:
    limited()
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    sheets = []
    for name in book.sheet_names[:10]:
        rows = []
        for row in book.get_sheet_by_name(name).iter_rows():
            rows.append([as_json(c) for c in row[:MAX_COLUMNS]])
            if len(rows) > MAX_ROWS:
                sys.exit("too many rows")
        sheets.append(rows)
    json.dump(sheets, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
