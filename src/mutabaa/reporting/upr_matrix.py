"""OHCHR's UPR matrix from scratch, for one cycle: the columns of its thematic list, the last of them filled in.

In English the document can be imported again as a thematic list: headings and cells are those of OHCHR's.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.core.documents import document_of
from mutabaa.core.installation import current
from mutabaa.core.publication import Cell, Para, Publication, Span
from mutabaa.core.wording import day_text
from mutabaa.mechanisms.models import Family
from mutabaa.recommendations.models import PositionEntry, Recommendation
from mutabaa.reporting.as_of import AsOf
from mutabaa.reporting.facts import CHUNK, Facts, Item
from mutabaa.reporting.item_rows import done, status
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.states import TONE_FILL

Progress = Callable[[int], None]
WIDTHS = [34, 11, 23, 32]
SOURCE_LETTERS = 120  # a longer text is the State's reply itself, which has its place in the addendum


def build(report: GeneratedReport, progress: Progress = lambda percent: None) -> Publication:
    """The document, in the active language. Its rows are read while it is saved."""
    return Matrix(report, progress).document()


class Matrix:
    def __init__(self, report: GeneratedReport, progress: Progress) -> None:
        self.report = report
        self.progress = progress
        self.language = (get_language() or "en")[:2]
        self.facts = Facts(AsOf.on(report.as_of), report.created_by, report.public_only)
        rows = self.facts.rows().filter(mechanism__family=Family.UPR, cycle=report.cycle)
        self.groups = grouped(rows)
        self.total = sum(len(pks) for _theme, pks in self.groups)

    def document(self) -> Publication:
        installation = current()
        state = installation.state
        name = state.formal or state.name or state.code
        day = day_text(self.report.as_of)
        host = installation.host
        paper = document_of(
            self.report.form,
            self.language,
            self.report.title,
            author=host.name if host else str(installation),
            landscape=True,
            footer=f"{self.report.title} · {name} · {day}",
        )
        paper.paragraph(name, "Subtitle")
        paper.paragraph(self.report.title, "Title")
        paper.paragraph(_("As of %(day)s") % {"day": day}, "Subtitle")
        if self.report.public_only:
            paper.paragraph(_("It holds published records and texts only."), "Note")
        else:
            paper.paragraph(_("It holds records and texts that are not published: for internal use."), "Note")
        if not self.total:
            paper.paragraph(_("No recommendation of this cycle is recorded at this date."))
            return paper
        paper.table(
            WIDTHS,
            self.rows(),
            header=[
                _("Recommendation"),
                _("Position"),
                _("Full list of themes"),
                _("Assessment/comments on level of implementation"),
            ],
            description=self.report.title,
            splits=True,
        )
        return paper

    def rows(self) -> Iterator[list[Any]]:
        """Each recommendation once, under the first of its themes; the third column names them all."""
        told = 0
        for theme, pks in self.groups:
            heading = _("Theme: %(theme)s") % {"theme": theme or _("none")}
            yield [Cell([Para(Span(heading, bold=True))], "E8F0F6", columns=4)]
            for start in range(0, len(pks), CHUNK):
                part = pks[start : start + CHUNK]
                sources = sources_of(part)
                for item in self.facts.items(part):
                    yield self.row(item, sources.get(item.record.pk, ""))
                told += len(part)
                self.progress(5 + round(93 * told / self.total))

    def row(self, item: Item, source: str) -> list[Any]:
        said = [Para(Span(_("No update has been published."), italic=True))]
        return [
            Cell(recommendation(item, source, self.language)),
            position(item),
            Cell(tags(item)),
            Cell([*status(item), *(list(done(item)) or said)], TONE_FILL[item.tone]),
        ]


def grouped(rows: Any) -> list[tuple[str, list[int]]]:
    """(theme, primary keys) by the theme's name, those without a theme last; inside by document and paragraph. Two queries."""
    through: Any = Recommendation.themes.through
    ties = through.objects.filter(recommendation__in=rows.order_by().values("pk")).select_related("theme")
    first: dict[int, Any] = {}
    for tie in ties.order_by("theme__order", "theme__code"):
        first.setdefault(tie.recommendation_id, tie.theme)
    found: dict[str, list[tuple[Any, int]]] = defaultdict(list)
    for pk, symbol, paragraph in rows.order_by().values_list("pk", "document__symbol", "paragraph"):
        found[str(first[pk]) if pk in first else ""].append(((symbol, natural(paragraph), pk), pk))
    return [
        (theme, [pk for _key, pk in sorted(found[theme])])
        for theme in sorted(found, key=lambda name: (not name, name.casefold()))
    ]


def natural(paragraph: str) -> list[tuple[int, str]]:
    """26.9 before 26.10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.findall(r"\d+|\D+", paragraph)]


def sources_of(pks: list[int]) -> dict[int, str]:
    """Where the State stated its latest position: a symbol, or what the source says in short."""
    entries = PositionEntry.objects.filter(recommendation_id__in=pks).select_related("document")
    out: dict[int, str] = {}
    for entry in entries.order_by("-stated_on", "-recorded_at"):
        short = len(entry.text) <= SOURCE_LETTERS and "/" in entry.text
        said = entry.text if short else entry.document.symbol if entry.document else ""
        out.setdefault(entry.recommendation_id, said.strip())
    return out


def recommendation(item: Item, source: str, language: str) -> list[Para]:
    """As in OHCHR's list: paragraph, text, recommending States, source of the position."""
    record = item.record
    spans: list[str | Span] = [Span(record.paragraph, symbol=True), " "] if record.paragraph else []
    spans.append(Span(item.text, language=item.language))
    states = [f"({state})" for state in record.recommending_states.all()]
    if item.language[:2] == language:
        out = [Para([*spans, *(f" {state}" for state in states)])]
    else:  # their names are in the language of the report, and may run the other way than the text
        out = [Para(spans, language=item.language), *([Para(" ".join(states))] if states else [])]
    if source:
        out.append(Para([_("Source of Position:"), " ", Span(source, symbol=True)]))
    translation = item.translation
    if translation and not translation.official:
        out.append(Para(Span(_("Translation that is not official."), italic=True, colour="475564")))
    return out


def position(item: Item) -> str:
    if item.record.position_partial:
        return _("%(position)s (in part)") % {"position": item.position_label}
    return item.position_label


def tags(item: Item) -> list[Para]:
    record = item.record
    out = [Para(str(theme)) for theme in record.themes.all()]
    goals = list(record.sdgs.all())
    if goals:
        out.append(Para(Span(_("SDGs:"), bold=True)))
        out += [Para([Span(goal.code, symbol=True), f" - {goal.name}" if goal.name else ""]) for goal in goals]
    groups = list(record.groups.all())
    if groups:
        out.append(Para(Span(_("Affected persons:"), bold=True)))
        out += [Para(str(group)) for group in groups]
    return out or [Para("")]
