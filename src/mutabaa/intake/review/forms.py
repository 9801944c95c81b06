"""The forms of a review: what the document says of itself, one item, and where an item is to be divided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutabaa.intake.models import DocumentReading, ReadItem
from mutabaa.intake.review.services import FACTS, FIELDS
from mutabaa.mechanisms.models import Mechanism
from mutabaa.recommendations.models import LANGUAGES
from mutabaa.taxonomy.models import State


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FactsForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = DocumentReading
        fields = FACTS
        widgets = {name: DateInput() for name in ("published_on", "follow_up_due", "next_report_due")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.initial["version"] = self.instance.version
        fields["mechanism"].queryset = Mechanism.objects.order_by("order", "code")
        fields["state"].queryset = State.objects.all()
        fields["language"].choices = [("", "–"), *LANGUAGES]
        fields["purpose"].help_text = _("Translations and positions are matched by the number of the paragraph.")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class ItemForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    recommending = forms.ModelMultipleChoiceField(
        queryset=State.objects.none(), required=False, label=_("Recommending States"), widget=forms.SelectMultiple(attrs={"size": 6})
    )  # fmt: skip

    class Meta:
        model = ReadItem
        fields = FIELDS
        widgets = {
            "due_on": DateInput(),
            "text": forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
            "position_text": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["recommending"].queryset = State.objects.all()
        self.initial["recommending"] = list(getattr(self.instance, "recommending", []) or [])
        self.initial["version"] = self.instance.version

    def clean_recommending(self) -> list[str]:
        """ISO codes, as the item keeps them."""
        return sorted(state.pk for state in self.cleaned_data["recommending"])

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}


class SplitForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text, with an empty line wherever a new item begins"), widget=forms.Textarea(attrs={"rows": 14, "dir": "auto"})
    )  # fmt: skip

    def parts(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["text"].replace("\r", "").split("\n")]
        return [part.strip() for part in "\n".join(lines).split("\n\n")]
