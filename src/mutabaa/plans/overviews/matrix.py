"""The implementation matrix: recommendation × measure × institution (T-215). A row per recommendation, its measures inside."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet
from mutabaa.institutions.models import Institution
from mutabaa.plans.coverage import SERVED, Cover, covered
from mutabaa.plans.models import Measure
from mutabaa.plans.overviews.files import sheet
from mutabaa.plans.overviews.scope import Scope
from mutabaa.recommendations.models import Recommendation

CHUNK = 400


@dataclass
class Line:
    """A recommendation with the measures of the plans in scope that serve it, cancelled ones too."""

    record: Recommendation
    measures: list[Measure] = field(default_factory=list)


def matrix_ids(scope: Scope) -> list[int]:
    """The recommendations of the matrix in their order; with `uncovered=1`, those that no measure serves. One query: a State
    has about ten thousand, and counting them would cost as much as naming them.
    """
    rows = scope.recommendations()
    if scope.only_uncovered:
        rows = rows.exclude(pk__in=covered(scope.plan_ids))
    return list(rows.order_by("-published_on", "document_id", "id").values_list("pk", flat=True))


def lines_of(scope: Scope, ids: list[int]) -> list[Line]:
    """The lines of these recommendations, in the order given. Four queries, whatever the number of rows."""
    found = {
        record.pk: Line(record)
        for record in Recommendation.objects.filter(pk__in=ids)
        .select_related("document", "mechanism")
        .defer("folded", "priority_note")
    }
    # The measures of the page's recommendations, whoever leads them: a filter chooses rows, it does not hide measures.
    links = list(
        SERVED.objects.filter(recommendation__in=ids, measure__plan__in=scope.plan_ids, measure__removed=False)
        .order_by("measure__plan_id", "measure__outcome__number", "measure__number", "measure_id")
        .values_list("recommendation_id", "measure_id")
    )
    measures = {
        measure.pk: measure
        for measure in Measure.objects.visible_to(scope.person)
        .filter(pk__in={measure_id for _record, measure_id in links})
        .select_related("outcome", "lead")
        .prefetch_related(Prefetch("partners", Institution.objects.order_by("code")))
        .defer("description", "feasibility", "assumptions", "risks", "gender_analysis")
    }
    for record_id, measure_id in links:
        if record_id in found and measure_id in measures:
            measure = measures[measure_id]
            measure.plan = scope.plan_by_id[measure.plan_id]
            found[record_id].measures.append(measure)
    return [found[pk] for pk in ids if pk in found]


def matrix_sheet(scope: Scope) -> Sheet:
    """A line per recommendation and measure; a recommendation that no measure serves stands once, without one."""
    columns = [
        Column("mechanism", _("Mechanism"), "text", 16),
        Column("reference", _("Document and paragraph"), "symbol", 24),
        Column("text", _("Recommendation"), "text", 56, language_key="language"),
        Column("status", _("Status"), "text", 16),
        Column("plan", _("Plan"), "text", 24),
        Column("code", _("No."), "symbol", 8),
        Column("measure", _("Measure"), "text", 44, language_key="plan_language"),
        Column("lead", _("Lead institution"), "text", 24),
        Column("partners", _("Partner institutions"), "list", 24),
        Column("starts", _("Start"), "date", 12),
        Column("due", _("Due"), "date", 12),
        Column("execution", _("Execution"), "text", 14),
    ]
    return sheet(scope, _("Implementation matrix"), columns, matrix_lines(scope))


def matrix_lines(scope: Scope) -> Iterator[dict[str, Any]]:
    ids = matrix_ids(scope)
    for start in range(0, len(ids), CHUNK):
        for line in lines_of(scope, ids[start : start + CHUNK]):
            record = line.record
            base = {
                "mechanism": record.mechanism.label,
                "reference": record.reference,
                "text": record.text,
                "language": record.language,
                "status": record.get_status_display(),
            }
            if not line.measures:
                yield base | {"measure": str(Cover.WITHOUT_MEASURE.label)}
            for measure in line.measures:
                yield base | measure_cells(measure)


def measure_cells(measure: Measure) -> dict[str, Any]:
    """What a measure tells in a table. No query where plan, outcome, lead and partners are there."""
    return {
        "plan": str(measure.plan),
        "code": measure.code,
        "measure": measure.title,
        "plan_language": measure.plan.language,
        "lead": str(measure.lead),
        "partners": [str(p) for p in measure.partners.all()],
        "starts": measure.starts_on,
        "due": measure.due_on,
        "execution": measure.get_execution_display(),
    }
