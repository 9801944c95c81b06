"""The filters of the registers: the query string is the whole view, and whoever reads it sees the same rows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from mutabaa.assistance.models import AssistanceRequest, Gap, Given, Need
from mutabaa.assistance.states import Direction, GapState, GivenKind, NeedKind, RequestState, Scope


@dataclass(frozen=True)
class Filters:
    """The values of an address, by name; what is not asked for is an empty text."""

    q: str = ""
    state: str = ""
    institution: str = ""
    theme: str = ""
    fund: str = ""
    kind: str = ""
    direction: str = ""
    scope: str = ""
    year: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Filters":
        return cls(**{name: query.get(name, "").strip()[:120] for name in cls.__dataclass_fields__})

    @property
    def filtered(self) -> bool:
        """Whether anything but the tab (`state`) narrows the list."""
        return any(getattr(self, name) for name in self.__dataclass_fields__ if name != "state")


def gaps(person: Any, asked: Filters) -> QuerySet[Gap]:
    """All but the state, which the tabs count."""
    rows = Gap.objects.visible_to(person)
    if asked.q:
        rows = rows.filter(Q(title__icontains=asked.q) | Q(description__icontains=asked.q))
    if asked.institution:
        rows = rows.filter(institution__code=asked.institution)
    if asked.theme:
        rows = rows.filter(theme__code=asked.theme)
    if asked.scope in Scope.values:
        rows = rows.filter(scope=asked.scope)
    return rows


def needs(person: Any, asked: Filters) -> QuerySet[Need]:
    rows = Need.objects.filter(gap__in=Gap.objects.visible_to(person).order_by().values("pk"))
    if asked.kind in NeedKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.direction in Direction.values:
        rows = rows.filter(direction=asked.direction)
    if asked.institution:
        rows = rows.filter(gap__institution__code=asked.institution)
    if asked.q:
        rows = rows.filter(Q(description__icontains=asked.q) | Q(gap__title__icontains=asked.q))
    return rows


def requests(person: Any, asked: Filters) -> QuerySet[AssistanceRequest]:
    rows = AssistanceRequest.objects.visible_to(person)
    if asked.q:
        rows = rows.filter(Q(title__icontains=asked.q) | Q(assistance__icontains=asked.q))
    if asked.institution:
        rows = rows.filter(institution__code=asked.institution)
    if asked.fund:
        rows = rows.filter(fund__code=asked.fund)
    if asked.kind in NeedKind.values:
        rows = rows.filter(need__kind=asked.kind)
    return rows


def given(person: Any, asked: Filters) -> QuerySet[Given]:
    rows = Given.objects.visible_to(person)
    if asked.kind in GivenKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.fund:
        rows = rows.filter(fund__code=asked.fund)
    if asked.year.isdecimal() and len(asked.year) == 4:
        rows = rows.filter(year=int(asked.year))
    return rows


def in_state(rows: Any, states: Any, asked: Filters) -> Any:
    return rows.filter(state=asked.state) if asked.state in states.values else rows


def tabs(rows: Any, states: type[GapState] | type[RequestState]) -> list[tuple[str, Any, int]]:
    """State, its name and the number of rows; "" for all. States without rows are left out. One query."""
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))
    found = [(s.value, s.label, counts[s.value]) for s in states if counts.get(s.value)]
    return [("", None, sum(counts.values())), *found]
