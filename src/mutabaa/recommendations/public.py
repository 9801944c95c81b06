"""What the portal and the open API may see of this room: own, public, not withdrawn."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import QueryDict

from mutabaa.recommendations.citations import full as citation
from mutabaa.recommendations.citations import short as short_citation
from mutabaa.recommendations.exports import export
from mutabaa.recommendations.figures import Line, added_up, figures_by, figures_of
from mutabaa.recommendations.filters import GROUPINGS, LABELS, SORTS, RecommendationView, group_labels, value_labels
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.options import labels_of
from mutabaa.recommendations.similar import similar_to
from mutabaa.recommendations.states import STATUS_TONE, Kind, Position, Priority, Status
from mutabaa.recommendations.tagging import Tag, tag_rows, tags_of, translations_in

EVERYONE = AnonymousUser()


def public_recommendations() -> Any:
    """The State's own published table: what a visitor may read, whoever is asking."""
    return Recommendation.objects.own().visible_to(EVERYONE)


def public_view(query: QueryDict) -> tuple[RecommendationView, QuerySet[Recommendation]]:
    """A visitor's search: the view and its rows, unordered."""
    view = RecommendationView.from_query(query)
    return view, view.apply(public_recommendations())


def public_clusters() -> Any:
    return Cluster.objects.filter(visibility="public")


__all__ = [
    "EVERYONE",
    "GROUPINGS",
    "LABELS",
    "SORTS",
    "STATUS_TONE",
    "Kind",
    "Line",
    "Position",
    "Priority",
    "RecommendationView",
    "Status",
    "Tag",
    "added_up",
    "citation",
    "export",
    "figures_by",
    "figures_of",
    "group_labels",
    "labels_of",
    "public_clusters",
    "public_recommendations",
    "public_view",
    "short_citation",
    "similar_to",
    "tag_rows",
    "tags_of",
    "translations_in",
    "value_labels",
]
