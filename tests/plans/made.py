"""A plan with its parts, written straight to the tables: for tests of what reads them."""

import datetime as dt
import itertools
from typing import Any

from mutabaa.plans.models import Measure, Outcome, Plan, PlanItem
from tests import world

counter = itertools.count(1)


def plan(**fields: Any) -> Plan:
    """A draft for 2026 to 2030 that institutions read."""
    n = next(counter)
    by = fields.pop("made_by", None) or world.person()
    return Plan.objects.create(
        **{
            "title_en": f"Plan {n}",
            "starts_on": dt.date(2026, 1, 1),
            "ends_on": dt.date(2030, 12, 31),
            "currency": "USD",
            "made_by": by,
        }
        | fields
    )


def outcome(of: Plan, **fields: Any) -> Outcome:
    number = of.outcomes.count() + 1
    return Outcome.objects.create(
        **{
            "plan": of,
            "number": number,
            "title": f"Children reach their fifth birthday, part {number}",
            "target": "Under-five mortality falls to 12 per 1,000 live births by 2030.",
        }
        | fields
    )


def measure(of: Outcome, *, serves: Any = (), **fields: Any) -> Measure:
    """Of the outcome, led by `health`, due at the end of 2027; it serves a new recommendation where none is given."""
    number = of.measures.count() + 1
    partners = fields.pop("partners", ())
    row = Measure.objects.create(
        **{
            "plan": of.plan,
            "outcome": of,
            "number": number,
            "title": f"Train midwives in district {number}",
            "type": "training",
            "lead": fields.pop("lead", None) or world.institution("health"),
            "starts_on": dt.date(2026, 3, 1),
            "due_on": dt.date(2027, 12, 31),
        }
        | fields
    )
    serves = list(serves) or [world.recommendation()]
    row.recommendations.set(serves)
    row.partners.set(partners)
    for recommendation in serves:
        PlanItem.objects.get_or_create(plan=of.plan, recommendation=recommendation)
    return row
