"""The upload, and the page on which a person says what the columns of a table hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutabaa.intake.receiving import AUTO
from mutabaa.intake.states import Format
from mutabaa.intake.tables.decode import Table
from mutabaa.intake.tables.mapping import DEFAULT_VALUES, FIELDS, MULTIPLE, Mapping, fold_name
from mutabaa.recommendations.states import Kind
from mutabaa.taxonomy.models import State

FIELD_LABELS = {
    "text": _("Text of the recommendation"),
    "id": _("Number or identifier of the row"),
    "state": _("State concerned"),
    "mechanism": _("Mechanism"),
    "symbol": _("Document symbol"),
    "document": _("Title of the document"),
    "paragraph": _("Paragraph"),
    "kind": _("Type"),
    "position": _("Position of the State"),
    "recommending": _("Recommending States"),
    "themes": _("Themes"),
    "groups": _("Affected persons"),
    "sdgs": _("SDG goals and targets"),
    "date": _("Date"),
    "year": _("Year"),
    "session": _("Session"),
    "cycle": _("Cycle"),
}
CONSTANT_FIELDS = ["mechanism", "symbol", "document", "date", "session"]
POSITION_CHOICES = [("", _("Leave out")), ("supported", _("Supported")), ("supported in part", _("Supported in part")), ("noted", _("Noted")), ("pending", _("Pending"))]  # fmt: skip
SEPARATOR_CHOICES = [("", _("Line break")), (";", ";"), (",", ","), ("|", "|"), ("/", "/")]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "JSON, XLSX, CSV, or an official document in Word, PDF, HTML or text. What it is, is told by its content."
        ),
    )
    format = forms.ChoiceField(
        label=_("What it is"), choices=[(AUTO, _("Tell by the content")), *Format.choices], initial=AUTO, required=False
    )
    scope = forms.ChoiceField(
        label=_("Records of"),
        choices=[
            ("own", _("this State")),
            ("other", _("one other State, for comparison")),
            ("all", _("all States, for comparison")),
        ],
        initial="own",
        required=False,
    )
    state = forms.ModelChoiceField(label=_("The other State"), queryset=State.objects.all(), required=False)

    plan = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("scope") == "other" and not data.get("state"):
            self.add_error("state", _("Choose the State."))
        return data

    def scope_code(self) -> str:
        """As `services.check_scope` takes it: an ISO code, "*", or "" for the own State."""
        scope = self.cleaned_data.get("scope") or "own"
        return "*" if scope == "all" else self.cleaned_data["state"].code if scope == "other" else ""


class MappingForm(forms.Form):
    """One row per field of ours: the column, or a value for all rows; and what the words of two columns mean."""

    name = forms.CharField(
        label=_("Name of this mapping"),
        max_length=120,
        help_text=_("It is kept, and found again by the header of the table."),
    )

    def __init__(self, data: Any, *, table: Table, mapping: Mapping) -> None:
        super().__init__(data)
        self.table, self.mapping = table, mapping
        self.fields["name"].initial = mapping.name
        choices = [("", _("not in this table")), *((name, name) for name in table.header if name)]
        for name in FIELDS:
            chosen = next(iter(mapping.columns.get(name, [])), "")
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=FIELD_LABELS[name], choices=choices, required=False, initial=chosen
            )
            if name in MULTIPLE - {"state", "mechanism"}:
                self.fields[f"separator_{name}"] = forms.ChoiceField(
                    label=_("Several values separated by"),
                    choices=SEPARATOR_CHOICES,
                    required=False,
                    initial=mapping.separators.get(name, ""),
                )
            if name in CONSTANT_FIELDS:
                self.fields[f"constant_{name}"] = forms.CharField(
                    label=_("or for all rows"), required=False, max_length=200, initial=mapping.constants.get(name, "")
                )
        self.value_fields = {
            "position": self.add_values("position", POSITION_CHOICES),
            "kind": self.add_values("kind", [("", _("Leave out")), *Kind.choices]),
        }

    def add_values(self, name: str, choices: list[Any]) -> list[str]:
        """A select per word that the column holds (at most 25), beginning with what the word usually means."""
        column = next(iter(self.mapping.columns.get(name, [])), "")
        if column not in self.table.header:
            return []
        place = self.table.header.index(column)
        found = dict.fromkeys(
            cells[place].strip() for _n, cells in self.table.rows[:5000] if place < len(cells) and cells[place].strip()
        )
        made = []
        for n, word in enumerate(list(found)[:25]):
            key = fold_name(word)
            usual = self.mapping.values.get(name, {}).get(key) or DEFAULT_VALUES[name].get(key, "")
            self.fields[f"value_{name}_{n}"] = forms.ChoiceField(
                label=word[:80], choices=choices, required=False, initial=usual
            )
            made.append(f"value_{name}_{n}")
        return made

    def rows(self) -> list[dict[str, Any]]:
        """For the page: the bound fields of each of our fields."""
        return [
            {
                "column": self[f"column_{name}"],
                "separator": self[f"separator_{name}"] if f"separator_{name}" in self.fields else None,
                "constant": self[f"constant_{name}"] if f"constant_{name}" in self.fields else None,
            }
            for name in FIELDS
        ]

    def value_groups(self) -> list[tuple[Any, list[Any]]]:
        return [(FIELD_LABELS[name], [self[f] for f in fields]) for name, fields in self.value_fields.items() if fields]

    def result(self) -> Mapping:
        data = self.cleaned_data
        columns = {}
        for name in FIELDS:
            chosen = data.get(f"column_{name}")
            if chosen:
                before = self.mapping.columns.get(name, [])
                columns[name] = before if before and before[0] == chosen else [chosen]
        values = dict(self.mapping.values)
        for name, fields in self.value_fields.items():
            said = {fold_name(str(self.fields[f].label)): data[f] for f in fields if data.get(f)}
            if said:
                values[name] = {**values.get(name, {}), **said}
        constants = {name: data[f"constant_{name}"] for name in CONSTANT_FIELDS if data.get(f"constant_{name}")}
        separators = {name: data[f"separator_{name}"] for name in MULTIPLE if data.get(f"separator_{name}")}
        return Mapping(columns, values, constants, separators, data["name"])
