"""Files and links that show what a measure did."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.services.evidence import MOST, checked_link, kept_file
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
    with kept_file(upload) as fields:
        return add_row(by, measure, title=title.strip() or fields["original_name"], **fields)


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
