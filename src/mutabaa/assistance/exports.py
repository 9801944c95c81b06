"""The registers as files: exactly what the person sees under the filters of the address."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.assistance.presentation import requested
from mutabaa.assistance.request_document import draft_mark
from mutabaa.core.exports import Column, Sheet
from mutabaa.core.wording import day_text
from mutabaa.recommendations.models import Recommendation

CHUNK = 300


def sheet(title: str, columns: list[Column], rows: Iterator[dict[str, Any]], notes: list[str]) -> Sheet:
    made = _("Made on %(day)s.") % {"day": day_text(timezone.localdate())}
    return Sheet(title, columns, rows, (get_language() or "en")[:2], [made, *notes], _("About this table"))


def requests_sheet(person: Any, rows: Any) -> Sheet:
    """`rows`: requests that the person sees. What the State has not consented to is marked as a draft, line by line."""
    columns = [
        Column("title", _("Request"), "text", 34, language_key="language"),
        Column("institution", _("Institution"), "text", 22),
        Column("approval", _("Approval"), "text", 18),
        Column("state", _("State"), "text", 18),
        Column("form", _("Form of assistance"), "text", 22),
        Column("whom", _("Addressee"), "text", 26),
        Column("asked", _("Requested"), "symbol", 16),
        Column("submitted_on", _("Submitted on"), "date", 12),
        Column("decided_on", _("Date of the answer"), "date", 12),
        Column("granted", _("Granted"), "text", 24),
        Column("references", _("Recommendations"), "list", 28),
    ]
    return sheet(_("Requests for assistance"), columns, request_lines(person, rows), [])


def request_lines(person: Any, rows: Any) -> Iterator[dict[str, Any]]:
    for part in chunks(rows.for_list().order_by("pk")):
        references = references_of(person, "assistance_requests", part)
        for row in part:
            granted = f"{row.granted_amount:,.2f} {row.granted_currency}" if row.granted_amount is not None else ""
            yield {
                "title": row.title,
                "language": row.language,
                "institution": str(row.institution),
                "approval": _("Approved") if row.has_consent else draft_mark(),
                "state": str(row.get_state_display()),
                "form": str(row.need.get_kind_display()),
                "whom": "; ".join(str(w) for w in (row.fund, row.provider, row.addressee) if w),
                "asked": requested(row.lines.all()),
                "submitted_on": row.submitted_on,
                "decided_on": row.decided_on,
                "granted": granted or row.granted_what,
                "references": references.get(row.pk, []),
            }


def gaps_sheet(person: Any, rows: Any) -> Sheet:
    columns = [
        Column("title", _("Capacity gap"), "text", 34, language_key="language"),
        Column("scope", _("Scope"), "text", 14),
        Column("institution", _("Institution"), "text", 22),
        Column("theme", _("Theme"), "text", 22),
        Column("obstacles", _("Obstacles"), "list", 26),
        Column("description", _("What is lacking"), "text", 50, language_key="language"),
        Column("state", _("State"), "text", 16),
        Column("recorded_on", _("Recorded on"), "date", 12),
        Column("needs", _("Needs"), "list", 28),
        Column("references", _("Recommendations"), "list", 28),
    ]
    return sheet(_("Capacity gaps"), columns, gap_lines(person, rows), [])


def gap_lines(person: Any, rows: Any) -> Iterator[dict[str, Any]]:
    listed = rows.select_related("institution", "theme").prefetch_related("obstacles", "needs").order_by("pk")
    for part in chunks(listed):
        references = references_of(person, "capacity_gaps", part)
        for row in part:
            yield {
                "title": row.title,
                "language": row.language,
                "scope": str(row.get_scope_display()),
                "institution": str(row.institution or ""),
                "theme": str(row.theme or ""),
                "obstacles": [str(o) for o in row.obstacles.all()],
                "description": row.description,
                "state": str(row.get_state_display()),
                "recorded_on": row.recorded_on,
                "needs": [str(n.get_kind_display()) for n in row.needs.all()],
                "references": references.get(row.pk, []),
            }


def given_sheet(rows: Any) -> Sheet:
    columns = [
        Column("year", _("Year"), "symbol", 8),
        Column("kind", _("Type"), "text", 24),
        Column("to_whom", _("To whom"), "text", 36),
        Column("form", _("Form of assistance"), "text", 24),
        Column("mode", _("Mode"), "text", 14),
        Column("institution", _("Institution that gives"), "text", 24),
        Column("amount", _("Amount"), "number", 14),
        Column("currency", _("Currency"), "symbol", 8),
        Column("description", _("Description"), "text", 40),
    ]
    return sheet(_("Assistance given"), columns, given_lines(rows), [])


def given_lines(rows: Any) -> Iterator[dict[str, Any]]:
    for row in rows.select_related("fund", "state", "institution").order_by("-year", "pk").iterator(chunk_size=CHUNK):
        yield {
            "year": str(row.year),
            "kind": str(row.get_kind_display()),
            "to_whom": row.to_whom,
            "form": str(row.get_form_display()) if row.form else "",
            "mode": str(row.get_mode_display()) if row.mode else "",
            "institution": str(row.institution or ""),
            "amount": float(row.amount) if row.amount is not None else None,
            "currency": row.currency,
            "description": row.description,
        }


def chunks(rows: Any) -> Iterator[list[Any]]:
    found = []
    for row in rows.iterator(chunk_size=CHUNK):
        found.append(row)
        if len(found) == CHUNK:
            yield found
            found = []
    if found:
        yield found


def references_of(person: Any, relation: str, rows: list[Any]) -> dict[int, list[str]]:
    """The references that the person sees, by the row's key. One query."""
    items = Recommendation.objects.visible_to(person).filter(**{f"{relation}__in": [r.pk for r in rows]})
    out: dict[int, list[str]] = {}
    for item in items.select_related("document").annotate(of=F(f"{relation}__pk")).order_by("pk"):
        out.setdefault(item.of, []).append(item.reference)
    return out
