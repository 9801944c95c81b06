"""Near-duplicates against their targets. `python -m benchmarks.recurrence [--file CSV] [--sample 200 --seed N]`

Reads UPR Info's recommendations (`upr-info-sessions-01-13.csv`), each run in a process of its own: 10,000 texts, and all of them,
compared with each other across States; then all within the State under review, which is what an installation does. Targets:
10,000 in 60 s and 500 MB; 24,000 in 3 minutes.

`recurrence_verdicts.csv` keeps what a reader said of 200 pairs drawn from the third run (both texts read, identical texts left
out): "same", "part" (one is a part, or a more particular form, of the other) or "different". The share is counted anew over those
that the present method still proposes. `--sample` prints pairs for another reading.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/upr/upr-info-sessions-01-13.csv"
VERDICTS = Path(__file__).with_name("recurrence_verdicts.csv")


def rows_of(file: Path) -> list[tuple[int, dict[str, str]]]:
    """(line, row) without the repetitions of one text: the file has a row per recommending State."""
    seen: set[tuple[str, str]] = set()
    out = []
    with file.open(encoding="utf-8", newline="") as source:
        for line, row in enumerate(csv.DictReader(source)):
            key = (row["To"], " ".join(row["Text"].casefold().split()).strip(". ;"))
            if key not in seen:
                seen.add(key)
                out.append((line, row))
    return out


def items_of(file: Path, *, within: bool, every_row: bool = False, limit: int = 0) -> list[Any]:
    from mutabaa.recurrence.likeness.items import Item

    if every_row:
        with file.open(encoding="utf-8", newline="") as source:
            rows = list(enumerate(csv.DictReader(source)))
    else:
        rows = rows_of(file)
    return [
        Item(
            line,
            [("en", row["Text"])],
            tags=frozenset(f"theme:{t}" for t in row["Issue"].split(",") if t),
            mechanism="UPR",
            cycle=row["Session"],
            block=row["To"] if within else "",
        )
        for line, row in rows[: limit or None]
    ]


def run(options: argparse.Namespace) -> None:
    """In a process of its own, so that its peak memory is this run's. Prints one JSON object."""
    from mutabaa.recurrence.likeness.finding import find

    items = items_of(options.file, within=options.within, every_row=options.every_row, limit=options.limit)
    started = time.perf_counter()
    pairs = find(items)
    found = {(p.first, p.second) for p in pairs}
    with VERDICTS.open(encoding="utf-8") as file:
        read = [(int(r["first_row"]), int(r["second_row"]), r["verdict"]) for r in csv.DictReader(file)]
    print(
        json.dumps(
            {
                "items": len(items),
                "pairs": len(pairs),
                "seconds": round(time.perf_counter() - started, 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "read": sum((a, b) in found for a, b, _v in read),
                "right": sum((a, b) in found and verdict != "different" for a, b, verdict in read),
            }
        )
    )


def sample(options: argparse.Namespace) -> None:
    from mutabaa.recurrence.likeness.finding import find

    texts = {line: row["Text"].strip() for line, row in rows_of(options.file)}
    pairs = find(items_of(options.file, within=True))
    for pair in random.Random(options.seed).sample(pairs, min(options.sample, len(pairs))):
        print(
            f"{pair.first},{pair.second} {pair.score} {pair.relation}\n  {texts[pair.first]}\n  {texts[pair.second]}\n"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, default=DEFAULT)
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=20261125)
    for hidden in ("--run", "--within", "--every-row"):
        parser.add_argument(hidden, action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--limit", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run(options)
        return
    if not options.file.is_file():
        raise SystemExit(f"{options.file} is not there: give --file")
    if options.sample:
        sample(options)
        return
    runs = (
        ("10,000 across States", 60.0, ["--every-row", "--limit", "10000"]),
        ("all, across States", 180.0, ["--every-row"]),
        ("all, within each State", 180.0, ["--within"]),
    )
    missed = False
    for name, target, arguments in runs:
        command = [sys.executable, "-m", "benchmarks.recurrence", "--run", "--file", str(options.file), *arguments]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        late = found["seconds"] > target or found["peak_mb"] > 500
        missed |= late
        print(
            f"{name}: {found['items']:,} items, {found['pairs']:,} pairs in {found['seconds']} s (≤ {target:.0f}), "
            f"{found['peak_mb']} MB (≤ 500){' MISSED' if late else ''}"
        )
    share = found["right"] / found["read"] if found["read"] else 0.0
    print(f"of {found['read']} pairs read: {share:.1%} are the same demand or a part of it (≥ 90 %)")
    raise SystemExit(missed or share < 0.9)


if __name__ == "__main__":
    main()
