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
import http.client
import json
import os
import random
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.import_uhri import GENERATOR, in_child

LANGUAGES = ["en", "fr", "es", "ru", "ar", "zh"]
KINDS = ["selective", "broad", "several", "phrase", "prefix"]
SINGLE = ["state", "body", "type", "position", "year"]
SEVERAL = ["theme", "grp", "sdg", "by"]
ROUNDS = 5


# -- What is asked -------------------------------------------------------------------------------------------------------------


def questions(home: Path) -> list[tuple[str, str, dict[str, list[str]]]]:
    """(kind, query, filters): words and phrases as they stand in the texts of this collection, the same at every run."""
    base = sqlite3.connect(home / "mutabaa.sqlite3")
    r = random.Random(11)
    pick = {
        "body": [c for (c,) in base.execute("SELECT m.code FROM recommendations_recommendation JOIN mechanisms_mechanism m ON m.id = mechanism_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5")],
        "year": [str(y) for (y,) in base.execute("SELECT year FROM recommendations_recommendation WHERE year IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5")],
        "theme": [c for (c,) in base.execute("SELECT t.code FROM recommendations_recommendation_themes JOIN taxonomy_theme t ON t.id = theme_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 5")],
    }  # fmt: skip
    out: list[tuple[str, str, dict[str, list[str]]]] = []
    n = 0
    for language in LANGUAGES:
        rows = base.execute(
            "SELECT text FROM recommendations_recommendation WHERE language = ? ORDER BY id LIMIT 4000", [language]
        )
        texts = r.sample([text for (text,) in rows], 300)
        word = r"[\u4e00-\u9fff]{2}" if language == "zh" else r"[^\W\d_]{4,}"
        heads = Counter(w for text in texts for w in set(re.findall(word, text)))
        common, rare = [w for w, _n in heads.most_common(8)], sorted(w for w, n in heads.items() if n == 1)
        for turn in range(2):
            source = r.choice(texts)
            words = re.findall(word, source)
            if language == "zh":
                phrase = re.findall(r"[\u4e00-\u9fff]{4}", source)[0]
            else:
                phrase = " ".join(re.findall(r"[^\W\d_]+", source)[2:4])
            for kind, query in (
                ("selective", r.choice(rare)),
                ("broad", common[turn]),
                ("several", " ".join(r.sample(words, 2))),
                ("phrase", f'"{phrase}"'),
                ("prefix", words[0][: 2 if language == "zh" else 5] + "*"),
            ):
                chosen = list(pick)[: n % 4]
                out.append((kind, query, {key: [r.choice(pick[key][:2])] for key in chosen}))
                n += 1
    states = [
        c
        for (c,) in base.execute(
            "SELECT state_id FROM recommendations_recommendation GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 4"
        )
    ]
    for filters in (
        {"body": [pick["body"][0]]}, {"state": [states[0]]}, {"year": [pick["year"][0]]}, {"theme": [pick["theme"][0]]},
        {"state": states[1:3], "year": pick["year"][:2]}, {"body": pick["body"][:2], "theme": pick["theme"][:2]},
        {"theme": [pick["theme"][1]], "year": [pick["year"][1]], "body": [pick["body"][1]]}, {},
    ):  # fmt: skip
        out.append(("filters", "", filters))
    return out


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
    from mutabaa.search import services

    services.COUNTS_KEPT = 0  # each question as if it were the first of its kind

    def ask(query: str, filters: dict[str, list[str]]) -> int:
        return services.search(services.Question(query, filters, scope="all"), None).total

    asked = questions(home)
    totals = [ask(query, filters) for _kind, query, filters in asked]
    return {"times": timed(ask, asked, ROUNDS), "totals": totals}


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


# -- Pages ---------------------------------------------------------------------------------------------------------------------


