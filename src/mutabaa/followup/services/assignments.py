"""Giving items to institutions, and their answers. The one place that writes `Responsibility` and the lead."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.models import names_of
from mutabaa.followup.models import Assignment
from mutabaa.followup.policies import focal_points_of, may_answer_assignment, may_assign, people_of, secretariat_people
from mutabaa.followup.services.rows import locked, required
from mutabaa.followup.states import ASSIGNMENT_STEPS, AssignmentState
from mutabaa.institutions.models import Institution
from mutabaa.notifications.services import notify
from mutabaa.recommendations.models import Cluster, Component, Recommendation, Responsibility
from mutabaa.recommendations.search import touched

LEAD = Responsibility.Role.LEAD


@transaction.atomic
def assign(
    by: Any,
    *,
    institution: Institution,
    role: str,
    recommendations: Iterable[Recommendation] = (),
    cluster: Cluster | None = None,
    note: str = "",
    due_on: dt.date | None = None,
    component: Component | None = None,
) -> list[Assignment]:
    """Ask an institution to take items, or every visible member of a cluster; one act, one notice.

    An item that the institution already has in this role is left as it is; in the other role, its role changes. A new
    lead ends the former lead's assignment. Returns what is new or changed. About twelve queries, and five for each item
    that changes hands.
    """
    if not may_assign(by):
        raise NotAllowed(_("Only the secretariat assigns recommendations."))
    if role not in Responsibility.Role.values:
        raise Invalid(_("There is no such role."), field="role")
    if not institution.active:
        raise Invalid(_("This institution is no longer active. Choose its successor."), field="institution")
    wanted = {r.pk for r in recommendations}
    if cluster is not None and not wanted:
        wanted = set(cluster.members.values_list("pk", flat=True))
    rows = list(Recommendation.objects.own().visible_to(by).filter(pk__in=wanted))
    # Visibility is a filtered read; the lock is taken on plain rows, which both databases can do.
    rows = list(
        Recommendation.objects.select_for_update(no_key=True).filter(pk__in=[r.pk for r in rows]).order_by("pk")
    )
    if not rows:
        raise Invalid(_("Choose at least one recommendation."), field="selected")
    if component is not None and {component.recommendation_id} != {r.pk for r in rows}:
        raise Invalid(_("A component is assigned together with its own recommendation."), field="component")

    live = {
        a.recommendation_id: a
        for a in Assignment.objects.live().filter(recommendation__in=rows, institution=institution)
    }
    rows = [row for row in rows if row.pk not in live or live[row.pk].role != role]
    if role == LEAD:
        end_former_leads(by, rows, institution)
    changed: list[Assignment] = []
    for row in rows:
        if had := live.get(row.pk):
            had.role, had.version = role, had.version + 1
            had.save()
            changed.append(had)
    fresh = [
        Assignment(
            recommendation=row,
            institution=institution,
            role=role,
            cluster=cluster,
            component=component,
            note=note.strip(),
            due_on=due_on,
            assigned_by=by,
        )
        for row in rows
        if row.pk not in live
    ]
    changed += bulk_create_with_history(fresh, Assignment, default_user=by) if fresh else []
    Responsibility.objects.bulk_create(
        [Responsibility(recommendation=row, institution=institution, role=role) for row in rows],
        update_conflicts=True,
        unique_fields=["recommendation", "institution"],
        update_fields=["role"],
    )
    set_leads(row.pk for row in rows)
    if component is not None and component.institution_id != institution.pk:
        component = locked(component)
        component.institution, component.version = institution, component.version + 1
        component.save()
    entry = record(
        by,
        "assignment.made",
        cluster or (rows[0] if len(rows) == 1 else institution),
        institution=institution.code,
        role=role,
        recommendations=[a.recommendation_id for a in changed],
        component=component.label if component else "",
    )
    if changed:
        notify(
            people_of([institution.pk]),
            kind="followup.assigned",
            key=f"assigned:{entry.sequence}",
            url=reverse("followup:assignments"),
            count=len(changed),
            institution=names_of(institution),
        )
    return changed


def end_former_leads(by: Any, rows: list[Recommendation], successor: Institution) -> None:
    """The lead passes on: the former lead's assignment ends and its people are told."""
    formers = Assignment.objects.live().filter(recommendation__in=rows, role=LEAD).exclude(institution=successor)
    for former in formers.select_related("recommendation__document", "institution"):
        end(
            by, former, AssignmentState.WITHDRAWN, _("The lead passed to %(institution)s.") % {"institution": successor}
        )
        tell_withdrawn(former)
    Responsibility.objects.filter(recommendation__in=rows, role=LEAD).exclude(institution=successor).delete()


