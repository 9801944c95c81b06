"""Confirmed links, and clusters with their members, as tables: exactly what the person may read."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mutabaa.core.exports import Column, Sheet
from mutabaa.core.wording import day_text
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence.models import Likeness
from mutabaa.recurrence.services import unclustered

CHUNK = 500


def sheet(title: str, columns: list[Column], rows: Iterator[dict[str, Any]]) -> Sheet:
    made = _("Made on %(day)s.") % {"day": day_text(timezone.localdate())}
    return Sheet(title, columns, rows, get_language() or "en", [made], _("About this table"))


def links_sheet(rows: Any) -> Sheet:
    """`rows`: pairs that the person may see."""
    columns = [
        Column("state", _("Decision"), "text", 14),
        Column("score", _("Likeness"), "number", 10),
        Column("earlier", _("Earlier recommendation"), "symbol", 26),
        Column("earlier_mechanism", _("Mechanism"), "text", 18),
        Column("earlier_on", _("Date"), "date", 12),
        Column("earlier_text", _("Text"), "text", 60, language_key="earlier_language"),
        Column("later", _("Later recommendation"), "symbol", 26),
        Column("later_mechanism", _("Mechanism"), "text", 18),
        Column("later_on", _("Date"), "date", 12),
        Column("later_text", _("Text"), "text", 60, language_key="later_language"),
        Column("note", _("Note"), "text", 30),
        Column("decided_on", _("Decided on"), "date", 12),
    ]
    return sheet(_("Recommendations that return"), columns, link_lines(rows))


def link_lines(rows: Any) -> Iterator[dict[str, Any]]:
    ordered: Likeness
    for ordered in rows.with_texts().order_by("pk").iterator(chunk_size=CHUNK):
        line: dict[str, Any] = {
            "state": ordered.get_state_display(),
            "score": round(ordered.score, 2),
            "note": ordered.note,
            "decided_on": timezone.localdate(ordered.decided_at) if ordered.decided_at else None,
        }
        for name, record in zip(("earlier", "later"), ordered.in_time(), strict=True):
            line |= {
                name: record.reference,
                f"{name}_mechanism": record.mechanism.label,
                f"{name}_on": record.published_on,
                f"{name}_text": record.text,
                f"{name}_language": record.language,
            }
        yield line


def clusters_sheet(person: Any) -> Sheet:
    """A line per member of each cluster that the person sees; last the records that stand in none."""
    columns = [
        Column("cluster", _("Cluster"), "text", 40),
        Column("mechanisms", _("Mechanisms"), "number", 12),
        Column("documents", _("Documents"), "number", 12),
        Column("priority", _("Priority"), "text", 12),
        Column("reference", _("Document and paragraph"), "symbol", 26),
        Column("mechanism", _("Mechanism"), "text", 18),
        Column("cycle", _("Cycle"), "number", 8),
        Column("date", _("Date"), "date", 12),
        Column("text", _("Text"), "text", 70, language_key="language"),
        Column("status", _("Status"), "text", 18),
    ]
    return sheet(_("Clusters"), columns, cluster_lines(person))


def cluster_lines(person: Any) -> Iterator[dict[str, Any]]:
    seen = Recommendation.objects.own().visible_to(person).select_related("document", "mechanism")
    clusters = visible_clusters(person).prefetch_related(
        Prefetch("members", seen.order_by("published_on", "pk"), "seen")
    )
    for cluster in clusters.iterator(chunk_size=50):
        counted = {
            "cluster": str(cluster),
            "mechanisms": len({r.mechanism_id for r in cluster.seen}),
            "documents": len({r.document_id for r in cluster.seen}),
            "priority": cluster.get_priority_display() if cluster.priority else "",
        }
        for record in cluster.seen:
            yield counted | record_line(record)
    rest = unclustered(person).select_related("document", "mechanism").order_by("published_on", "pk")
    for record in rest.iterator(chunk_size=CHUNK):
        yield {"cluster": _("Unclustered")} | record_line(record)


def record_line(record: Recommendation) -> dict[str, Any]:
    return {
        "reference": record.reference,
        "mechanism": record.mechanism.label,
        "cycle": record.cycle,
        "date": record.published_on,
        "text": record.text,
        "language": record.language,
        "status": record.get_status_display(),
    }
