"""The forms of plans. They check shape; the services check sense and permission."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mutabaa.core.models import CONTENT_LANGUAGES, Visibility
from mutabaa.followup.forms import Day, Words
from mutabaa.followup.models import Obstacle
from mutabaa.indicators.models import Indicator
from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.plans.measure_text import MANY, SINGLE, links_of
from mutabaa.plans.models import BudgetLine, Measure, Milestone, Outcome, Plan
from mutabaa.plans.states import BudgetSource, Execution, Funding, GenderMarker, MeasureType, PlanKind
from mutabaa.recommendations.models import LANGUAGES, Cluster, Recommendation
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


class RowChoice(forms.ChoiceField):
    """One of some rows that the view has read already: no query of its own. `offer` gives them, with their labels."""

    rows: dict[str, Any]

    def offer(self, rows: Iterable[Any], label: Callable[[Any], str] = str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [("", "–"), *((key, label(row)) for key, row in self.rows.items())]

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return self.rows[key] if key else None


class RowsChoice(forms.MultipleChoiceField):
    """Several of some rows that the view has read already."""

    widget = forms.CheckboxSelectMultiple
    rows: dict[str, Any]

    def offer(self, rows: Iterable[Any], label: Callable[[Any], str] = str) -> None:
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, label(row)) for key, row in self.rows.items()]

    def clean(self, value: Any) -> Any:
        return [self.rows[key] for key in super().clean(value)]


def worded_recommendation(row: Recommendation) -> str:
    """Reads `document`: one query unless selected."""
    return f"\u2066{row.reference}\u2069 – \u2068{Truncator(row.text).chars(220)}\u2069"


def worded_measure(row: Measure) -> str:
    return f"\u2066{row.code}\u2069 \u2068{Truncator(row.title).chars(120)}\u2069"


@dataclass(frozen=True)
class MeasureChoices:
    """The rows that a measure's form offers, read once. Without outcomes it is the form of a new measure."""

    recommendations: Sequence[Recommendation]
    institutions: Sequence[Institution]
    instruments: Sequence[Instrument]
    outcomes: Sequence[Outcome] = ()
    measures: Sequence[Measure] = ()


class MeasureForm(forms.Form):
    """One measure. Fields that the person may not change on it are shown, and cannot be changed."""

    title = Words(rows=2, label=_("Measure"), help_text=_("What will be done, in one sentence."))
    type = forms.ChoiceField(label=_("Type"), choices=MeasureType)
    recommendations = RowsChoice(label=_("Recommendations it serves"), required=False)
    more = Words(
        rows=2,
        label=_("Other recommendations"),
        required=False,
        help_text=_("Symbol and paragraph, one on each line: CRC/C/XXX/CO/4 ¶ 24."),
    )
    lead = RowChoice(label=_("Lead institution"), help_text=_("Exactly one answers for it."))
    partners = RowsChoice(label=_("Partner institutions"), required=False)
    starts_on = Day(label=_("Start"), required=False)
    due_on = Day(label=_("Due"))
    description = Words(rows=4, label=_("Description"), required=False)
    beneficiaries = Words(rows=2, label=_("Beneficiaries"), required=False)
    gender_marker = forms.TypedChoiceField(
        label=_("Gender marker"),
        choices=[("", "–"), *GenderMarker.choices],
        required=False,
        coerce=int,
        empty_value=None,
    )
    gender_analysis = Words(
        rows=3,
        label=_("Gender analysis"),
        required=False,
        help_text=_("How women and men, girls and boys are concerned. Required with a gender marker."),
    )
    stakeholders = Words(rows=2, label=_("Stakeholders involved"), required=False)
    verification = Words(rows=2, label=_("Means of verification"), required=False)
    feasibility = Words(rows=2, label=_("Feasibility"), required=False)
    assumptions = Words(rows=2, label=_("Assumptions"), required=False)
    risks = Words(rows=2, label=_("Risks"), required=False)
    outcome = RowChoice(label=pgettext_lazy("plan", "Outcome"))
    depends_on = RowsChoice(label=_("Depends on"), required=False)
    instruments = RowsChoice(label=_("Laws, policies and other instruments"), required=False)
    version = Version()

    FOLDED = (
        "stakeholders", "verification", "feasibility", "assumptions", "risks", "outcome", "depends_on", "instruments",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        choices: MeasureChoices,
        open_fields: frozenset[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["recommendations"].offer(choices.recommendations, worded_recommendation)
        fields["lead"].offer(choices.institutions)
        fields["partners"].offer(choices.institutions)
        fields["instruments"].offer(choices.instruments)
        fields["outcome"].offer(choices.outcomes)
        fields["depends_on"].offer(choices.measures, worded_measure)
        if not choices.outcomes:  # a new measure stands under the outcome of its address
            del fields["outcome"], fields["depends_on"]
        if open_fields is not None:
            for name in fields.keys() - open_fields - {"version", "more"}:
                fields[name].disabled = True
            if "recommendations" not in open_fields:
                del fields["more"]

    @property
    def shown(self) -> list[Any]:
        return [bound for bound in self.visible_fields() if bound.name not in self.FOLDED]

    @property
    def folded(self) -> list[Any]:
        return [self[name] for name in self.FOLDED if name in self.fields]

    @property
    def folded_has_errors(self) -> bool:
        return any(bound.errors for bound in self.folded)

    def clean_more(self) -> list[Recommendation]:
        """The recommendations named by symbol and paragraph. Two queries for each line."""
        found: list[Recommendation] = []
        for line in self.cleaned_data["more"].splitlines():
            if not line.strip():
                continue
            symbol, _sign, paragraph = (part.strip() for part in split_reference(line))
            rows = list(
                Recommendation.objects.own()
                .filter(withdrawn=False, document__symbol__iexact=symbol, paragraph__iexact=paragraph)
                .order_by("pk")[:2]
            )
            if not rows:
                raise forms.ValidationError(
                    _("No recommendation was found for “%(line)s”. Write the symbol, ¶ and the paragraph as printed.")
                    % {"line": line.strip()}
                )
            found += rows
        return found

    def values(self) -> dict[str, Any]:
        """What the services take: only the fields that the person may change."""
        data = {
            n: v for n, v in self.cleaned_data.items() if n not in {"version", "more"} and not self.fields[n].disabled
        }
        if "recommendations" in data:
            data["recommendations"] = list(
                {r.pk: r for r in [*data["recommendations"], *self.cleaned_data["more"]]}.values()
            )
        return data


def split_reference(line: str) -> tuple[str, str, str]:
    """`CRC/C/XMU/CO/4 ¶ 24 (a)` in symbol, sign and paragraph; the sign may be ¶, "para." or "§", or a space."""
    cleaned = line.replace("\u2066", "").replace("\u2069", "").strip()
    parts = re.split(r"\s*(?:¶|§|\bparas?\b\.?|,)\s*", cleaned, maxsplit=1)
    if len(parts) == 2:
        return parts[0], "¶", parts[1]
    symbol, _space, paragraph = cleaned.partition(" ")
    return symbol, "¶", paragraph


def initial_of_measure(measure: Measure, links: dict[str, Any] | None = None) -> dict[str, Any]:
    """One query, for the links, unless they are given."""
    plain = [n for n in MeasureForm.base_fields if n not in {*MANY, *SINGLE, "more"}]
    return (
        {n: getattr(measure, n) for n in plain}
        | {
            "lead": measure.lead_id,
            "outcome": measure.outcome_id,
        }
        | links_of(measure)
    )


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
