"""Factories of technical assistance: an update that tells of obstacles, a gap, a need, a request at any stage."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mutabaa.assistance import services
from mutabaa.assistance.models import AssistanceRequest, Fund, Gap, Need
from mutabaa.followup.models import Obstacle, Update
from tests.followup import made as followup

TODAY = timezone.localdate()
FILLED: dict[str, Any] = {
    "title": "Trainers for rural clinics",
    "contact": "Office of international cooperation, Ministry of Health",
    "gap_text": "Two of nine regions have trainers.",
    "assistance": "A course for forty trainers.",
    "addressee": "Regional office of OHCHR",
    "objective": "Trainers in every region.",
}
RESULTS = [{"result": "Forty trainers work", "indicator": "Number of trainers", "target": "40"}]
ACTIVITIES = [
    {
        "activity": "First course",
        "starts_on": dt.date(2027, 1, 1),
        "ends_on": dt.date(2027, 3, 1),
        "responsible": "Health",
    }
]
LINES = [
    {"source": "requested", "label": "Courses", "donor": "", "amount": Decimal("40000"), "currency": "USD"},
    {"source": "requested", "label": "Travel", "donor": "", "amount": Decimal("2500.50"), "currency": "USD"},
    {"source": "national", "label": "Rooms", "donor": "", "amount": Decimal("10000"), "currency": "EUR"},
]


def obstacle(code: str = "human-resources", name: str = "Human resources and skills") -> Obstacle:
    return Obstacle.objects.get_or_create(code=code, defaults={"name_en": name})[0]


def reported(people: Any, text: str = "The regions have no trainers.", *codes: Obstacle, **fields: Any) -> Update:
    """A published update of health that tells of an obstacle."""
    item = followup.assigned(people.secretariat, people.health, **fields)
    return followup.published(people, item, obstacles=list(codes) or [obstacle()], obstacle_text=text)


def gap(by: Any, institution: Any, **fields: Any) -> Gap:
    fields = {
        "title": "No trainers",
        "institution": institution,
        "description": "Two regions of nine have any.",
    } | fields
    return services.record_gap(by, **fields)


def need(by: Any, of: Gap, **fields: Any) -> Need:
    return services.record_need(by, of, **{"kind": "training", "description": "A course for trainers"} | fields)


def draft(by: Any, institution: Any, *recommendations: Any, **fields: Any) -> AssistanceRequest:
    """A draft in which every essential part says something."""
    from tests import world

    items = list(recommendations) or [world.recommendation()]
    row = services.start_request(by, need(by, gap(by, institution, recommendations=items)), institution)
    return services.save_request(
        by,
        row,
        row.version,
        results=RESULTS,
        activities=ACTIVITIES,
        lines=LINES,
        recommendations=items,
        **FILLED | fields,
    )


def to_consent(people: Any, **fields: Any) -> AssistanceRequest:
    row = services.ask_approval(people.focal, draft(people.focal, people.health, **fields))
    return services.approve(people.validating, row)


def approved(people: Any, **fields: Any) -> AssistanceRequest:
    return services.consent(
        people.secretariat,
        to_consent(people, **fields),
        authority="Minister of Foreign Affairs",
        instrument="Note 12",
        on=TODAY,
    )


def submitted(people: Any, **fields: Any) -> AssistanceRequest:
    return services.submit(people.secretariat, approved(people, **fields), on=TODAY, how="By note verbale")


def granted(people: Any, **fields: Any) -> AssistanceRequest:
    return services.answer(
        people.secretariat, submitted(people, **fields), outcome="granted", on=TODAY, what="All of it", amount=Decimal("42500.50"),
        currency="USD", conditions="A report after a year",
    )  # fmt: skip


def fund(code: str = "upr-implementation", **fields: Any) -> Fund:
    return Fund.objects.get_or_create(code=code, defaults={"name_en": code} | fields)[0]
