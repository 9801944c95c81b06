"""Files and links that show what a measure did."""

import hashlib
import secrets
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.file_types import download_name
from mutabaa.followup.services.evidence import MOST, checked, checked_link
from mutabaa.followup.services.rows import locked
from mutabaa.plans.models import Measure, MeasureEvidence
from mutabaa.plans.policies import may_report


def add_evidence(
    by: Any, measure: Measure, *, title: str = "", url: str = "", upload: UploadedFile | None = None
) -> MeasureEvidence:
    """A file or a link. The file lies under a random name; where the row is refused, its bytes are taken away again."""
    if (upload is None) == (not url.strip()):
        raise Invalid(_("Give either a file or a link."), field="file")
    if upload is None:
        return add_row(by, measure, title=title.strip() or url.strip(), url=checked_link(url))
    kind = checked(upload)
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    name = default_storage.save(f"evidence/{secrets.token_hex(16)}", upload)
    shown = download_name(upload.name or "", kind.suffix)
    try:
        return add_row(
            by,
            measure,
            title=title.strip() or shown,
            file=name,
            original_name=shown,
            content_type=kind.content_type,
            size=upload.size or 0,
            sha256=digest.hexdigest(),
        )
    except BaseException:
        default_storage.delete(name)
        raise


@transaction.atomic
def add_row(by: Any, measure: Measure, **fields: Any) -> MeasureEvidence:
    row = locked(measure, None, None, "plan")
    if not may_report(by, row):
        raise NotAllowed(_("The lead institution and the secretariat report on this measure."))
    if row.evidence.filter(removed=False).count() >= MOST:
        raise Invalid(
            _("This measure has too many pieces of evidence. Remove one, or put several into one file."), field="file"
        )
    fields["title"] = fields["title"][:200]
    piece = MeasureEvidence.objects.create(measure=row, added_by=by, **fields)
    record(by, "measure.evidence_added", row, evidence=piece.pk, title=piece.title, sha256=piece.sha256, url=piece.url)
    return piece


@transaction.atomic
def remove_evidence(by: Any, piece: MeasureEvidence) -> None:
    """Take a piece off. Row and file stay, so that the history can be checked."""
    row = locked(piece.measure, None, None, "plan")
    if not may_report(by, row):
        raise NotAllowed(_("The lead institution and the secretariat report on this measure."))
    fresh = MeasureEvidence.objects.select_for_update(no_key=True).get(pk=piece.pk)
    if not fresh.removed:
        fresh.removed = True
        fresh.save(update_fields=["removed", "updated_at"])
        record(by, "measure.evidence_removed", row, evidence=fresh.pk, title=fresh.title)
