"""Money: by source, year and gender marker, funded and not; each currency by itself, for amounts of two never add up."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from mutabaa.core.charts import Cell, Chart, Row, Series, stacked_bars
from mutabaa.core.exports import Column, Sheet
from mutabaa.core.templatetags.mutabaa import babel_locale, decimal
from mutabaa.plans.coverage import live
from mutabaa.plans.models import BudgetLine
from mutabaa.plans.overviews.files import amount, sheet
from mutabaa.plans.overviews.scope import Scope
from mutabaa.plans.states import BudgetSource, Funding, GenderMarker

CHUNK = 500
COLOURS = {Funding.FUNDED: "#14532d", Funding.UNFUNDED: "#b7791f"}


@dataclass
class Money:
    """Of one group of budget lines."""

    funded: Decimal = Decimal(0)
    unfunded: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.funded + self.unfunded

    def add(self, funding: str, value: Decimal) -> None:
        if funding == Funding.FUNDED:
            self.funded += value
        else:
            self.unfunded += value


@dataclass
class Purse:
    """All lines in one currency; `by` holds the groups of each kind by their value."""

    currency: str
    all: Money = field(default_factory=Money)
    by: dict[str, dict[Any, Money]] = field(default_factory=lambda: {"source": {}, "year": {}, "marker": {}})

    def add(self, source: str, year: int, marker: int | None, funding: str, value: Decimal) -> None:
        self.all.add(funding, value)
        for kind, group in (("source", source), ("year", year), ("marker", marker)):
            self.by[kind].setdefault(group, Money()).add(funding, value)


def budget_lines(scope: Scope) -> QuerySet[BudgetLine]:
    """Of the measures in scope; what was cancelled costs nothing any more."""
    return BudgetLine.objects.filter(measure__in=live(scope.measures()).order_by().values("pk"))


def purses(scope: Scope) -> list[Purse]:
    return purses_of(budget_lines(scope))


def purses_of(lines: QuerySet[BudgetLine]) -> list[Purse]:
    """One per currency, by its code. One query."""
    found: dict[str, Purse] = {}
    groups = ("currency", "source", "year", "measure__gender_marker", "funding")
    for currency, source, year, marker, funding, value in (
        lines.order_by().values_list(*groups).annotate(sum=Sum("amount")).order_by("currency")
    ):
        found.setdefault(currency, Purse(currency)).add(source, year, marker, funding, value)
    return list(found.values())


def purse_of_lines(lines: Iterable[tuple[BudgetLine, int | None]]) -> list[Purse]:
    """The same from lines in memory, each with the gender marker of its measure."""
    found: dict[str, Purse] = {}
    for line, marker in lines:
        found.setdefault(line.currency, Purse(line.currency)).add(
            line.source, line.year, marker, line.funding, line.amount
        )
    return [found[currency] for currency in sorted(found)]


def label_of(kind: str, group: Any) -> str:
    if kind == "source":
        return str(BudgetSource(group).label)
    if kind == "marker":
        return _("No gender marker") if group is None else str(GenderMarker(group).label)
    return str(group)


def in_order(kind: str, groups: dict[Any, Money]) -> list[tuple[str, Money]]:
    """Years and markers in their own order, sources by amount."""
    key: Callable[[tuple[Any, Money]], Any] = (
        (lambda one: -one[1].total) if kind == "source" else lambda one: (one[0] is None, one[0] or 0)
    )
    return [(label_of(kind, group), money) for group, money in sorted(groups.items(), key=key)]


def titles(currency: str) -> dict[str, str]:
    return {
        "year": _("By year, in %(currency)s") % {"currency": currency},
        "source": _("By source, in %(currency)s") % {"currency": currency},
        "marker": _("By gender marker, in %(currency)s") % {"currency": currency},
    }


def charts(purse: Purse) -> list[Chart]:
    """Year, source and gender marker, funded and not. Whole units: the tables of the files hold the hundredths."""
    kinds = [Series(f.value, str(f.label), COLOURS[f]) for f in Funding]
    return [
        budget_chart(in_order(kind, purse.by[kind]), title, f"{kind}-{purse.currency}".lower(), kinds)
        for kind, title in titles(purse.currency).items()
    ]


def budget_chart(lines: list[tuple[str, Money]], title: str, uid: str, kinds: list[Series]) -> Chart:
    svg = stacked_bars(
        [Row(name, {"funded": whole(money.funded), "unfunded": whole(money.unfunded)}) for name, money in lines],
        kinds,
        uid=uid,
        title=title,
        description=_("Bars divided into funded and not funded. The same figures stand in the table below the chart."),
        rtl=get_language_bidi(),
        number=lambda value: decimal(value, babel_locale()),
    )
    return Chart(
        title=title,
        svg=svg,
        header=[_("Group"), _("Total"), *(k.label for k in kinds)],
        rows=[
            [Cell(name), Cell(whole(money.total)), Cell(whole(money.funded)), Cell(whole(money.unfunded))]
            for name, money in lines
        ],
        legend=kinds,
    )


def whole(value: Decimal) -> int:
    return int(value.to_integral_value())


def budget_sheet(scope: Scope) -> Sheet:
    """The figures of the page: a line per currency and group."""
    columns = [
        Column("currency", _("Currency"), "symbol", 10),
        Column("kind", _("Grouping"), "text", 20),
        Column("group", _("Group"), "text", 44),
        Column("total", _("Total"), "number", 18),
        Column("funded", str(Funding.FUNDED.label), "number", 18),
        Column("unfunded", str(Funding.UNFUNDED.label), "number", 18),
    ]
    return sheet(scope, _("Budget"), columns, figure_lines(scope), _("Amounts of two currencies are never added up."))


def figure_lines(scope: Scope) -> Iterator[dict[str, Any]]:
    names = {"year": _("Year"), "source": _("Source"), "marker": _("Gender marker")}
    for purse in purses(scope):
        groups = [("", _("Total"), purse.all)]
        groups += [(names[kind], name, money) for kind in names for name, money in in_order(kind, purse.by[kind])]
        for kind, name, money in groups:
            yield {
                "currency": purse.currency,
                "kind": kind,
                "group": name,
                "total": amount(money.total),
                "funded": amount(money.funded),
                "unfunded": amount(money.unfunded),
            }


def lines_sheet(scope: Scope) -> Sheet:
    """Every budget line with its measure."""
    columns = [
        Column("plan", _("Plan"), "text", 26),
        Column("code", _("No."), "symbol", 8),
        Column("measure", _("Measure"), "text", 46, language_key="plan_language"),
        Column("lead", _("Lead institution"), "text", 26),
        Column("year", _("Year"), "number", 8),
        Column("amount", _("Amount"), "number", 16),
        Column("currency", _("Currency"), "symbol", 10),
        Column("source", _("Source"), "text", 18),
        Column("source_name", _("Name of the source"), "text", 24),
        Column("funding", _("Funded or not"), "text", 12),
        Column("marker", _("Gender marker"), "text", 24),
    ]
    return sheet(scope, _("Budget lines"), columns, one_by_one(scope))


def one_by_one(scope: Scope) -> Iterator[dict[str, Any]]:
    rows = budget_lines(scope).select_related("measure__outcome", "measure__lead")
    ordered = rows.order_by("measure__plan_id", "measure__outcome__number", "measure__number", "year", "pk")
    for line in ordered.iterator(chunk_size=CHUNK):
        plan = scope.plan_by_id[line.measure.plan_id]
        yield {
            "plan": str(plan),
            "plan_language": plan.language,
            "code": line.measure.code,
            "measure": line.measure.title,
            "lead": str(line.measure.lead),
            "year": line.year,
            "amount": amount(line.amount),
            "currency": line.currency,
            "source": line.get_source_display(),
            "source_name": line.source_name,
            "funding": line.get_funding_display(),
            "marker": label_of("marker", line.measure.gender_marker),
        }
