"""A filled workbook comes back: read, shown, then written into drafts. Nothing is published by it, and no text is lost."""

import tempfile
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.file_types import ODS, XLSX, HasMacros, TooLarge, file_type
from mutabaa.followup.models import Update, WorkbookUpload
from mutabaa.followup.policies import may_use_workbook
from mutabaa.followup.services.edits import keep_edit
from mutabaa.followup.services.updates import check_fields, save_update, start_update
from mutabaa.followup.update_text import from_kept
from mutabaa.followup.workbook import EMPTY, held, trace
from mutabaa.followup.workbook_lines import Line, lines
from mutabaa.followup.workbook_reading import Unreadable, cells
from mutabaa.institutions.models import Institution
from mutabaa.recommendations.models import Recommendation


@dataclass
class Decision:
    """What a line would do. `changes` and `conflicts` map fields to values as kept; `current` is the draft as it stands."""

    line: Line
    outcome: str  # "new", "changed", "unchanged", "conflict" or "refused"
    item: Recommendation | None = None
    draft: Update | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    conflicts: dict[str, Any] = field(default_factory=dict)
    current: dict[str, Any] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


@transaction.atomic
def stage_workbook(by: Any, institution: Institution, upload: UploadedFile) -> WorkbookUpload:
    """Read the file and keep its lines for the person's decision. Writes no draft."""
    if not may_use_workbook(by, institution.pk):
        raise NotAllowed(_("You do not write for this institution."))
    read = lines(sheets_of(upload))
    if not read:
        raise Invalid(_("The workbook has no filled line."), field="file")
    row = WorkbookUpload.objects.create(
        institution=institution,
        uploaded_by=by,
        file_name=(upload.name or "")[:200],
        rows=[asdict(line) for line in read],
    )
    record(by, "workbook.uploaded", row, institution=institution.code, lines=len(read))
    return row


def sheets_of(upload: UploadedFile) -> list[list[list[Any]]]:
    """The cells, read in a process of its own; refuses what is no workbook, too large, broken or carries macros."""
    if (upload.size or 0) > settings.MAX_UPLOAD_BYTES:
        raise Invalid(
            _("The file is larger than %(size)s.") % {"size": filesizeformat(settings.MAX_UPLOAD_BYTES)}, field="file"
        )
    try:
        kind = file_type(upload.file, upload.name or "")  # type: ignore[arg-type]
    except HasMacros:
        raise Invalid(_("The file contains macros. Save it without them and add it again."), field="file") from None
    except TooLarge:
        raise Invalid(_("The file would unpack to too much. Save it anew."), field="file") from None
    if kind not in (XLSX, ODS):
        raise Invalid(_("This is not a workbook. Upload the file as Excel (xlsx) or OpenDocument (ods)."), field="file")
    with tempfile.NamedTemporaryFile(suffix=kind.suffix) as kept:
        for block in upload.chunks():
            kept.write(block)
        kept.flush()
        try:
            return cells(kept.name)
        except Unreadable:
            raise Invalid(
                _("The workbook cannot be read: it is damaged or far too large. Save it anew and upload it again."),
                field="file",
            ) from None


def decisions(by: Any, upload: WorkbookUpload, *, lock: bool = False) -> list[Decision]:
    """What each line would do now. Four queries; with `lock`, the drafts stay locked until the transaction ends."""
    read = [Line(**row) for row in upload.rows]
    mine = Recommendation.objects.in_scope(by).filter(responsibilities__institution=upload.institution)
    items = {r.public_id: r for r in mine.filter(public_id__in={line.item for line in read}).select_related("document")}
    found = Update.objects.editable().filter(
        institution=upload.institution, component=None, recommendation__in=items.values()
    )
    found = found.prefetch_related("obstacles").order_by("-pk")
    drafts: dict[int, Update] = {
        u.recommendation_id: u for u in (found.select_for_update(no_key=True) if lock else found)
    }
    seen: set[str] = set()
    out = []
    for line in read:
        out.append(decide(line, items.get(line.item), drafts, line.item in seen))
        seen.add(line.item)
    return out


def decide(line: Line, item: Recommendation | None, drafts: dict[int, Update], again: bool) -> Decision:
    """Compare a line with what it started from and with what stands now, field by field."""
    if line.problems:
        return Decision(line, "refused", item, reasons=list(line.problems))
    if item is None:
        return Decision(line, "refused", reasons=[_("This recommendation is not one of your institution's.")])
    if again:
        return Decision(
            line, "refused", item, reasons=[_("The same recommendation stands in an earlier line of this file.")]
        )
    draft = drafts.get(item.pk)
    current = held(draft)
    same_start = draft is not None and line.draft == draft.public_id and line.version == draft.version
    out = Decision(line, "unchanged", item, draft, current=current)
    for name, value in line.values.items():
        if trace(value) == trace(current[name]):
            continue
        base = line.base.get(name)
        if base is not None and trace(value) == base:
            continue  # not touched in the file: what others wrote meanwhile stands
        untouched_here = base == trace(current[name]) if base is not None else same_start
        if same_start or untouched_here or (draft is None and current[name] == EMPTY[name]):
            out.changes[name] = value
        else:
            out.conflicts[name] = value
    if out.conflicts:
        out.outcome = "conflict"
        out.reasons = [
            _(
                "Somebody changed this draft after you downloaded the workbook. Both texts are kept for you to put together."
            )
        ]
    elif out.changes:
        out.outcome = "changed" if draft else "new"
        if draft is None and line.draft:
            out.reasons = [_("The draft you started from was handed in meanwhile. Your text becomes a new draft.")]
        out = checked(out, item, draft)
    return out


def checked(decision: Decision, item: Recommendation, draft: Update | None) -> Decision:
    """Refuse in the preview what saving would refuse."""
    target = draft or Update(recommendation=item)
    try:
        fields = {n: v for n, v in decision.changes.items() if n != "obstacles"}
        check_fields(target, from_kept(target, fields))
    except Invalid as refusal:
        decision.outcome, decision.reasons = "refused", [str(refusal.message)]
    return decision


@transaction.atomic
def apply_workbook(by: Any, upload: WorkbookUpload) -> dict[str, int]:
    """Write what the lines say into drafts; keep what meets a conflict; leave out what is refused. Applying twice changes nothing."""
    row = WorkbookUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    if row.uploaded_by_id != by.pk or not may_use_workbook(by, row.institution_id):
        raise NotAllowed(_("Only the person who uploaded the workbook decides on it."))
    if row.applied_at:
        return dict(row.outcome)
    counts = {"new": 0, "changed": 0, "unchanged": 0, "conflict": 0, "refused": 0}
    for decision in decisions(by, row, lock=True):
        counts[decision.outcome] += 1
        if decision.outcome in ("new", "changed", "conflict"):
            write(by, row.institution, decision)
    row.applied_at, row.outcome = timezone.now(), counts
    row.save()
    record(by, "workbook.applied", row, **counts)
    return counts


def write(by: Any, institution: Institution, decision: Decision) -> None:
    assert decision.item is not None
    draft = decision.draft or start_update(by, decision.item, institution)
    if decision.conflicts:
        mine = decision.changes | decision.conflicts
        keep_edit(by, draft, decision.line.version, from_kept(draft, mine))
    else:
        save_update(by, draft, draft.version, **from_kept(draft, decision.changes))
