"""Fields that several forms of this room have."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mutabaa.followup.forms import VISIBLE, Day, Words
from mutabaa.recommendations.models import Recommendation


class Currency(forms.CharField):
    """The three letters of ISO 4217, in capitals however they were typed."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"dir": "ltr", "size": 3, "autocapitalize": "characters", "spellcheck": "false"})
        super().__init__(max_length=3, widget=widget, label=kwargs.pop("label", gettext_lazy("Currency")), **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


class Amount(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"dir": "ltr", "inputmode": "decimal"})
        super().__init__(max_digits=16, decimal_places=2, min_value=0, widget=widget, **kwargs)


class RecommendationBoxes(forms.ModelMultipleChoiceField):
    """Tick boxes with symbol, paragraph and the beginning of the text. The queryset must be what the person sees."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.reference} – {obj.text[:140]}{'…' if len(obj.text) > 140 else ''}"


def candidates(person: Any, pks: Any) -> Any:
    """The recommendations of these keys that a person may tick."""
    seen = Recommendation.objects.own().visible_to(person)
    return seen.filter(pk__in=pks).select_related("document").order_by("-published_on", "pk")


__all__ = ["VISIBLE", "Amount", "Currency", "Day", "RecommendationBoxes", "Words", "candidates"]
