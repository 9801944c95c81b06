"""The State's own judgement of items, and what each status means."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.installation import current
from mutabaa.core.models import without_history
from mutabaa.followup.models import Evidence, StatusCriterion, StatusEntry, Update
from mutabaa.followup.policies import may_edit_criteria, may_set_status
from mutabaa.followup.services.rows import locked
from mutabaa.followup.states import UpdateState
from mutabaa.recommendations.models import Component, Recommendation
from mutabaa.recommendations.states import Status


def has_evidence(recommendation_id: int, component_id: int | None, update: Update | None = None) -> bool:
    """Evidence on this update, or on a published one of the same item or component. One query."""
    proofs = Evidence.objects.filter(removed=False)
    published = Q(
        update__state=UpdateState.PUBLISHED,
        update__recommendation_id=recommendation_id,
        **({"update__component_id": component_id} if component_id else {}),
    )
    return proofs.filter(published | Q(update=update) if update is not None else published).exists()


def write_status(
    by: Any,
    item: Recommendation,
    status: str,
    *,
    on: dt.date | None,
    note: str = "",
    component: Component | None = None,
    update: Update | None = None,
    internal: bool = False,
) -> StatusEntry:
    """Append a judgement and keep what lists show in step. Call it with the item locked, inside the deed's transaction."""
    today = timezone.localdate()
    on = on or today
    if on > today:
        raise Invalid(_("The date of a status cannot lie in the future."), field="on")
    if status not in Status.values:
        raise Invalid(_("There is no such status."), field="status")
    criterion = StatusCriterion.objects.filter(status=status).first()
    if (
        criterion
        and criterion.evidence_required
        and not internal
        and not has_evidence(item.pk, component.pk if component else None, update)
    ):
        raise Invalid(
            _(
                "The status “%(status)s” needs evidence, and there is none yet. Ask the institution to add a file or a link, or choose another status."
            )
            % {"status": Status(status).label},
            field="status",
        )
    entry = StatusEntry.objects.create(
        recommendation=item,
        component=component,
        status=status,
        on=on,
        criterion=wording(criterion),
        note=note.strip(),
        update=update,
        internal=internal,
        author=by,
    )
    if not internal:
        show_latest(item, component)
    return entry


def wording(criterion: StatusCriterion | None) -> str:
    """The criterion in the installation's first language: the text that was in force."""
    if criterion is None:
        return ""
    with translation.override((current().languages or ["en"])[0]):
        return str(criterion.criterion)


def show_latest(item: Recommendation, component: Component | None) -> None:
    """The latest published entry by date stands on the item; a back-dated one only enters the history."""
    latest = (
        StatusEntry.objects.filter(recommendation=item, component=component, internal=False)
        .order_by("-on", "-id")
        .first()
    )
    if latest is None:
        return
    target: Any = locked(component) if component is not None else item
    target.status, target.status_on = latest.status, latest.on
    with without_history(target):  # the entries are the history
        target.save(update_fields=["status", "status_on", "updated_at"])


@transaction.atomic
def set_status(
    by: Any,
    recommendation: Recommendation,
    status: str,
    *,
    on: dt.date | None = None,
    note: str = "",
    component: Component | None = None,
    internal: bool = False,
) -> StatusEntry:
    """The secretariat judges directly. `internal`: an evaluation before publication, which changes nothing public (T-044)."""
    if not may_set_status(by):
        raise NotAllowed(_("Only the secretariat sets the status."))
    item = locked(recommendation)
    if component is not None and component.recommendation_id != item.pk:
        raise Invalid(_("This component belongs to another recommendation."), field="component")
    entry = write_status(by, item, status, on=on, note=note, component=component, internal=internal)
    record(
        by,
        "status.set",
        item,
        status=status,
        on=entry.on,
        internal=internal,
        component=component.label if component else "",
    )
    return entry


@transaction.atomic
def change_criterion(
    by: Any, criterion: StatusCriterion, version: int | None, *, evidence_required: bool, texts: dict[str, str]
) -> StatusCriterion:
    """Reword what a status means. Entries keep the wording they were made under; the history keeps every wording."""
    if not may_edit_criteria(by):
        raise NotAllowed(_("Only an administrator changes the criteria."))
    row = locked(criterion, version, {"evidence_required": evidence_required} | texts)
    if not any(text.strip() for text in texts.values()):
        raise Invalid(_("Write the criterion in at least one language."))
    for language, text in texts.items():
        setattr(row, f"criterion_{language}", text.strip())
    row.evidence_required = evidence_required
    row.version += 1
    row.save()
    record(by, "criterion.changed", row, status=row.status, evidence_required=evidence_required, texts=texts)
    return row
