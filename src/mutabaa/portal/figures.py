"""Figures for the public: counted once in the recommendations room, drawn and offered as data here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mutabaa.accounts.access import EVERYONE, allow
from mutabaa.core.charts import STATUS_COLOURS, Cell, Chart, Row, Series, Table, bars, stacked_bars
from mutabaa.core.exports import Column, Sheet, csv_chunks
from mutabaa.core.installation import current
from mutabaa.core.templatetags.mutabaa import babel_locale, decimal
from mutabaa.portal.search import chips, visitor_view
from mutabaa.recommendations.public import (
    GROUPINGS,
    STATUS_TONE,
    Line,
    RecommendationView,
    Status,
    figures_by,
    figures_of,
    public_recommendations,
)

# Best to least, then what was not judged: the order of segments and legends.
ORDER = [
    Status.IMPLEMENTED, Status.SUBSTANTIAL, Status.PARTIAL, Status.IN_PROGRESS, Status.ONGOING, Status.NOT_STARTED,
    Status.NOT_ASSESSED, Status.NOT_ACCEPTED, Status.SUPERSEDED,
]  # fmt: skip
BY = ["family", "mechanism", "theme", "right", "group", "sdg", "institution", "status", "position", "year"]
DRAWN = 20
# Groupings whose lines have a page of their own.
PAGES = {
    "mechanism": "mechanism",
    "theme": "theme",
    "right": "right",
    "group": "group",
    "sdg": "sdg",
    "target": "sdg",
    "institution": "institution",
}


def plain_number(value: float | None) -> str:
    """A count in the page's language, without markup."""
    return decimal(value or 0, babel_locale())


def series() -> list[Series]:
    return [Series(s, str(Status(s).label), STATUS_COLOURS[s]) for s in ORDER]


