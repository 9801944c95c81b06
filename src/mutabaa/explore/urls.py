"""Search addresses hold the whole search: they can be kept, sent and quoted."""

from django.urls import path

from mutabaa.explore import views

app_name = "explore"
urlpatterns = [
    path("", views.search, name="search"),
    path("values/<slug:facet>/", views.values, name="values"),
    path("export/<slug:fmt>/", views.download, name="export"),
    path("records/<str:public_id>/", views.record, name="record"),
]
