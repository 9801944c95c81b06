"""The report "Status of implementation at a date" as a Word document or PDF (T-081, T-083)."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from mutabaa.core.documents import document_of
from mutabaa.core.installation import current
from mutabaa.core.publication import Publication, isolated
from mutabaa.core.wording import day_text, number_text
from mutabaa.recommendations.exports import filters_in_words
from mutabaa.recommendations.figures import figures_by, figures_of
from mutabaa.recommendations.filters import GROUPINGS, RecommendationView, group_labels
from mutabaa.recommendations.models import Recommendation
from mutabaa.reporting import chapters
from mutabaa.reporting.as_of import AsOf
from mutabaa.reporting.facts import CHUNK, Facts
from mutabaa.reporting.item_rows import HEADER_WIDTHS, header, item_row, repeated_row
from mutabaa.reporting.models import GeneratedReport
from mutabaa.reporting.states import Section

Progress = Callable[[int], None]


def build(report: GeneratedReport, progress: Progress = lambda percent: None) -> Publication:
    """The document, in the active language. The rows of the long table are read while it is saved."""
    return StatusReport(report, progress).document()


class StatusReport:
    def __init__(self, report: GeneratedReport, progress: Progress) -> None:
        self.report = report
        self.progress = progress
        self.language = (get_language() or "en")[:2]
        self.installation = current()
        self.as_of = AsOf.on(report.as_of)
        self.facts = Facts(self.as_of, report.created_by, report.public_only)
        self.view = RecommendationView.from_query(QueryDict(report.query))
        stale = self.installation.stale_after_days
        self.rows: QuerySet[Recommendation] = self.as_of.apply(self.view, self.facts.rows(), stale)
        self.total = figures_of(self.rows, self.as_of.day, self.as_of.basis)
        state = self.installation.state
        self.state_name = state.formal or state.name or state.code
        host = self.installation.host
        self.paper = document_of(
            report.form,
            self.language,
            report.title,
            author=host.name if host else str(self.installation),
            footer=f"{report.title} · {self.state_name} · {day_text(report.as_of)}",
        )

    def document(self) -> Publication:
        self.cover()
        self.paper.page_break()
        self.paper.paragraph(_("Contents"), "Subtitle")
        self.paper.contents()
        wanted = set(self.report.sections or Section.values)
        self.progress(5)
        if Section.SUMMARY in wanted:
            chapters.summary(self.paper, self.total)
        for section, group_by, title in (
            (Section.FAMILIES, "family", _("By mechanism family")),
            (Section.THEMES, "theme", _("By theme")),
            (Section.INSTITUTIONS, "institution", _("By institution")),
        ):
            if section in wanted:
                lines = figures_by(self.rows, group_by, self.as_of.day, self.as_of.basis)
                chapters.figures(self.paper, title, str(GROUPINGS[group_by][0]), lines, self.total.total)
        self.progress(15)
        if Section.OBSTACLES in wanted:
            chapters.obstacles(self.paper, self.facts.obstacles(self.rows))
        if Section.CRITERIA in wanted:
            chapters.criteria(self.paper)
        self.progress(20)
        if Section.RECOMMENDATIONS in wanted:
            self.paper.section(landscape=True)
            self.recommendations()
        if Section.ASSESSMENTS in wanted:
            chapters.assessments(self.paper, self.as_of, self.report.created_by, self.report.public_only, self.rows)
        return self.paper

    def cover(self) -> None:
        self.paper.space(110)
        self.paper.paragraph(self.state_name, "Subtitle")
        self.paper.paragraph(self.report.title, "Title")
        self.paper.paragraph(_("As of %(day)s") % {"day": day_text(self.report.as_of)}, "Subtitle")
        self.paper.space(30)
        if self.installation.host:
            self.paper.paragraph(self.installation.host.name)
        self.paper.paragraph(_("Made on %(day)s.") % {"day": day_text(timezone.localdate())}, "Note")
        self.paper.space(60)
        self.paper.paragraph(_("About this report"), "Caption", keep=True)
        self.paper.bullets(self.about())

    def about(self) -> Iterator[str]:
        """The date, the filters in words, and how the figures are counted."""
        n = self.total.total
        shown = isolated(number_text(n), self.language)
        yield ngettext("It covers %(n)s recommendation.", "It covers %(n)s recommendations.", n) % {"n": shown}
        filters = filters_in_words(self.view)
        if filters:
            yield _("Chosen by: %(filters)s.") % {"filters": pgettext("list of filters", "; ").join(filters)}
        else:
            yield _("It is not narrowed by any filter.")
        if self.report.public_only:
            yield _("It holds published records and texts only.")
        else:
            yield _("It holds records and texts that are not published: for internal use.")
        yield _(
            "Statuses, updates and assignments are those in force at the end of the day named. Texts, themes and positions are those of the day the report was made."
        )
        yield _(
            "“Assigned” counts recommendations with at least one lead or partner institution; “updated” those on which an institution’s update was published in the twelve months before the date."
        )
        yield _(
            "The status is the State’s own judgement by written criteria. Assessments by others stand apart, each in the assessor’s own scale."
        )

    def recommendations(self) -> None:
        """The long table, under a heading for each group of the view."""
        self.paper.heading(_("The recommendations one by one"), 1)
        listed = self.as_of.grouped(self.view, self.rows)
        if not listed:
            self.paper.paragraph(_("No recommendation matches the filters at this date."))
            return
        groups: dict[Any, list[int]] = {}
        for pk, code in listed:
            groups.setdefault(code, []).append(pk)
        labels = group_labels(self.view.group_by, groups) if self.view.group_by else {}
        first: dict[int, str] = {}
        self.done = 0
        for code, pks in groups.items():
            name = ""
            if self.view.group_by:
                name = labels.get(code) or _("none")
                self.paper.heading(name, 2)
            new = {pk for pk in pks if pk not in first}
            first |= dict.fromkeys(new, name)
            self.paper.table(
                HEADER_WIDTHS,
                self.table_rows(pks, new, first, len(listed)),
                header=header(),
                description=name or _("The recommendations one by one"),
                splits=True,
            )

    def table_rows(self, pks: list[int], new: set[int], first: dict[int, str], total: int) -> Iterator[list[Any]]:
        """A record is told in full where it stands first; elsewhere one line says where."""
        for start in range(0, len(pks), CHUNK):
            for item in self.facts.items(pks[start : start + CHUNK]):
                pk = item.record.pk
                yield item_row(item, self.language) if pk in new else repeated_row(item, first[pk], self.language)
                self.done += 1
            self.progress(20 + round(78 * self.done / total))
