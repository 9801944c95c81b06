"""Rows of an import as people read them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from mutabaa.intake.models import ImportRow
from mutabaa.intake.plan_tables import states as plan_words
from mutabaa.intake.states import REASONS

FIELD_NAMES = {
    "text": _("Text"),
    "language": _("Language"),
    "paragraph": _("Paragraph"),
    "kind": _("Type"),
    "published_on": _("Date"),
    "session": _("Session"),
    "cycle": _("Cycle"),
    "position": _("Position"),
    "position_partial": _("Partially"),
    "document": _("Document"),
    "themes": _("Themes"),
    "groups": _("Affected persons"),
    "sdgs": _("SDGs"),
    "recommending_states": _("Recommending States"),
}


def reason_text(code: str, detail: str) -> str:
    """The sentence of a reason; the code itself where a newer version wrote one that this one does not know."""
    sentence = REASONS.get(code) or plan_words.REASONS.get(code)
    return str(sentence) % {"detail": detail} if sentence else code


def shown_rows(rows: Iterable[ImportRow], records: dict[int, Any]) -> list[dict[str, Any]]:
    """For the template: reasons in words, changes with the names of fields, the record where there is one."""
    out = []
    for row in rows:
        changes = [
            {
                "field": FIELD_NAMES.get(name) or plan_words.FIELD_LABELS.get(name, name),
                "before": plain(before),
                "after": plain(after),
            }
            for name, (before, after) in row.changes.items()
        ]
        reasons = [reason_text(code, detail) for code, detail in row.reasons]
        out.append(
            {"row": row, "reasons": reasons, "changes": changes, "record": records.get(row.recommendation_id or 0)}
        )
    return out


def plain(value: Any) -> str:
    return "" if value is None else str(value)
