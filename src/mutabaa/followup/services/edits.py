"""Texts that met a conflict: kept, then put together or left."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import NotAllowed
from mutabaa.followup.models import KeptEdit, Update
from mutabaa.followup.policies import may_write_update
from mutabaa.followup.services.updates import save_update
from mutabaa.followup.update_text import as_kept


@transaction.atomic
def keep_edit(by: Any, update: Update, version: int, fields: dict[str, Any]) -> KeptEdit:
    """Keep what a person wrote when it met a conflict; the same text from the same version is kept once."""
    if not may_write_update(by, update.recommendation, update.institution_id):
        raise NotAllowed(_("Your institution is not responsible for this recommendation."))
    mine = as_kept(fields)
    for found in KeptEdit.objects.filter(update=update, author=by, base_version=version, resolved_at=None):
        if found.mine == mine:
            return found
    kept = KeptEdit.objects.create(update=update, author=by, base_version=version, mine=mine)
    record(by, "update.conflict_kept", update, base_version=version, version=update.version)
    return kept


@transaction.atomic
def resolve_edit(by: Any, kept: KeptEdit, version: int, **fields: Any) -> Update:
    """Write the text put together. What was kept stays, marked as resolved; what stood before is in the history."""
    row = KeptEdit.objects.select_for_update(of=("self",), no_key=True).select_related("update").get(pk=kept.pk)
    if row.author_id != by.pk:
        raise NotAllowed(_("Only the person who wrote this text puts it together with the other."))
    update = save_update(by, row.update, version, **fields)
    row.resolved_at = timezone.now()
    row.save(update_fields=["resolved_at"])
    return update


@transaction.atomic
def drop_edit(by: Any, kept: KeptEdit) -> None:
    """Leave what stands; the text that was not taken stays kept."""
    row = KeptEdit.objects.select_for_update(no_key=True).get(pk=kept.pk)
    if row.author_id != by.pk:
        raise NotAllowed(_("Only the person who wrote this text puts it together with the other."))
    if row.resolved_at is None:
        row.resolved_at = timezone.now()
        row.save(update_fields=["resolved_at"])
        record(by, "update.conflict_left", row.update)
