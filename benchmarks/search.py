"""The search against its targets and against the plain alternatives. `python -m benchmarks.search [--rows N …] [--home DIR]`

For each size: an installation with that many UHRI records, its index, then 60 queries (selective, broad, of several words,
phrase, prefix; in six languages; with no to three filters) and 8 searches by filters alone. Each asks for the total, the 25 best
with passages, and the counts of every facet, of all States' records, as a visitor. The same is then asked of SQLite's FTS5, of
PostgreSQL with a GIN index and of LIKE (what `icontains` does), each with its facets counted in SQL. `--home` takes an
installation that has the records already, of whatever number.

Targets at 300,000: p50 ≤ 5 ms, p95 ≤ 20 ms; pages p95 ≤ 80 ms with four readers; index made in 60 s and ≤ 100 MB; a serving
process ≤ 250 MB; an edit is found by another process within 50 ms; p95 at most 8 times that of 10,000.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.import_uhri import GENERATOR, in_child
from benchmarks.search_alternatives import Postgres, Sqlite
from benchmarks.search_pages import cpu, pages
from benchmarks.search_questions import KINDS, questions

ROUNDS = 5


def at(share: float, values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def timed(ask: Callable[[str, dict[str, list[str]]], int], asked: list[Any], rounds: int) -> dict[str, list[float]]:
    """Milliseconds by kind of query, each query's median of the rounds."""
    out: dict[str, list[float]] = {}
    for kind, query, filters in asked:
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            ask(query, filters)
            times.append((time.perf_counter() - began) * 1000)
        out.setdefault(kind, []).append(at(0.5, times))
    return out


# -- Steps in processes of their own -------------------------------------------------------------------------------------------


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutabaa.config.settings")
    import django

    django.setup()


def step_build() -> dict[str, float]:
    start_django()
    from mutabaa.search import services

    began = time.perf_counter()
    reader = services.rebuild()
    seconds = time.perf_counter() - began
    assert reader is not None
    size = sum(file.stat().st_size for file in reader.folder.iterdir())
    return {"seconds": seconds, "mb": size / 1e6, "records": services.count(services.Question(scope="all"), None)}


def step_ask(home: Path) -> dict[str, Any]:
    start_django()
    from mutabaa.search import answering, services

    answering.COUNTS_KEPT = 0  # each question as if it were the first of its kind

    def ask(query: str, filters: dict[str, list[str]]) -> int:
        return services.search(services.Question(query, filters, scope="all"), None).total

    asked = questions(home)
    totals = [ask(query, filters) for _kind, query, filters in asked]
    return {"times": timed(ask, asked, ROUNDS), "totals": totals}


def step_cpu(home: Path) -> list[float]:
    start_django()
    return cpu(questions(home), ROUNDS)


def step_follow() -> None:
    """Another process of the same installation: answers how many records have a word, as soon as it is asked."""
    start_django()
    from mutabaa.search import services

    services.count(services.Question("ready", scope="all"), None)
    print("ready", flush=True)
    for line in sys.stdin:
        print(services.count(services.Question(line.strip(), scope="all"), None), flush=True)


def step_edit() -> list[float]:
    """Milliseconds from an edit's end until another process has answered with it."""
    start_django()
    from django.db import transaction

    from mutabaa.recommendations.models import Recommendation

    command = [sys.executable, "-m", "benchmarks.search", "--step", "follow"]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdin is not None
    assert other.stdout is not None
    other.stdout.readline()
    row = Recommendation.objects.filter(visibility="public").order_by("pk")[100]
    kept, times = row.text, []
    for n in range(20):
        word = "zyx" + "".join("bcdfghjklm"[int(d)] for d in str(n + 10)) + "x"
        with transaction.atomic():
            row.text = f"{kept} {word}"
            row.save()
        began = time.perf_counter()
        other.stdin.write(word + "\n")
        other.stdin.flush()
        found = other.stdout.readline().strip()
        times.append((time.perf_counter() - began) * 1000)
        assert found == "1", f"the other process found {found} records"
    row.text = kept
    row.save()
    other.stdin.close()
    other.wait(30)
    return times


