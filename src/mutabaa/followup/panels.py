"""What follow-up shows on pages of others: a person's desk, a record, a cluster."""

from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutabaa.accounts.access import ADMINISTRATOR, WRITERS
from mutabaa.accounts.policies import is_contributor, is_outside_reader, is_secretariat, is_statistician
from mutabaa.core import pages
from mutabaa.core.installation import current
from mutabaa.core.pages import MenuItem, Panel
from mutabaa.followup.forms import CommentForm
from mutabaa.followup.models import (
    Assignment,
    Comment,
    ExternalAssessment,
    InformationRequest,
    KeptEdit,
    StatusEntry,
    Update,
)
from mutabaa.followup.policies import assessors_of, may_assign, may_comment, may_hide_comment, may_set_status
from mutabaa.followup.states import AssignmentState, RequestState, UpdateState
from mutabaa.institutions.models import FocalPoint
from mutabaa.institutions.policies import institution_ids, posts_of
from mutabaa.recommendations.filters import condition
from mutabaa.recommendations.models import Recommendation, Responsibility

HELD = ("pk", "state", "due_on", "note")  # what the page of a record shows of an assignment
FEW = 8  # entries of each kind on the first page; the rest is one click away


def desk_of_contributor(request: HttpRequest) -> Panel | None:
    """What waits for an institution's people. Seven queries at most."""
    person = request.user
    if not is_contributor(person):
        return None
    mine = institution_ids(person)
    visible = Recommendation.objects.visible_to(person)
    assignments = list(
        Assignment.objects.waiting()
        .filter(institution_id__in=mine, recommendation__in=visible)
        .select_related("recommendation__document", "institution")
        .order_by("created_at")[: FEW * 3 + 1]
    )
    waiting = Q(items__institution_id__in=mine, items__answered_at=None)
    requests = list(
        InformationRequest.objects.open()
        .filter(waiting)
        .annotate(waiting=Count("items", filter=waiting))
        .order_by("due_on")[:FEW]
    )
    updates = list(
        Update.objects.filter(institution_id__in=mine, recommendation__in=visible)
        .filter(state__in=[UpdateState.DRAFT, UpdateState.ASKED_BACK, UpdateState.SUBMITTED])
        .select_related("recommendation__document", "institution")
        .order_by("-updated_at")[: FEW * 5]
    )
    validates = {p.institution_id for p in posts_of(person) if p.kind == FocalPoint.Kind.VALIDATING}
    kept = list(
        KeptEdit.objects.filter(author_id=person.pk, resolved_at=None).select_related(
            "update__recommendation__document"
        )[:FEW]
    )
    submitted = [u for u in updates if u.state == UpdateState.SUBMITTED]
    context = {
        "assignments": assignments[: FEW * 3],
        "more_assignments": len(assignments) > FEW * 3,
        "requests": requests,
        "asked_back": [u for u in updates if u.state == UpdateState.ASKED_BACK][:FEW],
        "drafts": [u for u in updates if u.state == UpdateState.DRAFT][:FEW],
        "to_approve": [u for u in submitted if u.institution_id in validates][:FEW],
        "submitted": [u for u in submitted if u.institution_id not in validates][:FEW],
        "kept": kept,
        "today": timezone.localdate(),
        "posts": posts_of(person),
    }
    return Panel("followup/panels/desk_contributor.html", context, 10)


def desk_of_secretariat(request: HttpRequest) -> Panel | None:
    """What waits for the secretariat, each one click to its list. Six queries."""
    person = request.user
    if not is_secretariat(person):
        return None
    items = Recommendation.objects.own().visible_to(person)
    stale = current().stale_after_days
    figures = items.aggregate(
        unassigned=Count("pk", filter=condition("assigned", ["no"], stale)),
        stale=Count("pk", filter=condition("stale", ["yes"], stale)),
        overdue=Count("pk", filter=condition("overdue", ["yes"], stale)),
    )
    to_validate = Update.objects.filter(state=UpdateState.APPROVED, recommendation__in=items)
    returned = Assignment.objects.visible_to(person).returned_and_open()
    validating = list(
        to_validate.select_related("recommendation__document", "institution").order_by("updated_at")[: FEW + 1]
    )
    given_back = list(
        returned.select_related("recommendation__document", "institution").order_by("-answered_at")[: FEW + 1]
    )
    overdue = list(InformationRequest.objects.overdue().with_progress().order_by("due_on")[: FEW + 1])
    context = figures | {
        "to_validate": validating[:FEW],
        "more_to_validate": len(validating) > FEW,
        "returned": given_back[:FEW],
        "more_returned": len(given_back) > FEW,
        "requests": overdue[:FEW],
        "overdue_items": figures["overdue"],
        "nothing": not (validating or given_back or overdue),
    }
    return Panel("followup/panels/desk_secretariat.html", context, 10)


def desk_of_readers(request: HttpRequest) -> Panel | None:
    """Recent publications, for those who read and comment. One query."""
    person = request.user
    if not (is_outside_reader(person) or is_statistician(person)):
        return None
    recent = (
        Update.objects.visible_to(person)
        .filter(state=UpdateState.PUBLISHED)
        .select_related("recommendation__document", "institution")
        .order_by("-published_at")[:15]
    )
    return Panel("followup/panels/desk_reader.html", {"updates": list(recent)}, 10)


