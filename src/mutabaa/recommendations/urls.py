from django.urls import path

from mutabaa.recommendations import cluster_views, parts, views

app_name = "recommendations"
urlpatterns = [
    path("", views.table, name="table"),
    path("download/<str:form>/", views.download, name="download"),
    path("new/", views.create, name="new"),
    path("priority/", views.priority, name="priority"),
    path("views/", views.keep_view, name="keep_view"),
    path("views/<int:pk>/drop/", views.drop_view, name="drop_view"),
    path("clusters/", cluster_views.clusters, name="clusters"),
    path("clusters/new/", cluster_views.create, name="new_cluster"),
    path("clusters/add/", cluster_views.add, name="add_to_cluster"),
    path("clusters/<slug:code>/", cluster_views.cluster, name="cluster"),
    path("clusters/<slug:code>/edit/", cluster_views.edit, name="edit_cluster"),
    path("clusters/<slug:code>/remove/", cluster_views.remove, name="remove_from_cluster"),
    path("clusters/<slug:code>/priority/", cluster_views.priority, name="cluster_priority"),
    path("<str:public_id>/", views.detail, name="detail"),
    path("<str:public_id>/edit/", views.edit, name="edit"),
    path("<str:public_id>/history/", views.history, name="history"),
    path("<str:public_id>/similar/", views.similar, name="similar"),
    path("<str:public_id>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:public_id>/position/", parts.position, name="position"),
    path("<str:public_id>/translation/", parts.translation, name="translation"),
    path("<str:public_id>/split/", parts.split, name="split"),
    path("<str:public_id>/components/<int:pk>/", parts.component, name="component"),
    path("<str:public_id>/components/<int:pk>/remove/", parts.remove_component, name="remove_component"),
]
