"""What the filter bar offers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language
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


def tag_labels() -> dict[str, list[tuple[str, str]]]:
    """Code and name of every mechanism in use, institution, theme, group, SDG and right, by filter: one query."""
    language = (get_language() or "en")[:2]

    def listed(key: str, rows: Any, *fields: str) -> Any:
        wanted = [
            Func(F(f"{name}_{code}"), Value(""), function="NULLIF") for name in fields for code in (language, "en")
        ]
        named = Coalesce(*wanted, F("code"), output_field=CharField())
        place = Cast(F("order"), CharField()) if key == "sdg" else Value("")
        return rows.order_by().annotate(
            filter_key=Value(key, output_field=CharField()), filter_code=Cast(F("code"), CharField()), filter_name=named,
            filter_place=Cast(place, CharField()),
        ).values_list("filter_key", "filter_code", "filter_name", "filter_place")  # fmt: skip

    used = Recommendation.objects.own().order_by().values("mechanism_id")
    found = listed("theme", Theme.objects.all(), "name").union(
        listed("mechanism", Mechanism.objects.filter(pk__in=used), "short", "name"),
        listed("institution", Institution.objects.filter(active=True), "name"),
        listed("group", AffectedGroup.objects.all(), "name"),
        listed("right", Right.objects.all(), "name"),
        listed("sdg", Sdg.objects.all(), "name"),
        all=True,
    )
    out: dict[str, list[tuple[str, str]]] = {
        key: [] for key in ("theme", "mechanism", "institution", "group", "right", "sdg")
    }
    places = {}
    for key, code, name, place in found:
        out[key].append((code, f"{code} {name}" if key == "sdg" else name))
        places[key, code] = int(place or 0)
    return {key: sorted(pairs, key=lambda pair: (places[key, pair[0]], pair[1])) for key, pairs in out.items()}


def filter_options(view: RecommendationView, tags: dict[str, list[tuple[str, str]]]) -> list[Filter]:
    """The bar for a view, from `tag_labels()`. One query, for the years."""
    years = list(
        Recommendation.objects.own().order_by("-year").exclude(year=None).values_list("year", flat=True).distinct()
    )
    named: list[tuple[str, Any, bool, bool]] = [
        ("status", Status.choices, True, False),
        ("mechanism", tags["mechanism"], True, False),
        ("institution", tags["institution"], True, True),
        ("theme", tags["theme"], True, True),
        ("family", Family.choices, False, False),
        ("group", tags["group"], False, True),
        ("sdg", tags["sdg"], False, True),
        ("right", tags["right"], False, True),
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
