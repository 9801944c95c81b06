"""The form of a law, policy or other instrument. Languages that the installation does not use are folded away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.policies import is_secretariat
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.institutions.forms import ManyLanguages
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import institution_ids
from mutabaa.norms.models import Instrument
from mutabaa.norms.policies import may_set_visibility
from mutabaa.norms.services import TITLES, VISIBILITIES
from mutabaa.norms.states import InstrumentKind, InstrumentState
from mutabaa.recommendations.forms import day_field
from mutabaa.recommendations.models import LANGUAGES
from mutabaa.taxonomy.models import Theme


class InstrumentForm(ManyLanguages, forms.Form):
    """`by` decides which institutions and whether the visibility stand to choose."""

    translated = ("title",)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "---------"), *InstrumentKind.choices])
    state = forms.ChoiceField(label=_("State of the instrument"), choices=InstrumentState.choices)
    citation = forms.CharField(
        label=_("Number or citation"),
        max_length=200,
        required=False,
        help_text=_("As it is cited: Law No. 14 of 2024, Official Gazette 31."),
    )
    adopted_by = forms.ModelChoiceField(Institution.objects.none(), label=_("Adopted or issued by"), required=False)
    adopted_on = day_field(_("Adopted on"), required=False)
    in_force_on = day_field(_("In force since"), required=False)
    ended_on = day_field(_("Repealed or replaced on"), required=False)
    summary = forms.CharField(
        label=_("What it changes"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        required=False,
        help_text=_("In plain words: what is different for people since then."),
    )
    language = forms.ChoiceField(label=_("Language of this text"), choices=LANGUAGES)
    url = forms.CharField(
        label=_("Address of the text"),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
        help_text=_("Where the instrument itself can be read, for example in the official gazette."),
    )
    themes = forms.ModelMultipleChoiceField(Theme.objects.all(), label=_("Themes"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who may read it"), choices=[(v.value, v.label) for v in Visibility if v in VISIBILITIES]
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TITLES:
            self.fields[name] = forms.CharField(max_length=300, required=False)
        self.prepare_languages({"title": _("Title")})
        places: Any = self.fields["adopted_by"]
        places.queryset = Institution.objects.filter(active=True)
        if not is_secretariat(by):
            places.queryset = Institution.objects.filter(pk__in=institution_ids(by))
            places.required = True
        if not may_set_visibility(by):
            del self.fields["visibility"]

    @property
    def dates(self) -> list[Any]:
        return [self[name] for name in ("adopted_on", "in_force_on", "ended_on")]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in TITLES):
            raise forms.ValidationError(_("Give the instrument a title in at least one language."))
        return data


def initial_of(row: Instrument) -> dict[str, Any]:
    names = [
        "kind", "state", "citation", "adopted_by", "adopted_on", "in_force_on", "ended_on", "summary", "language", "url",
        "visibility", "version", *(f"title_{language}" for language in CONTENT_LANGUAGES),
    ]  # fmt: skip
    return {name: getattr(row, name) for name in names} | {"themes": list(row.themes.all())}
