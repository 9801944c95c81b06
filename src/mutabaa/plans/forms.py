"""The forms of plans. They check shape; the services check sense and permission."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.followup.forms import Day, Words
from mutabaa.followup.models import Obstacle
from mutabaa.indicators.models import Indicator
from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.plans.models import BudgetLine, Milestone, Outcome, Plan
from mutabaa.plans.states import BudgetSource, Execution, Funding, PlanKind
from mutabaa.recommendations.models import LANGUAGES, Cluster
from mutabaa.taxonomy.models import AffectedGroup, Theme

READERS = [(v, v.label) for v in Visibility if v != Visibility.RESTRICTED and v != Visibility.PUBLIC]


class Version(forms.IntegerField):
    """The version that the form started from."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)


class PlanForm(forms.Form):
    """A plan's own facts: titles in the installation's languages, the reader's first and the others folded away."""

    kind = forms.ChoiceField(label=_("Kind of plan"), choices=PlanKind)
    starts_on = Day(label=_("Begins on"))
    ends_on = Day(label=_("Ends on"))
    language = forms.ChoiceField(label=_("Language of the text"), choices=LANGUAGES)
    description = Words(rows=4, label=_("Purpose and scope"), required=False)
    mandate = Words(
        rows=3,
        label=_("Mandate"),
        required=False,
        help_text=_("On what the plan rests: a law, a decision of the government, a strategy."),
    )
    grew_from = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Grew from"), required=False, help_text=_("The strategy that gave rise to it.")
    )
    themes = forms.ModelMultipleChoiceField(Theme.objects.all(), label=_("Themes"), required=False)
    authors = forms.ModelMultipleChoiceField(
        Institution.objects.all(),
        label=pgettext_lazy("plan", "Written by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other_authors = Words(
        rows=2,
        label=_("Other authors"),
        required=False,
        help_text=_("Organizations of civil society and others, one on each line."),
    )
    currency = forms.CharField(
        label=_("Currency"), max_length=3, required=False, help_text=_("Three letters of ISO 4217: USD, EUR, XOF.")
    )
    visibility = forms.ChoiceField(label=_("Who reads it before it is public"), choices=READERS)
    open_to_partners = forms.BooleanField(
        label=_("Show it to the NHRI, civil society and parliament before it is public"), required=False
    )
    version = Version()

    def __init__(self, *args: Any, languages: list[str], plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grew_from"].queryset = plans  # type: ignore[attr-defined]
        names = dict(LANGUAGES)
        used = [code for code in CONTENT_LANGUAGES if code in languages]
        reader = (get_language() or "")[:2]
        self.first = reader if reader in used else used[0]
        for language in used:
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title – %(language)s") % {"language": names[language]},
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"lang": language, "dir": "auto"}),
            )
        self.order_fields([f"title_{self.first}"])

    @property
    def folded(self) -> list[Any]:
        """The titles in the other languages."""
        return [self[n] for n in self.fields if n.startswith("title_") and n != f"title_{self.first}"]

    @property
    def shown(self) -> list[Any]:
        folded = {bound.name for bound in self.folded}
        return [bound for bound in self.visible_fields() if bound.name not in folded]

    @property
    def folded_has_errors(self) -> bool:
        return any(bound.errors for bound in self.folded)

    def values(self) -> dict[str, Any]:
        """What the services take."""
        data = dict(self.cleaned_data)
        data.pop("version")
        others = [line.strip() for line in data.pop("other_authors").splitlines() if line.strip()]
        return data | {"authors": [*data["authors"], *others]}


def initial_of_plan(plan: Plan) -> dict[str, Any]:
    """Four queries."""
    names = [n for n in PlanForm.base_fields if n not in {"themes", "authors", "other_authors"}]
    titles = [f"title_{language}" for language in CONTENT_LANGUAGES]
    authors = list(plan.authors.select_related("institution"))
    return {n: getattr(plan, n) for n in names + titles} | {
        "themes": list(plan.themes.all()),
        "authors": [a.institution for a in authors if a.institution],
        "other_authors": "\n".join(a.name for a in authors if not a.institution_id),
    }


