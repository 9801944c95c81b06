"""Pages and publications of the plans with 10,000 recommendations, 3,000 measures, 9,000 milestones. `python -m benchmarks.plans [--rows N] [--measures N] [--rounds N]`

Builds a throw-away installation (SQLite, or DATABASE_URL: the database named there is emptied first). Prints, per page: p50
and p95 of the server time in ms, the processor time, the number of SQL statements, and the gzipped size in kB; then the seconds and
the size of a plan of 300 measures as Word and PDF.
Targets: p95 ≤ 150 ms, at most 15 statements, a publication ≤ 10 s.
"""

import argparse
import datetime as dt
import itertools
import random
import time
from typing import Any

from benchmarks.pages import build, measure, settle  # sets up Django

# isort: split
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from mutabaa.accounts.models import User
from mutabaa.core.models import public_id
from mutabaa.indicators.models import Indicator
from mutabaa.institutions.models import Institution
from mutabaa.plans.models import (
    BudgetLine,
    Edition,
    Measure,
    Milestone,
    Outcome,
    OutcomeIndicator,
    Plan,
    PlanItem,
    Progress,
)
from mutabaa.plans.states import Agreement, BudgetSource, Execution, MeasureType
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.taxonomy.models import Theme

VERBS = ["Adopt", "Revise", "Train", "Open", "Publish", "Equip", "Inspect", "Fund"]
THINGS = [
    "the law on legal aid",
    "the rules on the registration of births",
    "nurses in the districts of the north",
    "a shelter in each province",
    "yearly figures on places of detention",
    "courts with interpreters",
    "schools without steps at their doors",
    "a service that receives complaints",
]
SIZES = [300, 1200, 500, 400, 300, 200, 60, 40]  # shares of the measures in each plan; the first is printed


