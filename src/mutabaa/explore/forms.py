"""What a person says when saving a search."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedSearchForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120, error_messages={"required": _("Give the search a name.")})
    alerts = forms.BooleanField(
        label=_("Tell me when something new matches"),
        required=False,
        help_text=_("A notice here and, where your account allows it, an e-mail. Each record is told once."),
    )

    def __init__(self, data: Any = None, *, name: str, alerts: bool = True) -> None:
        super().__init__(data, initial={"name": name, "alerts": alerts})
