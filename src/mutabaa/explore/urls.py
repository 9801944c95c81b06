"""Search addresses hold the whole search: they can be kept, sent and quoted."""

from django.urls import path

from mutabaa.explore import figure_views, saved_views, views

app_name = "explore"
urlpatterns = [
    path("", views.search, name="search"),
    path("values/<slug:facet>/", views.values, name="values"),
    path("export/<slug:fmt>/", views.download, name="export"),
    path("years/", figure_views.years, name="years"),
    path("matrix/", figure_views.matrix, name="matrix"),
    path("raised/", figure_views.raised, name="raised"),
    path("compare/", figure_views.compare, name="compare"),
    path("figures/<slug:page>/<slug:fmt>/", figure_views.download, name="figures"),
    path("profiles/<slug:facet>/<str:code>/", figure_views.profile, name="profile"),
    path("feed/", views.feed, name="feed"),
    path("saved/", saved_views.index, name="saved_searches"),
    path("saved/new/", saved_views.new, name="save"),
    path("saved/<str:public_id>/", saved_views.saved, name="saved"),
    path("saved/<str:public_id>/delete/", saved_views.delete, name="delete_saved"),
    path("records/<str:public_id>/", views.record, name="record"),
]
