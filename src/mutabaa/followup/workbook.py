"""The workbook that a focal point fills offline: one line per item of the institution, with the open draft where there is one.

A hidden row holds the codes of the columns and hidden columns hold what ties a line to its item, so that columns may be
moved, and a returned file tells what was changed in it and from which version it started.
"""

import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable
from typing import Any

import xlsxwriter
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mutabaa.followup.models import Obstacle, Update
from mutabaa.followup.update_text import as_kept, same_text, values_of
from mutabaa.institutions.models import Institution
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import Status

KEYS: dict[str, Any] = {
    "item": gettext_lazy("Key of the item (leave as it is)"),
    "draft": gettext_lazy("Draft and version (leave as it is)"),
    "base": gettext_lazy("Trace of the first content (leave as it is)"),
}
SHOWN: dict[str, Any] = {
    "reference": gettext_lazy("Reference"),
    "text": gettext_lazy("Recommendation"),
    "status": gettext_lazy("Status now"),
}
FIELDS: dict[str, Any] = {
    "what_was_done": gettext_lazy("What was done"),
    "done_from": gettext_lazy("From (day)"),
    "done_until": gettext_lazy("Until (day)"),
    "for_whom": gettext_lazy("For whom"),
    "obstacles": gettext_lazy("Obstacles (names from the second sheet, with ; between them)"),
    "obstacle_text": gettext_lazy("Obstacles in words"),
    "next_step": gettext_lazy("Next step"),
    "proposed_status": gettext_lazy("Proposed status"),
}
COLUMNS = {**KEYS, **SHOWN, **FIELDS}
DATES = {"done_from", "done_until"}
WIDTHS = {
    "reference": 24,
    "text": 60,
    "status": 18,
    "what_was_done": 60,
    "for_whom": 30,
    "obstacles": 30,
    "obstacle_text": 30,
    "next_step": 36,
}
LEADING = "=+-@\t\r"


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula (security rule 13). `plain` takes it back."""
    return "'" + text if text[:1] and text[0] in LEADING else text


def plain(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in LEADING else text


def trace(value: Any) -> str:
    """Eight hexadecimal digits of a field's value: tells, later, whether the value was touched in the file."""
    text = same_text(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def traces(values: dict[str, Any]) -> dict[str, str]:
    """Of values as `as_kept` gives them."""
    return {name: trace(values[name]) for name in FIELDS}


EMPTY: dict[str, Any] = {name: [] if name == "obstacles" else "" for name in FIELDS}


def held(update: Update | None) -> dict[str, Any]:
    """The workbook's fields of a draft, as kept; empty without one."""
    if update is None:
        return dict(EMPTY)
    kept = as_kept(values_of(update))
    return {name: kept[name] for name in FIELDS}


def isolated(text: str) -> str:
    return f"\u2066{text}\u2069"


def write_workbook(institution: Institution, items: Iterable[Recommendation], drafts: dict[int, Update]) -> bytes:
    """The file, in the active language. `items` with their document; `drafts` by item, with their obstacles."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    head = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#123B5D", "font_color": "#FFFFFF", "border": 1}
    )
    read_only = book.add_format(
        {"text_wrap": True, "valign": "top", "bg_color": "#F4F6F8", "border": 1, "border_color": "#CFD7DF"}
    )
    fill = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "border_color": "#CFD7DF"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1, "border_color": "#CFD7DF"})
    rtl = translation.get_language_bidi()
    sheet = book.add_worksheet(_("Updates")[:31])
    if rtl:
        sheet.right_to_left()
    order = [*SHOWN, *FIELDS, *KEYS]
    for column, code in enumerate(order):
        sheet.write_string(0, column, code)
        sheet.write_string(1, column, str(COLUMNS[code]), head)
        sheet.set_column(column, column, WIDTHS.get(code, 14), None, {"hidden": code in KEYS})
    sheet.set_row(0, None, None, {"hidden": True})
    sheet.set_row(1, 34)
    sheet.freeze_panes(2, 1)
    obstacles = {o.code: str(o) for o in Obstacle.objects.all()}
    line = 1
    for line, item in enumerate(items, start=2):
        draft = drafts.get(item.pk)
        values = held(draft)
        cells: dict[str, str] = {
            "item": item.public_id,
            "draft": f"{draft.public_id} {draft.version}" if draft else "",
            "base": json.dumps(traces(values)),
            "reference": isolated(item.reference) if rtl else item.reference,
            "text": item.text,
            "status": item.get_status_display(),
        } | {name: values[name] for name in FIELDS if name not in DATES | {"obstacles", "proposed_status"}}
        cells["obstacles"] = "; ".join(obstacles.get(code, code) for code in values["obstacles"])
        cells["proposed_status"] = str(Status(values["proposed_status"]).label) if values["proposed_status"] else ""
        for column, code in enumerate(order):
            if code in DATES:
                if values[code]:
                    sheet.write_datetime(line, column, dt.datetime.fromisoformat(values[code]), day)
                else:
                    sheet.write_blank(line, column, None, day)
            else:
                sheet.write_string(line, column, neutral(cells[code])[:32_767], read_only if code in SHOWN else fill)
    rules(book, sheet, order, line, list(obstacles.values()))
    book.set_properties({"title": f"{institution} – {timezone.localdate().isoformat()}"})
    book.close()
    return out.getvalue()


def rules(book: Any, sheet: Any, order: list[str], last: int, obstacles: list[str]) -> None:
    """The drop-down of statuses, the check of dates, and the second sheet that explains."""
    guide = book.add_worksheet(_("How to fill")[:31])
    if translation.get_language_bidi():
        guide.right_to_left()
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    guide.set_column(0, 0, 90, wrap)
    told = [
        _("Fill the white columns. Leave a line empty where there is nothing to say; it then changes nothing."),
        _("Dates: choose or type a day, as 2026-05-31. Columns may be moved; lines may be deleted."),
        _(
            "When you upload the file, you see what would change before anything is written. It becomes drafts, not published updates."
        ),
        _("Obstacles, by name:"),
        *(f"  {name}" for name in obstacles),
    ]
    for row, text in enumerate(told):
        guide.write_string(row, 0, text)
    lists = book.add_worksheet("lists")
    lists.hide()
    for row, label in enumerate(Status.labels):
        lists.write_string(row, 0, str(label))
    if last < 2:
        return
    column = order.index("proposed_status")
    sheet.data_validation(2, column, last, column, {
        "validate": "list", "source": f"=lists!$A$1:$A${len(Status.labels)}",
        "error_title": _("Proposed status")[:32], "error_message": _("Choose a status from the list.")[:255],
    })  # fmt: skip
    for code in DATES:
        column = order.index(code)
        sheet.data_validation(2, column, last, column, {
            "validate": "date", "criteria": ">=", "value": dt.date(1950, 1, 1),
            "error_title": _("Date")[:32], "error_message": _("Type a day, as 2026-05-31.")[:255],
        })  # fmt: skip
