"""The forms of the room: the metadata sheet, the path, requests, and the grid of figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.indicators.breakdowns import Groups, key_of
from mutabaa.indicators.models import Attribute, Dimension, Indicator, Observation
from mutabaa.indicators.statistics.entries import Entry, completed, wrong_with
from mutabaa.indicators.statistics.numbers import NotANumber, read_cell, written
from mutabaa.indicators.statistics.periods import Period, read_period
from mutabaa.indicators.wording import faults_in_words
from mutabaa.institutions.models import Institution
from mutabaa.recommendations.forms import day_field
from mutabaa.recommendations.models import LANGUAGES
from mutabaa.taxonomy.models import Right, Sdg, Theme

COMMA_DECIMAL = {"es", "fr", "ru"}
TEXTS = (("name", False), ("unit", False), ("definition", True), ("method", True), ("source", False), ("rationale", True), ("limitations", True))  # fmt: skip
LABELS = {
    "name": gettext_lazy("Name – %(language)s"), "unit": gettext_lazy("Unit – %(language)s"),
    "definition": gettext_lazy("Definition – %(language)s"), "method": gettext_lazy("Method of computation – %(language)s"),
    "source": gettext_lazy("Data source – %(language)s"), "rationale": gettext_lazy("Rationale – %(language)s"),
    "limitations": gettext_lazy("Comments and limitations – %(language)s"),
}  # fmt: skip


class SheetForm(forms.ModelForm):
    """The metadata sheet, its texts in the languages of the installation, the reader's first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Indicator
        fields = (
            "code", "kind", "measure", "factor", "decimals", "direction", "right", "attribute", "themes", "sdgs", "dimensions",
            "source_kind", "periodicity", "owner", "counts_people", "origin", "origin_code", "sdmx_series", "visibility", "active",
        )  # fmt: skip
        widgets = {"dimensions": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known, reader = dict(LANGUAGES), (get_language() or "")[:2]
        used = sorted([c for c in CONTENT_LANGUAGES if c in languages] or ["en"], key=lambda c: c != reader)
        for name, long in TEXTS:
            for language in used:
                widget: forms.Widget = forms.Textarea(attrs={"rows": 2}) if long else forms.TextInput()
                widget.attrs |= {"lang": language, "dir": "auto"}
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=LABELS[name] % {"language": known[language]},
                    widget=widget, required=False, max_length=4000 if long else 300 if name != "unit" else 80,
                    initial=getattr(self.instance, f"{name}_{language}", ""),
                )  # fmt: skip
        self.fields["version"].initial = self.instance.version
        querysets = {"right": Right, "attribute": Attribute, "themes": Theme, "sdgs": Sdg, "dimensions": Dimension}
        for name, model in querysets.items():
            self.fields[name].queryset = model._default_manager.all()  # type: ignore[attr-defined]
        self.fields["owner"].queryset = Institution.objects.filter(active=True)  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.get(f"name_{language}") for language in CONTENT_LANGUAGES):
            first = next(name for name in self.fields if name.startswith("name_"))
            self.add_error(first, _("Give the indicator a name."))
        return given

    @property
    def texts(self) -> list[Any]:
        return [self[name] for name in self.fields if name.rpartition("_")[0] in LABELS]

    @property
    def facts(self) -> list[Any]:
        return [self[name] for name in self.Meta.fields]


