"""What the portal and the open API may see of this room: what a visitor may read of the State's own records.

People are never named here, except as the authors of their public comments: an update is an institution's statement,
a status the secretariat's.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, QuerySet, Subquery

from mutabaa.core.models import Visibility
from mutabaa.followup.models import (
    Comment,
    ExternalAssessment,
    Obstacle,
    StatusCriterion,
    StatusEntry,
    Update,
)
from mutabaa.followup.models.updates import UpdateQuerySet
from mutabaa.followup.states import UpdateState

EVERYONE = AnonymousUser()


def public_updates() -> UpdateQuerySet:
    """Published and public updates on public records of the State's own table, latest first."""
    rows = Update.objects.visible_to(EVERYONE).filter(recommendation__own=True).order_by("-published_at", "-id")
    rows.query.distinct = (
        False  # a visitor's condition joins nothing that repeats a row, and DISTINCT would read all texts
    )
    return rows


def latest_updates(limit: int, **of: Any) -> list[Update]:
    """With institution, record and document: one query. `of` narrows by fields of the update."""
    rows = public_updates().filter(published_at__isnull=False, **of)
    return list(rows.select_related("institution", "recommendation__document", "recommendation__mechanism")[:limit])


def updates_on(recommendation_id: int) -> list[Update]:
    """With institution, component and evidence (`update.shown_evidence`): one query."""
    return public_updates().filter(recommendation_id=recommendation_id).with_evidence()


def obstacles_on(recommendation_id: int) -> QuerySet[Any]:
    """Rows that tie obstacles to the public updates of a record (`update_id`, `obstacle`)."""
    return Update.obstacles.through.objects.filter(
        update__in=public_updates().filter(recommendation_id=recommendation_id).order_by()
    )


def statuses_on(recommendation_id: int, language: str, first_language: str) -> list[StatusEntry]:
    """The published judgements, latest first: one query.

    `entry.criterion` is the wording in force when the judgement was made, in `first_language` of the installation;
    where it still stands, `entry.criterion_now` holds the same criterion in `language`. `entry.shown_update` is the
    public update that led to the judgement, with its institution; None where the secretariat judged of itself or the
    update is not public.
    """
    same = StatusCriterion.objects.filter(
        **{"status": OuterRef("status"), f"criterion_{first_language}": OuterRef("criterion")}
    )
    rows = (
        StatusEntry.objects.visible_to(EVERYONE)
        .filter(recommendation_id=recommendation_id)
        .select_related("component", "update__institution")
        .annotate(criterion_now=Subquery(same.values(f"criterion_{language}")[:1]))
    )
    found: list[Any] = list(rows)
    for entry in found:
        shown = entry.update is not None and is_public(entry.update)
        entry.shown_update = entry.update if shown else None
    return found


def is_public(update: Update) -> bool:
    """Of an update on a public record."""
    return update.state == UpdateState.PUBLISHED and update.visibility == Visibility.PUBLIC


def assessments_on(recommendation_id: int) -> list[ExternalAssessment]:
    """Others' public judgements, each in its own scale; a document that is not public goes unnamed. One query."""
    rows = ExternalAssessment.objects.visible_to(EVERYONE).filter(recommendation_id=recommendation_id)
    return list(rows.select_related("grade__scale", "document", "component"))


def comments_on(recommendation_id: int) -> list[Comment]:
    """Public comments that are not hidden, oldest first, with their authors. One query."""
    rows = Comment.objects.visible_to(EVERYONE).filter(recommendation_id=recommendation_id)
    return list(rows.select_related("author"))


def criteria() -> dict[str, StatusCriterion]:
    """What each status means, by status. One query."""
    return {row.status: row for row in StatusCriterion.objects.all()}


__all__ = [
    "Obstacle",
    "StatusCriterion",
    "assessments_on",
    "comments_on",
    "criteria",
    "latest_updates",
    "obstacles_on",
    "public_updates",
    "statuses_on",
    "updates_on",
]
