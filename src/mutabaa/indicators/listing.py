"""Lists of indicators with their latest figure and trend: the workspace's, the portal's and the dashboard of a right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.indicators.figures import Shown, own_area, shown
from mutabaa.indicators.models import SEX, Indicator, Observation
from mutabaa.indicators.presenting import courses
from mutabaa.indicators.states import IndicatorKind, ObservationState, Origin
from mutabaa.taxonomy.models import Right, Theme

GAPS = [
    ("", _("Any")),
    ("sex", pgettext_lazy("indicator", "Without figures by sex")),
    ("figures", pgettext_lazy("indicator", "Without any figure")),
    ("some", pgettext_lazy("indicator", "With figures")),
]


class IndicatorFilter(forms.Form):
    """The view of the list: the query string is the whole view."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    right = forms.ModelChoiceField(
        Right.objects.all(), label=_("Right"), required=False, to_field_name="code", empty_label=_("Any")
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(), label=_("Theme"), required=False, to_field_name="code", empty_label=_("Any")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *IndicatorKind.choices])
    origin = forms.ChoiceField(label=_("List"), required=False, choices=[("", _("Any")), *Origin.choices])
    gap = forms.ChoiceField(label=_("Data"), required=False, choices=GAPS)


@dataclass(frozen=True)
class Line:
    indicator: Indicator
    latest: Shown | None
    course: str
    tone: str
    missing_sex: bool


def filtered(rows: Any, query: QueryDict, area: str) -> tuple[Any, IndicatorFilter]:
    """The rows that the query string asks for; what cannot be read is left out."""
    form = IndicatorFilter(query)
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    words = str(given.get("q") or "").strip()
    if words:
        named = Q(code__icontains=words) | Q(origin_code__iexact=words)
        for language in {(get_language() or "en")[:2], "en"} & set(CONTENT_LANGUAGES):
            named |= Q(**{f"name_{language}__icontains": words})
        rows = rows.filter(named)
    for name in ("right", "kind", "origin"):
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    if given.get("theme"):
        rows = rows.filter(themes=given["theme"])
    figures = Observation.objects.filter(indicator=OuterRef("pk"), area_id=area, state=ObservationState.VALIDATED)
    if given.get("gap") == "figures":
        rows = rows.filter(~Exists(figures))
    elif given.get("gap") == "some":
        rows = rows.filter(Exists(figures))
    elif given.get("gap") == "sex":
        rows = rows.filter(~Exists(figures.filter(breakdown__contains=f"{SEX}=")), Exists(figures), counts_people=True)
    return rows, form


def lines_of(indicators: Sequence[Indicator], person: Any, area: str = "") -> list[Line]:
    """Each with its latest figure for the whole. Three queries, and one for the State where `area` is not given."""
    area = area or own_area()
    by_pk = {row.pk: row for row in indicators}
    figures = Observation.objects.in_force().filter(area_id=area)
    newest = figures.filter(indicator=OuterRef("indicator"), breakdown="", value__isnull=False).order_by("-starts_on")
    rows = figures.filter(indicator__in=list(by_pk), starts_on=Subquery(newest.values("starts_on")[:1]))
    latest = {s.row.indicator_id: s for s in shown(rows, by_pk, person) if not s.row.breakdown}
    by_sex = set(
        figures.filter(indicator__in=list(by_pk), breakdown__contains=f"{SEX}=").values_list("indicator_id", flat=True).distinct()
    )  # fmt: skip
    found = courses(indicators, area)
    return [
        Line(
            row, latest.get(row.pk), *found.get(row.pk, ("", "")),
            bool(row.counts_people and row.pk in latest and row.pk not in by_sex),
        )
        for row in indicators
    ]  # fmt: skip