def record_actions(request: HttpRequest, record: Any) -> Panel | None:
    """Who answers for the item, and what this person can do here. One query, which the panels after it use too."""
    person = request.user
    mine = institution_ids(person)
    live = Assignment.objects.live().filter(
        recommendation_id=OuterRef("recommendation_id"), institution_id=OuterRef("institution_id")
    )
    held = {f"held_{name}": Subquery(live.values(name)[:1]) for name in HELD}
    rows = Responsibility.objects.select_related("institution").annotate(**held).order_by("role", "pk")
    prefetch_related_objects([record], Prefetch("responsibilities", rows))
    responsible = []
    for row in record.responsibilities.all():
        shown = row.held_pk is not None and (is_secretariat(person) or row.institution_id in mine)
        assignment = Assignment(**{name: getattr(row, f"held_{name}") for name in HELD}) if shown else None
        responsible.append({"row": row, "assignment": assignment, "mine": row.institution_id in mine})
    own = [r for r in responsible if r["mine"]]
    context = {
        "record": record,
        "responsible": responsible,
        "own": own,
        "to_answer": [
            r["assignment"] for r in own if r["assignment"] and r["assignment"].state == AssignmentState.PROPOSED
        ],
        "components": record.components.all(),
        "may_assign": may_assign(person),
        "may_set_status": may_set_status(person),
        "may_assess": bool(assessors_of(person)),
    }
    return Panel("followup/panels/actions.html", context, 10)


def record_status(request: HttpRequest, record: Any) -> Panel | None:
    """The State's status with its criterion and history. One query."""
    entries = list(
        StatusEntry.objects.filter(recommendation=record)
        .filter(Q() if may_set_status(request.user) else Q(internal=False))
        .select_related("component", "author", "update")[:50]
    )
    latest = next((e for e in entries if not e.internal and e.component_id is None), None)
    return Panel("followup/panels/status.html", {"record": record, "latest": latest, "entries": entries}, 20)


def record_updates(request: HttpRequest, record: Any) -> Panel | None:
    """The updates this person may read, newest first, with their evidence. One query."""
    latest = (
        Update.objects.visible_to(request.user)
        .filter(recommendation=record)
        .exclude(state=UpdateState.WITHDRAWN)
        .order_by("-updated_at")[:20]
    )
    mine = institution_ids(request.user)
    updates = Update.objects.filter(pk__in=latest.values("pk")).order_by("-updated_at").with_evidence()
    return Panel("followup/panels/updates.html", {"record": record, "updates": updates, "mine": mine}, 30)


def record_assessments(request: HttpRequest, record: Any) -> Panel | None:
    """What others judged, in their own scales. One query."""
    rows = ExternalAssessment.objects.visible_to(request.user).filter(recommendation=record)
    rows = rows.select_related("grade__scale", "document", "component")[:50]
    context = {"record": record, "assessments": list(rows), "may_assess": bool(assessors_of(request.user))}
    return Panel("followup/panels/assessments.html", context, 40)


def record_comments(request: HttpRequest, record: Any) -> Panel | None:
    """Comments, and the place to write one. One query, two for a contributor."""
    person = request.user
    rows = list(Comment.objects.visible_to(person).filter(recommendation=record).select_related("author")[:100])
    comments = [{"row": c, "may_hide": may_hide_comment(person, c)} for c in rows]
    scope = {r.institution_id for r in record.responsibilities.all()} & institution_ids(person)
    may = bool(scope) if is_contributor(person) else may_comment(person, record)
    context = {
        "record": record,
        "comments": comments,
        "form": CommentForm() if may else None,
        "outside": is_outside_reader(person),
    }
    return Panel("followup/panels/comments.html", context, 50)


def cluster_work(request: HttpRequest, cluster: Any) -> Panel | None:
    """Who answers for the cluster's items, what was asked, and writing one update for all. Three queries."""
    person = request.user
    visible = Recommendation.objects.own().visible_to(person).filter(clusters=cluster)
    rows = Assignment.objects.live().filter(recommendation__in=visible)
    if not is_secretariat(person):
        rows = rows.filter(institution_id__in=institution_ids(person))
    institutions: dict[int, dict[str, Any]] = {}
    for a in rows.select_related("institution"):
        line = institutions.setdefault(
            a.institution_id, {"institution": a.institution, "lead": 0, "partner": 0, "waiting": 0}
        )
        line[a.role] += 1
        line["waiting"] += a.state == AssignmentState.PROPOSED
    requests = (
        InformationRequest.objects.visible_to(person).filter(cluster=cluster, state=RequestState.OPEN).with_progress()
    )
    if not (is_secretariat(person) or is_contributor(person)):
        return None
    context = {
        "cluster": cluster,
        "institutions": sorted(institutions.values(), key=lambda line: line["institution"].code),
        "requests": list(requests),
        "may_assign": may_assign(person),
        "may_answer": bool(institutions) and is_contributor(person),
    }
    return Panel("followup/panels/cluster.html", context, 10)


def register_all() -> None:
    pages.desk_panels.extend([desk_of_contributor, desk_of_secretariat, desk_of_readers])
    pages.record_panels.extend([record_status, record_updates, record_assessments, record_comments])
    pages.record_side_panels.append(record_actions)
    pages.cluster_panels.append(cluster_work)
    pages.menu.append(MenuItem(_("Requests"), "followup:requests", WRITERS, "/workspace/follow-up/", 30))
    criteria = MenuItem(_("Status criteria"), "followup:criteria", ADMINISTRATOR, "/workspace/follow-up/criteria/", 85)
    pages.menu.append(criteria)
