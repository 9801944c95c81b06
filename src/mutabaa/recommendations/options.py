"""What the filter bar offers."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from mutabaa.institutions.models import Institution
from mutabaa.mechanisms.models import Family, Mechanism
from mutabaa.recommendations.filters import LABELS, RecommendationView
from mutabaa.recommendations.models import LANGUAGES, Recommendation
from mutabaa.recommendations.states import Kind, Position, Priority, Status
from mutabaa.recommendations.tagging import tag_rows
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


def tag_labels(scope: QuerySet[Recommendation]) -> dict[str, list[tuple[str, str]]]:
    """Code and name of every institution, theme, group, SDG and right, and of the mechanisms in `scope`, by filter: one query.

    `scope` is what the person may see: a mechanism all of whose records are closed to them is not named.
    """
    used = scope.order_by().values("mechanism_id")
    return labels_of(
        {
            "theme": Theme.objects.all(),
            "mechanism": Mechanism.objects.filter(pk__in=used),
            "institution": Institution.objects.filter(active=True),
            "group": AffectedGroup.objects.all(),
            "right": Right.objects.all(),
            "sdg": Sdg.objects.all(),
        }
    )


def labels_of(
    rows: dict[str, QuerySet[Any]], placed: frozenset[str] = frozenset({"sdg"})
) -> dict[str, list[tuple[str, str]]]:
    """Code and name of the rows of each filter, in the reader's language: one query for all.

    They come by name, those of the filters in `placed` in the order of their own. Mechanisms bear their short name.
    """
    first, *others = [
        tag_rows(
            key, found, "code", "", "order" if key in placed else None,
            fields=("short", "name") if key == "mechanism" else ("name",),
        )
        for key, found in rows.items()
    ]  # fmt: skip
    names: dict[str, list[tuple[int, str, str]]] = {key: [] for key in rows}
    for key, code, name, _of, order in first.union(*others, all=True):
        names[key].append((order, code, f"{code} {name}" if key == "sdg" else name or code))
    return {
        key: [
            (code, name)
            for _order, code, name in sorted(
                found, key=lambda row: row[:2] if key in placed else (row[2].casefold(), row[1])
            )
        ]
        for key, found in names.items()
    }


def filter_options(
    view: RecommendationView, tags: dict[str, list[tuple[str, str]]], scope: QuerySet[Recommendation]
) -> list[Filter]:
    """The bar for a view, from `tag_labels`. One query, for the years of `scope`: what the person may see."""
    ends = scope.aggregate(first=Min("year"), last=Max("year"))
    years = list(range(ends["last"], ends["first"] - 1, -1)) if ends["last"] else []
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
