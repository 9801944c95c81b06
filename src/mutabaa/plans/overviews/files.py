"""A view of the plans as a file: XLSX, Word, PDF, CSV or JSON, of exactly the rows of the address."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet
from mutabaa.core.wording import day_text
from mutabaa.plans.overviews.scope import Scope

FORMS = [("xlsx", "Excel (XLSX)"), ("docx", "Word (DOCX)"), ("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON")]


def sheet(scope: Scope, title: str, columns: Sequence[Column], rows: Iterable[Any], *notes: str) -> Sheet:
    """With the day, the plan and the filters in words. Rows are read when they are written."""
    made = _("Made on %(day)s.") % {"day": day_text(timezone.localdate())}
    language = (get_language() or "en")[:2]
    return Sheet(title, columns, rows, language, [*scope.in_words(), *notes, made], _("About this table"))


def amount(value: Decimal | None) -> int | float | None:
    """Money as a number that a spreadsheet adds up: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
