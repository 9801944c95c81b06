"""What a person looks at: one plan or all that the person may read, with the filters of the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mutabaa.institutions.models import Institution
from mutabaa.mechanisms.models import Mechanism
from mutabaa.plans.coverage import SERVED, in_plans
from mutabaa.plans.models import Measure, Outcome, Plan
from mutabaa.plans.states import Execution, PlanState
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.options import Option, labels_of
from mutabaa.taxonomy.models import Theme

RECEIVED = "received"  # in place of a plan: every recommendation that the State received, in a plan or not

LABELS: dict[str, Any] = {
    "plan": _("Plan"),
    "mechanism": _("Mechanism"),
    "theme": _("Theme"),
    "institution": _("Institution"),
    "execution": _("Execution"),
}


@dataclass(frozen=True)
class Filter:
    key: str
    label: Any
    everything: Any
    options: list[Option]


class Scope:
    """Parsed from an address; every row that a view shows comes from here. A plan that the person may not read is a 404.

    Recommendations that the person may not read are left out everywhere, from the counts too.
    """

    def __init__(self, person: Any, query: QueryDict, keys: Iterable[str] = tuple(LABELS)) -> None:
        """`keys`: the filters that the view knows; others in the address are left aside."""
        self.person = person
        self.keys = set(keys)
        self.query = query
        asked = query.get("plan", "")
        self.received = asked == RECEIVED
        plans = list(Plan.objects.visible_to(person))
        self.plan = next((p for p in plans if p.public_id == asked), None)
        if asked and not self.received and self.plan is None:
            raise Http404
        self.plans = [p for p in plans if p.state != PlanState.WITHDRAWN or p == self.plan]
        self.mechanism, self.theme, self.institution = map(self._given, ("mechanism", "theme", "institution"))
        self.execution = self._given("execution") if self._given("execution") in Execution.values else ""
        self.only_uncovered = query.get("uncovered") == "1"

    def _given(self, key: str) -> str:
        return self.query.get(key, "")[:60] if key in self.keys else ""

    @cached_property
    def plan_ids(self) -> list[int]:
        return [self.plan.pk] if self.plan else [p.pk for p in self.plans]

    @cached_property
    def plan_by_id(self) -> dict[int, Plan]:
        return {p.pk: p for p in self.plans}

    def measures(self) -> QuerySet[Measure]:
        """Of the plans in scope, narrowed by institution and execution."""
        rows = Measure.objects.visible_to(self.person).filter(plan__in=self.plan_ids)
        if self.institution:
            partner = Measure.partners.through.objects.filter(institution__code=self.institution).values("measure_id")
            rows = rows.filter(Q(lead__code=self.institution) | Q(pk__in=partner))
        if self.execution:
            rows = rows.filter(execution=self.execution)
        return rows

    def outcomes(self) -> QuerySet[Outcome]:
        return Outcome.objects.filter(plan__in=self.plan_ids, removed=False)

    def seen(self) -> QuerySet[Recommendation]:
        """All that the State received and the person may read."""
        return Recommendation.objects.own().visible_to(self.person)

    def recommendations(self) -> QuerySet[Recommendation]:
        """What the plans in scope answer or leave out, narrowed by every filter."""
        rows = self.seen()
        if not self.received:
            rows = rows.filter(in_plans(self.plan_ids))
        rows = self.narrowed(rows)
        if self.institution or self.execution:
            by = SERVED.objects.filter(measure__in=self.measures().order_by().values("pk"))
            rows = rows.filter(pk__in=by.values("recommendation_id"))
        return rows

    def narrowed(self, rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
        """By mechanism and theme."""
        if self.mechanism:
            rows = rows.filter(mechanism__code=self.mechanism)
        if self.theme:
            tagged = Recommendation.themes.through.objects.filter(theme__code=self.theme).values("recommendation_id")
            rows = rows.filter(pk__in=tagged)
        return rows

    # what the page's filter bar offers

    def filters(self, *keys: str, received: bool = False) -> list[Filter]:
        """The selects of the view, or those of `keys`. One query where names are asked for, else none. Mechanisms without a
        record that the person may read are not named."""
        keys = keys or tuple(key for key in LABELS if key in self.keys)
        named = self._names({"mechanism", "theme", "institution"} & set(keys))
        plans = [(p.public_id, str(p)) for p in self.plans]
        if received:
            plans.append((RECEIVED, str(_("Every recommendation received"))))
        choices = named | {"plan": plans, "execution": list(Execution.choices)}
        return [self._filter(key, choices[key]) for key in keys]

    def _names(self, keys: set[str]) -> dict[str, list[tuple[Any, Any]]]:
        """An institution is offered where it leads or supports a measure in scope."""
        of = Measure.objects.visible_to(self.person).filter(plan__in=self.plan_ids).order_by()
        partner = Measure.partners.through.objects.filter(measure__in=of.values("pk")).values("institution_id")
        rows: dict[str, QuerySet[Any]] = {
            "mechanism": Mechanism.objects.filter(pk__in=self.seen().order_by().values("mechanism_id")),
            "theme": Theme.objects.all(),
            "institution": Institution.objects.filter(Q(pk__in=of.values("lead_id")) | Q(pk__in=partner)),
        }
        asked = {key: rows[key] for key in rows if key in keys}
        return dict(labels_of(asked)) if asked else {}

    def _filter(self, key: str, choices: Iterable[tuple[Any, Any]]) -> Filter:
        chosen = (
            (RECEIVED if self.received else self.plan and self.plan.public_id) if key == "plan" else self.value(key)
        )
        options = [Option(str(value), str(label), str(value) == chosen) for value, label in choices]
        return Filter(key, LABELS[key], _("All plans") if key == "plan" else _("All"), options)

    def value(self, key: str) -> str:
        return {
            "mechanism": self.mechanism,
            "theme": self.theme,
            "institution": self.institution,
            "execution": self.execution,
        }[key]

    def in_words(self) -> list[str]:
        """What narrows the rows, for the notes of a file. One query where a name is needed."""
        out = [
            str(self.plan)
            if self.plan
            else str(_("Every recommendation received") if self.received else _("All plans"))
        ]
        used = [key for key in ("mechanism", "theme", "institution", "execution") if self.value(key)]
        for one in self.filters(*used) if used else ():
            label = next((o.label for o in one.options if o.chosen), self.value(one.key))
            out.append(gettext("%(name)s: %(values)s") % {"name": one.label, "values": label})
        return out
