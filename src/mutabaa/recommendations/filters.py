"""The one description of a view of the table: parsed from a query string, applied to rows, told in words.

The workspace's table, the portal's search, exports, saved views and reports all use it, so that the same address gives
the same rows everywhere.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.core.text import fold
from mutabaa.mechanisms.models import Family, Mechanism
from mutabaa.recommendations.models import Cluster, Recommendation, Responsibility, Translation
from mutabaa.recommendations.states import Kind, Position, Priority, Status
from mutabaa.taxonomy.models import AffectedGroup, Right, Sdg, State, Theme

MULTIPLE = [
    "family",
    "mechanism",
    "theme",
    "group",
    "sdg",
    "right",
    "institution",
    "status",
    "priority",
    "position",
    "kind",
    "by",
]
SINGLE = ["q", "document", "cycle", "session", "from", "to", "language", "cluster", "state"]
YES_NO = ["assigned", "stale", "overdue", "followup", "component", "updated"]
NONE = "none"

CHOICES: dict[str, Any] = {"family": Family, "status": Status, "priority": Priority, "position": Position, "kind": Kind}

LABELS: dict[str, Any] = {
    "q": gettext_lazy("Words"),
    "family": gettext_lazy("Mechanism family"),
    "mechanism": gettext_lazy("Mechanism"),
    "document": gettext_lazy("Document"),
    "cycle": gettext_lazy("Cycle"),
    "session": gettext_lazy("Session"),
    "theme": gettext_lazy("Theme"),
    "group": gettext_lazy("Affected group"),
    "sdg": gettext_lazy("SDG goal or target"),
    "right": gettext_lazy("Right"),
    "institution": gettext_lazy("Institution"),
    "status": gettext_lazy("Status"),
    "priority": gettext_lazy("Priority"),
    "position": gettext_lazy("Position"),
    "kind": gettext_lazy("Type"),
    "by": gettext_lazy("Recommending State"),
    "from": gettext_lazy("From year"),
    "to": gettext_lazy("To year"),
    "language": gettext_lazy("Original language"),
    "cluster": gettext_lazy("Cluster"),
    "state": gettext_lazy("State"),
    "assigned": gettext_lazy("Assigned to an institution"),
    "stale": gettext_lazy("Without a recent update"),
    "overdue": gettext_lazy("Overdue"),
    "followup": gettext_lazy("Selected for a follow-up procedure"),
    "component": gettext_lazy("Split into components"),
    "updated": gettext_lazy("Updated in the last 12 months"),
}

GROUPINGS: dict[str, tuple[Any, Any]] = {
    "family": (gettext_lazy("Mechanism family"), F("mechanism__family")),
    "mechanism": (gettext_lazy("Mechanism"), F("mechanism__code")),
    "document": (gettext_lazy("Document"), F("document__symbol")),
    "cycle": (gettext_lazy("Cycle"), F("cycle")),
    "theme": (gettext_lazy("Theme"), F("themes__code")),
    "right": (gettext_lazy("Right"), F("themes__right__code")),
    "group": (gettext_lazy("Affected group"), F("groups__code")),
    "sdg": (gettext_lazy("SDG goal"), Coalesce(F("sdgs__goal__code"), F("sdgs__code"))),
    "target": (gettext_lazy("SDG target"), F("sdgs__code")),
    "institution": (gettext_lazy("Institution"), F("responsibilities__institution__code")),
    "lead": (gettext_lazy("Lead institution"), F("lead__code")),
    "status": (gettext_lazy("Status"), F("status")),
    "priority": (gettext_lazy("Priority"), F("priority")),
    "position": (gettext_lazy("Position"), F("position")),
    "year": (gettext_lazy("Year"), F("year")),
    "by": (gettext_lazy("Recommending State"), F("recommending_states__code")),
    "cluster": (gettext_lazy("Cluster"), F("clusters__code")),
}

# A record can stand in one group of these several times over (two of its themes under one right): counted and listed once.
REPEATING = frozenset({"right", "sdg"})

SORTS: dict[str, tuple[Any, list[Any]]] = {
    "date": (gettext_lazy("Newest document first"), ["-published_on", "document_id", "id"]),
    "oldest": (gettext_lazy("Oldest document first"), ["published_on", "document_id", "id"]),
    "document": (gettext_lazy("Document and paragraph"), ["document__symbol", "id"]),
    "updated": (gettext_lazy("Last update first"), [F("last_update_on").desc(nulls_last=True), "id"]),
    "stale": (gettext_lazy("Longest without update first"), [F("last_update_on").asc(nulls_first=True), "id"]),
    "due": (gettext_lazy("Due date"), [F("due_on").asc(nulls_last=True), "id"]),
}


@dataclass(frozen=True)
class RecommendationView:
    """What somebody wants to see. Unknown or malformed parameters are left out and named in `ignored`."""

    values: dict[str, list[str]] = field(default_factory=dict)
    group_by: str = ""
    sort: str = "date"
    ignored: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: QueryDict) -> "RecommendationView":
        values: dict[str, list[str]] = {}
        ignored: list[str] = []
        for key in [*MULTIPLE, *SINGLE, *YES_NO]:
            given = [v.strip() for v in query.getlist(key) if v.strip()]
            if key not in MULTIPLE:
                given = given[-1:]
            good = [v[:200] for v in given if valid(key, v)]
            if len(good) < len(given):
                ignored.append(str(LABELS[key]))
            if good:
                values[key] = good
        group_by, sort = query.get("group_by", ""), query.get("sort", "date")
        return cls(values, group_by if group_by in GROUPINGS else "", sort if sort in SORTS else "date", tuple(ignored))

    def one(self, key: str) -> str:
        return self.values.get(key, [""])[0]

    def apply(self, rows: QuerySet[Recommendation], *, stale_after_days: int = 365) -> QuerySet[Recommendation]:
        """The rows of the view. No joins that repeat a row: many-valued filters are `IN` sub-queries."""
        for key, chosen in self.values.items():
            rows = rows.filter(condition(key, chosen, stale_after_days))
        return rows

    def ordered(self, rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
        return rows.order_by(*SORTS[self.sort][1])

    def grouped(self, rows: QuerySet[Recommendation]) -> QuerySet[Any]:
        """Pairs (primary key, group code); a row stands in each group it belongs to, None where in none."""
        rows = rows.annotate(group_code=GROUPINGS[self.group_by][1])
        keys = [F("group_code").asc(nulls_last=True), *SORTS[self.sort][1]]
        pairs = rows.order_by(*keys).values_list("pk", "group_code")
        return pairs.distinct() if self.group_by in REPEATING else pairs

    def group_counts(self, rows: QuerySet[Recommendation]) -> dict[Any, int]:
        """Rows per group code: one query."""
        code = GROUPINGS[self.group_by][1]
        each = Count("pk", distinct=self.group_by in REPEATING)
        found = rows.order_by().annotate(group_code=code).values("group_code").annotate(n=each)
        return {row["group_code"]: row["n"] for row in found}

    def without(self, key: str, value: str) -> dict[str, list[str]]:
        """The values of the view less one."""
        left = {k: [v for v in vs if k != key or v != value] for k, vs in self.values.items()}
        return {k: vs for k, vs in left.items() if vs}

    def query(self, values: dict[str, list[str]] | None = None) -> str:
        """The query string that gives this view (or this view with other values)."""
        out = QueryDict(mutable=True)
        for key, chosen in (self.values if values is None else values).items():
            out.setlist(key, chosen)
        if self.group_by:
            out["group_by"] = self.group_by
        if self.sort != "date":
            out["sort"] = self.sort
        return out.urlencode()

    def chosen(self, known: dict[str, list[tuple[str, str]]] | None = None) -> list[dict[str, str]]:
        """Each filter in words, with the address of the view without it.

        `known` holds labels that the caller already has (`options.tag_labels`); else one query per kind of tag that is used.
        """
        out = []
        for key, values in self.values.items():
            labels = {NONE: _("none"), **dict(known[key])} if known and key in known else value_labels(key, values)
            out += [
                {
                    "label": str(LABELS[key]),
                    "value": labels.get(v, v),
                    "without": "?" + self.query(self.without(key, v)),
                }
                for v in values
            ]
        return out


def valid(key: str, value: str) -> bool:
    if key in YES_NO:
        return value in {"yes", "no"}
    if key in {"cycle", "from", "to", "document"}:
        return value.isascii() and value.isdigit() and len(value) <= 10
    choices: Any = CHOICES.get(key)
    return choices is None or value == NONE or value in choices.values


def condition(key: str, chosen: list[str], stale_after_days: int) -> Q:
    """The condition of one filter; several values of one filter are alternatives; "none" means without any."""
    value = chosen[0]
    today = timezone.localdate()
    match key:
        case "q":
            return words_condition(value)
        case "family" | "kind" | "status":
            return Q(**{f"{'mechanism__family' if key == 'family' else key}__in": chosen})
        case "priority" | "position":
            return Q(**{f"{key}__in": ["" if v == NONE else v for v in chosen]})
        case "mechanism":
            return Q(mechanism__in=Mechanism.objects.filter(code__in=chosen))
        case "state":
            return Q(state_id=value.upper())
        case "document":
            return Q(document_id=int(value))
        case "cycle":
            return Q(cycle=int(value))
        case "session" | "language":
            return Q(**{key: value})
        case "from":
            return Q(year__gte=int(value))
        case "to":
            return Q(year__lte=int(value))
        case "cluster":
            members = Cluster.members.through.objects.filter(recommendation_id=OuterRef("pk"))
            return Q(~Exists(members)) if value == NONE else Q(Exists(members.filter(cluster__code=value)))
        case "institution":
            mine = Responsibility.objects.filter(recommendation_id=OuterRef("pk"))
            named = Q(Exists(mine.filter(institution__code__in=chosen)))
            return named | Q(~Exists(mine)) if NONE in chosen else named
        case "assigned":
            any_ = Exists(Responsibility.objects.filter(recommendation_id=OuterRef("pk")))
            return Q(any_) if value == "yes" else Q(~any_)
        case "stale" | "updated":
            edge = today - dt.timedelta(days=stale_after_days if key == "stale" else 365)
            fresh = Q(last_update_on__gte=edge)
            return fresh if (value == "yes") == (key == "updated") else (~fresh | Q(last_update_on=None))
        case "overdue":
            late = Q(due_on__lt=today) & ~Q(status__in=[Status.IMPLEMENTED, Status.SUPERSEDED, Status.NOT_ACCEPTED])
            return late if value == "yes" else ~late
        case "followup":
            return Q(follow_up=value == "yes")
        case "component":
            split = Exists(Recommendation.objects.filter(pk=OuterRef("pk"), components__isnull=False))
            return Q(split) if value == "yes" else Q(~split)
        case _:
            return tag_condition(key, chosen)


TAGS: dict[str, tuple[Any, Any]] = {
    "theme": (Recommendation.themes.through, lambda codes: Q(theme__code__in=codes)),
    "right": (Recommendation.themes.through, lambda codes: Q(theme__right__code__in=codes)),
    "group": (Recommendation.groups.through, lambda codes: Q(affectedgroup__code__in=codes)),
    "sdg": (Recommendation.sdgs.through, lambda codes: Q(sdg__code__in=codes) | Q(sdg__goal__code__in=codes)),
    "by": (Recommendation.recommending_states.through, lambda codes: Q(state_id__in=codes)),
}


def tag_condition(key: str, chosen: list[str]) -> Q:
    through, matching = TAGS[key]
    named = Q(pk__in=through.objects.filter(matching(chosen)).values("recommendation_id"))
    if NONE in chosen:
        named |= Q(~Exists(through.objects.filter(recommendation_id=OuterRef("pk"))))
    return named


def words_condition(text: str) -> Q:
    """Every word must occur in the text, in a translation, or in symbol and paragraph."""
    out = Q()
    for word in fold(text).split()[:12]:
        in_translation = Translation.objects.filter(folded__contains=word).values("recommendation_id")
        out &= (
            Q(folded__contains=word)
            | Q(document__symbol__icontains=word)
            | Q(paragraph__istartswith=word)
            | Q(pk__in=in_translation)
        )
    return out


def value_labels(key: str, values: Iterable[str]) -> dict[str, str]:
    """Names of filter values in the reader's language."""
    out: dict[str, str] = {NONE: _("none")}
    choices: Any = CHOICES.get(key)
    if choices is not None:
        return out | {c.value: str(c.label) for c in choices if c.value}
    if key in YES_NO:
        return {"yes": _("yes"), "no": _("no")}
    models: dict[str, Any] = {
        "mechanism": Mechanism, "theme": Theme, "group": AffectedGroup, "sdg": Sdg, "right": Right, "by": State, "state": State,
        "cluster": Cluster,
    }  # fmt: skip
    if key in models:
        return out | {
            tag.code: getattr(tag, "label", "") or str(tag)
            for tag in models[key]._default_manager.filter(code__in=list(values))
        }
    if key == "institution":
        from mutabaa.institutions.models import Institution

        return out | {i.code: str(i) for i in Institution.objects.filter(code__in=list(values))}
    if key == "document":
        from mutabaa.mechanisms.models import Document

        return {str(d.pk): str(d) for d in Document.objects.filter(pk__in=[v for v in values if v.isdigit()])}
    if key == "language":
        return dict(Recommendation._meta.get_field("language").choices)  # type: ignore[arg-type]
    return out


def group_labels(group_by: str, codes: Iterable[Any]) -> dict[Any, str]:
    """Names of the groups of a grouped view: one query."""
    codes = [c for c in codes if c is not None]
    key = {"lead": "institution", "target": "sdg"}.get(group_by, group_by)
    if group_by in {"year", "cycle", "document"}:
        return {c: str(c) for c in codes}
    return value_labels(key, [str(c) for c in codes]) | (
        {"": _("none")} if group_by in {"priority", "position"} else {}
    )


__all__ = ["GROUPINGS", "LABELS", "SORTS", "RecommendationView", "group_labels", "value_labels"]
