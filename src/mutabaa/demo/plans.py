"""The demonstration's plans: one approved, published and carried out for a year and more, one still being agreed."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from mutabaa.accounts.models import Role, User
from mutabaa.demo.work import writer
from mutabaa.followup.models import Obstacle
from mutabaa.indicators.models import Indicator
from mutabaa.institutions.models import Institution
from mutabaa.plans import services
from mutabaa.plans.models import Measure, Plan
from mutabaa.plans.services.agreements import people_to_ask
from mutabaa.recommendations.models import Cluster


def after(start: dt.date, months: int) -> dt.date:
    """The last day of the month that lies so many months after the start."""
    years, month = divmod(start.month - 1 + months + 1, 12)
    return dt.date(start.year + years, month + 1, 1) - dt.timedelta(days=1)


def make_plans(people: dict[str, User], read: Callable[[str], dict[str, Any]]) -> None:
    """Built, agreed, approved and reported on by the services, in the order in which it would have happened."""
    secretariat = next(p for p in people.values() if p.role == Role.SECRETARIAT)
    places = {i.code: i for i in Institution.objects.all()}
    for entry in read("plans")["plans"]:
        start = dt.date(timezone.localdate().year + entry["year"], 1, 1)
        plan = build(secretariat, entry, places, start)
        services.ask_agreement(secretariat, plan)
        if approval := entry["approval"]:
            agree_all(plan, start)
            services.approve_plan(
                secretariat,
                plan,
                None,
                authority=approval["authority"],
                approved_on=start,
                instrument_text=approval["instrument"],
                despite="Institutions without an account agreed in the meeting of the mechanism.",
            )
            services.set_published(secretariat, plan, entry["public"])
            for line in (m for o in entry["outcomes"] for m in o["measures"]):
                report(secretariat, plan.measures.get(title=line["title"]), line, start)
        else:
            agree_all(plan, start, waiting=1)


def build(secretariat: User, entry: dict[str, Any], places: dict[str, Institution], start: dt.date) -> Plan:
    plan = services.create_plan(
        secretariat,
        **{f"title_{language}": title for language, title in entry["title"].items()},
        kind=entry["kind"],
        currency=entry["currency"],
        description=entry["description"],
        mandate=entry["mandate"],
        starts_on=start,
        ends_on=dt.date(start.year + 4, 12, 31),
        authors=[places.get(author, author) for author in entry["authors"]],
        open_to_partners=entry.get("partners", False),
    )
    for one in entry["outcomes"]:
        cluster = Cluster.objects.get(code=one["cluster"])
        outcome = services.add_outcome(
            secretariat,
            plan,
            title=one["title"],
            target=one["target"],
            situation=one["situation"],
            cluster=cluster,
            theme=cluster.theme,
        )
        for code, baseline, since, target, until in one["indicators"]:
            services.set_indicator(
                secretariat,
                outcome,
                Indicator.objects.get(code=code),
                baseline=baseline,
                baseline_year=start.year + since if since is not None else None,
                target=target,
                target_year=start.year + until,
            )
        members = list(cluster.members.own().order_by("pk"))  # type: ignore[attr-defined]
        share = max(1, len(members) * 3 // 4)  # a few wait for a measure still
        for place, line in enumerate(one["measures"]):
            serves = members[:share] if place == 0 else members[place : share : place + 1] or members[:1]
            services.add_measure(
                secretariat,
                outcome,
                title=line["title"],
                type=line["type"],
                lead=places[line["lead"]],
                partners=[places[code] for code in line["partners"]],
                starts_on=after(start, line["start"] - 1) + dt.timedelta(days=1),
                due_on=after(start, line["due"]),
                recommendations=serves,
                milestones=[{"title": t, "due_on": after(start, due)} for t, due, _done in line["milestones"]],
                budget=[
                    {
                        "year": start.year + year,
                        "amount": amount,
                        "source": source,
                        "source_name": name,
                        "funding": "funded" if funded else "unfunded",
                    }
                    for year, amount, source, name, funded in line["budget"]
                ],
                gender_marker=line["gender_marker"],
                **{
                    name: line[name]
                    for name in (
                        "description", "gender_analysis", "beneficiaries", "risks", "assumptions", "feasibility",
                        "verification", "stakeholders",
                    )
                },
            )  # fmt: skip
    return plan


def agree_all(plan: Plan, start: dt.date, waiting: int = 0) -> None:
    """Each institution that has somebody to ask agrees, but for the first `waiting` measures; dated before the approval."""
    rows = Measure.objects.filter(plan=plan, agreement="asked").select_related("lead").order_by("pk")[waiting:]
    for measure in rows:
        person = people_to_ask(measure.lead_id).first()
        if person is not None:
            services.agree(person, measure, on=min(start - dt.timedelta(days=20), timezone.localdate()))


def report(secretariat: User, measure: Measure, line: dict[str, Any], start: dt.date) -> None:
    """Reports, milestones reached and evidence, as far as the past goes."""
    today = timezone.localdate()
    person = writer(measure.lead_id) or secretariat
    obstacles = {o.code: o for o in Obstacle.objects.all()}
    for entry in line["progress"]:
        on = after(start, entry["month"])
        if on <= today:
            services.report_progress(
                person,
                measure,
                execution=entry["execution"],
                percent=entry["percent"],
                text=entry["text"],
                obstacles=[obstacles[code] for code in entry["obstacles"]],
                obstacle_text=entry["obstacle_text"],
                next_step=entry["next_step"],
                reported_on=on,
            )
    reached = {title: done for title, _due, done in line["milestones"] if done is not None}
    for milestone in measure.milestones.all():
        if milestone.title in reached and after(start, reached[milestone.title]) <= today:
            services.reach_milestone(person, milestone, after(start, reached[milestone.title]))
    if line["evidence"]:
        title, url = line["evidence"]
        services.add_evidence(person, measure, title=title, url=url)
