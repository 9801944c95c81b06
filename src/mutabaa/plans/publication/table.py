"""The measures of a plan as one table with the standard columns of an implementation plan, for spreadsheets and machines."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet
from mutabaa.core.wording import day_text, number_text
from mutabaa.plans.publication.facts import PlanFacts


def plan_sheet(facts: PlanFacts) -> Sheet:
    """A line per measure; an outcome without a measure stands once. `facts` decide what the reader may know."""
    columns = [
        Column("outcome", _("Desired outcome"), "text", 36, language_key="language"),
        Column("target", _("Target"), "text", 30, language_key="language"),
        Column("indicators", _("Indicators"), "list", 30),
        Column("code", _("No."), "symbol", 8),
        Column("measure", _("Measure"), "text", 44, language_key="language"),
        Column("type", _("Type"), "text", 14),
        Column("recommendations", _("Recommendations"), "list", 30),
        Column("lead", _("Lead institution"), "text", 26),
        Column("partners", _("Partner institutions"), "list", 26),
        Column("stakeholders", _("Stakeholders"), "text", 22, language_key="language"),
        Column("starts", _("Start"), "date", 12),
        Column("due", _("Due"), "date", 12),
        Column("milestones", _("Milestones"), "list", 34),
        Column("budget", _("Budget"), "list", 30),
        Column("marker", _("Gender marker"), "text", 20),
        Column("verification", _("Means of verification"), "text", 24, language_key="language"),
        Column("execution", _("Execution"), "text", 14),
        Column("percent", _("Progress in per cent"), "number", 9),
        Column("progress", _("What was done"), "text", 40, language_key="progress_language"),
        Column("next_step", _("Next step"), "text", 30, language_key="progress_language"),
        Column("reported", _("Last report"), "date", 12),
    ]
    if facts.inside:
        columns += [
            Column("agreement", _("Agreement"), "text", 16),
            Column("risks", _("Risks"), "text", 26, language_key="language"),
            Column("feasibility", _("Feasibility"), "text", 26, language_key="language"),
        ]
    notes = [_("Made on %(day)s.") % {"day": day_text(timezone.localdate())}]
    if not facts.inside:
        notes.append(_("Only published records and texts."))
    language = (get_language() or "en")[:2]
    return Sheet(str(facts.plan), columns, lines(facts), language, notes, _("About this table"))


def lines(facts: PlanFacts) -> Iterator[dict[str, Any]]:
    for part in facts.outcomes:
        base = {
            "language": facts.plan.language,
            "outcome": f"{part.outcome.number}. {part.outcome.title}",
            "target": part.outcome.target,
            "indicators": [str(row.indicator) for row in part.outcome.indicators.all()],
        }
        if not part.measures:
            yield base
        for measure in part.measures:
            yield base | line(measure)


def line(measure: Any) -> dict[str, Any]:
    return {
        "code": measure.code,
        "measure": measure.title,
        "type": measure.get_type_display(),
        "recommendations": [record.reference for record in measure.seen],
        "lead": str(measure.lead),
        "partners": [str(p) for p in measure.partners.all()],
        "stakeholders": measure.stakeholders,
        "starts": measure.starts_on,
        "due": measure.due_on,
        "milestones": [f"{m.title} ({m.due_on.isoformat()})" for m in measure.milestones.all()],
        "budget": [
            f"{b.year}: {number_text(float(b.amount))} {b.currency}, {b.get_source_display()}, {b.get_funding_display()}"
            for b in measure.budget_lines.all()
        ],
        "marker": measure.get_gender_marker_display() if measure.gender_marker is not None else "",
        "verification": measure.verification,
        "execution": measure.get_execution_display(),
        "percent": measure.percent,
        "progress": measure.latest_text or "",
        "next_step": measure.latest_next_step or "",
        "progress_language": measure.latest_language or "",
        "reported": measure.reported_on,
        "agreement": measure.get_agreement_display(),
        "risks": measure.risks,
        "feasibility": measure.feasibility,
    }
