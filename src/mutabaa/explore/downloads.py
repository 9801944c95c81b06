"""Every result of a search as a file, streamed: the rows are read as they are written."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mutabaa.core import downloads as files
from mutabaa.core.exports import PAPER, Column, Sheet, json_value
from mutabaa.core.wording import day_text, number_text
from mutabaa.explore.asking import Asking
from mutabaa.recommendations.exports import ON_PAPER, columns, line, with_all
from mutabaa.recommendations.filters import RecommendationView
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.search import label_rows
from mutabaa.search import services

FORMATS = {"csv": "CSV", "xlsx": "Excel (XLSX)", "pdf": "PDF", "jsonl": "JSON Lines"}
CHUNK = 500
LEFT_OUT = {"reference", "read"}


def download(asking: Asking, person: Any, form: str) -> HttpResponseBase:
    """404 for an unknown format."""
    if form not in FORMATS:
        raise Http404
    pks = services.every(asking.question(), person)
    if pks is None:  # the page says that the index is being made
        return redirect(reverse("explore:search") + asking.address)
    sheet = Sheet(
        title=_("Recommendations"),
        columns=[Column("state", _("State"), "text", 20), *chosen(person, on_paper=form in PAPER)],
        rows=rows(pks, person),
        language=asking.language,
        notes=notes(asking, len(pks), person),
        notes_title=_("About this table"),
    )
    if form != "jsonl":
        return files.download(sheet, "search", form)
    response = StreamingHttpResponse(
        files.kept_language(json_lines(sheet)), content_type="application/jsonl; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="search-{timezone.localdate().isoformat()}.jsonl"'
    return response


def chosen(person: Any, *, on_paper: bool) -> list[Column]:
    """All that is known of a record, or what stands side by side on a page of paper."""
    known = {column.key: column for column in columns(RecommendationView(), person)}
    if on_paper:
        return [known[key] for key in ON_PAPER if key in known]
    return [column for key, column in known.items() if key not in LEFT_OUT]


def rows(pks: list[int], person: Any) -> Iterator[dict[str, Any]]:
    """In the order of the search. A record that was closed to the person meanwhile is left out."""
    for start in range(0, len(pks), CHUNK):
        part = pks[start : start + CHUNK]
        seen = set(Recommendation.objects.visible_to(person).filter(pk__in=part).values_list("pk", flat=True))
        found = {row.pk: row for row in with_all(person, seen).select_related("document", "mechanism", "lead", "state")}
        for pk in part:
            if pk in found:
                row = found[pk]
                told = line(row)
                if not row.own:  # of another State nothing is followed up here
                    told |= dict.fromkeys(("status", "status_on", "lead", "partners", "last_update_on", "url"), "")
                yield told | {"state": str(row.state)}


def json_lines(sheet: Sheet) -> Iterator[bytes]:
    """One object per line, keys as in the other formats; no head, so that files can be joined."""
    part: list[str] = []
    for row in sheet.rows:
        record = {c.key: json_value(v) for c, v in zip(sheet.columns, sheet.cells(row), strict=True)}
        part.append(json.dumps(record, ensure_ascii=False))
        if len(part) == CHUNK:
            yield ("\n".join(part) + "\n").encode()
            part = []
    if part:
        yield ("\n".join(part) + "\n").encode()


def notes(asking: Asking, total: int, person: Any) -> list[str]:
    labels = label_rows({key: list(values) for key, values in asking.filters.items()})
    out = [
        _("Made on %(day)s.") % {"day": day_text(timezone.localdate())},
        ngettext("%(n)s recommendation.", "%(n)s recommendations.", total) % {"n": number_text(total)},
        *(asking.in_words(labels) or [_("No filter: all records that the reader may see.")]),
    ]
    if not getattr(person, "is_authenticated", False):
        out.append(_("Only published records and texts."))
    return out