class PointForm(forms.Form):
    """A line of the path; an empty line is left out."""

    baseline = forms.BooleanField(label=gettext_lazy("baseline"), required=False)
    year = forms.IntegerField(label=gettext_lazy("year"), required=False, min_value=1950, max_value=2100)
    value = forms.DecimalField(label=gettext_lazy("value"), required=False, max_digits=20, decimal_places=6)
    set_by = forms.CharField(label=gettext_lazy("set by"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("year") is None) != (given.get("value") is None) and not self.errors:
            self.add_error("year", _("A point has a year and a value."))
        return given


PathFormSet = forms.formset_factory(PointForm, extra=3, max_num=30)


class RequestForm(forms.Form):
    indicator = forms.ModelChoiceField(Indicator.objects.none(), label=gettext_lazy("Indicator"), to_field_name="code")
    institution = forms.ModelChoiceField(
        Institution.objects.filter(active=True), label=gettext_lazy("Institution"), to_field_name="code"
    )
    period = forms.CharField(
        label=gettext_lazy("Period"), max_length=12, help_text=gettext_lazy("2024, 2024-Q2, 2024-05 or 2019-2021")
    )
    due_on = day_field(gettext_lazy("Due date"))
    message = forms.CharField(
        label=gettext_lazy("Message"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )


# The grid


@dataclass
class Cell:
    name: str
    period: str
    text: str
    error: str = ""


@dataclass
class Column:
    """A period with what is said of all its figures."""

    period: Period
    source: str = ""
    provisional: bool = False
    breaks: bool = False


@dataclass
class Grid:
    """Periods × groups. A cell takes `12.5`, `12/40`, `12 [10-14]`, `..`, `x` or `c`; an empty one says nothing."""

    indicator: Indicator
    area: str
    columns: list[Column]
    rows: list[tuple[str, str, list[Cell]]] = field(default_factory=list)
    errors: int = 0
    filled: bool = False

    def entries(self) -> list[Entry]:
        """What the cells say, each checked; errors are kept at their cells and counted."""
        comma = "decimal" if (get_language() or "")[:2] in COMMA_DECIMAL else ""
        out: list[Entry] = []
        for key, _label, cells in self.rows:
            for column, cell in zip(self.columns, cells, strict=True):
                entry = self.entry_of(key, column, cell, comma)
                if cell.error:
                    self.errors += 1
                elif entry:
                    out.append(entry)
        self.filled = bool(out)
        return out

    def entry_of(self, key: str, column: Column, cell: Cell, comma: str) -> Entry | None:
        try:
            said = read_cell(cell.text, comma)
        except NotANumber as fault:
            cell.error = faults_in_words([fault.code])
            return None
        if said is None:
            return None
        entry = Entry(
            self.indicator.code, self.area, column.period, key, said.value, said.numerator, said.denominator, said.low, said.high,
            status=said.status or ("provisional" if column.provisional else "normal"), breaks=column.breaks, source=column.source,
        )  # fmt: skip
        entry = completed(entry, self.indicator.scale)
        cell.error = faults_in_words(wrong_with(entry, self.indicator.scale))
        return entry

    def tell(self, refused: Iterable[tuple[Entry, list[str]]]) -> None:
        """Put what a service refused at its cell."""
        for entry, codes in refused:
            for key, _label, cells in self.rows:
                for column, cell in zip(self.columns, cells, strict=True):
                    if (key, column.period.code) == (entry.breakdown, entry.period.code):
                        cell.error = faults_in_words(codes)
                        self.errors += 1


def groups_of(indicator: Indicator, groups: Groups, dimension: str) -> list[str]:
    """The rows of the grid: the whole, then the categories of the dimension."""
    return ["", *(key_of({dimension: c.code}) for c in groups.within(dimension))]


def grid_of(
    indicator: Indicator, area: str, periods: Sequence[str], keys: Sequence[str], groups: Groups,
    standing: Iterable[Observation], posted: QueryDict | None = None,
) -> Grid:  # fmt: skip
    """With what was posted, else with what stands: the figure that waits before the one in force."""
    found: dict[tuple[str, str], Observation] = {}
    for row in sorted(standing, key=lambda o: o.state, reverse=True):
        found[row.breakdown, row.period] = row
    known = [p for text in dict.fromkeys(periods) if (p := read_period(text))]
    columns = [column_of(p, found, posted) for p in sorted(known)]
    grid = Grid(indicator, area, columns)
    for n, key in enumerate(keys):
        cells = []
        for column in columns:
            name = f"c-{n}-{column.period.code}"
            old = found.get((key, column.period.code))
            text = posted.get(name, "") if posted is not None else text_of(old)
            cells.append(Cell(name, column.period.code, text[:80]))
        grid.rows.append((key, groups.label(key), cells))
    return grid


def column_of(period: Period, found: Mapping[tuple[str, str], Observation], posted: QueryDict | None) -> Column:
    if posted is not None:
        return Column(
            period,
            posted.get(f"s-{period.code}", "").strip()[:300],
            f"p-{period.code}" in posted,
            f"b-{period.code}" in posted,
        )
    old = next((row for (_key, code), row in sorted(found.items()) if code == period.code), None)
    return Column(period, old.source, old.status == "provisional", old.breaks) if old else Column(period)


def text_of(row: Observation | None) -> str:
    if row is None:
        return ""
    text = written(row.value, row.numerator, row.denominator, row.low, row.high, row.status)
    comma = (get_language() or "")[:2] in COMMA_DECIMAL
    return text.replace(".", ",") if comma and row.value is not None else text
