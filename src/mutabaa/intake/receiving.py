"""Files that arrive by the imports page: kept, looked at, and handed to the worker."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid, Refusal
from mutabaa.core.uploads import keep
from mutabaa.intake import upr_list
from mutabaa.intake.documents.apart import read_apart
from mutabaa.intake.documents.items import Extraction
from mutabaa.intake.files import sniff
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.messages import explain
from mutabaa.intake.models import ColumnMapping, ImportBatch
from mutabaa.intake.plan_tables.services import apply_plan, grid_of, preview_plan
from mutabaa.intake.reading import folder, path_of
from mutabaa.intake.review import attaching
from mutabaa.intake.review.services import keep_reading
from mutabaa.intake.services import apply as apply_now
from mutabaa.intake.services import check_scope, preview, require_importer
from mutabaa.intake.states import BatchState, Format
from mutabaa.intake.tables import reader
from mutabaa.intake.tables.decode import Table, read_table
from mutabaa.intake.tables.mapping import Mapping, guess, header_key
from mutabaa.intake.uhri import canonical
from mutabaa.jobs.services import enqueue

READ, APPLY = "mutabaa.intake.jobs.read_file", "mutabaa.intake.jobs.apply_file"
AUTO = "auto"
KINDS = {
    Format.UHRI: {"json", "xlsx"},
    Format.UPR_LIST: {"docx"},
    Format.DOCUMENT: {"docx", "pdf", "html", "csv"},
    Format.TABLE: {"csv", "xlsx"},
    Format.PLAN: {"docx", "xlsx", "csv"},
}
PROSE = (".txt", ".text", ".md")  # plain text and a table in plain text differ by their names alone


def format_of(path: Path, asked: str, name: str = "") -> str:
    """The format asked for if the content fits it; with "auto" the one that the content suggests. Raises `BadFile`."""
    kind = sniff.expect(path, "json", "xlsx", "docx", "csv", "pdf", "html")
    if asked != AUTO:
        wanted = KINDS[Format(asked)]
        if kind not in wanted:
            raise BadFile("wrong_kind", kind=kind, wanted=", ".join(sorted(wanted)))
        return asked
    if kind == "docx":
        return Format.UPR_LIST if upr_list.has_list(path) else Format.DOCUMENT
    if kind in {"pdf", "html"} or (kind == "csv" and name.lower().endswith(PROSE)):
        return Format.DOCUMENT
    if kind == "json":
        return Format.UHRI
    if kind == "xlsx":
        names = {canonical(name) for name in read_head(path)}
        return Format.UHRI if {"text", "body", "id"} <= names else Format.TABLE
    return Format.TABLE


def read_head(path: Path) -> list[str]:
    from mutabaa.intake.files import xlsx

    for _number, cells in xlsx.rows(path):
        return [str(cell or "") for cell in cells]
    return []


def receive(upload: Any, by: Any, *, format: str = AUTO, state: str = "", plan: str = "") -> ImportBatch:
    """Keep an upload and put it in the worker's queue. What it is not allowed to be is refused at once, and not kept.

    `plan` names the plan from whose page the table of a plan was sent.
    """
    require_importer(by)
    scope = check_scope(state)
    kept = keep(upload, folder(), settings.MAX_IMPORT_BYTES)
    path = folder() / kept.name
    try:
        found = format_of(path, format, kept.original_name)
    except BadFile as fault:
        path.unlink(missing_ok=True)
        raise Invalid(explain(fault, kept.original_name), field="file") from fault
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            format=found,
            file_name=kept.original_name,
            path=kept.name,
            sha256=kept.sha256,
            size=kept.size,
            options={"state": scope} | ({"plan": {"id": plan}} if plan and found == Format.PLAN else {}),
            created_by=by,
        )
        audit(by, "import.received", batch, file=batch.file_name, format=found)
        enqueue(READ, batch.pk)
    return batch


def read_batch(pk: int) -> None:
    """The worker's part of a preview. Running it again, after a killed worker, begins anew and ends the same."""
    batch = ImportBatch.objects.filter(pk=pk, state__in=[BatchState.WAITING, BatchState.READING]).first()
    if batch is None:
        return
    batch.state, batch.progress, batch.message = BatchState.READING, 0, ""
    batch.save(update_fields=["state", "progress", "message", "updated_at"])
    with override(language_of(batch.created_by)):
        try:
            if batch.format == Format.TABLE and "mapping" not in batch.options and not table_is_known(batch):
                batch.state = BatchState.MAPPING
                batch.save(update_fields=["state", "updated_at"])
                return
            if batch.format == Format.DOCUMENT and not batch.options.get("reviewed"):
                keep_reading(batch, read_document(batch))
                batch.state, batch.progress = BatchState.REVIEW, 100
                batch.save(update_fields=["state", "progress", "updated_at"])
                return
            if batch.format == Format.PLAN and "mapping" not in batch.options:
                grid_of(batch)  # what cannot be read is said now, before a person is asked about its columns
                batch.state = BatchState.MAPPING
                batch.save(update_fields=["state", "updated_at"])
                return
            if batch.format == Format.PLAN:
                batch.counts = preview_plan(batch)
                batch.state, batch.progress = BatchState.PREVIEWED, 100
                batch.save(update_fields=["state", "progress", "counts", "updated_at"])
                return
            attach = attaching.attaches(batch)
            batch.counts = attaching.preview(batch) if attach else preview(batch, progress_of(batch))
            batch.state, batch.progress = BatchState.PREVIEWED, 100
        except Invalid as refusal:
            batch.state, batch.message = BatchState.REFUSED, str(refusal.message)
    batch.save(update_fields=["state", "progress", "counts", "message", "updated_at"])


