"""How a recommendation is cited, in the manner of United Nations documents."""

from functools import cache
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mutabaa.mechanisms.models import Family


def short(record: Any, by: list[str] | None = None) -> str:
    """For brackets and footnotes: `A/HRC/957/11, para. 140.31 (Brazil)`. `by`: the recommending States of a review. Reads
    `document`."""
    comma, para = wording(get_language())
    parts = [record.document.symbol or record.document.title]
    if record.paragraph:
        parts.append(para % {"paragraph": record.paragraph})
    return comma.join(parts) + named(record, by)


def full(record: Any, by: list[str] | None = None) -> str:
    """With the body and the year: `Human Rights Committee, CCPR/C/XMU/CO/3 (2022), para. 12 (b)`. Reads `document`, `mechanism`."""
    comma, para = wording(get_language())
    document = record.document
    source = document.symbol or document.title
    if record.published_on:
        source = f"{source} ({record.published_on.year})"
    parts = [record.mechanism.name or record.mechanism.label, source]
    if record.paragraph:
        parts.append(para % {"paragraph": record.paragraph})
    return comma.join(part for part in parts if part) + named(record, by)


def named(record: Any, by: list[str] | None) -> str:
    """The report on a review names the State that made each recommendation."""
    comma, _para = wording(get_language())
    return f" ({comma.join(by)})" if by and record.mechanism.family == Family.UPR else ""


@cache
def wording(language: str | None) -> tuple[str, str]:
    """What stands between the parts, and a paragraph's number, in the active language. Kept: a page of results cites fifty times."""
    return pgettext("between the parts of a citation", ", "), _("para. %(paragraph)s")
