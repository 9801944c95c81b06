"""The chapter of one outcome: where things stand, what is wanted, how it is judged, what answers which recommendation."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mutabaa.core.publication import Cell, Para, Publication, Span
from mutabaa.core.templatetags.mutabaa import written
from mutabaa.core.wording import number_text
from mutabaa.plans.models import OutcomeIndicator
from mutabaa.plans.publication.facts import OutcomeFacts, PlanFacts
from mutabaa.plans.states import Agreement

WIDTHS = [5, 27, 17, 16, 14, 16, 18]


def outcome_chapter(paper: Publication, facts: PlanFacts, part: OutcomeFacts) -> None:
    outcome, language = part.outcome, facts.plan.language
    paper.heading(f"{outcome.number}. {outcome.title}", 2)
    marks = [str(x) for x in (outcome.theme, outcome.cluster) if x] + [str(g) for g in outcome.groups.all()]
    if marks:
        paper.paragraph(" · ".join(dict.fromkeys(marks)), "Note")
    for title, text in (
        (_("Situation"), outcome.situation),
        (_("Desired outcome"), outcome.title),
        (_("Target"), outcome.target),
    ):
        if text:
            paper.heading(title, 3)
            paper.paragraph(Span(text, language=language), language=language)
    indicators(paper, list(outcome.indicators.all()))
    recommendations(paper, part)
    measures(paper, facts, part)


def indicators(paper: Publication, rows: list[OutcomeIndicator]) -> None:
    paper.heading(_("Indicators"), 3)
    if not rows:
        paper.paragraph(_("No indicator is set yet."), "Note")
        return
    paper.table(
        [8, 3, 3, 3],
        [
            [
                str(row.indicator),
                str(row.indicator.get_kind_display()),
                Span(value_text(row.baseline, row.baseline_year), symbol=True),
                Span(value_text(row.target, row.target_year), symbol=True),
            ]
            for row in rows
        ],
        header=[_("Indicator"), _("Type"), _("Baseline"), _("Target")],
        description=_("Indicators"),
    )


def value_text(value: Any, year: int | None) -> str:
    """`30 (2024)`; a dash where nothing is known."""
    if value is None:
        return "–"
    return number_text(float(value)) + (f" ({year})" if year else "")


def recommendations(paper: Publication, part: OutcomeFacts) -> None:
    paper.heading(_("Recommendations"), 3)
    if not part.recommendations:
        paper.paragraph(_("None that may be shown here."), "Note")
        return
    paper.table(
        [3, 4, 13],
        (
            [
                record.mechanism.label,
                Span(record.reference, symbol=True),
                Cell([Para(Span(record.text, language=record.language), language=record.language)]),
            ]
            for record in part.recommendations
        ),
        header=[_("Mechanism"), _("Document and paragraph"), _("Recommendation")],
        description=_("Recommendations"),
        splits=True,
    )


def measures(paper: Publication, facts: PlanFacts, part: OutcomeFacts) -> None:
    paper.heading(_("Measures"), 3)
    if not part.measures:
        paper.paragraph(_("No measure is set yet."), "Note")
        return
    paper.table(
        WIDTHS,
        (measure_row(facts, measure) for measure in part.measures),
        header=[
            _("No."),
            _("Measure"),
            _("Responsible"),
            pgettext("measure", "Time"),
            _("Budget"),
            _("Verification, gender and assumptions"),
            _("Execution"),
        ],
        description=_("Measures"),
        splits=True,
    )


def measure_row(facts: PlanFacts, measure: Any) -> list[Any]:
    language = facts.plan.language
    return [
        Span(measure.code, symbol=True),
        Cell(what(measure, language)),
        Cell(who(measure, language)),
        Cell(when(facts, measure, language)),
        Cell(money(measure)),
        Cell(how_known(facts, measure, language)),
        Cell(progress(facts, measure, language)),
    ]


def told(label: str, text: str, language: str) -> list[Para]:
    """A label in the reader's language, and under it what somebody wrote. Nothing for an empty text."""
    if not text:
        return []
    return [Para(Span(label, bold=True)), Para(Span(text, language=language), language=language)]


def what(measure: Any, language: str) -> list[Para]:
    out = [Para(Span(measure.title, language=language, bold=True), language=language)]
    out.append(Para(Span(str(measure.get_type_display()), italic=True)))
    if measure.description:
        out.append(Para(Span(measure.description, language=language), language=language))
    out += told(_("Beneficiaries"), measure.beneficiaries, language)
    if measure.seen:
        out.append(Para(Span(_("Serves"), bold=True)))
        out += [Para(Span(record.reference, symbol=True)) for record in measure.seen]
    return out


def who(measure: Any, language: str) -> list[Para]:
    out = [Para(Span(str(measure.lead), bold=True))]
    out += [Para(str(partner)) for partner in measure.partners.all()]
    return out + told(_("Stakeholders"), measure.stakeholders, language)


def milestone_line(milestone: Any, language: str) -> list[str | Span]:
    """The date in the reader's language, before a title in the plan's."""
    return [f"{written(milestone.due_on)}: ", Span(milestone.title, language=language)]


def when(facts: PlanFacts, measure: Any, language: str) -> list[Para]:
    start = f"{written(measure.starts_on)} – " if measure.starts_on else ""
    out = [Para(start + written(measure.due_on))]
    out += [Para(milestone_line(milestone, language)) for milestone in measure.milestones.all()]
    if measure.agreement == Agreement.AGREED and measure.agreed_on:
        out.append(Para(_("Agreed on %(day)s") % {"day": written(measure.agreed_on)}))
    elif facts.inside:
        out.append(Para(Span(str(measure.get_agreement_display()), italic=True)))
    if facts.inside:
        out += told(_("What the institution said"), measure.agreement_note, language)
    return out


def money(measure: Any) -> list[Para]:
    lines = list(measure.budget_lines.all())
    if not lines:
        return [Para("–")]
    out = []
    for line in lines:
        amount = Span(f"{line.year}: {number_text(float(line.amount))} {line.currency}", symbol=True)
        out.append(Para(amount))
        source = line.source_name or str(line.get_source_display())
        out.append(Para(f"{source}, {line.get_funding_display()}"))
    return out


def how_known(facts: PlanFacts, measure: Any, language: str) -> list[Para]:
    out = told(_("Means of verification"), measure.verification, language)
    if measure.gender_marker is not None:
        out += [Para(Span(_("Gender marker"), bold=True)), Para(str(measure.get_gender_marker_display()))]
    if measure.gender_analysis:
        out.append(Para(Span(measure.gender_analysis, language=language), language=language))
    out += told(_("Assumptions"), measure.assumptions, language)
    if facts.inside:
        out += told(_("Risks"), measure.risks, language)
        out += told(_("Feasibility"), measure.feasibility, language)
    return out or [Para("–")]


def progress(facts: PlanFacts, measure: Any, language: str) -> list[Para]:
    said = str(measure.get_execution_display())
    if measure.percent is not None:
        said = f"{said}, {measure.percent}%"
    out = [Para(Span(said, bold=True))]
    if measure.reported_on:
        out.append(Para(_("As of %(day)s") % {"day": written(measure.reported_on)}))
    language = measure.latest_language or language
    if measure.latest_text:
        out.append(Para(Span(measure.latest_text, language=language), language=language))
    if facts.inside:
        out += told(pgettext("measure", "Obstacles"), measure.latest_obstacle_text or "", language)
    return out + told(_("Next step"), measure.latest_next_step or "", language)
