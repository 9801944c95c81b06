"""The form of a measure: long, with choices that are read once, and fields that some persons only see."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mutabaa.followup.forms import Day, Words
from mutabaa.institutions.models import Institution
from mutabaa.norms.models import Instrument
from mutabaa.plans.forms import Version
from mutabaa.plans.measure_text import MANY, SINGLE, links_of
from mutabaa.plans.models import Measure, Outcome
from mutabaa.plans.states import GenderMarker, MeasureType
from mutabaa.recommendations.models import Recommendation


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