# -- The whole -----------------------------------------------------------------------------------------------------------------


def all_of(times: dict[str, list[float]]) -> list[float]:
    return [value for values in times.values() for value in values]


def line(name: str, times: dict[str, list[float]], ours: dict[str, list[float]] | None = None) -> str:
    values = all_of(times)
    shown = f"{name:24} p50 {at(0.5, values):7.1f}  p95 {at(0.95, values):7.1f}  max {max(values):7.1f} ms"
    if ours:
        mine = all_of(ours)
        shown += f"   {at(0.5, values) / at(0.5, mine):5.1f} × and {at(0.95, values) / at(0.95, mine):5.1f} × ours"
    return shown


def one_size(home: Path, url: str) -> dict[str, Any]:
    environment = {**os.environ, "MUTABAA_HOME": str(home)}
    environment.pop("DATABASE_URL", None)
    step = lambda name: json.loads(run_step(name, environment, home))  # noqa: E731
    built = step("build")
    asked = step("ask")
    edits, cost = step("edit"), step("cpu")
    work = questions(home)
    times, worker = pages(home, environment, work)
    print(f"\n## {built['records']:,.0f} records\n")
    print(f"index made in {built['seconds']:.1f} s, {built['mb']:.0f} MB; serving process {worker:.0f} MB")
    print(f"an edit found by another process: p50 {at(0.5, edits):.0f}, p95 {at(0.95, edits):.0f} ms")
    print(f"a page costs p50 {at(0.5, cost):.1f}, p95 {at(0.95, cost):.1f} ms of CPU time")
    print(f"whole page, four readers, two web processes: p50 {at(0.5, times):.0f}, p95 {at(0.95, times):.0f} ms")
    ours = asked["times"]
    print(line("search", ours))
    for kind in [*KINDS, "filters"]:
        print(line(f"   {kind}", {kind: ours[kind]}))
    for name, made in (
        ("SQLite FTS5", lambda: Sqlite(home, True)),
        ("LIKE", lambda: Sqlite(home, False)),
        ("PostgreSQL GIN", lambda: Postgres(url, home)),
    ):
        if name.startswith("PostgreSQL") and not url:
            print("PostgreSQL GIN           left out: no server")
            continue
        print(line(name, timed(made().ask, work, 1), ours), flush=True)
    (home / "alternative.sqlite3").unlink()
    return ours


def run_step(name: str, environment: dict[str, str], home: Path) -> str:
    command = [sys.executable, "-m", "benchmarks.search", "--step", name, "--home", str(home)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout.splitlines()[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="*", default=[10_000, 300_000])
    parser.add_argument(
        "--home", type=Path, nargs="*", default=[], help="installations with records, instead of generated ones"
    )
    parser.add_argument("--step", choices=["build", "ask", "edit", "cpu", "follow"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "follow":
        step_follow()
    elif options.step:
        home = options.home[0] if options.home else Path()
        steps = {"build": step_build, "ask": lambda: step_ask(home), "edit": step_edit, "cpu": lambda: step_cpu(home)}
        print(json.dumps(steps[options.step]()))
    else:
        compare(options)


def compare(options: argparse.Namespace) -> None:
    from tests.everything import postgresql

    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores; milliseconds")
    found = []
    with tempfile.TemporaryDirectory(prefix="mutabaa-bench-") as name:
        homes = list(options.home)
        for rows in [] if homes else options.rows:
            home = Path(name) / str(rows)
            home.mkdir()
            environment = {**os.environ, "MUTABAA_HOME": str(home)}
            environment.pop("DATABASE_URL", None)
            file = home / "export.json"
            subprocess.run([sys.executable, GENERATOR, file, "--rows", str(rows)], check=True)
            in_child("set-up", environment)
            in_child("import", environment, "--file", str(file))
            homes.append(home)
        for home in homes:
            with postgresql() as url:
                found.append(one_size(home, url or ""))
    if len(found) > 1:
        print(f"\ngrowth of p95: {at(0.95, all_of(found[-1])) / at(0.95, all_of(found[0])):.1f} ×")


if __name__ == "__main__":
    main()
