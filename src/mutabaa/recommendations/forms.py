"""The forms of the recommendations room."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.models import User
from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.institutions.models import Institution
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.models import LANGUAGES, Cluster, Recommendation
from mutabaa.recommendations.states import Kind, Position, Priority, PriorityReason
from mutabaa.taxonomy.models import AffectedGroup, Sdg, State, Theme


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=DateInput(), input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **kwargs
    )


class TagsMixin(forms.Form):
    themes = forms.ModelMultipleChoiceField(Theme.objects.all(), label=_("Themes"), required=False)
    groups = forms.ModelMultipleChoiceField(AffectedGroup.objects.all(), label=_("Affected groups"), required=False)
    sdgs = forms.ModelMultipleChoiceField(Sdg.objects.all(), label=_("SDG goals and targets"), required=False)


class RecommendationForm(TagsMixin):
    """Enter or edit one item. `version` is the one that the form started from."""

    paragraph = forms.CharField(
        label=_("Paragraph"), max_length=40, required=False, help_text=_("As printed: 24 (a), 132.45")
    )
    kind = forms.ChoiceField(label=_("Type"), choices=Kind.choices)
    text = forms.CharField(label=_("Original text"), widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}))
    language = forms.ChoiceField(label=_("Language of the original"), choices=LANGUAGES)
    recommending_states = forms.ModelMultipleChoiceField(
        State.objects.all(), label=_("Recommending States"), required=False
    )
    addressee = forms.CharField(label=_("Addressee, where it is not the State"), max_length=200, required=False)
    follow_up = forms.BooleanField(label=_("Selected for a follow-up procedure"), required=False)
    due_on = day_field(_("Due date"), required=False)
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)
    readers = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True),
        label=_("Named readers"),
        required=False,
        help_text=_("Only for \u201cnamed persons only\u201d."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    field_order = ["paragraph", "kind", "text", "language"]


class NewRecommendationForm(RecommendationForm):
    mechanism = forms.ModelChoiceField(Mechanism.objects.all(), label=_("Mechanism"))
    symbol = forms.CharField(
        label=_("Document symbol"),
        max_length=120,
        help_text=_("For example CRC/C/XXX/CO/4; any other reference is kept as it is."),
    )
    document_kind = forms.ChoiceField(label=_("Kind of document"), choices=Document.Kind.choices)
    published_on = day_field(_("Date of the document"))
    cycle = forms.IntegerField(label=_("Cycle (UPR)"), required=False, min_value=1, max_value=20)
    field_order = [
        "mechanism",
        "symbol",
        "document_kind",
        "published_on",
        "cycle",
        "paragraph",
        "kind",
        "text",
        "language",
    ]


class PositionForm(forms.Form):
    position = forms.ChoiceField(label=_("Position"), choices=[c for c in Position.choices if c[0]])
    partial = forms.BooleanField(label=_("In part"), required=False)
    text = forms.CharField(
        label=_("Verbatim text of the State"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), required=False
    )
    stated_on = day_field(_("Date of the statement"))
    symbol = forms.CharField(label=_("Document of the statement"), max_length=120, required=False)


class TranslationForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}))
    official = forms.BooleanField(label=_("This is the official translation"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class SplitForm(forms.Form):
    texts = forms.CharField(
        label=_("Components"),
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
        help_text=_(
            "One aspect on each line. The whole text stays as it is; each aspect gets its own institution and status."
        ),
    )

    def clean_texts(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]


class ComponentForm(forms.Form):
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    institution = forms.ModelChoiceField(
        Institution.objects.filter(active=True), label=_("Institution"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PriorityForm(forms.Form):
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices, required=False)
    priority_reason = forms.ChoiceField(label=_("Reason"), choices=PriorityReason.choices, required=False)
    priority_note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class ClusterPriorityForm(PriorityForm):
    members_too = forms.BooleanField(
        label=_("Give all its recommendations the same priority"), required=False, initial=True
    )


class ClusterForm(forms.Form):
    """Title and description in the languages of the installation, the reader's first, the others folded away; at least one title."""

    theme = forms.ModelChoiceField(Theme.objects.all(), label=_("Theme"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who may read it"), choices=[c for c in Visibility.choices if c[0] != "restricted"]
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, languages: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(LANGUAGES)
        used = [code for code in CONTENT_LANGUAGES if code in languages]
        reader = (get_language() or "")[:2]
        self.first = reader if reader in used else used[0]
        for language in used:
            attrs = {"lang": language, "dir": "auto"}
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title – %(language)s") % {"language": names[language]},
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs=attrs),
            )
            self.fields[f"description_{language}"] = forms.CharField(
                label=_("Description – %(language)s") % {"language": names[language]},
                required=False,
                widget=forms.Textarea(attrs=attrs | {"rows": 2}),
            )
        self.fields["code"] = forms.SlugField(
            label=_("Code"),
            max_length=60,
            required=False,
            help_text=_("Short, for addresses: detention-conditions. Left empty, it is made from the title."),
        )
        mine = [f"title_{self.first}", f"description_{self.first}"]
        self.order_fields([*mine, "theme", "visibility"])

    @property
    def shown(self) -> list[Any]:
        """The bound fields in sight."""
        return [f for f in self.visible_fields() if f not in self.folded]

    @property
    def folded(self) -> list[Any]:
        """Those of the other languages, and the code."""
        return [
            self[name]
            for name in self.fields
            if name == "code" or (name.startswith(("title_", "description_")) and not name.endswith("_" + self.first))
        ]

    @property
    def folded_has_errors(self) -> bool:
        return any(bound.errors for bound in self.folded)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(f"title_{language}") for language in CONTENT_LANGUAGES):
            raise forms.ValidationError(_("Give the cluster a title in at least one language."))
        return data


class KeepViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=80)
    shared = forms.BooleanField(label=_("Show it to everyone who works here"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False)


def initial_of(row: Recommendation) -> dict[str, Any]:
    names = ["paragraph", "kind", "text", "language", "addressee", "follow_up", "due_on", "visibility", "version"]
    tags = {
        name: list(getattr(row, name).all()) for name in ("themes", "groups", "sdgs", "recommending_states", "readers")
    }
    return {name: getattr(row, name) for name in names} | tags


def initial_of_cluster(row: Cluster) -> dict[str, Any]:
    names = ["code", "theme", "visibility", "version"]
    texts = [f"{part}_{language}" for part in ("title", "description") for language in CONTENT_LANGUAGES]
    return {name: getattr(row, name) for name in names + texts}