def pages(home: Path, environment: dict[str, str], asked: list[Any]) -> tuple[list[float], float]:
    """Milliseconds of whole pages with four readers at once, and the memory of the serving process in MB."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mutabaa", "serve", "--port", str(port), "--workers", "2", "--threads", "1"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(200):
            try:
                fetch(port, "/search/")
                break
            except OSError:
                time.sleep(0.1)
        times: list[float] = []
        work = [
            urlencode([("q", q), ("scope", "all"), *((k, v) for k, vs in f.items() for v in vs)]) for _k, q, f in asked
        ]
        for query in work:
            fetch(port, "/search/?" + query)

        def read(part: list[str]) -> None:
            for query in part:
                began = time.perf_counter()
                fetch(port, "/search/?" + query)
                times.append((time.perf_counter() - began) * 1000)

        readers = [threading.Thread(target=read, args=[random.Random(n).sample(work, len(work))]) for n in range(4)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        return times, max(memory(pid) for pid in family(server.pid))
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


def fetch(port: int, address: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")


def family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            yield from family(int(path.parent.name))


def memory(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024  # type: ignore[union-attr]


# -- The alternatives ----------------------------------------------------------------------------------------------------------

FLAT = """
SELECT r.id, r.text, r.state_id, m.code, r.kind, r.position, r.year, r.published_on
FROM recommendations_recommendation r JOIN mechanisms_mechanism m ON m.id = r.mechanism_id WHERE NOT r.withdrawn AND r.visibility = 'public'
"""
LINKS = {
    "theme": "SELECT l.recommendation_id, t.code FROM recommendations_recommendation_themes l JOIN taxonomy_theme t ON t.id = l.theme_id",
    "grp": "SELECT l.recommendation_id, t.code FROM recommendations_recommendation_groups l JOIN taxonomy_affectedgroup t ON t.id = l.affectedgroup_id",
    "sdg": "SELECT l.recommendation_id, t.code FROM recommendations_recommendation_sdgs l JOIN taxonomy_sdg t ON t.id = l.sdg_id",
    "by": "SELECT recommendation_id, state_id FROM recommendations_recommendation_recommending_states",
}


class Alternative:
    """A search in SQL: flat records, a table per facet of several values, each facet counted without its own filter."""

    mark = "?"

    def run(self, sql: str, values: list[Any]) -> list[Any]:
        raise NotImplementedError

    def matched(self, query: str) -> None:
        """Fill the table `m` with the records that match, and their rank."""
        raise NotImplementedError

    def passages(self, query: str, ids: list[int]) -> None:
        raise NotImplementedError

    def conditions(self, filters: dict[str, list[str]], without: str = "") -> tuple[str, list[str]]:
        parts, values = ["true"], []
        for key, codes in filters.items():
            if key == without:
                continue
            marks = ", ".join([self.mark] * len(codes))
            if key in SINGLE:
                parts.append(f'CAST(rec."{key}" AS TEXT) IN ({marks})')
            else:
                parts.append(f'EXISTS (SELECT 1 FROM "l_{key}" x WHERE x.rec = rec.id AND x.code IN ({marks}))')
            values += codes
        return " AND ".join(parts), values

    def ask(self, query: str, filters: dict[str, list[str]]) -> int:
        source = "rec"
        if query:
            self.matched(query)
            source = "m CROSS JOIN rec ON rec.id = m.id" if self.mark == "?" else "m JOIN rec ON rec.id = m.id"
        where, values = self.conditions(filters)
        total = int(self.run(f"SELECT count(*) FROM {source} WHERE {where}", values)[0][0])
        order = "m.score, rec.on_day DESC" if query else "rec.on_day DESC"
        ids = [
            row[0] for row in self.run(f"SELECT rec.id FROM {source} WHERE {where} ORDER BY {order} LIMIT 25", values)
        ]
        if query:
            self.passages(query, ids)
        for key in SINGLE:
            where, values = self.conditions(filters, key)
            self.run(f'SELECT rec."{key}", count(*) FROM {source} WHERE {where} GROUP BY 1', values)
        join = (
            "CROSS JOIN" if self.mark == "?" and query else "JOIN"
        )  # in SQLite: keeps the order, the small table first
        for key in SEVERAL:
            where, values = self.conditions(filters, key)
            self.run(
                f'SELECT l.code, count(*) FROM {source} {join} "l_{key}" l ON l.rec = rec.id WHERE {where} GROUP BY 1',
                values,
            )
        return total


class Sqlite(Alternative):
    def __init__(self, home: Path, fts: bool) -> None:
        self.fts = fts
        self.base = sqlite3.connect(home / "alternative.sqlite3")
        if not self.base.execute("SELECT count(*) FROM sqlite_master WHERE name = 'rec'").fetchone()[0]:
            self.fill(home)
        self.base.execute("PRAGMA cache_size = -200000")
        self.base.execute("PRAGMA temp_store = MEMORY")

    def fill(self, home: Path) -> None:
        base = self.base
        base.execute("ATTACH ? AS product", [str(home / "mutabaa.sqlite3")])
        base.execute(
            "CREATE TABLE rec (id INTEGER PRIMARY KEY, text TEXT, state TEXT, body TEXT, type TEXT, position TEXT, year INTEGER, on_day TEXT)"
        )
        base.execute(f"INSERT INTO rec {FLAT}")
        for key in ("state", "body", "year", "on_day"):
            base.execute(f'CREATE INDEX "i_{key}" ON rec ("{key}")')
        for key, sql in LINKS.items():
            base.execute(f'CREATE TABLE "l_{key}" (rec INTEGER, code TEXT, PRIMARY KEY (rec, code)) WITHOUT ROWID')
            base.execute(f'INSERT OR IGNORE INTO "l_{key}" {sql}')
        base.execute(
            "CREATE VIRTUAL TABLE fts USING fts5(text, content='rec', content_rowid='id', tokenize=\"unicode61 remove_diacritics 2\")"
        )
        base.execute("INSERT INTO fts(fts) VALUES ('rebuild')")
        base.commit()
        base.execute("ANALYZE")

    def run(self, sql: str, values: list[Any]) -> list[Any]:
        return self.base.execute(sql, values).fetchall()

    def matched(self, query: str) -> None:
        self.base.execute("DROP TABLE IF EXISTS temp.m")
        self.base.execute("CREATE TEMP TABLE m (id INTEGER PRIMARY KEY, score)")
        if self.fts:
            self.base.execute("INSERT INTO m SELECT rowid, rank FROM fts WHERE fts MATCH ?", [query])
        else:
            wanted = [query.strip('"')] if query.startswith('"') else query.replace("*", "").split()
            where = " AND ".join(["text LIKE ?"] * len(wanted))
            self.base.execute(f"INSERT INTO m SELECT id, 0 FROM rec WHERE {where}", [f"%{w}%" for w in wanted])
        self.base.execute("ANALYZE temp.m")  # else the planner takes it for a large one

    def passages(self, query: str, ids: list[int]) -> None:
        if self.fts and ids:
            marks = ", ".join("?" * len(ids))
            sql = f"SELECT rowid, snippet(fts, 0, '[', ']', '…', 30) FROM fts WHERE fts MATCH ? AND rowid IN ({marks})"
            self.base.execute(sql, [query, *ids]).fetchall()


class Postgres(Alternative):
    mark = "%s"

    def __init__(self, url: str, home: Path) -> None:
        import psycopg

        self.base = psycopg.connect(url, autocommit=True)
        source = sqlite3.connect(home / "mutabaa.sqlite3")
        run = self.base.execute
        run(
            "CREATE TABLE rec (id int PRIMARY KEY, text text, state text, body text, type text, position text, year int, on_day date)"
        )
        with self.base.cursor().copy("COPY rec FROM STDIN") as copy:
            for row in source.execute(FLAT):
                copy.write_row(row)
        run("ALTER TABLE rec ADD words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED")
        run("CREATE INDEX ON rec USING gin (words)")
        for key in ("state", "body", "year", "on_day"):
            run(f'CREATE INDEX ON rec ("{key}")')
        for key, sql in LINKS.items():
            run(f'CREATE TABLE "l_{key}" (rec int, code text)')
            with self.base.cursor().copy(f'COPY "l_{key}" FROM STDIN') as copy:
                for row in source.execute(sql):
                    copy.write_row(row)
            run(f'CREATE INDEX ON "l_{key}" (rec, code)')
        run("ANALYZE")

    def run(self, sql: str, values: list[Any]) -> list[Any]:
        return self.base.execute(sql, values).fetchall()  # type: ignore[arg-type]

    def words(self, query: str) -> tuple[str, str]:
        if query.startswith('"'):
            return "phraseto_tsquery('simple', %s)", query.strip('"')
        if query.endswith("*"):
            return "to_tsquery('simple', %s)", f"'{query[:-1]}':*"
        return "plainto_tsquery('simple', %s)", query

    def matched(self, query: str) -> None:
        made, words = self.words(query)
        self.base.execute("DROP TABLE IF EXISTS m")
        self.base.execute(
            f"CREATE TEMP TABLE m AS SELECT id, -ts_rank(words, q) AS score FROM rec, {made} q WHERE words @@ q",
            [words],
        )
        self.base.execute("ANALYZE m")

    def passages(self, query: str, ids: list[int]) -> None:
        made, words = self.words(query)
        self.base.execute(
            f"SELECT id, ts_headline('simple', text, {made}) FROM rec WHERE id = ANY(%s)", [words, ids]
        ).fetchall()


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
    edits = step("edit")
    work = questions(home)
    times, worker = pages(home, environment, work)
    print(f"\n## {built['records']:,.0f} records\n")
    print(f"index made in {built['seconds']:.1f} s, {built['mb']:.0f} MB; serving process {worker:.0f} MB")
    print(f"an edit found by another process: p50 {at(0.5, edits):.0f}, p95 {at(0.95, edits):.0f} ms")
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
    parser.add_argument("--step", choices=["build", "ask", "edit", "follow"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "follow":
        step_follow()
    elif options.step:
        steps = {"build": step_build, "ask": lambda: step_ask(options.home[0]), "edit": step_edit}
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
