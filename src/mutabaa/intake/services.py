"""The verbs of imports: take a file in, preview it, apply it, discard it. Undoing is in `undo.py`."""

import hashlib
import logging
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core import bulk
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.core.installation import current
from mutabaa.intake import language
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.importer import Importer
from mutabaa.intake.labels import Labels
from mutabaa.intake.messages import explain
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.policies import may_import
from mutabaa.intake.reading import folder, parts_of_file, path_of, scope_of
from mutabaa.intake.resolving import Plan
from mutabaa.intake.staging import Staged, few_collections, percent_of
from mutabaa.intake.states import BatchState, Outcome
from mutabaa.taxonomy.models import State

logger = logging.getLogger("mutabaa.intake")
LONG = 20_000  # rows from which an import is worth settings of its own
COUNTED = ("rows", *Outcome.values)
Progress = Callable[[int], None]


def require_importer(by: Any) -> None:
    """`by` None is the command line: who may run it may do it."""
    if by is not None and not may_import(by):
        raise NotAllowed(_("Only the secretariat imports files."))


def check_scope(state: str) -> str:
    """An ISO code that is known, or "*". Empty stands for the installation's own State."""
    if state == "*":
        return state
    own = current().state_id
    code = (state or own or "").upper()
    if not code:
        raise Invalid(
            _("This installation has no State yet: run “mutabaa init” first, or name a State."), field="state"
        )
    if not State.objects.filter(code=code).exists():
        raise Invalid(_("There is no State with the code “%(code)s”.") % {"code": code}, field="state")
    return code


def sha256_of(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()


def stage(batch: ImportBatch, labels: Labels, progress: Progress | None = None) -> Staged:
    """Read the whole file. Nothing is written but a temporary file; raises `Invalid` with the place of the fault."""
    size = max(1, batch.size)

    def tell(done: int) -> None:
        if progress:
            progress(percent_of(done, size))

    try:
        with few_collections():
            return Staged(parts_of_file(batch, labels, tell), folder())
    except BadFile as fault:
        raise Invalid(explain(fault, batch.file_name)) from fault
    except OSError as fault:
        raise Invalid(explain(BadFile("unreadable", said=fault.strerror or str(fault)), batch.file_name)) from fault
    finally:
        language.forget_model()


def plan_for(batch: ImportBatch, *, write: bool) -> Plan:
    installation = current()
    return Plan(
        batch_id=batch.pk or 0,
        source=batch.format,
        scope=scope_of(batch),
        own_state=installation.state_id or "",
        visibility=installation.default_visibility,
        write=write,
    )


def preview(batch: ImportBatch, progress: Progress | None = None) -> dict[str, Any]:
    """What applying would do: counts, and rows for the lists when the batch is saved. Changes no recommendation."""
    started = time.monotonic()
    labels = Labels(create=False)
    staged = stage(batch, labels, progress)
    try:
        if batch.pk:
            batch.rows.all().delete()
        counts = Importer(plan_for(batch, write=False), staged, labels).run()
    finally:
        staged.close()
    counts["seconds"] = round(time.monotonic() - started, 3)
    return counts


def apply(batch: ImportBatch, by: Any, progress: Progress | None = None) -> dict[str, Any]:
    """Import the file of a saved batch. Everything it changes is one transaction: all of it stands, or nothing.

    The file is read before the transaction begins, so that others are kept waiting only while rows are written.
    Applying a batch that is applied already changes nothing and returns its counts.
    """
    require_importer(by)
    started = time.monotonic()
    staged = stage(batch, Labels(create=False), progress)
    try:
        long = staged.rows >= LONG
        with bulk.long_write() if long else nullcontext(), few_collections(), transaction.atomic():
            fresh = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
            if fresh.state == BatchState.APPLIED:
                return fresh.counts
            fresh.rows.all().delete()
            counts = Importer(plan_for(batch, write=True), staged, Labels(create=True)).run()
            counts["seconds"] = round(time.monotonic() - started, 3)
            fresh.counts, fresh.state, fresh.progress, fresh.applied_at = (
                counts,
                BatchState.APPLIED,
                100,
                timezone.now(),
            )
            if long:
                bulk.verify()
            fresh.message = ""
            fresh.save()
            audit(by, "import.applied", fresh, file=fresh.file_name, **{name: counts[name] for name in COUNTED})
    finally:
        staged.close()
    if counts["new"] + counts["changed"] > 1000:
        bulk.analyse()
    batch.refresh_from_db()
    return counts


def import_file(
    path: Path, *, format: str, state: str, by: Any = None, dry_run: bool = False, options: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The command line's way in: read and apply at once, or only tell what would happen. Returns the counts.

    Raises `Invalid` with file, row and field. After a failure nothing of the file is in the database.
    """
    if not path.is_file():
        raise Invalid(explain(BadFile("not_found"), path.name))
    batch = ImportBatch(
        format=format,
        file_name=path.name[:250],
        path=str(path.resolve()),
        size=path.stat().st_size,
        options={"state": check_scope(state), **(options or {})},
        created_by=by,
    )
    if dry_run:
        return preview(batch)
    batch.sha256 = sha256_of(path)
    batch.state = BatchState.APPLYING
    batch.save()
    try:
        return apply(batch, by)
    except BaseException as fault:
        fail(batch, fault)
        raise


def fail(batch: ImportBatch, fault: BaseException) -> None:
    """Say on the batch why it was not done. The transaction of the import itself is gone by now."""
    message = str(getattr(fault, "message", "")) or _("The import was interrupted. Nothing of it was kept.")
    ImportBatch.objects.filter(pk=batch.pk).exclude(state=BatchState.APPLIED).update(
        state=BatchState.REFUSED, message=message
    )
    batch.refresh_from_db()


@transaction.atomic
def discard(batch: ImportBatch, by: Any) -> ImportBatch:
    """Put a previewed or unreadable file away. Its copy is deleted; the entry in the list stays."""
    require_importer(by)
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state in {BatchState.APPLIED, BatchState.APPLYING, BatchState.UNDONE}:
        raise Invalid(_("This import was applied already. Undo it instead."))
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state", "updated_at"])
    batch.rows.all().delete()
    remove_copy(batch)
    audit(by, "import.discarded", batch, file=batch.file_name)
    return batch


def remove_copy(batch: ImportBatch) -> None:
    """Delete our copy of the upload after the commit; a file that the command line named is left where it is."""
    if batch.path and not Path(batch.path).is_absolute():
        path = path_of(batch)
        transaction.on_commit(lambda: path.unlink(missing_ok=True))