def end(by: Any, assignment: Assignment, state: str, reason: str) -> None:
    """Write the end of an assignment, with its responsibility, the item's lead and its component."""
    if state not in ASSIGNMENT_STEPS[assignment.state]:
        raise Invalid(_("This assignment has already ended."))
    assignment.state, assignment.reason = state, reason
    assignment.answered_by, assignment.answered_at = by, timezone.now()
    assignment.version += 1
    assignment.save()
    Responsibility.objects.filter(
        recommendation_id=assignment.recommendation_id, institution_id=assignment.institution_id
    ).delete()
    for part in Component.objects.filter(
        recommendation_id=assignment.recommendation_id, institution_id=assignment.institution_id
    ):
        part.institution, part.version = None, part.version + 1
        part.save()
    set_leads([assignment.recommendation_id])


def set_leads(items: Iterable[int]) -> None:
    """Keep the lead that lists show in step with the responsibilities. One statement; the assignments hold the history."""
    held = Responsibility.objects.filter(recommendation_id=OuterRef("pk"), role=LEAD).order_by("pk")
    items = list(items)
    touched(items)
    Recommendation.objects.filter(pk__in=items).update(
        lead_id=Subquery(held.values("institution_id")[:1]), updated_at=timezone.now()
    )


@transaction.atomic
def accept_assignment(by: Any, assignment: Assignment) -> Assignment:
    """The institution takes the item. Accepting twice changes nothing."""
    row = locked(assignment, None, None, "recommendation", "institution")
    if row.state == AssignmentState.ACCEPTED:
        return row
    if not may_answer_assignment(by, row):
        raise NotAllowed(_("This assignment is not yours to accept, or it has ended."))
    row.state, row.answered_by, row.answered_at = AssignmentState.ACCEPTED, by, timezone.now()
    row.version += 1
    row.save()
    record(by, "assignment.accepted", row.recommendation, institution=row.institution.code, assignment=row.pk)
    return row


@transaction.atomic
def return_assignment(by: Any, assignment: Assignment, reason: str) -> Assignment:
    """The institution gives the item back, with a reason; the secretariat is told."""
    row = locked(assignment, None, None, "recommendation__document", "institution")
    if not may_answer_assignment(by, row):
        raise NotAllowed(_("This assignment is not yours to return, or it has ended."))
    reason = required(reason, _("Say why your institution returns this item, and who should take it."), "reason")
    end(by, row, AssignmentState.RETURNED, reason)
    record(
        by,
        "assignment.returned",
        row.recommendation,
        institution=row.institution.code,
        assignment=row.pk,
        reason=reason,
    )
    notify(
        secretariat_people(),
        kind="followup.returned",
        key=f"returned:{row.pk}:{row.version}",
        url=row.recommendation.workspace_url(),
        institution=names_of(row.institution),
        reference=row.recommendation.reference,
        reason=reason,
    )
    return row


@transaction.atomic
def withdraw_assignment(by: Any, assignment: Assignment, reason: str = "") -> Assignment:
    """The secretariat takes an assignment back."""
    row = locked(assignment, None, None, "recommendation__document", "institution")
    if not may_assign(by):
        raise NotAllowed(_("Only the secretariat takes assignments back."))
    end(by, row, AssignmentState.WITHDRAWN, reason.strip())
    record(
        by,
        "assignment.withdrawn",
        row.recommendation,
        institution=row.institution.code,
        assignment=row.pk,
        reason=reason,
    )
    tell_withdrawn(row)
    return row


def tell_withdrawn(row: Assignment) -> None:
    notify(
        focal_points_of(row.institution_id),
        kind="followup.withdrawn",
        key=f"withdrawn:{row.pk}:{row.version}",
        url=row.recommendation.workspace_url(),
        reference=row.recommendation.reference,
    )
