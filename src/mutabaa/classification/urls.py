"""Suggested tags, the model, the mapping of themes."""

from django.urls import path

from mutabaa.classification import mapping_views, model_views, views

app_name = "classification"
urlpatterns = [
    path("", views.triage, name="triage"),
    path("<int:pk>/accept/", views.decide, {"deed": "accept"}, name="accept"),
    path("<int:pk>/reject/", views.decide, {"deed": "reject"}, name="reject"),
    path("<int:pk>/reconsider/", views.decide, {"deed": "reconsider"}, name="reconsider"),
    path("model/", model_views.index, name="model"),
    path("model/train/", model_views.train, name="train"),
    path("model/<int:pk>/", model_views.version, name="version"),
    path("model/<int:pk>/labels.csv", model_views.labels, name="labels"),
    path("themes/", mapping_views.mapping, name="mapping"),
    path("themes/<int:pk>/remove/", mapping_views.remove, name="unmap"),
]