def status_counts(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The statuses that occur, in the order of the charts."""
    return [
        {
            "code": s.value,
            "label": str(s.label),
            "count": counts[s],
            "tone": STATUS_TONE.get(s, ""),
            "colour": STATUS_COLOURS[s],
        }
        for s in ORDER
        if counts.get(s)
    ]


def status_chart(
    lines: Sequence[Line], title: str, uid: str, address: Callable[[Line], str] = lambda line: ""
) -> Chart:
    """Shares of statuses, a bar per line; the first twenty are drawn, all stand in the table. No query."""
    present = [s for s in series() if any(line.statuses.get(s.key) for line in lines)]
    svg = stacked_bars(
        [Row(line.label, line.statuses) for line in lines[:DRAWN]],
        present,
        uid=uid,
        title=title,
        description=_("Bars divided by implementation status. The same figures stand in the table below the chart."),
        rtl=get_language_bidi(),
        number=plain_number,
    )
    note = _("The chart shows the %(n)s largest; the table shows all.") % {"n": DRAWN} if len(lines) > DRAWN else ""
    return Chart(
        title=title,
        svg=svg,
        header=[_("Group"), _("All"), *(x.label for x in present)],
        rows=[
            [Cell(line.label, address(line)), Cell(line.total), *(Cell(line.statuses.get(x.key, 0)) for x in present)]
            for line in lines
        ],
        legend=present,
        note=note,
    )


def count_chart(counts: Sequence[tuple[str, int, str]], title: str, uid: str) -> Chart:
    """Bars of (label, count, address). No query."""
    svg = bars(
        [Row(label, {"n": count}) for label, count, _url in counts[:DRAWN]],
        uid=uid,
        title=title,
        description=_("Bars by number of recommendations. The same figures stand in the table below the chart."),
        rtl=get_language_bidi(),
        number=plain_number,
    )
    return Chart(
        title=title,
        svg=svg,
        header=[_("Group"), _("Recommendations")],
        rows=[[Cell(label, url), Cell(n)] for label, n, url in counts],
    )


def key_table(lines: Sequence[Line], title: str, first: str, address: Callable[[Line], str]) -> Table:
    """Total, assigned, updated, implemented for each line (T-340)."""
    header = [first, _("Recommendations"), _("Assigned"), _("Updated in the last 12 months"), _("Implemented")]
    rows = [
        [
            Cell(line.label, address(line)),
            Cell(line.total),
            *(Cell(getattr(line, part), share=line.share(part)) for part in ("assigned", "updated", "implemented")),
        ]
        for line in lines
    ]
    return Table(title=title, header=header, rows=rows)


def list_address(**values: Any) -> str:
    """The public list with these filters."""
    view = RecommendationView({key: [str(value)] for key, value in values.items() if value not in (None, "")})
    query = view.query()
    return reverse("portal:recommendations") + (f"?{query}" if query else "")


def line_address(by: str) -> Callable[[Line], str]:
    """Where a line of figures leads: the subject's page, else the list filtered by it."""

    def address(line: Line) -> str:
        if by in PAGES:
            return reverse(f"portal:{PAGES[by]}", args=[line.code])
        if by == "year":
            return list_address(**{"from": line.code, "to": line.code})
        return list_address(**{by: line.code or "none"})

    return address


def lines_by(rows: Any, by: str) -> list[Line]:
    """Largest first; years newest first; goals, statuses in their own order. Two queries."""
    lines = figures_by(rows, by)
    if by == "year":
        return sorted(lines, key=lambda line: -line.code)
    if by in {"sdg", "target"}:
        return sorted(lines, key=lambda line: [int(p) if p.isdigit() else 99 for p in str(line.code).split(".")])
    if by == "status":
        places = {s.value: n for n, s in enumerate(ORDER)}
        return sorted(lines, key=lambda line: places.get(line.code, 99))
    return lines


@allow(EVERYONE)
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The figures of any view, by one grouping at a time: at most five queries, and one per kind of filter in force."""
    view, by, rows, installation = asked(request)
    total = figures_of(rows)
    lines = lines_by(rows, by)
    label = str(GROUPINGS[by][0])
    title = _("Implementation status by %(group)s") % {"group": label.lower()}
    address = line_address(by)
    if by == "status":
        chart = count_chart(
            [(x.label, x.total, address(x)) for x in lines], _("Recommendations by status"), "by-status"
        )
    else:
        chart = status_chart(lines, title, f"by-{by}", address)
    query = replace(view, group_by="").query()
    context = {
        "installation": installation,
        "total": total,
        "statuses": status_counts(total.statuses),
        "by": by,
        "label": label,
        "tabs": [(key, GROUPINGS[key][0], "?" + replace(view, group_by=key).query()) for key in BY],
        "chart": chart,
        "table": key_table(lines, title, label, address),
        "lines": lines,
        "chips": chips(view),
        "ignored": view.ignored,
        "query": query,
        "download": "?" + replace(view, group_by=by).query(),
        "list": reverse("portal:recommendations") + (f"?{query}" if query else ""),
        "today": timezone.localdate(),
        "repeats": by in {"theme", "right", "group", "sdg", "institution"},
    }
    return render(request, "portal/figures.html", context)


def asked(request: HttpRequest) -> tuple[RecommendationView, str, Any, Any]:
    """The view, the grouping, the rows and the installation of an address of figures."""
    view = visitor_view(request.GET)
    by = view.group_by
    installation = current()
    rows = view.apply(public_recommendations(), stale_after_days=installation.stale_after_days)
    return view, by if by in BY else "family", rows, installation


@allow(EVERYONE)
@require_safe
def download(request: HttpRequest, fmt: str) -> HttpResponse:
    """The figures of the page as CSV or JSON, with the day they were counted."""
    if fmt not in {"csv", "json"}:
        raise Http404
    _view, by, rows, installation = asked(request)
    lines = lines_by(rows, by)
    today = timezone.localdate().isoformat()
    name = f"figures-{by}-{today}.{fmt}"
    if fmt == "json":
        data = {
            "title": installation.title,
            "counted_on": today,
            "group_by": by,
            "groups": [
                {"code": x.code, "label": x.label, "recommendations": x.total, "assigned": x.assigned,
                 "updated_last_12_months": x.updated, "implemented": x.implemented, "statuses": x.statuses}
                for x in lines
            ],
        }  # fmt: skip
        response: HttpResponse = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    else:
        response = HttpResponse(csv_chunks(sheet(lines, str(GROUPINGS[by][0]))), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def sheet(lines: Sequence[Line], first: str) -> Sheet:
    numbers = {
        "total": _("Recommendations"), "assigned": _("Assigned"), "updated": _("Updated in the last 12 months"),
        "implemented": _("Implemented"),
    }  # fmt: skip
    columns = [Column("code", _("Code")), Column("label", first)]
    columns += [Column(key, label, "number") for key, label in numbers.items()]
    columns += [Column(s.value, _("Status: %(status)s") % {"status": s.label}, "number") for s in ORDER]
    rows = [[x.code, x.label, *(getattr(x, key) for key in numbers), *(x.statuses[s] for s in ORDER)] for x in lines]
    return Sheet(_("Figures"), columns, rows)
