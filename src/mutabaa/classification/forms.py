"""What a person gives on the mapping page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutabaa.taxonomy.models import Theme


class MappingForm(forms.Form):
    national = forms.ModelChoiceField(
        Theme.objects.none(), label=_("National theme"), error_messages={"required": _("Choose a national theme.")}
    )
    uhri = forms.ModelChoiceField(
        Theme.objects.none(), label=_("Theme of UHRI"), error_messages={"required": _("Choose a theme of UHRI.")}
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["national"].queryset = Theme.objects.filter(scheme="national")  # type: ignore[attr-defined]
        self.fields["uhri"].queryset = Theme.objects.filter(scheme="uhri")  # type: ignore[attr-defined]


class NationalThemeForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200, error_messages={"required": _("Give the theme a name.")})
