"""Fields that several forms of this room have."""

from typing import Any

from django import forms
from django.db.models import Q
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


def offer(field: Any, tickable: Any) -> bool:
    """Let these be ticked; whether there are any. One query, where the field of itself would ask at each use."""
    field.queryset = tickable
    field.choices = [(row.pk, field.label_from_instance(row)) for row in tickable]
    return bool(field.choices)


def candidates(person: Any, *wanted: Any) -> Any:
    """The recommendations of these sets of keys, or queries that give keys, that a person may tick. No query."""
    of_any = Q()
    for keys in wanted:
        of_any |= Q(pk__in=keys)
    seen = Recommendation.objects.own().visible_to(person)
    return seen.filter(of_any).select_related("document").order_by("-published_on", "pk")


__all__ = ["VISIBLE", "Amount", "Currency", "Day", "RecommendationBoxes", "Words", "candidates", "offer"]
