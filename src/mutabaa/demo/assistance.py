"""Technical assistance in the fictitious State: one request that was granted, one that waits for consent, what is given."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mutabaa.accounts.models import User
from mutabaa.assistance import services
from mutabaa.assistance.models import AssistanceRequest, Fund, Gap, Provider
from mutabaa.assistance.services.requests import FIELDS
from mutabaa.core.models import without_history
from mutabaa.followup.models import Obstacle, Update
from mutabaa.institutions.models import FocalPoint, Institution
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import State

Rows = dict[tuple[str, str], Recommendation]


def ask_for_assistance(people: dict[str, User], rows: Rows, data: dict[str, Any]) -> None:
    """From obstacles that were reported to gaps, needs and requests; by the rooms' own services."""
    obstacles = {o.code: o for o in Obstacle.objects.all()}
    places = {i.code: i for i in Institution.objects.all()}
    for entry in data["gaps"]:
        add_gap(people, rows, entry, obstacles, places)
    secretariat = people["secretariat.head"]
    for entry in data["set_aside"]:
        update = published(rows, entry["recommendation"])
        if update:
            services.set_aside(secretariat, [(update, obstacles[entry["obstacle"]])], entry["reason"])
    for entry in data["given"]:
        add_given(secretariat, entry)


def published(rows: Rows, key: list[str]) -> Update | None:
    return Update.objects.filter(recommendation=rows[key[0], key[1]], state="published").first()


def days_ago(days: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=days)


def add_gap(
    people: dict[str, User], rows: Rows, entry: dict[str, Any], obstacles: dict[str, Obstacle], places: Any
) -> Gap:
    by, secretariat = people[entry["by"]], people["secretariat.head"]
    reported = [
        (u, obstacles[code])
        for document, paragraph, code in entry["reported"]
        if (u := published(rows, [document, paragraph]))
    ]
    theme = rows[tuple(entry["theme_of"])].themes.first() if entry.get("theme_of") else None
    gap = services.record_gap(
        by, reported=reported, title=entry["title"], scope="theme" if theme else "institution", theme=theme,
        institution=places[entry["institution"]] if entry["institution"] else None, description=entry["description"],
        evidence=entry["evidence"], language=entry["language"], recommendations=[u.recommendation for u, _o in reported],
    )  # fmt: skip
    if entry["visibility"] != gap.visibility:
        gap = services.change_gap(secretariat, gap, gap.version, visibility=entry["visibility"])
    if entry["state"] != gap.state:
        gap = services.change_state(by, gap, entry["state"])
    day = days_ago(entry["days_ago"])
    for wanted in entry["needs"]:
        need = services.record_need(by, gap, **{n: wanted[n] for n in ("kind", "direction", "mode", "description")})
        back_date(need, day + dt.timedelta(days=10))
        if wanted["request"]:
            row = services.start_request(
                people[wanted["request"]["by"]], need, gap.institution or by.posts.first().institution
            )  # type: ignore[attr-defined]
            add_request(people, row, wanted["request"], day + dt.timedelta(days=20))
    back_date(gap, day)
    return gap


def back_date(row: Any, day: dt.date) -> None:
    """The demonstration's work is done in a moment; its dates lie in the past year."""
    row.recorded_on = day
    with without_history(row):
        row.save(update_fields=["recorded_on"])


def add_request(people: dict[str, User], row: AssistanceRequest, entry: dict[str, Any], begun: dt.date) -> None:
    by, secretariat = people[entry["by"]], people["secretariat.head"]
    today = timezone.localdate()
    fields = {name: entry[name] for name in FIELDS if name in entry and name not in ("fund", "provider")}
    fields["fund"] = Fund.objects.filter(code=entry["fund"]).first() if entry["fund"] else None
    fields["provider"] = Provider.objects.filter(code=entry["provider"]).first()
    activities = [
        {
            "activity": a["activity"],
            "starts_on": today + dt.timedelta(days=a["from"]),
            "ends_on": today + dt.timedelta(days=a["until"]),
            "responsible": a["responsible"],
        }
        for a in entry["activities"]
    ]
    lines = [line | {"amount": Decimal(line["amount"])} for line in entry["lines"]]
    row = services.save_request(
        by, row, row.version, results=entry["results"], activities=activities, lines=lines, **fields
    )
    row = services.ask_approval(by, row)
    if row.state == "to_approve":
        post = (
            FocalPoint.objects.filter(institution=row.institution, kind=FocalPoint.Kind.VALIDATING)
            .select_related("user")
            .first()
        )
        row = services.approve(post.user, row)  # type: ignore[union-attr]
    if entry["until"] != "to_consent":
        row = take_it_through(secretariat, by, row, entry)
    for step in row.steps.filter(state__in=["draft", "to_approve", "to_consent"]):
        step.on = begun
        step.save()
    row.created_at = timezone.now() - (today - begun)
    with without_history(row):
        row.save(update_fields=["created_at"])


def take_it_through(secretariat: User, by: User, row: AssistanceRequest, entry: dict[str, Any]) -> AssistanceRequest:
    """Consent, submission, answer, delivery."""
    row = services.consent(
        secretariat,
        row,
        authority=entry["authority"],
        instrument=entry["instrument"],
        on=days_ago(entry["consent_days_ago"]),
    )
    row = services.submit(secretariat, row, on=days_ago(entry["submitted_days_ago"]), how=entry["how"])
    row = services.answer(
        secretariat, row, outcome=entry["outcome"], on=days_ago(entry["decided_days_ago"]), what=entry["what"],
        amount=Decimal(entry["amount"]), currency=entry["currency"], conditions=entry["conditions"],
    )  # fmt: skip
    row = services.deliver(by, row, on=days_ago(entry["delivering_days_ago"]), note=entry["delivery_note"])
    return services.show_to(secretariat, row, visibility=entry["visibility"])


def add_given(secretariat: User, entry: dict[str, Any]) -> None:
    fields = {n: entry[n] for n in ("kind", "recipient", "form", "mode", "currency", "description", "visibility")}
    services.record_given(
        secretariat, year=timezone.localdate().year - entry["years_ago"], amount=Decimal(entry["amount"]) if entry["amount"] else None,
        fund=Fund.objects.filter(code=entry["fund"]).first() if entry["fund"] else None,
        state=State.objects.filter(code=entry["state"]).first() if entry["state"] else None, **fields,
    )  # fmt: skip
