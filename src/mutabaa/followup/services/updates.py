"""Updates on their way: entered, approved by the institution's authority, validated and published by the secretariat."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.core.models import Visibility, names_of, without_history
from mutabaa.followup.models import RequestItem, StatusCriterion, Update
from mutabaa.followup.policies import (
    focal_points_of,
    may_approve,
    may_ask_back,
    may_edit_update,
    may_publish,
    may_withdraw_update,
    may_write_update,
    people_of,
    secretariat_people,
    validating_people,
)
from mutabaa.followup.services.requests import mark_answered, reopen_items
from mutabaa.followup.services.rows import locked, required
from mutabaa.followup.services.statuses import has_evidence, write_status
from mutabaa.followup.states import UPDATE_STEPS, UpdateState
from mutabaa.followup.update_text import FIELDS, changed_fields
from mutabaa.institutions.models import Institution
from mutabaa.institutions.policies import has_validating_authority
from mutabaa.notifications.services import notify
from mutabaa.recommendations.models import Component, Recommendation, Responsibility
from mutabaa.recommendations.states import Status

WIDER = [Visibility.PUBLIC, Visibility.INSTITUTIONS, Visibility.SECRETARIAT]


def address(update: Update) -> str:
    return reverse("followup:update", args=[update.public_id])


@transaction.atomic
def start_update(
    by: Any,
    recommendation: Recommendation,
    institution: Institution,
    component: Component | None = None,
    request_item: RequestItem | None = None,
) -> Update:
    """The institution's open draft on the item (or component); a new one where there is none."""
    if not may_write_update(by, recommendation, institution.pk):
        raise NotAllowed(_("Your institution is not responsible for this recommendation."))
    # Two people who begin at once wait for each other here, and write in one draft.
    list(
        Responsibility.objects.select_for_update(no_key=True).filter(
            recommendation=recommendation, institution=institution
        )
    )
    open_drafts = Update.objects.editable().filter(
        recommendation=recommendation, institution=institution, component=component
    )
    if (draft := open_drafts.order_by("pk").first()) is not None:
        return draft
    visible = recommendation.visibility if recommendation.visibility in WIDER else Visibility.SECRETARIAT
    update = Update.objects.create(
        recommendation=recommendation,
        institution=institution,
        component=component,
        request_item=request_item,
        author=by,
        language=(translation.get_language() or "en")[:2],
        visibility=visible,
    )
    record(by, "update.started", update, recommendation=recommendation.pk, institution=institution.code)
    return update


@transaction.atomic
def save_update(by: Any, update: Update, version: int | None, **fields: Any) -> Update:
    """Keep what was written in a draft. Raises `Conflict` where somebody else changed other words of it meanwhile.

    Sending the same form twice, or what already stands, changes nothing and is no conflict.
    """
    row = locked(update, None, None, "recommendation")
    if not may_edit_update(by, row):
        raise NotAllowed(_("This update can no longer be changed, or your institution does not answer for it."))
    check_fields(row, fields)
    changes = changed_fields(row, fields)
    if not changes:
        return row
    if version is not None and row.version != version:
        raise Conflict(
            _(
                "Somebody else changed this update while you were writing. Both texts are kept: put together what should stand."
            ),
            current=row,
            mine=fields,
        )
    for name, value in changes.items():
        if name != "obstacles":
            setattr(row, name, value)
    row.version += 1
    row.save()
    if "obstacles" in changes:
        row.obstacles.set(changes["obstacles"])
    record(by, "update.saved", row, fields=sorted(changes), version=row.version)
    return row


def check_fields(row: Update, fields: dict[str, Any]) -> None:
    """Only what an update has, and dates, status and visibility that can be right."""
    if unknown := set(fields) - {*FIELDS, "obstacles"}:
        raise ValueError(f"an update has no field {unknown}")
    begun, ended = fields.get("done_from", row.done_from), fields.get("done_until", row.done_until)
    if begun and begun > timezone.localdate():
        raise Invalid(
            _("This date lies in the future. What is still to come belongs under the next step."), field="done_from"
        )
    if begun and ended and ended < begun:
        raise Invalid(_("The end lies before the beginning. Correct one of the two dates."), field="done_until")
    status = fields.get("proposed_status", "")
    if status and status not in Status.values:
        raise Invalid(_("There is no such status."), field="proposed_status")
    if fields.get("visibility", Visibility.PUBLIC) not in WIDER:
        raise Invalid(_("Choose who may read this update."), field="visibility")
    component = fields.get("component")
    if component is not None and component.recommendation_id != row.recommendation_id:
        raise Invalid(_("This component belongs to another recommendation."), field="component")


def step(row: Update, to: str) -> None:
    """Move along `UPDATE_STEPS`; anything else is refused."""
    if to not in UPDATE_STEPS[row.state]:
        raise Invalid(
            _("An update that is “%(state)s” cannot become “%(next)s”. Open it again to see where it stands.")
            % {"state": row.get_state_display(), "next": UpdateState(to).label}
        )
    row.state = to


