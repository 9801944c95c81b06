"""What people filter, name and weigh in this room."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.recommendations.models import LANGUAGES
from mutabaa.recurrence.models import PriorityRule
from mutabaa.recurrence.states import LinkState
from mutabaa.taxonomy.models import AffectedGroup, Theme

LEVELS = [("", _("Any")), ("97", _("97 % and more")), ("90", _("90 % and more")), ("80", _("80 % and more"))]


class PairFilter(forms.Form):
    """The view of the pairs: the query string is the whole view."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    suggested = forms.ChoiceField(
        label=_("Suggested"), required=False, choices=[("", _("Any")), *[c for c in LinkState.choices if c[0] in ("repeats", "narrows", "contradicts")]]
    )  # fmt: skip
    likeness = forms.ChoiceField(label=_("Likeness"), required=False, choices=LEVELS)
    across = forms.BooleanField(label=_("Only pairs in two languages"), required=False)


@dataclass(frozen=True)
class PairView:
    """What a query string asks for; what cannot be read is left out."""

    state: str
    form: PairFilter
    q: str = ""
    suggested: str = ""
    likeness: int = 0
    across: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> "PairView":
        form = PairFilter(query)
        form.is_valid()
        given = form.cleaned_data
        state = query.get("state", "")
        return cls(
            state if state in LinkState.values else LinkState.PROPOSED.value,
            form,
            str(given.get("q") or "").strip(),
            str(given.get("suggested") or ""),
            int(given.get("likeness") or 0),
            bool(given.get("across")),
        )

    @property
    def filtered(self) -> bool:
        return bool(self.q or self.suggested or self.likeness or self.across)


class TitlesForm(forms.Form):
    """A title in each language of the installation, the reader's first."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, reader = dict(LANGUAGES), (get_language() or "")[:2]
        used = sorted([c for c in CONTENT_LANGUAGES if c in languages], key=lambda c: c != reader)
        for language in used:
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title – %(language)s") % {"language": names[language]},
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"lang": language, "dir": "auto"}),
            )

    def titles(self) -> dict[str, str]:
        return {name[6:]: value for name, value in self.cleaned_data.items() if name.startswith("title_")}


class AcceptForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    visibility = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[c for c in Visibility.choices if c[0] != "restricted"],
        initial=Visibility.INSTITUTIONS,
    )


class RuleForm(forms.ModelForm):
    """The weights. `version` guards against a second person's changes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = PriorityRule
        fields = (
            "recurrence", "follow_up", "gravity", "groups", "high", "medium", "grave_themes", "first_groups", "smallest", "largest",
        )  # fmt: skip
        widgets = {"grave_themes": forms.CheckboxSelectMultiple, "first_groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grave_themes"].queryset = Theme.objects.all()  # type: ignore[attr-defined]
        self.fields["first_groups"].queryset = AffectedGroup.objects.all()  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version
