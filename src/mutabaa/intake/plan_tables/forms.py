"""The page on which a person says what the columns of a plan's table hold, and to which plan it belongs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutabaa.core.errors import Invalid
from mutabaa.intake.plan_tables.grid import Grid
from mutabaa.intake.plan_tables.states import FIELD_LABELS
from mutabaa.intake.plan_tables.words import FIELDS
from mutabaa.intake.tables.mapping import Mapping
from mutabaa.plans.models import Plan
from mutabaa.plans.services.plans import checked_currency
from mutabaa.plans.states import MeasureType, PlanState
from mutabaa.recommendations.forms import day_field
from mutabaa.recommendations.models import LANGUAGES


class PlanColumnsForm(forms.Form):
    plan = forms.ModelChoiceField(
        Plan.objects.filter(state=PlanState.DRAFT),
        label=_("Plan"),
        required=False,
        empty_label=_("A new plan, described below"),
        to_field_name="public_id",
    )
    title = forms.CharField(label=_("Title of the new plan"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES, required=False)
    starts_on = day_field(_("Begins on"), required=False)
    ends_on = day_field(_("Ends on"), required=False)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        required=False,
        help_text=_("Three letters of ISO 4217, such as USD, EUR or XOF."),
    )

    def __init__(self, data: Any, *, grid: Grid, mapping: Mapping, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.mapping = mapping
        choices = [("", _("not in this table")), *((name, name) for name in grid.header if name)]
        for name in FIELDS:
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=FIELD_LABELS[name],
                choices=choices,
                required=name == "title",
                initial=next(iter(mapping.columns.get(name, [])), ""),
            )
        types = [("", "---------"), *MeasureType.choices]
        constants = mapping.constants
        self.fields["constant_type"] = forms.ChoiceField(
            label=_("or for all rows"), choices=types, required=False, initial=constants.get("type", "")
        )
        for name, length in (("target", 300), ("currency", 3), ("year", 4)):
            self.fields[f"constant_{name}"] = forms.CharField(
                label=_("or for all rows"), max_length=length, required=False, initial=constants.get(name, "")
            )

    def rows(self) -> list[dict[str, Any]]:
        """For the page: the bound fields of each of our fields."""
        return [
            {
                "column": self[f"column_{name}"],
                "constant": self[f"constant_{name}"] if f"constant_{name}" in self.fields else None,
            }
            for name in FIELDS
        ]

    def clean_currency(self) -> str:
        code = self.cleaned_data["currency"]
        try:
            return checked_currency(code) if code else ""
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal

    def clean_constant_currency(self) -> str:
        code = self.cleaned_data["constant_currency"]
        try:
            return checked_currency(code) if code else ""
        except Invalid as refusal:
            raise forms.ValidationError(str(refusal.message)) from refusal

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("plan") or self.has_error("plan"):
            return data
        for name in ("title", "starts_on", "ends_on"):
            if not data.get(name) and not self.has_error(name):
                self.add_error(name, _("A new plan needs this."))
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the beginning. Correct one of the two dates."))
        return data

    def chosen_plan(self) -> dict[str, str]:
        data = self.cleaned_data
        if data["plan"]:
            return {"id": data["plan"].public_id}
        return {
            "title": data["title"],
            "language": data["language"] or "en",
            "starts_on": data["starts_on"].isoformat(),
            "ends_on": data["ends_on"].isoformat(),
            "currency": data["currency"],
        }

    def result(self) -> Mapping:
        data = self.cleaned_data
        columns = {name: [data[f"column_{name}"]] for name in FIELDS if data.get(f"column_{name}")}
        constants = {
            name: data[f"constant_{name}"]
            for name in ("type", "target", "currency", "year")
            if data.get(f"constant_{name}")
        }
        return Mapping(columns=columns, constants=constants, name=self.mapping.name)