def build_plans(measures: int) -> list[Plan]:
    """Eight plans over the recommendations that are there; returns them, the one of 300 measures first."""
    r = random.Random(11)
    author = User.objects.filter(role="administrator").first() or User.objects.order_by("pk").first()
    assert author is not None
    places = list(Institution.objects.all())
    records = list(Recommendation.objects.own().values_list("pk", flat=True))
    clusters, themes = list(Cluster.objects.all()), list(Theme.objects.all())
    indicators = [
        Indicator.objects.create(code=f"indicator-{n}", name_en=f"Share of districts served, {n}", kind="process", unit_en="per cent")
        for n in range(40)
    ]  # fmt: skip
    plans = []
    for n, size in enumerate(SIZES):
        plan = Plan.objects.create(
            title_en=f"National plan {n + 1}", title_ar=f"الخطة الوطنية {n + 1}", kind="national", language="en",
            description="What the State will do in answer to what was recommended. " * 6, mandate="Decree 12 of 2025.",
            starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2029, 12, 31), currency="USD", state="approved",
            visibility="public" if n != 1 else "institutions", published_at=timezone.now() if n != 1 else None, made_by=author,
        )  # fmt: skip
        Edition.objects.create(
            plan=plan, number=1, authority="Council of Ministers", instrument_text="Decision 4", approved_on=dt.date(2025, 2, 1),
            content={}, recorded_by=author,
        )  # fmt: skip
        plans.append(plan)
        own = r.sample(records, min(len(records), max(size * measures // 1000, 20)))
        fill(r, plan, size * measures // sum(SIZES), own, places, clusters, themes, indicators, author)
    return plans


def fill(
    r: random.Random, plan: Plan, size: int, records: list[int], places: list[Institution], clusters: list[Cluster],
    themes: list[Theme], indicators: list[Indicator], author: User,
) -> None:  # fmt: skip
    today = dt.date.today()  # noqa: DTZ011
    outcomes = Outcome.objects.bulk_create(
        Outcome(
            plan=plan, number=n + 1, public_id=public_id(), cluster=r.choice(clusters) if clusters else None, theme=r.choice(themes),
            title=f"Everyone in the country, wherever they live, is reached, part {n + 1}", situation="Today three districts in ten are reached. " * 4,
            target=f"Nine districts in ten by {2027 + n % 3}.",
        )
        for n in range(max(size // 12, 1))
    )  # fmt: skip
    OutcomeIndicator.objects.bulk_create(
        OutcomeIndicator(outcome=o, indicator=i, baseline=30, baseline_year=2024, target=90, target_year=2029)
        for o in outcomes if o.number % 5 for i in r.sample(indicators, 2)
    )  # fmt: skip
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, recommendation_id=pk, left_out_because="The State did not support it." if r.random() < 0.05 else "")
        for pk in records
    )  # fmt: skip
    served = records[: int(len(records) * 0.8)]
    made = []
    for n in range(size):
        start = dt.date(2025, 1 + r.randrange(12), 1)
        made.append(
            Measure(
                plan=plan, outcome=outcomes[n % len(outcomes)], number=n // len(outcomes) + 1, public_id=public_id(),
                title=f"{r.choice(VERBS)} {r.choice(THINGS)} and report on it each year ({n})", description="In steps, with those concerned. " * 3,
                type=r.choice(MeasureType.values), lead=r.choice(places), starts_on=start, due_on=start + dt.timedelta(days=r.randint(100, 1500)),
                execution=r.choices(Execution.values, [20, 15, 35, 15, 7, 4, 4])[0], agreement=r.choices(Agreement.values, [10, 10, 75, 5])[0],
                gender_marker=r.choice([None, 0, 1, 2, 3]), gender_analysis="Women travel further to the service.", beneficiaries="Families in the districts",
                risks="Floods.", feasibility="Possible with present staff.", reported_on=today - dt.timedelta(days=r.randint(1, 400)),
            )
        )  # fmt: skip
    measures = Measure.objects.bulk_create(made, batch_size=500)
    serves, helps = Measure.recommendations.through, Measure.partners.through
    serves.objects.bulk_create(
        [serves(measure_id=m.pk, recommendation_id=pk) for m in measures for pk in r.sample(served, min(r.randint(1, 6), len(served)))],
        batch_size=2000,
    )  # fmt: skip
    helps.objects.bulk_create(
        [helps(measure_id=m.pk, institution_id=i.pk) for m in measures for i in r.sample(places, r.randint(0, 3))], batch_size=2000
    )  # fmt: skip
    Milestone.objects.bulk_create(
        [
            Milestone(measure=m, title=f"Step {n + 1} is taken", due_on=day, done_on=day if day < today and r.random() < 0.7 else None)
            for m in measures for n, day in enumerate(m.starts_on + (m.due_on - m.starts_on) * part / 3 for part in (1, 2, 3))
        ],
        batch_size=2000,
    )  # fmt: skip
    BudgetLine.objects.bulk_create(
        [
            BudgetLine(measure=m, year=year, amount=r.randint(1, 900) * 1000, currency=r.choice(["USD", "USD", "USD", "EUR"]),
                       source=r.choice(BudgetSource.values), funding=r.choice(["funded", "unfunded"]))
            for m in measures if r.random() < 0.85 for year in range(2025, 2025 + r.randint(1, 3))
        ],
        batch_size=2000,
    )  # fmt: skip
    Progress.objects.bulk_create(
        [
            Progress(measure=m, execution=m.execution, text="A first part is done.", next_step="Open the tender.", reported_on=m.reported_on, author=author)
            for m in measures for _n in range(2)
        ],
        batch_size=2000,
    )  # fmt: skip


def addresses(plans: list[Plan]) -> dict[str, list[str]]:
    """By who asks. Pages that do not exist are left out."""
    large, small = plans[1], plans[0]
    record = Recommendation.objects.filter(measures__plan=small, visibility="public").first()
    one = Measure.objects.filter(plan=small).first()
    assert one is not None
    assert record is not None
    outcome = one.outcome
    workspace: list[tuple[str, list[Any], str]] = [
        ("plans:list", [], ""),
        ("plans:plan", [large.public_id], ""),
        ("plans:edit_outcome", [outcome.public_id], ""),
        ("plans:measure", [one.public_id], ""),
        ("plans:guidance", [], ""),
        ("recommendations:detail", [record.public_id], ""),
        ("desk", [], ""),
    ]
    of = f"?plan={large.public_id}"
    for view in ("coverage", "matrix", "late", "institutions", "budget", "timeline"):
        workspace += [(f"plans:{view}", [], ""), (f"plans:{view}", [], of)]
    workspace += [("plans:coverage", [], f"?list={key}") for key in ("covered", "left_out", "no_plan", "unbudgeted", "no_recommendation")]  # fmt: skip
    workspace += [
        ("plans:coverage", [], "?plan=received"),
        ("plans:matrix", [], "?plan=received"),
        ("plans:matrix", [], "?page=60"),
        ("plans:matrix", [], "?uncovered=1"),
        ("plans:matrix", [], "?institution=institution-3&execution=delayed&theme=theme-3"),
        ("plans:timeline", [], "?page=30"),
        ("plans:institutions", [], "?institution=institution-0"),
        ("plans:late", [], "?institution=institution-0"),
    ]
    portal: list[tuple[str, list[Any], str]] = [
        ("portal:plans", [], ""),
        ("portal:plan", [plans[2].public_id], ""),
        ("portal:plan", [small.public_id], ""),
        ("portal:recommendation", [record.public_id], ""),
    ]
    return {"visitor": list(made(portal)), "secretariat": list(made(workspace)), "focal point": list(made(workspace))}


def made(pages: list[tuple[str, list[Any], str]]) -> Any:
    for name, arguments, query in pages:
        try:
            yield reverse(name, args=arguments) + query
        except NoReverseMatch:
            print(f"  (left out: {name})")


def processor(client: Client, address: str) -> float:
    """Processor time of this process in ms, the least of five: what the wall clock says on an idle machine, less the
    database's own on PostgreSQL."""
    spent = []
    for _round in range(5):
        began = time.process_time()
        client.get(address)
        spent.append((time.process_time() - began) * 1000)
    return min(spent)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--measures", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    build(options.rows)
    from tests import world

    people = {
        "secretariat": world.person("administrator"),
        "focal point": world.person("contributor", Institution.objects.get(code="institution-0")),
    }
    plans = build_plans(options.measures)
    settle()
    counts = f"{Measure.objects.count()} measures, {Milestone.objects.count()} milestones, {BudgetLine.objects.count()} budget lines"
    print(f"{options.rows} recommendations, {counts}, {connection.vendor}, {options.rounds} rounds\n")
    print(f"{'who':<12} {'p50 ms':>7} {'p95 ms':>7} {'CPU ms':>7} {'SQL':>4} {'kB gz':>6}  page")
    worst = 0.0
    for who, pages in addresses(plans).items():
        client = Client(HTTP_ACCEPT_ENCODING="gzip", raise_request_exception=False)
        if who in people:
            client.force_login(people[who], backend="allauth.account.auth_backends.AuthenticationBackend")
        for address in pages:
            p50, p95, queries, size, status = measure(client, address, options.rounds)
            spent = processor(client, address)
            if status == 200:
                worst = max(worst, p95)
            note = "" if status == 200 else f"  (answer {status})"
            mark = " *" if p95 > 150 or queries > 15 else ""
            print(
                f"{who:<12} {p50:>7.0f} {p95:>7.0f} {spent:>7.0f} {queries:>4} {size:>6.0f}  {address}{note}{mark}",
                flush=True,
            )
    print(f"\nslowest p95: {worst:.0f} ms")
    printed(plans[0], people["secretariat"])


def printed(plan: Plan, person: User) -> None:
    """The plan of 300 measures as the internal and the public publication."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for version, form in itertools.product(("internal", "public"), ("docx", "pdf")):
        try:
            address = reverse("plans:publication", args=[plan.public_id, version, form])
        except NoReverseMatch:
            return
        began = time.perf_counter()
        answer = client.get(address)
        size = len(b"".join(answer.streaming_content)) if answer.streaming else len(answer.content)
        count = plan.measures.count()
        print(
            f"{version} {form} of {count} measures: {time.perf_counter() - began:.1f} s, {size / 1000:.0f} kB, {answer.status_code}"
        )


if __name__ == "__main__":
    main()
