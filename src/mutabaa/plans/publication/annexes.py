"""What stands behind the outcomes: money, dates, and the matrix of recommendations and measures."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mutabaa.core.publication import Cell, Para, Publication, Span
from mutabaa.core.templatetags.mutabaa import written
from mutabaa.core.wording import number_text
from mutabaa.plans.coverage import Cover
from mutabaa.plans.overviews.budget import in_order
from mutabaa.plans.publication.facts import PlanFacts
from mutabaa.plans.publication.outcomes import milestone_line

SHORT = 120  # letters


def budget(paper: Publication, facts: PlanFacts) -> None:
    paper.heading(_("Budget"), 1, new_page=True)
    if not facts.purses:
        paper.paragraph(_("No budget line was entered."))
        return
    names = {"year": _("By year"), "source": _("By source"), "marker": _("By gender marker")}
    for purse in facts.purses:
        paper.heading(purse.currency, 2)
        for kind, title in names.items():
            rows = [(name, money) for name, money in in_order(kind, purse.by[kind])] + [(_("Total"), purse.all)]
            paper.table(
                [6, 3, 3, 3],
                [
                    [
                        name,
                        *(
                            Span(number_text(float(v)), symbol=True)
                            for v in (money.total, money.funded, money.unfunded)
                        ),
                    ]
                    for name, money in rows
                ],
                header=[title, _("Total"), pgettext("budget", "Funded"), pgettext("budget", "Not funded")],
                numbers=[1, 2, 3],
                description=f"{title}, {purse.currency}",
            )
    paper.paragraph(_("Amounts of two currencies are never added up."), "Note")


def timeline(paper: Publication, facts: PlanFacts) -> None:
    paper.heading(_("Timeline"), 1, new_page=True)
    rows = sorted(facts.measures, key=lambda m: (m.starts_on or m.due_on, m.due_on, m.pk))
    if not rows:
        paper.paragraph(_("No measure is set yet."))
        return
    language = facts.plan.language
    paper.table(
        [2, 12, 8, 4, 4, 10],
        (
            [
                Span(m.code, symbol=True),
                Cell([Para(Span(m.title, language=language), language=language)]),
                str(m.lead),
                written(m.starts_on) if m.starts_on else "–",
                written(m.due_on),
                Cell([Para(milestone_line(s, language)) for s in m.milestones.all()] or "–"),
            ]
            for m in rows
        ),
        header=[_("No."), _("Measure"), _("Lead institution"), _("Start"), _("Due"), _("Milestones")],
        description=_("Timeline"),
        splits=True,
    )


def matrix(paper: Publication, facts: PlanFacts) -> None:
    """Every recommendation of the plan with the measures that serve it; left-out ones with their reason."""
    paper.heading(_("Annex: implementation matrix"), 1, new_page=True)
    paper.paragraph("; ".join(f"{group.label}: {number_text(n)}" for group, n in facts.cover().items()), "Note")
    paper.paragraph(_("Texts that stand in full under an outcome are shortened here."), "Note")
    paper.table(
        [3, 5, 13, 14],
        matrix_rows(facts),
        header=[_("Mechanism"), _("Document and paragraph"), _("Recommendation"), _("Measures")],
        description=_("Implementation matrix"),
        splits=True,
    )


def begun(text: str) -> str:
    """The beginning of a text that stands in full elsewhere, to the end of a word."""
    return text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + "…"


def matrix_rows(facts: PlanFacts) -> Iterator[list[Any]]:
    serving: dict[int, list[Any]] = {}
    for measure in facts.measures:
        for record in measure.seen:
            serving.setdefault(record.pk, []).append(measure)
    language = facts.plan.language
    for record in facts.records:
        text = begun(record.text) if record.pk in serving else record.text
        cell: list[Para] = []
        for m in serving.get(record.pk, ()):
            title = Span(f" {m.title}", language=language)
            cell.append(Para([Span(m.code, symbol=True), title, f" ({m.get_execution_display()})"]))
        if record.cover != Cover.WITH_MEASURE:
            cell.append(Para(Span(str(Cover(record.cover).label), italic=True)))
        if record.cover == Cover.LEFT_OUT:
            cell.append(Para(Span(record.left_out, language=language), language=language))
        yield [
            record.mechanism.label,
            Span(record.reference, symbol=True),
            Cell([Para(Span(text, language=record.language), language=record.language)]),
            Cell(cell),
        ]
