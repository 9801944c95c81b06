"""Dates, numbers and shares as plain text in the active language: for files and letters, where markup has no place."""

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from mutabaa.core.templatetags.mutabaa import babel_locale


def day_text(value: dt.date, style: str = "long") -> str:
    return format_date(value, style, locale=babel_locale())


def number_text(value: float) -> str:
    return format_decimal(value, locale=babel_locale(), numbering_system="latn")


def share_text(value: float | None) -> str:
    """A share between 0 and 1, in whole per cent; a dash where there is nothing to take a share of."""
    return "–" if value is None else format_percent(value, locale=babel_locale(), numbering_system="latn")
