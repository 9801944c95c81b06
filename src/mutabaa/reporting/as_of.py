"""The table as it stood at the end of a day: statuses, updates and assignments of that date, on the records known then.

Today's report reads today's columns; an earlier one rebuilds them from the entries themselves. Texts, tags and positions
are those of today: a corrected text is not un-corrected.
"""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from mutabaa.core.models import Visibility
from mutabaa.followup.models import Assignment, ExternalAssessment, StatusEntry, Update
from mutabaa.followup.models.assignments import LIVE
from mutabaa.followup.states import UpdateState
from mutabaa.recommendations.figures import Basis
from mutabaa.recommendations.filters import GROUPINGS, NONE, SORTS, RecommendationView
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import Status

# Filters that look at what changes with time; the others hold at any date.
DATED = {"status", "institution", "assigned", "stale", "updated", "overdue"}
CLOSED = [Status.IMPLEMENTED, Status.SUPERSEDED, Status.NOT_ACCEPTED]


@dataclass(frozen=True)
class AsOf:
    """A date, and how to read the table at its end. `present` is set for today, and for nothing else."""

    day: dt.date
    present: bool

    @classmethod
    def on(cls, day: dt.date) -> "AsOf":
        return cls(day, present=day >= timezone.localdate())

    @property
    def end(self) -> dt.datetime:
        """The first moment after the day."""
        return timezone.make_aware(dt.datetime.combine(self.day + dt.timedelta(days=1), dt.time.min))

    @property
    def basis(self) -> Basis:
        """What `figures` counts on."""
        if self.present:
            return Basis()
        return Basis(
            status="status_then",
            last_update="updated_then",
            assigned=Q(Exists(self.held())),
            groups={
                "status": F("status_then"),
                "institution": F("held__institution__code"),
                "lead": F("led_then__institution__code"),
            },
        )

    def assignments(self) -> QuerySet[Assignment]:
        """Those in force at the end of the day: accepted, or waiting for acceptance."""
        return Assignment.objects.filter(self.live())

    def live(self, prefix: str = "") -> Q:
        """An assignment ends for good when it is returned or withdrawn; `answered_at` is then the moment."""
        begun = Q(**{f"{prefix}created_at__lt": self.end})
        lasting = Q(**{f"{prefix}state__in": LIVE}) | Q(**{f"{prefix}answered_at__gte": self.end})
        return begun & lasting

    def held(self) -> QuerySet[Assignment]:
        return self.assignments().filter(recommendation_id=OuterRef("pk"))

    def rows(self, rows: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
        """Of `rows`, those known at the date, with `status_then` and `updated_then` where the date is past."""
        rows = rows.filter(Q(published_on__lte=self.day) | Q(published_on=None, created_at__lt=self.end))
        if self.present:
            return rows
        judged = StatusEntry.objects.published().filter(
            recommendation_id=OuterRef("pk"), component=None, on__lte=self.day
        )
        updates = Update.objects.filter(recommendation_id=OuterRef("pk"), state=UpdateState.PUBLISHED)
        latest = updates.filter(published_at__lt=self.end).order_by("-published_at")
        return rows.annotate(
            status_then=Coalesce(
                Subquery(judged.order_by("-on", "-id").values("status")[:1]), Value(Status.NOT_ASSESSED)
            ),
            updated_then=Subquery(latest.annotate(day=TruncDate("published_at")).values("day")[:1]),
            held=FilteredRelation("assignments", condition=self.live("assignments__")),
            led_then=FilteredRelation(
                "assignments", condition=self.live("assignments__") & Q(assignments__role="lead")
            ),
        )

    def apply(
        self, view: RecommendationView, rows: QuerySet[Recommendation], stale_after_days: int = 365
    ) -> QuerySet[Recommendation]:
        """`view.apply`, with the filters on status, institution and updates at the date. `rows` come from `self.rows`."""
        if self.present:
            return view.apply(rows, stale_after_days=stale_after_days)
        lasting = {key: values for key, values in view.values.items() if key not in DATED}
        rows = replace(view, values=lasting).apply(rows)
        for key, chosen in view.values.items():
            if key in DATED:
                rows = rows.filter(self.condition(key, chosen, stale_after_days))
        return rows

    def condition(self, key: str, chosen: list[str], stale_after_days: int) -> Q:
        yes = chosen[0] == "yes"
        match key:
            case "status":
                return Q(status_then__in=chosen)
            case "institution":
                named = Q(Exists(self.held().filter(institution__code__in=chosen)))
                return named | Q(~Exists(self.held())) if NONE in chosen else named
            case "assigned":
                return Q(Exists(self.held())) if yes else Q(~Exists(self.held()))
            case "overdue":
                late = Q(due_on__lt=self.day) & ~Q(status_then__in=CLOSED)
                return late if yes else ~late
            case _:
                edge = self.day - dt.timedelta(days=stale_after_days if key == "stale" else 365)
                fresh = Q(updated_then__gte=edge)
                return fresh if yes == (key == "updated") else (~fresh | Q(updated_then=None))

    def grouped(self, view: RecommendationView, rows: QuerySet[Recommendation]) -> list[tuple[int, Any]]:
        """(primary key, group code) in the order of the view: one query. None stands for "no group"."""
        if not view.group_by:
            return [(pk, None) for pk in view.ordered(rows).values_list("pk", flat=True)]
        code = self.basis.groups.get(view.group_by, GROUPINGS[view.group_by][1])
        keys = [F("group_code").asc(nulls_last=True), *SORTS[view.sort][1]]
        found = rows.annotate(group_code=code).order_by(*keys).values_list("pk", "group_code")
        return list(dict.fromkeys(found))


def scope(person: Any, public_only: bool) -> QuerySet[Recommendation]:
    """The records that a report may hold: a person's own table, or what of it is published.

    Records restricted to named persons never enter a report: others of the secretariat may read it.
    """
    rows = Recommendation.objects.in_scope(person).exclude(visibility=Visibility.RESTRICTED)
    return rows.filter(visibility=Visibility.PUBLIC) if public_only else rows


def updates(as_of: AsOf, person: Any, public_only: bool) -> QuerySet[Update]:
    """Published updates of the date that the report may quote."""
    rows = Update.objects.visible_to(AnonymousUser() if public_only else person)
    rows = rows.filter(state=UpdateState.PUBLISHED, published_at__lt=as_of.end)
    return rows.exclude(visibility=Visibility.RESTRICTED)


def assessments(as_of: AsOf, person: Any, public_only: bool) -> QuerySet[ExternalAssessment]:
    rows = ExternalAssessment.objects.visible_to(AnonymousUser() if public_only else person)
    return rows.filter(on__lte=as_of.day).exclude(visibility=Visibility.RESTRICTED)
