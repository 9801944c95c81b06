"""How fast and how lean the import of a UHRI export is, against the bare driver inserting the same rows.

    DATABASE_URL=postgres://… python benchmarks/import_uhri.py      (the database named there is emptied first)

Three processes in a home of their own: set up; import (peak memory is that process's); then every table that the import
filled is read back and inserted again with the database's plain driver, into an empty database with the same schema:
`sqlite3.executemany`, or psycopg's `executemany`. The limits are 400 MB and a ratio of 3.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
GENERATOR = REPOSITORY.parent / "shared" / "bench" / "make_uhri.py"
TABLES = [
    "mechanisms_document",
    "recommendations_recommendation",
    "recommendations_recommendation_themes",
    "recommendations_recommendation_groups",
    "recommendations_recommendation_sdgs",
    "recommendations_recommendation_recommending_states",
    "recommendations_positionentry",
    "intake_sourcerecord",
    "intake_importrow",
    "intake_createdobject",
]
MEMORY_MB, RATIO = 400, 3.0


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutabaa.config.settings")
    import django

    django.setup()


def set_up() -> None:
    """An empty installation with the reference data that the package carries."""
    start_django()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0, skip_checks=True)
    from mutabaa.institutions.models import Installation
    from mutabaa.mechanisms.reference_data import load_reference as load_mechanisms
    from mutabaa.taxonomy.models import State
    from mutabaa.taxonomy.reference_data import load_reference as load_taxonomy

    load_taxonomy()
    load_mechanisms()
    Installation.objects.create(state=State.objects.get(code="ECU"), languages=["es", "en"])


def run_import(file: Path) -> None:
    """In a process of its own, so that its peak memory is the import's. Prints one JSON object."""
    start_django()
    from mutabaa.intake.services import import_file

    started = time.perf_counter()
    counts = import_file(file, format="uhri", state="*")
    counts["seconds"] = time.perf_counter() - started
    counts["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(counts))


def bare_sqlite(home: Path) -> float:
    """Seconds that `sqlite3` needs for the same rows in one transaction, with the product's own settings of the database."""
    import sqlite3

    source = sqlite3.connect(home / "mutabaa.sqlite3")
    target_path = home / "bare.sqlite3"
    target_path.unlink(missing_ok=True)
    target = sqlite3.connect(target_path, isolation_level=None)
    target.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;")
    schema = source.execute(
        "SELECT sql, type, tbl_name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC"
    ).fetchall()
    for sql, _kind, table in schema:
        if table in TABLES:
            target.execute(sql)
    seconds = 0.0
    target.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        cursor = source.execute(f"SELECT * FROM {table}")
        marks = ",".join("?" * len(cursor.description))
        while rows := cursor.fetchmany(10_000):
            started = time.perf_counter()
            target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
            seconds += time.perf_counter() - started
    started = time.perf_counter()
    target.execute("COMMIT")
    seconds += time.perf_counter() - started
    target.close()
    target_path.unlink()
    return seconds


def bare_postgres(url: str) -> float:
    """Seconds that psycopg's `executemany` needs for the same rows, in a second schema with the same tables and indexes."""
    import psycopg

    seconds = 0.0
    with psycopg.connect(url) as reader, psycopg.connect(url) as target:
        target.execute("DROP SCHEMA IF EXISTS bare CASCADE")
        target.execute("CREATE SCHEMA bare")
        for table in TABLES:
            target.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
        target.commit()
        for table in TABLES:
            with reader.cursor(name=f"read_{table}") as cursor:
                cursor.execute(f"SELECT * FROM public.{table}")
                while rows := cursor.fetchmany(10_000):
                    rows = [tuple(json.dumps(v) if isinstance(v, (dict, list)) else v for v in row) for row in rows]
                    marks = ",".join(["%s"] * len(rows[0]))
                    started = time.perf_counter()
                    with target.cursor() as writer:
                        writer.executemany(f"INSERT INTO bare.{table} OVERRIDING SYSTEM VALUE VALUES ({marks})", rows)
                    seconds += time.perf_counter() - started
        started = time.perf_counter()
        target.commit()
        seconds += time.perf_counter() - started
        target.execute("DROP SCHEMA bare CASCADE")
    return seconds


def in_child(step: str, environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, *arguments], env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stderr[-3000:])
    return done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=300_000)
    parser.add_argument("--file", type=Path, help="an export instead of a generated one")
    parser.add_argument("--generator", type=Path, default=GENERATOR)
    parser.add_argument("--step", choices=["set-up", "import"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step == "set-up":
        set_up()
        return
    if options.step == "import":
        run_import(options.file)
        return
    url = os.environ.get("DATABASE_URL", "")
    with tempfile.TemporaryDirectory(prefix="mutabaa-bench-") as name:
        home = Path(name)
        environment = {**os.environ, "MUTABAA_HOME": name}
        file = options.file
        if file is None:
            if not options.generator.exists():
                sys.exit(f"No generator at {options.generator}: give --generator or --file.")
            file = home / "export.json"
            subprocess.run([sys.executable, options.generator, file, "--rows", str(options.rows)], check=True)
        in_child("set-up", environment)
        first = json.loads(in_child("import", environment, "--file", str(file)).splitlines()[-1])
        bare = bare_postgres(url) if url else bare_sqlite(home)
        again = json.loads(in_child("import", environment, "--file", str(file)).splitlines()[-1])
    ratio = first["seconds"] / bare
    print(f"file                {file.name}, {first['rows']:,} rows, {first['records']:,} records")
    print(
        f"outcomes            {', '.join(f'{k} {first[k]:,}' for k in ('new', 'changed', 'unchanged', 'doubtful', 'refused'))}"
    )
    print(f"import              {first['seconds']:.1f} s, {first['rows'] / first['seconds']:,.0f} rows/s")
    print(f"bare driver         {bare:.1f} s for the same rows")
    print(f"ratio               {ratio:.2f} (limit {RATIO})")
    print(f"peak memory         {first['peak_mb']:.0f} MB (limit {MEMORY_MB})")
    print(
        f"same file again     {again['seconds']:.1f} s, new {again['new']}, changed {again['changed']}, unchanged {again['unchanged']:,}, doubtful {again['doubtful']}, refused {again['refused']}, peak {again['peak_mb']:.0f} MB"
    )
    if ratio > RATIO or first["peak_mb"] > MEMORY_MB:
        sys.exit("Outside the limits.")


if __name__ == "__main__":
    main()
