"""What the filter bar offers."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutabaa.institutions.models import Institution
from mutabaa.mechanisms.models import Family, Mechanism
from mutabaa.recommendations.filters import LABELS, RecommendationView
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.recommendations.states import Kind, Position, Priority, Status
from mutabaa.taxonomy.models import AffectedGroup, Right, Sdg, Theme

YES_NO = [("yes", _("yes")), ("no", _("no"))]


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    """One select of the bar; `main` ones are always in sight, the others under "More filters"."""

    key: str
    label: str
    options: list[Option]
    main: bool = False
    none: bool = False


def filter_options(view: RecommendationView) -> list[Filter]:
    """Seven queries: mechanisms in use, institutions, themes, groups, SDGs, rights, years."""
    used = Recommendation.objects.own().order_by().values("mechanism_id")
    mechanisms = [(m.code, m.label) for m in Mechanism.objects.filter(pk__in=used)]
    years = list(
        Recommendation.objects.own().order_by("-year").exclude(year=None).values_list("year", flat=True).distinct()
    )
    goals = [(s.code, f"{s.code} {s.name}") for s in Sdg.objects.all()]
    named: list[tuple[str, Any, bool, bool]] = [
        ("status", Status.choices, True, False),
        ("mechanism", mechanisms, True, False),
        ("institution", [(i.code, str(i)) for i in Institution.objects.filter(active=True)], True, True),
        ("theme", named_tags(Theme), True, True),
        ("family", Family.choices, False, False),
        ("group", named_tags(AffectedGroup), False, True),
        ("sdg", goals, False, True),
        ("right", named_tags(Right), False, True),
        ("priority", [c for c in Priority.choices if c[0]], False, True),
        ("position", [c for c in Position.choices if c[0]], False, True),
        ("kind", Kind.choices, False, False),
        ("cycle", [(str(n), str(n)) for n in range(1, 6)], False, False),
        ("from", [(str(y), str(y)) for y in years], False, False),
        ("to", [(str(y), str(y)) for y in years], False, False),
        ("language", LANGUAGES, False, False),
        ("assigned", YES_NO, False, False),
        ("stale", YES_NO, False, False),
        ("overdue", YES_NO, False, False),
        ("followup", YES_NO, False, False),
        ("component", YES_NO, False, False),
    ]
    return [
        Filter(
            key,
            str(LABELS[key]),
            [Option(str(v), str(label), str(v) in view.values.get(key, [])) for v, label in choices],
            main,
            none,
        )
        for key, choices, main, none in named
    ]


def named_tags(model: Any) -> list[tuple[str, str]]:
    return sorted(((tag.code, tag.name) for tag in model.objects.all()), key=lambda pair: pair[1])
