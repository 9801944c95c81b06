"""Indicators with 500 indicators and 200,000 figures. `python -m benchmarks.indicators [--figures N] [--home DIR]`

A table in CSV (numerator, denominator, sex, age, place) and the same as SDMX-ML are read, previewed and imported, validated, and the
pages asked for, one after the other, in process. Targets: import of 200,000 figures ≤ 60 s, every page p95 ≤ 150 ms.
"""

import argparse
import csv
import os
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

INDICATORS, YEARS = 500, 20
GROUPS = [("", "", ""), *[(s, "", "") for s in "FM"], *[("", a, "") for a in ("0-4", "5-14", "15-24", "25-64", "65-plus")], *[("", "", p) for p in "UR"],
          *[(s, a, "") for s in "FM" for a in ("0-4", "5-14", "15-24", "25-64", "65-plus")]]  # fmt: skip


def set_up(home: Path) -> Any:
    os.environ |= {"MUTABAA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mutabaa.config.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    from mutabaa.accounts.models import User
    from mutabaa.cli.database import load_reference
    from mutabaa.indicators.models import Indicator
    from mutabaa.institutions.models import Installation
    from mutabaa.taxonomy.models import Right, State

    load_reference()
    State.objects.get_or_create(code="XMU", defaults={"name_en": "Muvelia"})
    Installation.objects.create(state_id="XMU", title_en="Bench", languages=["en", "ar"])
    rights = list(Right.objects.all())
    Indicator.objects.bulk_create(
        Indicator(code=f"bench-{n}", name_en=f"Indicator number {n}", kind="outcome", factor=100, unit_en="%", right=rights[n % len(rights)], direction="up")
        for n in range(INDICATORS)
    )  # fmt: skip
    return User.objects.create(email="s@example.org", name="Statistician", role="statistician", password="!")


def write_table(path: Path, figures: int) -> int:
    r = random.Random(4)
    written = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["Indicator", "Year", "Sex", "Age", "Location", "Numerator", "Denominator", "Source"])
        for n in range(INDICATORS):
            for year in range(2025 - YEARS + 1, 2026):
                for sex, age, place in GROUPS:
                    if written == figures:
                        return written
                    bottom = r.randint(400, 90_000)
                    out.writerow([f"bench-{n}", year, sex, age, place, r.randint(0, bottom), bottom, "Survey"])
                    written += 1
    return written


def timed(label: str, deed: Any) -> Any:
    started, worked = time.perf_counter(), time.process_time()
    got = deed()
    print(
        f"{label:40} {time.perf_counter() - started:8.1f} s  (processor {time.process_time() - worked:6.1f} s)",
        flush=True,
    )
    return got


def measure(home: Path, figures: int) -> None:
    statistician = set_up(home)
    from django.test import Client

    from mutabaa.indicators.models import Delivery, Observation
    from mutabaa.indicators.services import validate
    from mutabaa.intake.observations import receiving

    path = receiving.folder() / "bench.csv"
    written = write_table(path, figures)
    delivery = Delivery.objects.create(
        file_name="bench.csv", path="bench.csv", size=path.stat().st_size, form="table", created_by=statistician
    )
    timed(f"preview of {written:,} figures", lambda: receiving.preview(statistician, delivery))
    print(delivery.counts)
    timed("import", lambda: receiving.apply(statistician, delivery))
    timed("validation of all", lambda: validate(statistician, Observation.objects.waiting()))
    client = Client()
    client.force_login(statistician, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = {
        "list": "/workspace/indicators/", "list, without sex": "/workspace/indicators/?gap=sex", "list, by word": "/workspace/indicators/?q=number+4",
        "indicator": "/workspace/indicators/bench-{n}/", "indicator, public": "/indicators/bench-{n}/", "public list": "/indicators/?page=3",
        "grid": "/workspace/indicators/bench-{n}/enter/", "right": "/workspace/indicators/rights/health/", "queue": "/workspace/indicators/queue/",
        "compare": "/workspace/indicators/compare/?indicator=bench-{n}&one=XMU|2024|&other=XMU|2025|", "file, SDMX-ML": "/workspace/indicators/bench-{n}/file/sdmx-ml/",
        "first page": "/workspace/",
    }  # fmt: skip
    for name, address in pages.items():
        client.get(address.format(n=0))
        spent, worked = [], time.process_time()
        for n in range(1, 31):
            started = time.perf_counter()
            answer = client.get(address.format(n=n * 3))
            spent.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (address, answer.status_code)
        print(
            f"{name:24} p50 {statistics.median(spent):6.0f} ms   p95 {sorted(spent)[28]:6.0f} ms   processor {(time.process_time() - worked) / 30 * 1000:6.0f} ms",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--figures", type=int, default=200_000)
    parser.add_argument("--home", type=Path)
    given = parser.parse_args()
    if given.home:
        given.home.mkdir(parents=True, exist_ok=True)
        measure(given.home, given.figures)
        return
    with tempfile.TemporaryDirectory(prefix="mutabaa-bench-") as home:
        measure(Path(home), given.figures)


if __name__ == "__main__":
    main()
