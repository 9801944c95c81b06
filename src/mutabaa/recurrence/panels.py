"""What this room adds to other rooms' pages: who raised it again, and when."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from mutabaa.accounts.policies import is_secretariat
from mutabaa.core import pages
from mutabaa.core.pages import Panel
from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence.models import Likeness
from mutabaa.recurrence.states import CONFIRMED, LINK_TONE, LinkState

SHOWN = 12


def raised_again(request: HttpRequest, record: Any) -> Panel | None:
    """The confirmed links of a record, and for the secretariat how many wait for a decision: beside the records that are like it. One query."""
    shown = [*CONFIRMED, LinkState.PROPOSED] if is_secretariat(request.user) else CONFIRMED
    found = list(
        Likeness.objects.visible_to(request.user)
        .of(record)
        .filter(state__in=shown)
        .with_texts()
        .order_by("-score")[:200]
    )
    if not found:
        return None
    links: list[dict[str, Any]] = []
    for pair in found:
        other = pair.second if pair.first_id == record.pk else pair.first
        if pair.state != LinkState.PROPOSED:
            links.append({"pair": pair, "other": other, "tone": LINK_TONE[pair.state]})
    links.sort(key=lambda link: (link["other"].published_on is None, link["other"].published_on or 0, link["other"].pk))
    again = [link["other"] for link in links if link["pair"].state != LinkState.CONTRADICTS]
    context = {
        "links": links[:SHOWN],
        "more": max(0, len(links) - SHOWN),
        "mechanisms": len({r.mechanism_id for r in [record, *again]}),
        "documents": len({r.document_id for r in [record, *again]}),
        "waiting": sum(pair.state == LinkState.PROPOSED for pair in found),
        "record": record,
    }
    return Panel("recurrence/panels/raised_again.html", context, 35)


def cluster_recurrence(request: HttpRequest, cluster: Any) -> Panel | None:
    """Which mechanism raised the cluster's issue in which cycle or year, and, for the secretariat, splitting and merging. Two queries."""
    rows = Recommendation.objects.own().visible_to(request.user).filter(clusters=cluster)
    lines = list(
        rows.order_by()
        .values("mechanism__code", "cycle", "year")
        .annotate(items=Count("pk"), documents=Count("document", distinct=True))
        .order_by("mechanism__family", "mechanism__code", "year", "cycle")
    )
    may_change = is_secretariat(request.user)
    others = list(visible_clusters(request.user).exclude(pk=cluster.pk)[:500]) if may_change else []
    if not lines and not others:
        return None
    context = {
        "lines": lines,
        "cluster": cluster,
        "others": others,
        "may_change": may_change,
        "several": len(lines) > 1 or any(line["items"] > 1 for line in lines),
    }
    return Panel("recurrence/panels/cluster.html", context, 20)


def register_all() -> None:
    pages.record_likeness_panels.append(raised_again)
    pages.cluster_panels.append(cluster_recurrence)
