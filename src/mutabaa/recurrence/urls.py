from django.urls import path

from mutabaa.recurrence.views import pairs, priorities, proposals

app_name = "recurrence"
urlpatterns = [
    path("", pairs.pairs, name="pairs"),
    path("pairs/<int:pk>/", pairs.pair, name="pair"),
    path("pairs/<int:pk>/decide/", pairs.decide, name="decide"),
    path("pairs/decide/", pairs.decide_several, name="decide_several"),
    path("links/", pairs.links, name="links"),
    path("links/<str:form>/", pairs.links_file, name="links_file"),
    path("search/", pairs.search, name="search"),
    path("search/start/", pairs.find, name="find"),
    path("search/end/", pairs.cancel, name="cancel"),
    path("clusters/", proposals.proposals, name="proposals"),
    path("clusters/file/<str:form>/", proposals.clusters_file, name="clusters_file"),
    path("clusters/<int:pk>/", proposals.proposal, name="proposal"),
    path("clusters/<int:pk>/accept/", proposals.accept, name="accept"),
    path("clusters/<int:pk>/rename/", proposals.rename, name="rename"),
    path("clusters/<int:pk>/split/", proposals.split, name="split"),
    path("clusters/<int:pk>/merge/", proposals.merge, name="merge"),
    path("clusters/<int:pk>/dismiss/", proposals.dismiss, name="dismiss"),
    path("existing/<slug:code>/split/", proposals.split_cluster, name="split_cluster"),
    path("existing/<slug:code>/merge/", proposals.merge_cluster, name="merge_cluster"),
    path("unclustered/", proposals.unclustered, name="unclustered"),
    path("priorities/", priorities.priorities, name="priorities"),
    path("priorities/apply/", priorities.apply, name="apply"),
    path("priorities/weights/", priorities.weights, name="weights"),
]
