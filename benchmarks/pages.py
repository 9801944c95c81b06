"""Server time, SQL statements and size of every page with 10,000 own recommendations. `python -m benchmarks.pages [--rows N] [--rounds N]`

Builds a throw-away installation (SQLite, or DATABASE_URL: the database named there is emptied first), then asks each page through the whole stack of middleware, in this process.
Prints, per page: p50 and p95 of the server time in ms, the largest number of SQL statements, and the gzipped size in kB.
Targets: p95 ≤ 100 ms, at most 15 statements, first visit of the table ≤ 150 kB in all.
"""

import argparse
import datetime as dt
import gzip
import json
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

os.environ["MUTABAA_HOME"] = tempfile.mkdtemp(prefix="mutabaa-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutabaa.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from mutabaa.core.text import fingerprint, fold  # noqa: E402
from mutabaa.institutions.models import Institution  # noqa: E402
from mutabaa.recommendations.models import Cluster, Recommendation, Responsibility  # noqa: E402
from mutabaa.recommendations.states import Status  # noqa: E402
from mutabaa.taxonomy.models import AffectedGroup, Sdg, Theme  # noqa: E402

PHRASES = Path(__file__).resolve().parent.parent.parent / "shared" / "bench" / "phrases.json"


def build(rows: int) -> Recommendation:
    """A world of `rows` recommendations with realistic spread; returns one of them."""
    from mutabaa.followup.models import Update
    from tests import world

    r = random.Random(7)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    world.installation()
    themes = [world.theme(f"theme-{n}") for n in range(60)]
    groups = [world.group(f"group-{n}") for n in range(25)]
    sdgs = [world.sdg(f"{g}.{t}") for g in range(1, 18) for t in range(1, 6)]
    places = [world.institution(f"institution-{n}") for n in range(40)]
    bodies = [world.mechanism(code) for code in ["CCPR", "CESCR", "CERD", "CEDAW", "CAT", "CRC", "CMW", "CRPD", "CED"]]
    bodies += [world.mechanism("UPR", "upr")] * 6 + [world.mechanism(f"SR-{n}", "special_procedure") for n in range(12)]
    documents = [
        world.document(
            f"{body.code}/C/XMU/CO/{n}", of=body, published_on=dt.date(2005 + n % 20, 1 + n % 12, 3), cycle=1 + n % 4
        )
        for n, body in enumerate(bodies * 8)
    ]
    states = [world.state(f"XA{c}") for c in "ABCDEFGHIJKLMNOP"]
    phrases = (
        json.loads(PHRASES.read_text())["en"]["phrases"]
        if PHRASES.exists()
        else ["the right to health", "child mortality", "access to justice"]
    )
    today = dt.date.today()  # noqa: DTZ011
    records = []
    for n in range(rows):
        document = r.choice(documents)
        text = f"{n} " + " and ".join(r.choice(phrases) for _ in range(10))
        lead = r.choice(places) if r.random() < 0.8 else None
        records.append(
            Recommendation(
                state=document.state,
                document=document,
                mechanism=document.mechanism,
                paragraph=str(n % 200),
                text=text,
                folded=fold(text),
                text_key=fingerprint(text),
                published_on=document.published_on,
                year=document.published_on.year,
                cycle=document.cycle,
                status=r.choice(Status.values),
                lead=lead,
                last_update_on=today - dt.timedelta(days=r.randint(1, 900)) if lead else None,
                priority=r.choice(["", "", "low", "medium", "high"]),
                position=r.choice(["", "supported", "noted"]),
                visibility=r.choice(["public"] * 8 + ["institutions", "secretariat"]),
            )  # fmt: skip
        )
    Recommendation.objects.bulk_create(records, batch_size=500)
    records = list(Recommendation.objects.all())

    def tag(model, name, pool, most):
        pairs = [(rec.pk, item.pk) for rec in records for item in r.sample(pool, r.randint(0, most))]
        model.objects.bulk_create([model(recommendation_id=a, **{name: b}) for a, b in pairs], batch_size=2000)

    tag(Recommendation.themes.through, "theme_id", themes, 4)
    tag(Recommendation.groups.through, "affectedgroup_id", groups, 3)
    tag(Recommendation.sdgs.through, "sdg_id", sdgs, 3)
    tag(Recommendation.recommending_states.through, "state_id", states, 1)
    Responsibility.objects.bulk_create(
        [Responsibility(recommendation=rec, institution_id=rec.lead_id, role="lead") for rec in records if rec.lead_id],
        batch_size=2000,
    )
    for n in range(150):
        cluster = Cluster.objects.create(
            code=f"cluster-{n}", title_en=f"Cluster {n}", visibility="public", theme=r.choice(themes)
        )
        cluster.members.add(*r.sample(records, 40))
    author = world.person("contributor", places[0])
    Update.objects.bulk_create(
        [
            Update(
                recommendation=rec, institution_id=rec.lead_id, state="published", what_was_done="A law was adopted. " * 10, author=author,
                published_at=dt.datetime.now(dt.UTC) - dt.timedelta(days=r.randint(1, 700)),
            )
            for rec in records if rec.lead_id
        ][:8000],
        batch_size=1000,
    )  # fmt: skip
    call_command(
        "analyze_tables", verbosity=0
    ) if "analyze_tables" in django.core.management.get_commands() else connection.cursor().execute("ANALYZE")
    assert Theme.objects.count()
    assert AffectedGroup.objects.count()
    assert Sdg.objects.count()
    assert Institution.objects.count()
    return next(rec for rec in records if rec.lead_id == places[0].pk and rec.visibility == "public")


def measure(client: Client, address: str, rounds: int) -> tuple[float, float, int, float, int]:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        statements = len(queries)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    size = len(body) if response.headers.get("Content-Encoding") == "gzip" else len(gzip.compress(body))
    return statistics.median(times), times[int(len(times) * 0.95) - 1], statements, size / 1000, response.status_code


def settle() -> None:
    """What a database does by itself within minutes: statistics, and PostgreSQL's autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    record = build(options.rows)
    settle()
    from tests import world

    table = "/workspace/recommendations/"
    workspace = [
        "/workspace/", table, table + "?q=child+mortality", table + "?group_by=theme", table + "?group_by=institution&status=in_progress",
        table + "?theme=theme-3&sdg=3&position=supported", table + "?assigned=no", table + "?stale=yes", table + "?page=150",
        table + "clusters/", table + "clusters/cluster-3/", f"{table}{record.public_id}/", f"{table}{record.public_id}/edit/",
        f"{table}{record.public_id}/history/", "/workspace/follow-up/", "/workspace/imports/", "/workspace/reports/",
        "/workspace/institutions/", "/workspace/notices/", "/workspace/log/",
    ]  # fmt: skip
    public = [
        "/", "/recommendations/", "/recommendations/?q=child+mortality", "/recommendations/?group_by=theme", "/recommendations/?theme=theme-3&status=implemented",
        f"/recommendations/{record.public_id}/", "/figures/", "/themes/", "/themes/theme-3/", "/institutions/", "/institutions/institution-0/",
        "/mechanisms/", "/mechanisms/UPR/", "/sdgs/", "/sdgs/3/", "/about/",
    ]  # fmt: skip
    people = {
        "secretariat": world.person("administrator"),
        "focal point": world.person("contributor", Institution.objects.get(code="institution-0")),
    }
    print(f"{options.rows} recommendations, {connection.vendor}, {options.rounds} rounds\n")
    print(f"{'who':<12} {'p50 ms':>7} {'p95 ms':>7} {'SQL':>4} {'kB gz':>6}  page")
    worst = 0.0
    for who, addresses in [("visitor", public), ("secretariat", workspace), ("focal point", workspace[:8])]:
        client = Client(HTTP_ACCEPT_ENCODING="gzip")
        if who in people:
            client.force_login(people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        for address in addresses:
            p50, p95, queries, size, status = measure(client, address, options.rounds)
            worst = max(worst, p95)
            note = "" if status == 200 else f"  (answer {status})"
            mark = " *" if p95 > 100 or queries > 15 else ""
            print(f"{who:<12} {p50:7.1f} {p95:7.1f} {queries:4d} {size:6.1f}  {address}{note}{mark}")
    static = sum(
        len(gzip.compress((settings.PACKAGE / "core/static/mutabaa" / f).read_bytes()))
        for f in ("mutabaa.css", "mutabaa.js", "htmx.min.js", "icon.svg")
    )
    print(f"\nstyle, script and icon of a first visit: {static / 1000:.1f} kB gzipped; slowest p95 {worst:.0f} ms")


if __name__ == "__main__":
    main()
