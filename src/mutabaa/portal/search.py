"""A visitor's search: the view of the address, cleared of everything that would tell of what is not published.

A view can name clusters and documents; one that is not public must not be named, counted or confirmed. What is taken
out is named in `view.ignored`, like any parameter that cannot be read.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from mutabaa.institutions.public import public_institutions
from mutabaa.mechanisms.public import Document, Family, Mechanism, public_documents
from mutabaa.recommendations.public import (
    GROUPINGS,
    LABELS,
    SORTS,
    Kind,
    Position,
    Priority,
    RecommendationView,
    Status,
    labels_of,
    public_clusters,
    public_recommendations,
)
from mutabaa.taxonomy.public import AffectedGroup, Right, Sdg, Theme

MAIN = ["status", "mechanism", "institution", "theme"]
WITH_NONE = {"institution", "theme", "group", "sdg", "right", "priority", "position"}
YES_NO = ["assigned", "updated", "stale", "overdue", "followup", "component"]
SINGLE = {"cycle", "from", "to", *YES_NO}
# In no select: kept through the form as hidden fields.
CARRIED = ["document", "cluster", "session", "by", "language"]
PUBLIC_GROUPINGS = {key: label for key, (label, _code) in GROUPINGS.items() if key != "cluster"}
PUBLIC_SORTS = {key: label for key, (label, _order) in SORTS.items()}


def visitor_view(query: QueryDict) -> RecommendationView:
    """No query unless the address names a cluster or a document; then one for each."""
    clean = QueryDict(mutable=True)
    given: Any = query.lists()
    for key, found in given:
        clean.setlist(key, [value.replace("\x00", "") for value in found])
    view = RecommendationView.from_query(clean)
    values: dict[str, list[str]] = dict(view.values)
    ignored = list(view.ignored)
    if "cluster" in values and not public_clusters().filter(code=values["cluster"][0]).exists():
        ignored.append(str(LABELS["cluster"]))
        del values["cluster"]
    if "document" in values and not shown_documents().filter(pk=int(values["document"][0])).exists():
        ignored.append(str(LABELS["document"]))
        del values["document"]
    group_by = view.group_by
    if group_by and group_by not in PUBLIC_GROUPINGS:
        ignored.append(_("Group by"))
        group_by = ""
    return replace(view, values=values, group_by=group_by, ignored=tuple(ignored))


def shown_documents() -> QuerySet[Document]:
    """Public documents with at least one published record of the State's own table."""
    published = public_recommendations().order_by().filter(document_id=OuterRef("pk"))
    return public_documents().filter(Exists(published))


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Select:
    """One select of the filter bar. `several`: more than one value may be chosen."""

    key: str
    label: str
    choices: list[Choice]
    several: bool


def selects(view: RecommendationView) -> tuple[list[Select], list[Select]]:
    """The main selects, and those under "More filters". Two queries; only what occurs in published records is
    offered (of SDGs, all)."""
    rows = public_recommendations().order_by()
    years = [
        (str(y), str(y)) for y in rows.exclude(year=None).order_by("-year").values_list("year", flat=True).distinct()
    ]
    tags = labels_of(
        {
            "mechanism": used(Mechanism.objects.all(), rows, "mechanism"),
            "institution": used(public_institutions(), rows, "responsibilities__institution"),
            "theme": used(Theme.objects.all(), rows, "themes"),
            "group": used(AffectedGroup.objects.all(), rows, "groups"),
            "right": used(Right.objects.all(), rows, "themes__right"),
            "sdg": Sdg.objects.all(),
        },
        placed=frozenset({"mechanism", "sdg"}),
    )
    offered: list[tuple[str, list[tuple[Any, Any]]]] = [
        ("status", Status.choices),
        ("mechanism", tags["mechanism"]),
        ("institution", tags["institution"]),
        ("theme", tags["theme"]),
        ("family", Family.choices),
        ("group", tags["group"]),
        ("sdg", tags["sdg"]),
        ("right", tags["right"]),
        ("position", [c for c in Position.choices if c[0]]),
        ("priority", [c for c in Priority.choices if c[0]]),
        ("kind", Kind.choices),
        ("cycle", [(str(n), str(n)) for n in range(1, 6)]),
        ("from", years),
        ("to", years),
        *((key, [("yes", _("yes")), ("no", _("no"))]) for key in YES_NO),
    ]
    main: list[Select] = []
    more: list[Select] = []
    for key, choices in offered:
        chosen = view.values.get(key, [])
        listed = [*([("none", _("none"))] if key in WITH_NONE else []), *choices]
        several = key not in SINGLE and (key not in MAIN or len(chosen) > 1)
        select = Select(
            key, str(LABELS[key]), [Choice(str(v), str(label), str(v) in chosen) for v, label in listed], several
        )
        (main if key in MAIN else more).append(select)
    return main, more


def used(tags: QuerySet[Any], rows: QuerySet[Any], relation: str) -> QuerySet[Any]:
    """Those that at least one of the rows bears."""
    return tags.filter(Exists(rows.filter(**{relation: OuterRef("pk")})))


def chips(view: RecommendationView, *bars: list[Select]) -> list[dict[str, str]]:
    """The filters in force in words, each with the address without it; a query only for those that have no select."""
    known = {s.key: {c.value: c.label for c in s.choices} for bar in bars for s in bar}
    others = replace(view, values={k: v for k, v in view.values.items() if not set(v) <= known.get(k, {}).keys()})
    labels = {(chip["label"], value): chip["value"] for chip, value in zip(others.chosen(), flat(others), strict=True)}
    return [
        {
            "label": str(LABELS[key]),
            "value": known.get(key, {}).get(value) or labels.get((str(LABELS[key]), value), value),
            "without": "?" + view.query(view.without(key, value)),
        }
        for key, values in view.values.items()
        for value in values
    ]


def flat(view: RecommendationView) -> list[str]:
    return [value for values in view.values.values() for value in values]