@transaction.atomic
def submit_update(by: Any, update: Update, version: int | None = None) -> Update:
    """Hand a draft to the validating authority; straight to the secretariat where the institution has none."""
    row = locked(update, version, None, "recommendation__document", "institution")
    if not may_edit_update(by, row):
        raise NotAllowed(_("This update can no longer be submitted, or your institution does not answer for it."))
    required(
        row.what_was_done,
        _("Write what was done before you submit. If nothing was done, say so and why."),
        "what_was_done",
    )
    check_fields(row, {})
    check_evidence(row, row.proposed_status)
    step(row, UpdateState.SUBMITTED)
    row.back_reason, row.approved_by = "", None
    alone = not has_validating_authority(row.institution_id)
    if alone:
        step(row, UpdateState.APPROVED)
        row.approved_by = by
        mark_answered(row)
    row.version += 1
    row.save()
    record(by, "update.submitted", row, straight_to_secretariat=alone)
    tell(
        row,
        secretariat_people() if alone else validating_people(row.institution_id),
        "to_validate" if alone else "to_approve",
    )
    return row


def check_evidence(row: Update, status: str) -> None:
    """A status whose criterion asks for evidence needs some, on this update or published before (T-231)."""
    needs = status and StatusCriterion.objects.filter(status=status, evidence_required=True).exists()
    if needs and not has_evidence(row.recommendation_id, row.component_id, row):
        raise Invalid(
            _("The status “%(status)s” needs evidence. Add a file or a link that shows it, or choose another status.")
            % {"status": Status(status).label},
            field="proposed_status",
        )


def tell(row: Update, people: Iterable[Any], about: str) -> None:
    notify(
        people,
        kind=f"followup.{about}",
        key=f"update:{row.pk}:{row.version}:{about}",
        url=address(row),
        reference=row.recommendation.reference,
        institution=names_of(row.institution),
        reason=row.back_reason,
    )


@transaction.atomic
def approve_update(by: Any, update: Update, version: int | None = None) -> Update:
    """The validating authority sends the update on to the secretariat."""
    row = locked(update, version, None, "recommendation__document", "institution")
    if not may_approve(by, row):
        raise NotAllowed(_("Only the validating authority approves, and only what waits for it."))
    step(row, UpdateState.APPROVED)
    row.approved_by = by
    mark_answered(row)
    row.version += 1
    row.save()
    record(by, "update.approved", row)
    tell(row, secretariat_people(), "to_validate")
    return row


@transaction.atomic
def ask_back_update(by: Any, update: Update, reason: str, version: int | None = None) -> Update:
    """Give an update back to its writers, saying what is missing."""
    row = locked(update, version, None, "recommendation__document", "institution")
    if not may_ask_back(by, row):
        raise NotAllowed(_("This update does not wait for you, so you cannot ask it back."))
    reason = required(reason, _("Say what is missing or should be changed."), "reason")
    if row.state == UpdateState.APPROVED:
        reopen_items(row)
    step(row, UpdateState.ASKED_BACK)
    row.back_reason = reason
    row.version += 1
    row.save()
    record(by, "update.asked_back", row, reason=reason)
    tell(row, {row.author, *focal_points_of(row.institution_id)}, "asked_back")
    return row


@transaction.atomic
def publish_update(
    by: Any,
    update: Update,
    version: int | None = None,
    *,
    status: str = "",
    status_on: dt.date | None = None,
    note: str = "",
) -> Update:
    """Validate and publish; with a status, judge the item too. The only way an institution's text becomes public.

    `status`, proposed or another, is written as an entry that quotes the criterion in force.
    """
    row = locked(update, version, None, "recommendation__document", "institution", "component")
    if not may_publish(by, row):
        raise NotAllowed(_("Only the secretariat publishes, and only what was approved."))
    if status and status not in Status.values:
        raise Invalid(_("There is no such status."), field="status")
    step(row, UpdateState.PUBLISHED)
    row.published_by, row.published_at = by, timezone.now()
    row.version += 1
    row.save()
    item = Recommendation.objects.select_for_update(no_key=True).get(pk=row.recommendation_id)
    item.last_update_on = max(filter(None, [item.last_update_on, timezone.localdate()]))
    with without_history(item):  # the updates are the history
        item.save(update_fields=["last_update_on", "updated_at"])
    if status:
        write_status(by, item, status, on=status_on, note=note, component=row.component, update=row)
    record(by, "update.published", row, status=status, visibility=row.visibility)
    tell(row, {row.author, *people_of([row.institution_id])}, "published")
    return row


@transaction.atomic
def withdraw_update(by: Any, update: Update, version: int | None = None) -> Update:
    """The institution drops a draft or takes back what nobody approved yet. The text stays in the history."""
    row = locked(update, version)
    if not may_withdraw_update(by, row):
        raise NotAllowed(_("This update has gone too far to be withdrawn, or it is not yours."))
    step(row, UpdateState.WITHDRAWN)
    row.version += 1
    row.save()
    record(by, "update.withdrawn", row)
    return row


@transaction.atomic
def answer_many(
    by: Any, recommendations: Iterable[Recommendation], institution: Institution, *, submit: bool = False, **fields: Any
) -> list[Update]:
    """One text for several items of a cluster or request: a draft on each, filled alike.

    An item whose draft already says something else is refused by name, so that no text is written over.
    """
    out = []
    for item in recommendations:
        update = start_update(by, item, institution)
        if update.what_was_done.strip() and changed_fields(update, fields):
            raise Invalid(
                _(
                    "There is already a draft with another text on %(reference)s. Leave it out here, or finish that draft first."
                )
                % {"reference": item.reference},
                field="selected",
            )
        update = save_update(by, update, update.version, **fields)
        out.append(submit_update(by, update) if submit else update)
    if not out:
        raise Invalid(_("Choose at least one recommendation."), field="selected")
    return out
