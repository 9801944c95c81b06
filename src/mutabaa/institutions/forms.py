"""Forms of institutions, people and settings. Languages that the installation does not use are folded away."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.models import Role
from mutabaa.core.installation import current
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.institutions.models import FocalPoint, Installation, Institution
from mutabaa.institutions.services import INSTITUTION_FIELDS, SETTING_FIELDS

LANGUAGE_NAMES = {code[:2]: name for code, name in settings.LANGUAGES}


class ManyLanguages:
    """For forms with a field per language: `used` and `folded` are the bound fields for the template."""

    translated: tuple[str, ...] = ()

    def language_fields(self, languages: list[str], *, used: bool) -> list[Any]:
        wanted = [c for c in CONTENT_LANGUAGES if (c in languages) == used]
        wanted.sort(key=lambda code: languages.index(code) if code in languages else 0)
        return [self[f"{field}_{code}"] for code in wanted for field in self.translated]  # type: ignore[index]

    def prepare_languages(self, labels: dict[str, Any]) -> None:
        self.languages = current().languages or ["en"]
        for field, label in labels.items():
            for code in CONTENT_LANGUAGES:
                item = self.fields[f"{field}_{code}"]  # type: ignore[attr-defined]
                item.label = _("%(field)s in %(language)s") % {"field": label, "language": LANGUAGE_NAMES[code]}
                item.widget.attrs |= {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}

    @property
    def used(self) -> list[Any]:
        return self.language_fields(self.languages, used=True)

    @property
    def folded(self) -> list[Any]:
        return self.language_fields(self.languages, used=False)

    @property
    def folded_has_errors(self) -> bool:
        return any(bound.errors for bound in self.folded)


class InstitutionForm(ManyLanguages, forms.ModelForm):
    translated = ("name", "short")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Institution
        fields = INSTITUTION_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare_languages({"name": _("Name"), "short": _("Short name")})
        others = Institution.objects.order_by("code")
        self.fields["parent"].queryset = others.exclude(pk=self.instance.pk) if self.instance.pk else others  # type: ignore[attr-defined]
        self.fields["active"].help_text = _("An inactive institution can no longer be given recommendations.")
        self.fields["version"].initial = self.instance.version

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in INSTITUTION_FIELDS}


class DaysField(forms.CharField):
    """`-7, 0, 7` as a list of whole numbers, sorted, each once."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(day) for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[int]:  # type: ignore[override]
        if isinstance(value, list):
            return value
        try:
            days = sorted(
                {int(part) for part in (value or "").replace("،", ",").replace("−", "-").split(",") if part.strip()}
            )
        except ValueError as fault:
            raise forms.ValidationError(_("Write whole numbers with commas between them, such as -7, 0, 7.")) from fault
        if any(abs(day) > 365 for day in days) or len(days) > 10:
            raise forms.ValidationError(_("At most ten reminders, within a year of the due date."))
        return days

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


class SettingsForm(ManyLanguages, forms.ModelForm):
    translated = ("title",)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages of the content"),
        choices=[(c, LANGUAGE_NAMES[c]) for c in CONTENT_LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The interface stands in all six; names and texts are asked for in these."),
    )
    default_visibility = forms.ChoiceField(label=_("Visibility of new recommendations"), choices=Visibility.choices)
    reminder_days = DaysField(
        label=_("Reminders of requests"),
        required=False,
        help_text=_("Days before (negative) and after the due date, with commas: -7, 0, 7."),
    )
    stale_after_days = forms.IntegerField(
        label=_("Days without update after which an item is stale"), min_value=1, max_value=3650
    )

    class Meta:
        model = Installation
        fields = SETTING_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepare_languages({"title": _("Title"), "mandate": _("Mandate")})
        self.fields["host"].required = False
        self.fields["host"].queryset = Institution.objects.filter(active=True)  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version

    @property
    def mandates(self) -> list[Any]:
        """The languages of the installation first; folded away in the page, since it is long and seldom changed."""
        codes = sorted(CONTENT_LANGUAGES, key=lambda c: self.languages.index(c) if c in self.languages else 99)
        return [self[f"mandate_{code}"] for code in codes]

    def clean_languages(self) -> list[str]:
        """The main language stays first."""
        chosen = self.cleaned_data["languages"]
        kept = [code for code in self.instance.languages if code in chosen]
        return kept + [code for code in chosen if code not in kept]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SETTING_FIELDS}


LANGUAGE_CHOICES = [("", _("as the person's browser asks")), *settings.LANGUAGES]


class SuccessorForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=160)
    language = forms.ChoiceField(label=_("Language of the first message"), choices=LANGUAGE_CHOICES, required=False)


class InvitationForm(SuccessorForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    institution = forms.ModelChoiceField(
        label=_("Institution"),
        queryset=Institution.objects.none(),
        required=False,
        help_text=_("For contributors: the institution they work for."),
    )
    kind = forms.ChoiceField(
        label=_("Post"), choices=FocalPoint.Kind.choices, required=False, help_text=_("For contributors.")
    )
    field_order = ["email", "name", "role", "institution", "kind", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.filter(active=True)  # type: ignore[attr-defined]


class PostForm(forms.Form):
    institution = forms.ModelChoiceField(label=_("Institution"), queryset=Institution.objects.none())
    kind = forms.ChoiceField(label=_("Post"), choices=FocalPoint.Kind.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = Institution.objects.filter(active=True)  # type: ignore[attr-defined]
