"""The parts of a status report that are figures: tables, each with its chart, and the scales they rest on."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mutabaa.core.charts import STATUS_COLOURS
from mutabaa.core.publication import Bars, Cell, Para, Publication, Span
from mutabaa.core.wording import day_text, number_text, share_text
from mutabaa.followup.models import Obstacle, StatusCriterion
from mutabaa.recommendations.figures import Line
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import STATUS_TONE
from mutabaa.reporting import as_of as dated
from mutabaa.reporting.states import STATUS_ORDER, TONE_FILL

DRAWN = 12
PLAIN = "1F5F8B"


def counted(n: int, share: float | None = None) -> Span:
    return Span(number_text(n) if share is None else f"{number_text(n)} ({share_text(share)})", symbol=True)


def summary(paper: Publication, total: Line) -> None:
    """Four key figures, then the statuses as a table and a chart."""
    paper.heading(_("Summary"), 1, new_page=True)
    keys = [
        (total.total, None, _("recommendations")),
        (total.assigned, total.share("assigned"), _("assigned to an institution")),
        (total.updated, total.share("updated"), _("updated in the 12 months before the date")),
        (total.implemented, total.share("implemented"), _("implemented")),
    ]
    cells = []
    for n, share, label in keys:
        under = label if share is None else _("%(label)s: %(share)s") % {"label": label, "share": share_text(share)}
        cells.append(Cell([Para(Span(number_text(n), symbol=True), "Figure"), Para(under, "Note")], "F4F6F8"))
    paper.table([1, 1, 1, 1], [cells], description=_("Key figures"), plain=True)
    paper.heading(_("By implementation status"), 2)
    statuses = [(s, total.statuses.get(s, 0)) for s in STATUS_ORDER]
    paper.table(
        [5, 2, 2],
        [
            [Cell(str(s.label), TONE_FILL[STATUS_TONE[s]]), counted(n), Span(share_text(n / total.total if total.total else None), symbol=True)]
            for s, n in statuses
        ],
        header=[_("Status"), _("Recommendations"), _("Share")],
        numbers=[1, 2],
        description=_("Recommendations by implementation status"),
    )  # fmt: skip
    present = [(s, n) for s, n in statuses if n]
    if present:
        paper.chart(
            Bars(
                _("Recommendations by implementation status"),
                [str(s.label) for s, _n in present],
                [(_("Recommendations"), PLAIN, [n for _s, n in present])],
                description=in_words(
                    _("Recommendations by implementation status"), [(str(s.label), n) for s, n in present]
                ),
            )
        )


def figures(paper: Publication, title: str, first: str, lines: Sequence[Line], total: int) -> None:
    """Total, assigned, updated, implemented of each group (T-340), and the shares of the statuses."""
    paper.heading(title, 1)
    if not lines:
        paper.paragraph(_("There is nothing to count here."))
        return
    if sum(line.total for line in lines) != total:
        paper.paragraph(
            _(
                "A recommendation is counted in every line it belongs to, so that the lines need not add up to the total."
            ),
            "Note",
        )
    paper.table(
        [27, 18, 14, 19, 16],
        [
            [line.label, counted(line.total), *(counted(getattr(line, p), line.share(p)) for p in ("assigned", "updated", "implemented"))]
            for line in lines
        ],
        header=[first, _("Recommendations"), _("Assigned"), _("Updated in the 12 months before"), _("Implemented")],
        numbers=[1, 2, 3, 4],
        description=title,
    )  # fmt: skip
    drawn = lines[:DRAWN]
    present = [s for s in STATUS_ORDER if any(line.statuses.get(s) for line in drawn)]
    paper.paragraph(
        _("Shares of implementation statuses: the %(n)s largest") % {"n": number_text(DRAWN)}
        if len(lines) > DRAWN
        else _("Shares of implementation statuses"),
        "Caption",
        keep=True,
    )
    paper.chart(
        Bars(
            title,
            [line.label for line in drawn],
            [(str(s.label), STATUS_COLOURS[s].lstrip("#").upper(), [line.statuses.get(s, 0) for line in drawn]) for s in present],
            shares=True,
            description=_("Bars divided by implementation status. The number of recommendations stands in each part."),
        )
    )  # fmt: skip


def obstacles(paper: Publication, found: Sequence[tuple[Obstacle, int, int]]) -> None:
    paper.heading(_("Obstacles"), 1)
    if not found:
        paper.paragraph(_("The updates in this report name no obstacle."))
        return
    paper.paragraph(_("What institutions named in their updates as standing in the way, by kind."))
    paper.table(
        [5, 2, 2],
        [[str(obstacle), counted(items), counted(n)] for obstacle, items, n in found],
        header=[_("Obstacle"), _("Recommendations"), _("Updates")],
        numbers=[1, 2],
        description=_("Obstacles, counted"),
    )
    labels = [(str(obstacle), items) for obstacle, items, _n in found[:DRAWN]]
    title = _("Recommendations by obstacle")
    paper.chart(
        Bars(
            title,
            [label for label, _items in labels],
            [(_("Recommendations"), "B7791F", [items for _label, items in labels])],
            description=in_words(title, labels),
        )
    )


def criteria(paper: Publication) -> None:
    paper.heading(_("What the statuses mean"), 1)
    rows = {c.status: c for c in StatusCriterion.objects.all()}
    paper.table(
        [3, 9],
        [
            [
                Cell([Para(Span(str(s.label), bold=True))], TONE_FILL[STATUS_TONE[s]]),
                Cell(
                    [
                        Para(rows[s].criterion if s in rows else "–"),
                        *([Para(Span(_("Needs evidence."), italic=True))] if s in rows and rows[s].evidence_required else []),
                    ]
                ),
            ]
            for s in STATUS_ORDER
        ],
        header=[_("Status"), _("Criterion")],
        description=_("What the statuses mean"),
    )  # fmt: skip


def assessments(
    paper: Publication, as_of: dated.AsOf, person: Any, public_only: bool, rows: QuerySet[Recommendation]
) -> None:
    """Others' judgements, each in its own scale, never merged with the State's status."""
    paper.heading(_("Assessments by others"), 1)
    found = (
        dated.assessments(as_of, person, public_only)
        .filter(recommendation__in=rows.order_by().values("pk"))
        .select_related("recommendation__document", "grade__scale")
        .order_by("assessor", "recommendation__document__symbol", "recommendation_id", "-on")
    )
    if not found.exists():
        paper.paragraph(_("No assessment by others is recorded for these recommendations."))
        return
    paper.paragraph(_("Each stands in the assessor’s own scale; none enters the figures above."))
    paper.table(
        [20, 20, 26, 12, 30],
        (
            [
                Span(a.recommendation.reference, symbol=True),
                a.assessor_name or str(a.get_assessor_display()),
                Cell([Para(Span(str(a.grade), bold=True)), Para(Span(str(a.grade.scale), colour="475564"))]),
                day_text(a.on, "medium"),
                a.text,
            ]
            for a in found.iterator(chunk_size=500)
        ),
        header=[_("Document and paragraph"), _("Assessor"), _("Assessment and scale"), _("Date"), _("Text")],
        description=_("Assessments by others"),
        splits=True,
    )


def in_words(title: str, values: Sequence[tuple[str, int]]) -> str:
    """A chart for those who do not see it."""
    told = "; ".join(f"{label} {number_text(n)}" for label, n in values)
    return f"{title}: {told}"
