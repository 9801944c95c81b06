"""A request as its thirteen parts in words: what the page and the document show alike, in the active language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from mutabaa.assistance.models import AssistanceRequest
from mutabaa.assistance.states import BudgetSource
from mutabaa.assistance.template_parts import CONSENT, PARTS
from mutabaa.core.templatetags.mutabaa import written
from mutabaa.core.wording import day_text, number_text


@dataclass(frozen=True)
class Cell:
    """`language` where the text is not in the reader's; `symbol` for what always reads left to right."""

    text: str
    url: str = ""
    symbol: bool = False
    language: str = ""


@dataclass(frozen=True)
class Text:
    """A text, labelled where its section holds several. `language`: that of the request where the State wrote it; empty where this system did."""

    label: str
    text: str
    language: str = ""


@dataclass(frozen=True)
class Table:
    label: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True)
class Section:
    number: int
    title: str
    blocks: list[Any] = field(default_factory=list)


def money(amount: Decimal | None, currency: str) -> str:
    return f"{number_text(float(amount))} {currency}" if amount is not None else ""


def sections(request: AssistanceRequest, recommendations: Sequence[Any]) -> list[Section]:
    """`recommendations`: those of the request that the reader may see, with their documents."""
    writer = Writer(request, recommendations)
    return [Section(part.number, str(part.title), [b for b in writer.blocks(part.number) if b]) for part in PARTS]


class Writer:
    def __init__(self, request: AssistanceRequest, recommendations: Sequence[Any]) -> None:
        self.request, self.recommendations = request, recommendations

    def blocks(self, number: int) -> list[Any]:
        return getattr(self, f"part_{number}")()

    def texts(self, *pairs: tuple[Any, str]) -> list[Text]:
        """Labelled texts of the State, those that are filled."""
        return [Text(str(label), text, self.request.language) for label, text in pairs if text.strip()]

    def said(self, text: Any) -> Cell:
        return Cell(str(text or ""), language=self.request.language)

    def part_1(self) -> list[Any]:
        return [
            Text(_("Institution"), str(self.request.institution)),
            *self.texts((_("Contact"), self.request.contact)),
        ]

    def part_2(self) -> list[Any]:
        rows = [
            [
                Cell(r.reference, url=r.workspace_url(), symbol=True),
                Cell(r.text, language=r.language),
                Cell(str(r.get_status_display())),
            ]
            for r in self.recommendations
        ]
        header = [_("Document and paragraph"), _("Recommendation"), _("Status")]
        return [Table(_("Recommendations"), header, rows, (22, 60, 18))] if rows else []

    def part_3(self) -> list[Any]:
        return self.texts((_("Capacity gap"), self.request.gap_text), (_("Evidence"), self.request.evidence))

    def part_4(self) -> list[Any]:
        row = self.request
        need = row.need
        form = f"{need.get_kind_display()}{' · ' + str(need.get_mode_display()) if need.mode else ''}"
        whom = [
            Text(_("Fund or programme"), str(row.fund)) if row.fund else None,
            Text(_("Provider"), str(row.provider)) if row.provider else None,
        ]
        return [
            Text(_("Form of assistance"), form),
            *self.texts((_("Assistance sought"), row.assistance)),
            *(text for text in whom if text),
            *self.texts((_("Addressee"), row.addressee)),
        ]

    def part_5(self) -> list[Any]:
        results = list(self.request.results.all())
        evaluated = any(r.achieved for r in results)
        rows = [
            [self.said(r.result), self.said(r.indicator), self.said(r.target), *([self.said(r.achieved)] * evaluated)]
            for r in results
        ]
        header = [_("Expected result"), _("Indicator"), _("Target"), *([_("Achieved")] * evaluated)]
        widths = (35, 30, 20, 30)[: len(header)]
        table = [Table(_("Expected results"), header, rows, widths)] if rows else []
        return [*self.texts((_("Objective"), self.request.objective)), *table]

    def part_6(self) -> list[Any]:
        rows = [
            [self.said(a.activity), Cell(period(a.starts_on, a.ends_on)), self.said(a.responsible)]
            for a in self.request.activities.all()
        ]
        header = [_("Activity"), _("When"), _("Responsible")]
        return [Table(_("Activities and timeline"), header, rows, (50, 25, 25))] if rows else []

    def part_7(self) -> list[Any]:
        row = self.request
        marker = row.get_gender_marker_display() if row.gender_marker is not None else ""
        return [
            *self.texts((_("Beneficiaries"), row.beneficiaries)),
            *([Text(_("Gender marker"), str(marker))] if marker else []),
            *self.texts(
                (_("Gender analysis"), row.gender_analysis), (_("How those concerned take part"), row.participation)
            ),
        ]

    def part_8(self) -> list[Any]:
        lines = list(self.request.lines.all())
        rows = [
            [
                Cell(str(line.get_source_display())),
                self.said(line.label),
                self.said(line.donor),
                Cell(money(line.amount, line.currency), symbol=True),
            ]
            for line in lines
        ]
        rows += [
            [
                Cell(_("Sum: %(source)s") % {"source": source}),
                Cell(""),
                Cell(""),
                Cell(money(amount, currency), symbol=True),
            ]
            for source, currency, amount in sums(lines)
        ]
        header = [_("Source"), _("For what"), _("Donor"), _("Amount")]
        return [Table(_("Budget"), header, rows, (24, 38, 18, 20), (3,))] if rows else []

    def part_9(self) -> list[Any]:
        row = self.request
        goals = "; ".join(str(goal) for goal in row.sdgs.all())
        return [
            *self.texts(
                (_("National implementation plan"), row.plan_item),
                (_("National policy"), row.national_policy),
                (_("United Nations cooperation framework"), row.cooperation_framework),
            ),
            *([Text(_("SDGs"), goals)] if goals else []),
        ]

    def part_10(self) -> list[Any]:
        return self.texts(("", self.request.partners))

    def part_11(self) -> list[Any]:
        return self.texts((_("Sustainability"), self.request.sustainability), (_("Risks"), self.request.risks))

    def part_12(self) -> list[Any]:
        return self.texts(("", self.request.monitoring))

    def part_13(self) -> list[Any]:
        row = self.request
        if not row.has_consent or row.consent_on is None:
            return [Text(str(CONSENT.title), _("Not given. Nothing leaves before it."))]
        return [
            *self.texts((_("Authority"), row.consent_authority), (_("Instrument"), row.consent_instrument)),
            Text(_("Date"), day_text(row.consent_on)),
        ]


def period(start: Any, end: Any) -> str:
    return " – ".join(written(day) for day in (start, end) if day)


def sums(lines: Sequence[Any]) -> list[tuple[str, str, Decimal]]:
    """Source, currency and sum, requested first; currencies are never added to each other."""
    found: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        found[line.source, line.currency] = found.get((line.source, line.currency), Decimal(0)) + line.amount
    order = list(BudgetSource.values)
    return [
        (str(BudgetSource(source).label), currency, amount)
        for (source, currency), amount in sorted(found.items(), key=lambda e: (order.index(e[0][0]), e[0][1]))
    ]


def requested(lines: Sequence[Any]) -> str:
    """What is asked for, in one line: `40,000 USD; 5,000 EUR`."""
    asked = [line for line in lines if line.source == BudgetSource.REQUESTED]
    return "; ".join(money(amount, currency) for _source, currency, amount in sums(asked))
