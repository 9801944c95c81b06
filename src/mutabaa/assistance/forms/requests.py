"""A request: its thirteen parts, the rows of three of them, and the form of each step."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.assistance.forms.fields import VISIBLE, Amount, Currency, Day, RecommendationBoxes, Words, offer
from mutabaa.assistance.models import AssistanceRequest, Fund
from mutabaa.assistance.states import ANSWERS, BudgetSource, RequestState
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import Sdg

TEXTS = (
    "contact", "gap_text", "evidence", "assistance", "objective", "beneficiaries", "gender_analysis", "participation",
    "plan_item", "national_policy", "cooperation_framework", "partners", "sustainability", "risks", "monitoring",
)  # fmt: skip
LONG = ("gap_text", "assistance")


class RequestForm(forms.ModelForm):
    recommendations = RecommendationBoxes(
        queryset=Recommendation.objects.none(), label=gettext_lazy("Recommendations addressed"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AssistanceRequest
        fields = (
            "title", "language", "contact", "gap_text", "evidence", "assistance", "fund", "provider", "addressee",
            "objective", "beneficiaries", "gender_marker", "gender_analysis", "participation", "plan_item",
            "national_policy", "cooperation_framework", "sdgs", "partners", "sustainability", "risks", "monitoring",
        )  # fmt: skip
        widgets = {
            "sdgs": forms.CheckboxSelectMultiple,
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "addressee": forms.TextInput(attrs={"dir": "auto"}),
            **{name: forms.Textarea(attrs={"rows": 5 if name in LONG else 3, "dir": "auto"}) for name in TEXTS},
        }
        help_texts = {
            "contact": gettext_lazy("The post that answers questions, not a private person."),
            "addressee": gettext_lazy("The office that the request goes to, where fund or provider do not name it."),
            "gender_marker": gettext_lazy("How far the activity serves gender equality."),
            "partners": gettext_lazy(
                "United Nations country team, national human rights institution, civil society and others."
            ),
            "plan_item": gettext_lazy("Outcome and measure of the plan that the request belongs to."),
        }

    def __init__(self, *args: Any, tickable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        self.tickable = offer(fields["recommendations"], tickable)
        fields["recommendations"].initial = list(self.instance.recommendations.all())
        fields["fund"].queryset = Fund.objects.for_requests(timezone.localdate())
        fields["sdgs"].queryset = Sdg.objects.filter(goal=None)
        fields["version"].initial = self.instance.version

    def values(self) -> dict[str, Any]:
        data = {n: v for n, v in self.cleaned_data.items() if n != "version"}
        return data | {"recommendations": list(data["recommendations"]), "sdgs": list(data["sdgs"])}


class ResultRow(forms.Form):
    result = forms.CharField(label=gettext_lazy("Expected result"), required=False, max_length=2000)
    indicator = forms.CharField(label=gettext_lazy("Indicator"), required=False, max_length=2000)
    target = forms.CharField(label=gettext_lazy("Target"), required=False, max_length=250)


class ActivityRow(forms.Form):
    activity = forms.CharField(label=gettext_lazy("Activity"), required=False, max_length=2000)
    starts_on = Day(label=gettext_lazy("From"), required=False)
    ends_on = Day(label=gettext_lazy("Until"), required=False)
    responsible = forms.CharField(label=gettext_lazy("Responsible"), required=False, max_length=250)


class LineRow(forms.Form):
    source = forms.ChoiceField(label=gettext_lazy("Source"), choices=BudgetSource, required=False)
    label = forms.CharField(label=gettext_lazy("For what"), required=False, max_length=250)
    donor = forms.CharField(label=gettext_lazy("Donor, where others give"), required=False, max_length=200)
    amount = Amount(label=gettext_lazy("Amount"), required=False)
    currency = Currency(required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("label") and data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Write the amount; 0 where nothing is asked for."))
        if data.get("amount") is not None and not data.get("label"):
            self.add_error("label", _("Say what the amount is for."))
        return data


EMPTY_ROWS = 2
FORMSETS: dict[str, tuple[Any, str]] = {
    "results": (forms.formset_factory(ResultRow, extra=EMPTY_ROWS, max_num=60), "result"),
    "activities": (forms.formset_factory(ActivityRow, extra=EMPTY_ROWS, max_num=60), "activity"),
    "lines": (forms.formset_factory(LineRow, extra=EMPTY_ROWS, max_num=60), "label"),
}


def row_formsets(data: Any, request: AssistanceRequest) -> dict[str, Any]:
    """The three lists of rows, with two empty rows each. Three queries unless prefetched."""
    return {
        name: made(data, prefix=name, initial=[vars(row) for row in getattr(request, name).all()])
        for name, (made, _first) in FORMSETS.items()
    }


def rows_given(formsets: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The filled rows in their order: a row without its first word is left out."""
    out = {}
    for name, formset in formsets.items():
        first = FORMSETS[name][1]
        filled = [form.cleaned_data for form in formset if form.cleaned_data.get(first, "").strip()]
        out[name] = [{key: value for key, value in row.items() if key != "DELETE"} for row in filled]
    return out


class OnForm(forms.Form):
    """A day, today unless another is written, and the version that the person read."""

    on = Day(label=gettext_lazy("Date"))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class PlainForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReasonForm(PlainForm):
    reason = Words(rows=3, label=gettext_lazy("Reason"))


class ConsentForm(OnForm):
    authority = forms.CharField(
        label=gettext_lazy("Authority that consents"),
        max_length=250,
        help_text=gettext_lazy("The office, not the person: for example the Minister of Foreign Affairs."),
    )
    instrument = forms.CharField(
        label=gettext_lazy("Instrument"),
        max_length=250,
        help_text=gettext_lazy("The decision, letter or note, with its number."),
    )
    field_order = ["authority", "instrument", "on"]


class SubmitForm(OnForm):
    how = forms.CharField(
        label=gettext_lazy("How it was submitted"),
        max_length=250,
        help_text=gettext_lazy("For example by note verbale through the Permanent Mission in Geneva."),
    )


class NoteForm(OnForm):
    note = Words(rows=4, label=gettext_lazy("Note"), required=False)


class AnswerForm(OnForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=[(s, RequestState(s).label) for s in ANSWERS], widget=forms.RadioSelect
    )
    what = Words(rows=4, label=gettext_lazy("What was granted, or why it was declined"))
    amount = Amount(label=gettext_lazy("Amount granted"), required=False)
    currency = Currency(required=False)
    conditions = Words(rows=3, label=gettext_lazy("Conditions"), required=False)
    field_order = ["outcome", "on", "what", "amount", "currency", "conditions"]


class EvaluateForm(OnForm):
    """With a field for each expected result."""

    evaluation = Words(rows=5, label=gettext_lazy("What came of it"))
    lessons = Words(rows=4, label=gettext_lazy("Lessons learned"), required=False)

    def __init__(self, *args: Any, results: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in results:
            self.fields[f"achieved_{row.pk}"] = Words(
                rows=2, label=_("Achieved: %(result)s") % {"result": row.result[:120]}, required=False
            )

    def values(self) -> dict[str, Any]:
        achieved = {int(n[9:]): v for n, v in self.cleaned_data.items() if n.startswith("achieved_")}
        plain = {n: v for n, v in self.cleaned_data.items() if not n.startswith("achieved_")}
        return plain | {"achieved": achieved}


class ReadersForm(PlainForm):
    visibility = forms.ChoiceField(label=gettext_lazy("Who may read it"), choices=VISIBLE)
