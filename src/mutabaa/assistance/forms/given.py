"""What this State gives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from mutabaa.assistance.forms.fields import VISIBLE, Amount, Currency, Words
from mutabaa.assistance.models import Given
from mutabaa.assistance.policies import institutions_open_to, may_choose_readers
from mutabaa.institutions.models import Institution


class GivenForm(forms.ModelForm):
    amount = Amount(label=gettext_lazy("Amount"), required=False)
    currency = Currency(required=False)
    description = Words(rows=4, label=gettext_lazy("Description"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Given
        fields = (
            "kind", "year", "fund", "state", "recipient", "form", "mode", "institution", "amount", "currency",
            "description", "visibility",
        )  # fmt: skip

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        places = Institution.objects.filter(active=True)
        if (own := institutions_open_to(person)) is not None:
            places = places.filter(pk__in=own)
            fields["institution"].required = True
        fields["institution"].queryset = places
        if may_choose_readers(person):
            fields["visibility"].choices = VISIBLE
        else:
            del fields["visibility"]
        fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        return {n: v for n, v in self.cleaned_data.items() if n != "version"}
