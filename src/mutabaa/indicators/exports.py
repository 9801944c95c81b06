"""Figures as files: tables in every form, and SDMX. What a person does not see on the page is in no file either."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.core import downloads
from mutabaa.core.exports import TYPES, Column, Sheet
from mutabaa.core.wording import day_text
from mutabaa.indicators.breakdowns import Groups, parts_of
from mutabaa.indicators.figures import Shown
from mutabaa.indicators.models import Indicator
from mutabaa.indicators.sdmx.messages import Row, write_csv, write_xml

FORMS = (*TYPES, "sdmx-csv", "sdmx-ml")
# CL_OBS_STATUS, cross-domain code list 2.x: O missing value, M data cannot exist, Q suppressed.
SDMX_STATUS = {
    "normal": "A",
    "provisional": "P",
    "estimated": "E",
    "missing": "O",
    "not_applicable": "M",
    "suppressed": "Q",
}
TOTAL = "_T"


def download(indicator: Indicator, seen: Sequence[Shown], groups: Groups, form: str) -> HttpResponseBase:
    """404 for an unknown form."""
    if form not in FORMS:
        raise Http404
    day = timezone.localdate().isoformat()
    if form.startswith("sdmx"):
        rows = [sdmx_row(indicator, s, groups) for s in seen]
        ending, write, kind = (
            ("csv", write_csv, "text/csv; charset=utf-8")
            if form == "sdmx-csv"
            else ("xml", write_xml, "application/xml")
        )
        response: HttpResponseBase = HttpResponse(write(rows), content_type=kind)
        response["Content-Disposition"] = content_disposition_header(True, f"{indicator.code}-{day}.sdmx.{ending}")
        return response
    return downloads.download(figure_sheet(indicator, seen, groups), indicator.code, form)


def figure_sheet(indicator: Indicator, seen: Sequence[Shown], groups: Groups) -> Sheet:
    columns = [
        Column("code", _("Indicator"), "symbol", 20),
        Column("area", _("State or area"), "text", 18),
        Column("period", _("Period"), "symbol", 10),
        Column("group", _("Group"), "text", 28),
        Column("value", _("Value"), "number", 12),
        Column("unit", _("Unit"), "text", 14),
        Column("numerator", _("Numerator"), "number", 12),
        Column("denominator", _("Denominator"), "number", 12),
        Column("low", _("Lower bound"), "number", 12),
        Column("high", _("Upper bound"), "number", 12),
        Column("n", _("People asked"), "number", 10),
        Column("status", _("Status"), "text", 16),
        Column("breaks", _("Break in the series"), "text", 10),
        Column("source", _("Source"), "text", 30),
        Column("note", _("Note"), "text", 30),
        Column("validated", _("Validated on"), "date", 12),
    ]
    notes = [indicator.definition] if indicator.definition else []
    notes.append(_("Made on %(day)s.") % {"day": day_text(timezone.localdate())})
    return Sheet(
        str(indicator), columns, lines(indicator, seen, groups), get_language() or "en", notes, _("About this table")
    )


def lines(indicator: Indicator, seen: Sequence[Shown], groups: Groups) -> Iterator[dict[str, Any]]:
    def number(value: Any) -> float | None:
        return None if value is None else float(value)

    for s in seen:
        figure = s.figure
        yield {
            "code": indicator.code,
            "area": str(s.row.area),
            "period": s.row.period,
            "group": groups.label(s.row.breakdown),
            "value": number(figure.value),
            "unit": indicator.unit,
            "numerator": number(figure.numerator),
            "denominator": number(figure.denominator),
            "low": number(figure.low),
            "high": number(figure.high),
            "n": figure.n,
            "status": s.status_label,
            "breaks": _("Yes") if s.row.breaks else "",
            "source": s.row.source,
            "note": s.row.note,
            "validated": timezone.localdate(s.row.validated_at) if s.row.validated_at else None,
        }


def sdmx_row(indicator: Indicator, s: Shown, groups: Groups) -> Row:
    """In the manner of the SDG global data structure: a dimension that is not asked about stands at its total."""
    components = {"FREQ": indicator.periodicity if indicator.periodicity != "X" else "A", "REPORTING_TYPE": "N"}
    components["SERIES"] = indicator.sdmx_series or sdmx_id(indicator.code)
    components["REF_AREA"] = s.row.area_id
    for dimension in groups.dimensions.values():
        name = dimension.sdmx or sdmx_id(dimension.code)
        code = parts_of(s.row.breakdown).get(dimension.code)
        category = groups.categories.get((dimension.code, code)) if code else None
        components[name] = (category.sdmx or sdmx_id(category.code)) if category else TOTAL
    components["TIME_PERIOD"] = s.row.period
    components["OBS_VALUE"] = "" if s.value is None else f"{s.value.normalize():f}"
    components["UNIT_MEASURE"] = unit_measure(indicator)
    components["UNIT_MULT"] = "0"
    components["OBS_STATUS"] = "B" if s.row.breaks and s.value is not None else SDMX_STATUS[s.status]
    bounds = (s.figure.low, s.figure.high)
    components["LOWER_BOUND"], components["UPPER_BOUND"] = ("" if b is None else f"{b.normalize():f}" for b in bounds)
    components["SOURCE_DETAIL"], components["COMMENT_OBS"] = s.row.source, s.row.note
    return Row(components)


def sdmx_id(code: str) -> str:
    """SDMX identifiers hold letters, digits and "_"."""
    return code.upper().replace("-", "_")


def unit_measure(indicator: Indicator) -> str:
    factor = int(indicator.factor)
    if indicator.measure == "proportion":
        return "PERCENT"
    if indicator.measure in ("count", "existence"):
        return "NUMBER"
    return f"PER_{factor}" if factor > 1 else "RATIO" if indicator.measure == "ratio" else "INDEX"