def read_document(batch: ImportBatch) -> Extraction:
    """What the batch's document holds, read in a process apart. Raises `Invalid`."""
    try:
        return read_apart(path_of(batch), batch.file_name)
    except BadFile as fault:
        raise Invalid(explain(fault, batch.file_name)) from fault


def language_of(person: Any) -> str:
    """The worker tells what is wrong in the language of the person who sent the file."""
    return getattr(person, "language", "") or settings.LANGUAGE_CODE


def table_is_known(batch: ImportBatch) -> bool:
    return reader.known_mapping(table_of(batch).header) is not None


def table_of(batch: ImportBatch) -> Table:
    """The file's rows. Raises `Invalid`: it cannot be read, or is not there any more."""
    try:
        if not path_of(batch).is_file():
            raise BadFile("not_found")
        return read_table(path_of(batch))
    except BadFile as fault:
        raise Invalid(explain(fault, batch.file_name)) from fault


def progress_of(batch: ImportBatch) -> Any:
    """Writes the progress down when it has moved by a per cent."""
    last = [-1]

    def tell(percent: int) -> None:
        if percent > last[0]:
            last[0] = percent
            ImportBatch.objects.filter(pk=batch.pk).update(progress=percent)

    return tell


@transaction.atomic
def ask_to_apply(batch: ImportBatch, by: Any) -> ImportBatch:
    """The person has seen the preview and wants it. The worker does it."""
    require_importer(by)
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if batch.state != BatchState.PREVIEWED:
        raise Invalid(_("Only an import that was read and previewed can be applied."))
    batch.state, batch.progress = BatchState.APPLYING, 0
    batch.options = {**batch.options, "applied_by": by.pk}
    batch.save(update_fields=["state", "progress", "options", "updated_at"])
    enqueue(APPLY, batch.pk)
    return batch


def apply_batch(pk: int) -> None:
    """The worker's part of applying. Running it again changes nothing that is applied already."""
    from mutabaa.accounts.models import User

    batch = ImportBatch.objects.filter(pk=pk, state=BatchState.APPLYING).first()
    if batch is None:
        return
    by = User.objects.filter(pk=batch.options.get("applied_by")).first() or batch.created_by
    with override(language_of(by)):
        try:
            if batch.format == Format.PLAN:
                apply_plan(batch, by)
            elif attaching.attaches(batch):
                attaching.apply(batch, by)
            else:
                apply_now(batch, by, progress_of(batch))
        except Refusal as refusal:
            ImportBatch.objects.filter(pk=pk).update(state=BatchState.REFUSED, message=str(refusal.message))


def suggested_mapping(batch: ImportBatch, table: Table) -> Mapping:
    """What the mapping page begins with: this import's own, a kept or built-in one for the header, else a guess."""
    if "mapping" in batch.options:
        return Mapping.from_plain(batch.options["mapping"])
    return reader.known_mapping(table.header) or guess(table.header, [cells for _n, cells in table.rows[:50]])


@transaction.atomic
def keep_mapping(batch: ImportBatch, by: Any, mapping: Mapping, header: list[str]) -> ColumnMapping:
    """Keep how the columns are to be read, for this file and every later one with the same header; then read the file."""
    require_importer(by)
    batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if (
        batch.state not in {BatchState.MAPPING, BatchState.PREVIEWED, BatchState.REFUSED}
        or batch.format != Format.TABLE
    ):
        raise Invalid(_("The columns of this import cannot be changed any more."))
    if not mapping.columns.get("text"):
        raise Invalid(_("Say which column holds the text of the recommendation."), field="text")
    if not mapping.columns.get("mechanism") and not mapping.constants.get("mechanism"):
        raise Invalid(_("Say which column names the mechanism, or which mechanism all rows are of."), field="mechanism")
    kept, _new = ColumnMapping.objects.update_or_create(
        name=mapping.name,
        defaults={
            "header": header,
            "header_key": header_key(header),
            "columns": mapping.columns,
            "values": mapping.values,
            "constants": mapping.constants,
            "separators": mapping.separators,
            "created_by": by,
        },
    )
    batch.options = {**batch.options, "mapping": mapping.plain()}
    batch.state, batch.progress, batch.message = BatchState.WAITING, 0, ""
    batch.save(update_fields=["options", "state", "progress", "message", "updated_at"])
    audit(by, "import.mapping_kept", batch, name=mapping.name)
    enqueue(READ, batch.pk)
    return kept
