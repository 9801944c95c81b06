"""A file of figures on its way: kept, read, previewed; imported when a statistician says so."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from mutabaa.audit.services import record as audit
from mutabaa.core.errors import Invalid
from mutabaa.core.uploads import keep
from mutabaa.indicators.figures import own_area
from mutabaa.indicators.models import Delivery
from mutabaa.indicators.sdmx.messages import BadMessage, is_sdmx_csv, read_rows, read_xml
from mutabaa.indicators.services import apply_delivery, take_in
from mutabaa.indicators.services.deliveries import require_importer
from mutabaa.indicators.states import DeliveryState
from mutabaa.indicators.statistics.entries import Entry
from mutabaa.intake.files import sniff, xlsx
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.messages import explain
from mutabaa.intake.observations.columns import Layout
from mutabaa.intake.observations.names import Names
from mutabaa.intake.observations.sdmx import read_message
from mutabaa.intake.observations.tables import Refusal, Result, best_sheet, layout_for, read_table, rows_of
from mutabaa.jobs.services import enqueue

SDMX_ML, SDMX_CSV, TABLE = "sdmx-ml", "sdmx-csv", "table"
AT_ONCE = 1_500_000  # bytes that are read while the person waits; a larger file goes to the worker
READ, APPLY = "mutabaa.intake.observations.jobs.read_file", "mutabaa.intake.observations.jobs.apply_file"
CODES = {
    "doctype": "doctype",
    "damaged_xml": "unreadable_document",
    "no_sdmx": "unreadable_document",
    "no_observations": "no_rows",
}


def folder() -> Path:
    path = Path(settings.HOME) / "figures"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def path_of(delivery: Delivery) -> Path:
    return folder() / delivery.path


def is_xml(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?xml", b"<"))


def form_of(path: Path) -> str:
    """Raises `BadFile` for what is neither a table nor an XML message."""
    if is_xml(path):
        return SDMX_ML
    kind = sniff.expect(path, "csv", "xlsx", "json")
    rows, _separator = rows_of(path) if kind != "xlsx" else ([], "")
    return SDMX_CSV if rows and is_sdmx_csv(rows[0][1]) and _begins_as_sdmx(rows[0][1]) else TABLE


def _begins_as_sdmx(header: Sequence[str]) -> bool:
    names = {name.split(":")[0].strip().upper() for name in header}
    return bool(names & {"SERIES", "INDICATOR"}) and {"OBS_VALUE", "TIME_PERIOD"} <= names


def receive(by: Any, upload: Any, options: dict[str, Any]) -> Delivery:
    """Keep the upload and preview it, at once or by the worker. What it must not be is refused and not kept."""
    require_importer(by)
    kept = keep(upload, folder(), settings.MAX_IMPORT_BYTES)
    path = folder() / kept.name
    try:
        form = form_of(path)
    except BadFile as fault:
        path.unlink(missing_ok=True)
        raise Invalid(explain(fault, kept.original_name), field="file") from fault
    delivery = Delivery.objects.create(
        file_name=kept.original_name, path=kept.name, size=kept.size, sha256=kept.sha256, form=form,
        options={k: v for k, v in options.items() if v}, created_by=by, state=DeliveryState.WAITING,
    )  # fmt: skip
    audit(by, "delivery.received", delivery, file=delivery.file_name, form=form)
    look(by, delivery)
    return delivery


def look(by: Any, delivery: Delivery) -> None:
    """The preview, now where the file is small."""
    if delivery.size > AT_ONCE:
        delivery.state = DeliveryState.WAITING
        delivery.save()
        enqueue(READ, delivery.pk, by.pk)
    else:
        preview(by, delivery)


def read(delivery: Delivery) -> Result:
    """The whole file. Raises `Invalid` with the reason in words, `NeedsColumns` where a person must name them."""
    names = Names.load()
    path = path_of(delivery)
    try:
        if delivery.form == SDMX_ML:
            return read_message(lambda: read_xml(path), names)
        if delivery.form == SDMX_CSV:
            rows, _separator = rows_of(path)
            return read_message(lambda: read_rows(rows[0][1], rows[1:]), names)
        options = delivery.options | {"sheet": delivery.options.get("sheet") or best_sheet(path, names)}
        rows, separator = rows_of(path, options["sheet"])
        layout = layout_for(rows, names, options)
        if layout.faults or not (layout.place("indicator") is not None or options.get("indicator")):
            raise NeedsColumns(layout.faults or ["no_indicator"])
        return read_table(rows, separator, layout, names, options, own_area())
    except BadFile as fault:
        raise Invalid(explain(fault, delivery.file_name), field="file") from fault
    except BadMessage as fault:
        raise Invalid(explain(BadFile(CODES[fault.code]), delivery.file_name), field="file") from fault


class NeedsColumns(Exception):
    """`faults`: what the table does not say by itself."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def preview(by: Any, delivery: Delivery) -> Delivery:
    """Running it again begins anew and ends the same."""
    try:
        result = read(delivery)
    except NeedsColumns:
        delivery.state = DeliveryState.MAPPING
        delivery.save()
        return delivery
    except Invalid as refusal:
        delivery.state, delivery.counts = DeliveryState.REFUSED, {"message": str(refusal.message)}
        delivery.save()
        return delivery
    return take_in(by, delivery, result.entries, result.refused)


@transaction.atomic
def name_columns(by: Any, delivery: Delivery, options: dict[str, Any]) -> None:
    """What a person says of the table; it is read anew."""
    require_importer(by)
    if delivery.state not in (DeliveryState.MAPPING, DeliveryState.PREVIEWED):
        raise Invalid(_("This file was decided on already."))
    delivery.options = delivery.options | options
    delivery.save()
    look(by, delivery)


def ask_to_apply(by: Any, delivery: Delivery, version: int | None = None) -> Delivery:
    """Import now, or hand a large file to the worker."""
    require_importer(by)
    if delivery.state != DeliveryState.PREVIEWED:
        raise Invalid(_("This file was decided on already."))
    if delivery.counts.get("refused"):
        raise Invalid(
            _(
                "The file holds rows that cannot be right. Correct them in the file and send it again: nothing was imported."
            )
        )
    if delivery.size > AT_ONCE:
        enqueue(APPLY, delivery.pk, by.pk)
        return delivery
    return apply(by, delivery, version)


def apply(by: Any, delivery: Delivery, version: int | None = None) -> Delivery:
    def again() -> tuple[list[Entry], list[Refusal]]:
        result = read(delivery)
        return result.entries, result.refused

    return apply_delivery(by, delivery, again, version)


def head_of(delivery: Delivery) -> tuple[Layout, list[list[str]], list[str]]:
    """For the page of the columns: the layout as it is understood, some rows under it, the sheets to choose from."""

    names, path = Names.load(), path_of(delivery)
    try:
        sheets = xlsx.sheet_names(path) if sniff.kind_of(path) == "xlsx" else []
        options = delivery.options | {"sheet": delivery.options.get("sheet") or best_sheet(path, names)}
        rows, _separator = rows_of(path, options["sheet"])
    except BadFile as fault:
        raise Invalid(explain(fault, delivery.file_name), field="file") from fault
    layout = layout_for(rows, names, options)
    return layout, [cells for _line, cells in rows[layout.header + 1 : layout.header + 6]], sheets
