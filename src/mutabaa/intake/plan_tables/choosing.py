"""What a person decides about a plan's table before it is read: its columns, its plan, and which names are which institutions."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.institutions.models import Institution
from mutabaa.intake.models import ColumnMapping, ImportBatch
from mutabaa.intake.plan_tables.resolving import LEFT_OUT
from mutabaa.intake.plan_tables.words import guess
from mutabaa.intake.receiving import READ
from mutabaa.intake.services import require_importer
from mutabaa.intake.states import BatchState, Format
from mutabaa.intake.tables.mapping import Mapping, fold_name, header_key
from mutabaa.jobs.services import enqueue

OPEN = {BatchState.MAPPING, BatchState.PREVIEWED, BatchState.REFUSED}


def plan_key(header: list[str]) -> str:
    """Under what a kept mapping is found again: never that of a table of recommendations with the same header."""
    return header_key(["plan table", *header])


def suggested_mapping(batch: ImportBatch, header: list[str]) -> Mapping:
    """This import's own, one kept for the same header, else a guess by the names of the columns."""
    if "mapping" in batch.options:
        return Mapping.from_plain(batch.options["mapping"])
    kept = ColumnMapping.objects.filter(header_key=plan_key(header)).order_by("-updated_at").first()
    if kept is not None:
        return Mapping.from_plain({"columns": kept.columns, "constants": kept.constants, "name": kept.name})
    return guess(header)


def still_open(batch: ImportBatch) -> ImportBatch:
    row = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    if row.state not in OPEN or row.format != Format.PLAN:
        raise Invalid(_("The columns of this import cannot be changed any more."))
    return row


@transaction.atomic
def keep_columns(batch: ImportBatch, by: Any, mapping: Mapping, header: list[str], plan: dict[str, str]) -> ImportBatch:
    """`plan`: `id` of a draft, or title, language, starts_on, ends_on and currency of one to be made. Then the table is read."""
    require_importer(by)
    row = still_open(batch)
    name = mapping.name or _("Plan table: %(file)s") % {"file": row.file_name.rsplit(".", 1)[0][:90]}
    ColumnMapping.objects.update_or_create(
        name=name,
        defaults={
            "header": header,
            "header_key": plan_key(header),
            "columns": mapping.columns,
            "constants": mapping.constants,
            "created_by": by,
        },
    )
    row.options = {**row.options, "mapping": {**mapping.plain(), "name": name}, "plan": plan}
    read_again(row)
    audit(by, "import.mapping_kept", row, name=name)
    return row


@transaction.atomic
def assign_institutions(batch: ImportBatch, by: Any, chosen: dict[str, str]) -> ImportBatch:
    """Name in the table → primary key of an institution, or "0": no institution here. Remembered for this import."""
    require_importer(by)
    row = still_open(batch)
    known = set(Institution.objects.filter(active=True).values_list("pk", flat=True)) | {LEFT_OUT}
    said = {
        fold_name(name): int(pk) for name, pk in chosen.items() if pk.isdecimal() and len(pk) < 12 and int(pk) in known
    }
    if not said:
        raise Invalid(_("No institution was chosen."))
    row.options = {**row.options, "institutions": {**row.options.get("institutions", {}), **said}}
    read_again(row)
    audit(by, "import.institutions_assigned", row, names=sorted(said))
    return row


def read_again(row: ImportBatch) -> None:
    row.state, row.progress, row.message = BatchState.WAITING, 0, ""
    row.save(update_fields=["options", "state", "progress", "message", "updated_at"])
    enqueue(READ, row.pk)
