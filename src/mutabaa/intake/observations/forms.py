"""Sending a file of figures, and saying what its columns hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutabaa.indicators.models import Category, Dimension, Indicator
from mutabaa.intake.observations.columns import Layout
from mutabaa.taxonomy.models import State

COMMAS = [
    ("", pgettext_lazy("table", "As the table shows")),
    ("decimal", pgettext_lazy("table", "12,5: the comma parts decimals")),
    ("thousands", pgettext_lazy("table", "1,234: the comma parts thousands")),
]
ROLE_LABELS = {
    "": _("Not read"), "indicator": _("Indicator"), "area": _("State or area"), "period": _("Period"), "value": _("Value"),
    "numerator": _("Numerator"), "denominator": _("Denominator"), "low": _("Lower bound"), "high": _("Upper bound"),
    "n": _("People asked"), "status": _("Status"), "source": _("Source"), "note": _("Note"), "unit": _("Unit"), "breaks": _("Break in the series"),
}  # fmt: skip


class WholeTable(forms.Form):
    """What holds for every row, where no column says it."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.filter(active=True), label=_("Indicator"), to_field_name="code", required=False
    )
    area = forms.ModelChoiceField(State.objects.all(), label=_("State or area"), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)
    comma = forms.ChoiceField(label=_("Comma in numbers"), choices=COMMAS, required=False)

    def options(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "indicator": given["indicator"].code if given.get("indicator") else "",
            "area": given["area"].code if given.get("area") else "",
            "source": given.get("source") or "",
            "comma": given.get("comma") or "",
        }


class UploadForm(WholeTable):
    file = forms.FileField(label=_("File"), help_text=_("SDMX-CSV, SDMX-ML, or any table in CSV or Excel."))
    field_order = ["file", "indicator", "area", "source", "comma"]


class ColumnsForm(WholeTable):
    """A choice of roles for each column, as they were understood."""

    def __init__(self, *args: Any, layout: Layout, sheets: list[str], sheet: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layout = layout
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=[(s, s) for s in sheets], initial=sheet, required=False
            )
        roles = self.roles()
        for n, name in enumerate(layout.names):
            present = layout.roles[n]
            extra = [] if any(present == value for value, _label in roles) else [(present, present.partition(":")[2])]
            self.fields[f"column_{n}"] = forms.ChoiceField(
                label=name or f"{n + 1}", choices=[*roles, *extra], initial=present, required=False
            )

    @staticmethod
    def roles() -> list[tuple[str, Any]]:
        dimensions = list(Dimension.objects.all())
        names = {d.pk: d for d in dimensions}
        groups = [
            (f"group:{names[c.dimension_id].code}={c.code}", f"{names[c.dimension_id]}: {c}")
            for c in Category.objects.order_by("dimension__order", "order")
        ]
        return [*ROLE_LABELS.items(), *((f"dimension:{d.code}", str(d)) for d in dimensions), *groups]

    def options(self) -> dict[str, Any]:
        said = super().options()
        said["roles"] = [self.cleaned_data.get(f"column_{n}", "") for n in range(len(self.layout.names))]
        if "sheet" in self.fields:
            said["sheet"] = self.cleaned_data.get("sheet") or ""
        return said

    @property
    def columns(self) -> list[Any]:
        return [self[f"column_{n}"] for n in range(len(self.layout.names))]
