"""Needs that follow from a gap."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.assistance.models import Gap, Need
from mutabaa.assistance.policies import may_edit_gap
from mutabaa.assistance.services.gaps import OWN_ONLY
from mutabaa.assistance.services.rows import changes_of, refuse_stale, write
from mutabaa.assistance.states import GapState
from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.services.rows import locked, required


@transaction.atomic
def record_need(by: Any, gap: Gap, **fields: Any) -> Need:
    if not may_edit_gap(by, gap):
        raise NotAllowed(OWN_ONLY)
    if gap.state == GapState.CLOSED:
        raise Invalid(_("This gap is closed. Open it again before you add a need."))
    need = Need(gap=gap, recorded_by=by, recorded_on=timezone.localdate(), **fields)
    required(need.description, _("Say what is needed."), "description")
    need.save()
    record(by, "need.recorded", need, gap=gap.pk, kind=need.kind, direction=need.direction)
    return need


@transaction.atomic
def change_need(by: Any, need: Need, version: int | None, **fields: Any) -> Need:
    row = locked(need, None, None, "gap")
    if not may_edit_gap(by, row.gap):
        raise NotAllowed(OWN_ONLY)
    changes = changes_of(row, fields)
    if not changes:
        return row
    refuse_stale(row, version, fields)
    required(fields.get("description", row.description), _("Say what is needed."), "description")
    write(row, changes)
    record(by, "need.changed", row, fields=sorted(changes))
    return row


@transaction.atomic
def drop_need(by: Any, need: Need, reason: str, version: int | None = None) -> Need:
    """No longer needed, and why. Requests that came from it go on."""
    row = locked(need, version, None, "gap")
    if not may_edit_gap(by, row.gap):
        raise NotAllowed(OWN_ONLY)
    row.dropped_because = required(reason, _("Say why it is no longer needed."), "reason")
    row.version += 1
    row.save()
    record(by, "need.dropped", row, reason=row.dropped_because)
    return row
