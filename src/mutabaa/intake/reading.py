"""From a batch to its rows: which reader, which mapping, where the file lies."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from mutabaa.intake import helper
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.labels import Labels
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.rows import SourceRow
from mutabaa.intake.staging import Part, parts_of
from mutabaa.intake.states import Format


def folder() -> Path:
    """Where uploads lie, outside the web root, under random names."""
    path = Path(settings.HOME) / "imports"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(batch: ImportBatch) -> Path:
    path = Path(batch.path)
    return path if path.is_absolute() else folder() / path


def scope_of(batch: ImportBatch) -> str | None:
    """The ISO code, or None for every State."""
    state = str(batch.options.get("state", ""))
    return None if state == "*" else state


def parts_of_file(batch: ImportBatch, labels: Labels, progress: Any = None) -> Iterator[Part]:
    """The rows of the batch's file that are in its scope, read with its format's reader. Raises `BadFile`."""
    path = path_of(batch)
    if not path.is_file():
        raise BadFile("not_found")
    if batch.format == Format.UHRI:
        return helper.parts(path, labels.state_of, scope_of(batch), progress)
    return parts_of(rows_of(batch, path, labels), scope_of(batch))


def rows_of(batch: ImportBatch, path: Path, labels: Labels) -> Iterator[SourceRow]:
    """Of the formats that come in small files."""
    from mutabaa.intake import upr_list
    from mutabaa.intake.review.rows import rows_of_document
    from mutabaa.intake.tables import reader

    if batch.format == Format.DOCUMENT:
        return rows_of_document(batch.reading, labels.state_of)
    if batch.format == Format.UPR_LIST:
        return upr_list.read(path, scope_of(batch) or "", labels.state_of)
    return reader.read(path, reader.mapping_of(batch.options), labels.state_of, scope_of(batch) or "")
