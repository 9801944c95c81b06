"""Exactly a view of the table as a file: XLSX, CSV, Word, PDF or JSON, from the workspace and from the portal alike."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from mutabaa.core.downloads import download
from mutabaa.core.exports import PAPER, Column, Sheet
from mutabaa.core.models import Visibility
from mutabaa.core.wording import day_text, number_text
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.filters import GROUPINGS, RecommendationView, group_labels
from mutabaa.recommendations.models import PositionEntry, Recommendation, Responsibility, Translation
from mutabaa.recommendations.states import Priority

CHUNK = 500
QUERIES_PER_CHUNK = 9  # the rows, and eight kinds of things that belong to them
# What stands side by side on a page of paper.
ON_PAPER = ("group", "reference", "read", "position", "lead", "partners", "status", "last_update_on")


def export(view: RecommendationView, rows: QuerySet[Recommendation], form: str, person: Any) -> HttpResponseBase:
    """The rows as a download. `rows` must already be what the person may see, filtered by the view, in any order.

    Three queries, and `QUERIES_PER_CHUNK` for each 500 rows. 404 for an unknown form.
    """
    return download(sheet_of(view, rows, person, on_paper=form in PAPER), _("recommendations"), form)


def sheet_of(view: RecommendationView, rows: QuerySet[Recommendation], person: Any, *, on_paper: bool = False) -> Sheet:
    """The table of a view, with its filters in words. Rows are read when they are written."""
    if view.group_by:
        listed = list(view.grouped(rows))
        groups = group_labels(view.group_by, {code for _pk, code in listed})
    else:
        listed, groups = [(pk, None) for pk in view.ordered(rows).values_list("pk", flat=True)], {}
    total = len({pk for pk, _code in listed})
    chosen = columns(view, person)
    if on_paper:
        chosen = [c for key in ON_PAPER for c in chosen if c.key == key]
    else:
        chosen = [c for c in chosen if c.key not in {"reference", "read"}]
    return Sheet(
        title=_("Recommendations"),
        columns=chosen,
        rows=lines(listed, groups, person),
        language=(get_language() or "en")[:2],
        notes=notes(view, total, person),
        notes_title=_("About this table"),
    )


def notes(view: RecommendationView, total: int, person: Any) -> list[str]:
    """What the table holds, in words."""
    out = [
        _("Made on %(day)s.") % {"day": day_text(timezone.localdate())},
        ngettext("%(n)s recommendation.", "%(n)s recommendations.", total) % {"n": number_text(total)},
    ]
    out += filters_in_words(view) or [_("No filter: all records that the reader may see.")]
    if view.group_by:
        label = str(GROUPINGS[view.group_by][0])
        out.append(_("Grouped by: %(name)s. A record stands in every group it belongs to.") % {"name": label})
    if not getattr(person, "is_authenticated", False):
        out.append(_("Only published records and texts."))
    return out


def filters_in_words(view: RecommendationView) -> list[str]:
    """`Status: Implemented, In progress`, one line for each filter. One query per kind of tag that is used."""
    found: dict[str, list[str]] = {}
    for entry in view.chosen():
        found.setdefault(entry["label"], []).append(entry["value"])
    comma = pgettext("list separator", ", ")
    return [_("%(name)s: %(values)s") % {"name": name, "values": comma.join(values)} for name, values in found.items()]


def columns(view: RecommendationView, person: Any) -> list[Column]:
    out = [
        Column("reference", _("Document and paragraph"), "symbol", 22),
        Column("symbol", _("Document"), "symbol", 24),
        Column("paragraph", _("Paragraph"), "symbol", 11),
        Column("mechanism", _("Mechanism"), "text", 28),
        Column("family", _("Mechanism family"), "text", 20),
        Column("published_on", _("Date"), "date", 12),
        Column("cycle", _("Cycle"), "number", 8),
        Column("session", _("Session"), "text", 12),
        Column("kind", _("Type"), "text", 18),
        Column("text", _("Recommendation"), "text", 70, language_key="language_code"),
        Column("read", _("Recommendation"), "text", 70, language_key="read_language"),
        Column("language", _("Original language"), "text", 12),
        Column("translation", _("Translation"), "text", 70),
        Column("recommending_states", _("Recommending States"), "list", 24),
        Column("position", _("Position"), "text", 14),
        Column("position_partial", _("Position in part"), "text", 10),
        Column("position_text", _("Position, verbatim"), "text", 40),
        Column("themes", _("Themes"), "list", 34),
        Column("groups", _("Affected groups"), "list", 28),
        Column("sdgs", _("SDG goals and targets"), "list", 28),
        Column("lead", _("Lead institution"), "text", 26),
        Column("partners", _("Partner institutions"), "list", 26),
        Column("status", _("Status"), "text", 18),
        Column("status_on", _("Status since"), "date", 12),
        Column("last_update_on", _("Last update"), "date", 12),
        Column("priority", _("Priority"), "text", 10),
        Column("priority_reason", _("Reason of the priority"), "text", 24),
        Column("clusters", _("Clusters"), "list", 28),
        Column("url", _("Public address"), "symbol", 30),
    ]
    if view.group_by:
        out.insert(0, Column("group", str(GROUPINGS[view.group_by][0]), "text", 28))
    if getattr(person, "is_authenticated", False):
        out.insert(-1, Column("visibility", _("Visibility"), "text", 18))
    return out


def lines(listed: list[tuple[int, Any]], groups: dict[Any, str], person: Any) -> Iterator[dict[str, Any]]:
    """A row of the table for each (primary key, group code)."""
    for start in range(0, len(listed), CHUNK):
        part = listed[start : start + CHUNK]
        found = {record.pk: record for record in with_all(person, {pk for pk, _code in part})}
        for pk, code in part:
            if pk in found:
                yield line(found[pk]) | {"group": groups.get(code) or _("none")}


def with_all(person: Any, pks: set[int]) -> QuerySet[Recommendation]:
    """The records with all that a row tells: `QUERIES_PER_CHUNK` queries."""
    language = (get_language() or "en")[:2]
    return (
        Recommendation.objects.filter(pk__in=pks)
        .select_related("document", "mechanism", "lead")
        .defer("folded", "priority_note")
        .prefetch_related(
            "themes", "groups", "sdgs", "recommending_states",
            Prefetch("translations", Translation.objects.filter(language=language).defer("folded")),
            Prefetch("responsibilities", Responsibility.objects.select_related("institution")),
            Prefetch("positions", PositionEntry.objects.order_by("-stated_on", "-recorded_at")),
            Prefetch("clusters", visible_clusters(person)),
        )
    )  # fmt: skip


def line(record: Recommendation) -> dict[str, Any]:
    """No query: everything is prefetched."""
    translation = next(iter(record.translations.all()), None)
    stated = next(iter(record.positions.all()), None)
    partners = [r.institution for r in record.responsibilities.all() if r.role == Responsibility.Role.PARTNER]
    has_position, has_priority = bool(record.position), record.priority != Priority.NONE
    public = record.visibility == Visibility.PUBLIC
    return {
        "reference": record.reference,
        "symbol": record.document.symbol or record.document.title,
        "paragraph": record.paragraph,
        "mechanism": str(record.mechanism),
        "family": label(record.mechanism.get_family_display),
        "published_on": record.published_on,
        "cycle": record.cycle,
        "session": record.session,
        "kind": label(record.get_kind_display),
        "text": record.text,
        "language": label(record.get_language_display),
        "language_code": record.language,
        "translation": translation.text if translation else "",
        "read": translation.text if translation else record.text,
        "read_language": translation.language if translation else record.language,
        "recommending_states": [str(s) for s in record.recommending_states.all()],
        "position": label(record.get_position_display) if has_position else "",
        "position_partial": (_("yes") if record.position_partial else _("no")) if has_position else "",
        "position_text": stated.text if stated else "",
        "themes": [str(t) for t in record.themes.all()],
        "groups": [str(g) for g in record.groups.all()],
        "sdgs": [str(s) for s in record.sdgs.all()],
        "lead": str(record.lead) if record.lead else "",
        "partners": sorted(str(i) for i in partners),
        "status": label(record.get_status_display),
        "status_on": record.status_on,
        "last_update_on": record.last_update_on,
        "priority": label(record.get_priority_display) if has_priority else "",
        "priority_reason": label(record.get_priority_reason_display) if has_priority and record.priority_reason else "",
        "clusters": [str(c) for c in record.clusters.all()],
        "visibility": label(record.get_visibility_display),
        "url": settings.SITE_URL + record.get_absolute_url() if public else "",
    }


def label(display: Callable[[], Any]) -> str:
    return str(display())


__all__ = ["export", "filters_in_words", "sheet_of"]
