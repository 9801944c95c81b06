"""How a recommendation is cited, in the manner of United Nations documents."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mutabaa.mechanisms.models import Family


def short(record: Any, by: list[str] | None = None) -> str:
    """For brackets and footnotes: `A/HRC/957/11, para. 140.31 (Brazil)`. `by`: the recommending States of a review. Reads
    `document`."""
    source = record.document.symbol or record.document.title
    parts = [source]
    if record.paragraph:
        parts.append(_("para. %(paragraph)s") % {"paragraph": record.paragraph})
    return comma().join(parts) + named(record, by)


def full(record: Any, by: list[str] | None = None) -> str:
    """With the body and the year: `Human Rights Committee, CCPR/C/XMU/CO/3 (2022), para. 12 (b)`. Reads `document`, `mechanism`."""
    document = record.document
    source = document.symbol or document.title
    if record.published_on:
        source = f"{source} ({record.published_on.year})"
    parts = [record.mechanism.name or record.mechanism.label, source]
    if record.paragraph:
        parts.append(_("para. %(paragraph)s") % {"paragraph": record.paragraph})
    return comma().join(part for part in parts if part) + named(record, by)


def named(record: Any, by: list[str] | None) -> str:
    """The report on a review names the State that made each recommendation."""
    return f" ({comma().join(by)})" if by and record.mechanism.family == Family.UPR else ""


def comma() -> str:
    return pgettext("between the parts of a citation", ", ")
