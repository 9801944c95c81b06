"""Addresses of the overviews, below /workspace/plans/; `urls.py` takes them in."""

from django.urls import path

from mutabaa.plans.overviews import views
from mutabaa.plans.publication.views import publication

urlpatterns = [
    path("coverage/", views.coverage, name="coverage"),
    path("matrix/", views.implementation_matrix, name="matrix"),
    path("timeline/", views.time, name="timeline"),
    path("institutions/", views.institutions, name="institutions"),
    path("late/", views.late_items, name="late"),
    path("budget/", views.money, name="budget"),
    path("guidance/", views.guidance, name="guidance"),
    path("<str:public_id>/publication/<str:version>/<str:form>/", publication, name="publication"),
    path("files/<str:name>/<str:form>/", views.overview_file, name="overview_file"),
]