class OutcomeForm(forms.Form):
    situation = Words(
        rows=4,
        label=_("Situation"),
        required=False,
        help_text=_("What is wrong today, for whom, and how one knows."),
    )
    title = Words(
        rows=2,
        label=_("Desired outcome"),
        help_text=_("The change in people's lives, not what the State will do: “Children reach their fifth birthday”."),
    )
    target = Words(
        rows=2,
        label=_("Target"),
        help_text=_("By what one will see that it was reached, and when: a figure and a year."),
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.none(),
        label=_("Cluster"),
        required=False,
        help_text=_("All its recommendations come into the plan."),
    )
    theme = forms.ModelChoiceField(Theme.objects.all(), label=_("Theme"), required=False)
    groups = forms.ModelMultipleChoiceField(
        AffectedGroup.objects.all(), label=_("Affected groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = Version()

    def __init__(self, *args: Any, clusters: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cluster"].queryset = clusters  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def initial_of_outcome(outcome: Outcome) -> dict[str, Any]:
    names = [n for n in OutcomeForm.base_fields if n != "groups"]
    return {n: getattr(outcome, n) for n in names} | {"groups": list(outcome.groups.all())}


class OutcomeIndicatorForm(forms.Form):
    indicator = forms.ModelChoiceField(Indicator.objects.filter(active=True), label=_("Indicator"))
    baseline = forms.DecimalField(label=_("Baseline"), required=False, max_digits=18, decimal_places=4)
    baseline_year = forms.IntegerField(label=_("Year of the baseline"), required=False)
    target = forms.DecimalField(label=_("Target value"), required=False, max_digits=18, decimal_places=4)
    target_year = forms.IntegerField(label=_("Year of the target"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class MilestoneForm(forms.Form):
    title = forms.CharField(label=_("Milestone"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"}))
    due_on = Day(label=_("Due"))
    version = Version()


class BudgetForm(forms.Form):
    year = forms.IntegerField(label=_("Year"))
    amount = forms.DecimalField(label=_("Amount"), max_digits=16, decimal_places=2)
    currency = forms.CharField(label=_("Currency"), max_length=3)
    source = forms.ChoiceField(label=_("Source"), choices=BudgetSource)
    source_name = forms.CharField(
        label=_("Name of the source"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    funding = forms.ChoiceField(label=_("Funded or not"), choices=Funding)
    version = Version()

    def values(self) -> dict[str, Any]:
        return {n: v for n, v in self.cleaned_data.items() if n != "version"}


def initial_of_line(line: BudgetLine) -> dict[str, Any]:
    return {n: getattr(line, n) for n in BudgetForm.base_fields}


def initial_of_milestone(milestone: Milestone) -> dict[str, Any]:
    return {n: getattr(milestone, n) for n in MilestoneForm.base_fields}


class ReportForm(forms.Form):
    execution = forms.ChoiceField(label=_("Where the measure stands"), choices=Execution)
    percent = forms.IntegerField(
        label=_("Progress in per cent"), required=False, help_text=_("Only where it can be told.")
    )
    reported_on = Day(label=_("As of"))
    text = Words(rows=4, label=_("What was done"), required=False)
    obstacles = forms.ModelMultipleChoiceField(
        Obstacle.objects.all(), label=_("Obstacles"), required=False, widget=forms.CheckboxSelectMultiple
    )
    obstacle_text = Words(rows=2, label=_("Obstacles in words"), required=False)
    next_step = Words(rows=2, label=_("Next step"), required=False)


class MeasureEvidenceForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    file = forms.FileField(label=_("File"), required=False)
    url = forms.CharField(label=_("or a link"), max_length=500, required=False)


class ReasonForm(forms.Form):
    reason = Words(rows=3, label=_("Reason"))
    version = Version()


class AgreeForm(forms.Form):
    agreed_on = Day(label=_("Agreed on"), initial=timezone.localdate)
    note = Words(rows=2, label=_("Note"), required=False)
    version = Version()


class ApprovalForm(forms.Form):
    authority = forms.CharField(
        label=pgettext_lazy("plan", "Approved by"),
        max_length=200,
        help_text=_("The cabinet, parliament, a minister."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    approved_on = Day(label=_("Approved on"))
    instrument_text = forms.CharField(
        label=_("Act of approval"),
        max_length=300,
        required=False,
        help_text=_("A decree, a decision, minutes, with number."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    instrument = forms.ModelChoiceField(
        Instrument.objects.none(), label=_("or an instrument that is recorded here"), required=False
    )
    note = Words(rows=2, label=_("Note"), required=False)
    despite = Words(
        rows=2,
        label=_("Why it was approved although institutions have not agreed"),
        required=False,
    )
    version = Version()

    def __init__(self, *args: Any, instruments: Any, missing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].queryset = instruments  # type: ignore[attr-defined]
        if not missing:
            del self.fields["despite"]
