"""Which items a page is about: chosen in the table, or a cluster."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from mutabaa.recommendations.clustering import visible_clusters
from mutabaa.recommendations.models import Cluster, Recommendation

SHOWN = 30


@dataclass(frozen=True)
class Selection:
    """`rows` are what the person may see of it."""

    rows: QuerySet[Recommendation]
    cluster: Cluster | None

    @property
    def ids(self) -> list[str]:
        """To carry on in hidden fields; a cluster is carried by its code alone."""
        return [] if self.cluster else list(self.rows.values_list("public_id", flat=True))

    def context(self) -> dict[str, Any]:
        """Four queries."""
        items = list(self.rows.select_related("document", "lead", "mechanism")[: SHOWN + 1])
        count = self.rows.count() if len(items) > SHOWN else len(items)
        return {
            "items": items[:SHOWN],
            "count": count,
            "more": max(0, count - SHOWN),
            "cluster": self.cluster,
            "selected": [] if self.cluster else self.ids,
        }


def selection(request: HttpRequest, *, in_scope: bool = False, code: str = "") -> Selection:
    """`selected` (posted from the table) or `rec` hold public ids, `cluster` a code. 404 where a cluster shows nothing."""
    rows = (
        Recommendation.objects.in_scope(request.user)
        if in_scope
        else Recommendation.objects.own().visible_to(request.user)
    )
    code = code or request.POST.get("cluster") or request.GET.get("cluster", "")
    if code:
        cluster = get_object_or_404(visible_clusters(request.user), code=code)
        members = rows.filter(clusters=cluster)
        if not members.exists():
            raise Http404
        return Selection(members, cluster)
    chosen = [*request.POST.getlist("selected"), *request.GET.getlist("rec")]
    return Selection(rows.filter(public_id__in=chosen[:5000]), None)
