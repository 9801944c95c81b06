from django.urls import path

from mutabaa.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.index, name="index"),
    path("status/", views.status, name="status"),
    path("matrix/", views.matrix, name="matrix"),
    path("<str:public_id>/", views.report, name="report"),
    path("<str:public_id>/download/", views.download, name="download"),
    path("<str:public_id>/delete/", views.delete, name="delete"),
]
