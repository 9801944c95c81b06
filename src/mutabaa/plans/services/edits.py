"""Texts that met a conflict: kept, then put together or left."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import NotAllowed
from mutabaa.plans.measure_text import plain_values
from mutabaa.plans.models import KeptEdit, Measure
from mutabaa.plans.policies import may_edit_measure
from mutabaa.plans.services.measures import save_measure


@transaction.atomic
def keep_edit(by: Any, measure: Measure, version: int, fields: dict[str, Any]) -> KeptEdit:
    """Keep what a person wrote when it met a conflict; the same text from the same version is kept once."""
    if not may_edit_measure(by, measure):
        raise NotAllowed(_("This measure can no longer be changed, or it is not yours to change."))
    mine = plain_values(fields)
    for found in KeptEdit.objects.filter(measure=measure, author=by, base_version=version, resolved_at=None):
        if found.mine == mine:
            return found
    kept = KeptEdit.objects.create(measure=measure, author=by, base_version=version, mine=mine)
    record(by, "measure.conflict_kept", measure, base_version=version, version=measure.version)
    return kept


def own(by: Any, kept: KeptEdit) -> KeptEdit:
    row = KeptEdit.objects.select_for_update(of=("self",), no_key=True).select_related("measure__plan").get(pk=kept.pk)
    if row.author_id != by.pk:
        raise NotAllowed(_("Only the person who wrote this text puts it together with the other."))
    return row


@transaction.atomic
def resolve_edit(by: Any, kept: KeptEdit, version: int, **fields: Any) -> Measure:
    """Write the text put together. What was kept stays, marked as resolved; what stood before is in the history."""
    row = own(by, kept)
    measure = save_measure(by, row.measure, version, **fields)
    row.resolved_at = timezone.now()
    row.save(update_fields=["resolved_at"])
    return measure


@transaction.atomic
def drop_edit(by: Any, kept: KeptEdit) -> None:
    """Leave what stands; the text that was not taken stays kept."""
    row = own(by, kept)
    if row.resolved_at is None:
        row.resolved_at = timezone.now()
        row.save(update_fields=["resolved_at"])
        record(by, "measure.conflict_left", row.measure)
