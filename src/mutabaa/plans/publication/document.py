"""The order of the publication, and its front: cover, introduction, summary."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mutabaa.core.documents import document_of
from mutabaa.core.installation import current
from mutabaa.core.publication import Bars, Cell, Para, Publication, Span
from mutabaa.core.wording import day_text, number_text, share_text
from mutabaa.plans.coverage import Cover
from mutabaa.plans.models import Plan
from mutabaa.plans.publication.annexes import budget, matrix, timeline
from mutabaa.plans.publication.facts import PlanFacts, facts_of
from mutabaa.plans.publication.outcomes import outcome_chapter

PLAIN = "1F5F8B"


def publish(plan: Plan, person: Any, form: str, *, inside: bool) -> Publication:
    """The document in the active language, ready to save. `plan`: a row of `for_publication`; `form`: "docx" or
    "pdf"."""
    facts = facts_of(plan, person, inside=inside)
    installation = current()
    state = installation.state
    state_name = state.formal or state.name or state.code
    language = (get_language() or "en")[:2]
    host = installation.host
    paper = document_of(
        form,
        language,
        str(plan),
        author=host.name if host else str(installation),
        footer=f"{plan} · {state_name}",
    )
    cover(paper, facts, state_name)
    paper.paragraph(_("Contents"), "Subtitle")
    paper.contents()
    introduction(paper, facts)
    summary(paper, facts)
    paper.section(landscape=True)
    paper.heading(_("Outcomes and measures"), 1)
    if not facts.outcomes:
        paper.paragraph(_("This plan has no outcome yet"))
    for part in facts.outcomes:
        outcome_chapter(paper, facts, part)
    budget(paper, facts)
    timeline(paper, facts)
    matrix(paper, facts)
    return paper


def period(plan: Plan) -> str:
    return f"{day_text(plan.starts_on)} – {day_text(plan.ends_on)}"


def approval(plan: Any) -> str:
    """`Approved by the Council of Ministers on 1 March 2026 (Decision 4)`."""
    said = _("Approved by %(authority)s on %(day)s") % {
        "authority": plan.edition_authority,
        "day": day_text(plan.edition_on),
    }
    return f"{said} ({plan.edition_instrument})" if plan.edition_instrument else said


def cover(paper: Publication, facts: PlanFacts, state_name: str) -> None:
    lines = [str(facts.plan.get_kind_display())]
    if facts.plan.edition_number:
        lines += [approval(facts.plan), _("Edition %(n)s") % {"n": facts.plan.edition_number}]
    else:
        lines.append(_("Draft, not approved yet"))
    if facts.inside:
        lines.append(_("Internal version: with risks, feasibility and agreements. Not for publication."))
    lines.append(_("Made on %(day)s.") % {"day": day_text(timezone.localdate())})
    paper.cover(str(facts.plan), period(facts.plan), lines, above=state_name)


def introduction(paper: Publication, facts: PlanFacts) -> None:
    plan = facts.plan
    paper.heading(_("Introduction"), 1, new_page=True)
    for title, text in ((_("Purpose and scope"), plan.description), (_("Mandate"), plan.mandate)):
        if text:
            paper.heading(title, 2)
            written(paper, text, plan.language)
    if facts.authors:
        paper.heading(_("Authors"), 2)
        paper.bullets(facts.authors)


def written(paper: Publication, text: str, language: str) -> None:
    """A text as somebody wrote it, a paragraph per line, in its own direction."""
    for line in text.splitlines():
        if line.strip():
            paper.paragraph(Span(line, language=language), language=language)


def summary(paper: Publication, facts: PlanFacts) -> None:
    paper.heading(_("Summary"), 1)
    total = len(facts.records)
    covered = facts.cover()[Cover.WITH_MEASURE]
    keys = [
        (number_text(len(facts.outcomes)), _("outcomes")),
        (number_text(len(facts.measures)), _("measures")),
        (number_text(total), _("recommendations")),
        (share_text(covered / total if total else None), _("of them with a measure")),
    ]
    cells = [Cell([Para(Span(value, symbol=True), "Figure"), Para(label, "Note")], "F4F6F8") for value, label in keys]
    paper.table([1, 1, 1, 1], [cells], description=_("Key figures"), plain=True)
    counted(paper, _("Measures by type"), facts.types())
    counted(paper, _("Measures by execution"), facts.executions())
    for purse in facts.purses:
        years = sorted(purse.by["year"].items())
        title = _("Budget by year, in %(currency)s") % {"currency": purse.currency}
        paper.paragraph(title, "Caption", keep=True)
        paper.chart(
            Bars(
                title,
                [str(year) for year, _money in years],
                [
                    (pgettext("budget", "Funded"), "14532D", [int(money.funded) for _year, money in years]),
                    (pgettext("budget", "Not funded"), "B7791F", [int(money.unfunded) for _year, money in years]),
                ],
                description=in_words(title, [(str(year), int(money.total)) for year, money in years]),
            )
        )


def counted(paper: Publication, title: str, lines: Sequence[tuple[str, int]]) -> None:
    """A chart with its table; nothing where there is nothing to count."""
    if not lines:
        return
    paper.heading(title, 2)
    paper.table(
        [5, 2],
        [[label, Span(number_text(n), symbol=True)] for label, n in lines],
        header=[_("Group"), _("Measures")],
        numbers=[1],
        description=title,
    )
    paper.chart(
        Bars(
            title,
            [label for label, _n in lines],
            [(_("Measures"), PLAIN, [n for _label, n in lines])],
            description=in_words(title, lines),
        )
    )


def in_words(title: str, values: Sequence[tuple[str, int]]) -> str:
    return f"{title}: " + "; ".join(f"{label} {number_text(n)}" for label, n in values)
