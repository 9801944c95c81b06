"""A plan's commitments as JSON, and what changed between two such states: for editions and their comparison."""

from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Prefetch
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import names_of
from mutabaa.plans.models import Outcome, OutcomeIndicator, Plan

LABELS = {
    "title": _("wording"), "target": _("target"), "situation": _("situation"), "indicators": _("indicators"),
    "starts_on": _("start"), "ends_on": _("end"), "due_on": _("due date"), "outcome": _("outcome"), "type": _("type"),
    "lead": _("lead institution"), "partners": _("partner institutions"), "recommendations": _("recommendations"),
    "milestones": _("milestones"), "budget": _("budget"), "gender_marker": _("gender marker"),
    "gender_analysis": _("gender analysis"), "description": _("description"), "stakeholders": _("stakeholders involved"),
    "beneficiaries": _("beneficiaries"),
}  # fmt: skip
MEASURE_TEXTS = ("title", "description", "stakeholders", "beneficiaries", "gender_analysis")


def snapshot(plan: Plan) -> dict[str, Any]:
    """What the plan promises: outcomes, targets, measures, dates, institutions, money. Seven queries.

    Progress, agreements and internal notes are no part of it.
    """
    outcomes = Outcome.objects.filter(plan=plan, removed=False).prefetch_related(
        Prefetch("indicators", OutcomeIndicator.objects.select_related("indicator"))
    )
    measures: dict[int, list[dict[str, Any]]] = {}
    rows = (
        plan.measures.filter(removed=False)
        .select_related("lead", "outcome")
        .prefetch_related("partners", "recommendations", "milestones", "budget_lines")
        .order_by("number")
    )
    for row in rows:
        measures.setdefault(row.outcome_id, []).append(
            {
                "id": row.public_id,
                "number": row.number,
                **{name: getattr(row, name) for name in MEASURE_TEXTS},
                "type": row.type,
                "lead": {"code": row.lead.code, "name": names_of(row.lead)},
                "partners": sorted(p.code for p in row.partners.all()),
                "starts_on": row.starts_on.isoformat() if row.starts_on else None,
                "due_on": row.due_on.isoformat(),
                "gender_marker": row.gender_marker,
                "recommendations": sorted(r.public_id for r in row.recommendations.all()),
                "milestones": [{"title": m.title, "due_on": m.due_on.isoformat()} for m in row.milestones.all()],
                "budget": [
                    {
                        "year": line.year,
                        "amount": str(line.amount),
                        "currency": line.currency,
                        "source": line.source,
                        "funding": line.funding,
                    }
                    for line in row.budget_lines.all()
                ],
            }
        )
    return {
        "title": names_of(plan, "title"),
        "language": plan.language,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "outcomes": [
            {
                "id": outcome.public_id,
                "number": outcome.number,
                "title": outcome.title,
                "target": outcome.target,
                "situation": outcome.situation,
                "indicators": [
                    {
                        "code": line.indicator.code,
                        "baseline": str(line.baseline) if line.baseline is not None else None,
                        "baseline_year": line.baseline_year,
                        "target": str(line.target) if line.target is not None else None,
                        "target_year": line.target_year,
                    }
                    for line in outcome.indicators.all()
                ],
                "measures": measures.get(outcome.pk, []),
            }
            for outcome in outcomes
        ],
    }


@dataclass(frozen=True)
class Change:
    """One difference between two states of a plan. `fields` name what changed in a part that both have."""

    part: Literal["plan", "outcome", "measure"]
    kind: Literal["added", "removed", "changed"]
    code: str
    title: str
    fields: tuple[str, ...] = ()

    @property
    def labels(self) -> str:
        """The changed fields in the reader's language."""
        return capfirst(", ".join(str(LABELS[name]) for name in self.fields if name in LABELS))


def changes_between(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """What was added, removed and changed from one state to the other, in the order of the newer. Parts are known by their id."""
    out = []
    own = tuple(n for n in ("title", "starts_on", "ends_on") if old.get(n) != new.get(n))
    if own:
        out.append(Change("plan", "changed", "", "", own))
    out += part_changes("outcome", outcomes_of(old), outcomes_of(new))
    out += part_changes("measure", measures_of(old), measures_of(new))
    return out


def outcomes_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        o["id"]: {**{k: v for k, v in o.items() if k != "measures"}, "code": str(o["number"])}
        for o in content["outcomes"]
    }


def measures_of(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        m["id"]: {**m, "code": f"{o['number']}.{m['number']}", "outcome": o["id"]}
        for o in content["outcomes"]
        for m in o["measures"]
    }


def part_changes(
    part: Literal["outcome", "measure"], old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]]
) -> list[Change]:
    out = []
    for key, now in new.items():
        before = old.get(key)
        if before is None:
            out.append(Change(part, "added", now["code"], now["title"]))
        elif fields := tuple(n for n in now if n not in {"code", "number"} and before.get(n) != now[n]):
            out.append(Change(part, "changed", now["code"], now["title"], fields))
    out += [Change(part, "removed", was["code"], was["title"]) for key, was in old.items() if key not in new]
    return out
