"""Exactly a view of the instruments as a table, from the workspace and from the portal alike."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mutabaa.core.downloads import download
from mutabaa.core.exports import PAPER, Column, Sheet
from mutabaa.core.wording import day_text, number_text
from mutabaa.norms.listing import InstrumentView
from mutabaa.norms.models import InstrumentQuerySet
from mutabaa.recommendations.models import Recommendation

CHUNK = 200
ON_PAPER = ("title", "kind", "state", "adopted_on", "adopted_by", "summary", "recommendations")


def export(view: InstrumentView, rows: InstrumentQuerySet, form: str, person: Any) -> HttpResponseBase:
    """`rows`: what the person may see, not yet filtered. 404 for an unknown form."""
    return download(sheet_of(view, rows, person, on_paper=form in PAPER), _("instruments"), form)


def sheet_of(view: InstrumentView, rows: InstrumentQuerySet, person: Any, *, on_paper: bool = False) -> Sheet:
    """Rows are read when they are written; the recommendations in them are those that the person may see."""
    chosen = view.apply(rows)
    signed_in = getattr(person, "is_authenticated", False)
    columns = [
        Column("title", _("Title"), "text", 44),
        Column("kind", _("Kind"), "text", 20),
        Column("state", _("State of the instrument"), "text", 14),
        Column("citation", _("Number or citation"), "text", 22),
        Column("adopted_on", _("Adopted on"), "date", 12),
        Column("in_force_on", _("In force since"), "date", 12),
        Column("ended_on", _("Repealed or replaced on"), "date", 12),
        Column("adopted_by", _("Adopted or issued by"), "text", 28),
        Column("summary", _("What it changes"), "text", 60, language_key="language"),
        Column("themes", _("Themes"), "list", 30),
        Column("recommendations", _("Recommendations that it carries out"), "list", 34),
        Column("url", _("Address of the text"), "symbol", 34),
        Column("page", _("Public address"), "symbol", 34),
    ]
    if signed_in:
        columns.append(Column("visibility", _("Visibility"), "text", 18))
    if on_paper:
        columns = [c for key in ON_PAPER for c in columns if c.key == key]
    total = chosen.count()
    notes = [
        _("Made on %(day)s.") % {"day": day_text(timezone.localdate())},
        ngettext("%(n)s instrument.", "%(n)s instruments.", total) % {"n": number_text(total)},
    ]
    notes += [
        _("%(name)s: %(values)s") % {"name": name, "values": value} for name, value in view.in_words(view.options(rows))
    ]
    if not signed_in:
        notes.append(_("Only published records and texts."))
    return Sheet(
        title=_("Laws, policies and other instruments"),
        columns=columns,
        rows=lines(chosen, person),
        language=(get_language() or "en")[:2],
        notes=notes,
        notes_title=_("About this table"),
    )


def lines(rows: InstrumentQuerySet, person: Any) -> Iterator[dict[str, Any]]:
    """Four queries for each 200 rows."""
    seen = Recommendation.objects.own().visible_to(person).select_related("document").order_by("published_on", "pk")
    with_all = rows.for_list().prefetch_related(Prefetch("recommendations", seen, "seen"))
    for row in with_all.iterator(chunk_size=CHUNK):
        yield {
            "title": str(row),
            "kind": str(row.get_kind_display()),
            "state": str(row.get_state_display()),
            "citation": row.citation,
            "adopted_on": row.adopted_on,
            "in_force_on": row.in_force_on,
            "ended_on": row.ended_on,
            "adopted_by": str(row.adopted_by) if row.adopted_by else "",
            "summary": row.summary,
            "language": row.language,
            "themes": [str(t) for t in row.themes.all()],
            "recommendations": [r.reference for r in row.seen],  # type: ignore[attr-defined]
            "url": row.url,
            "page": settings.SITE_URL + row.get_absolute_url() if row.is_public else "",
            "visibility": str(row.get_visibility_display()),
        }
