from django.urls import path

from mutabaa.intake.observations import views

app_name = "observations"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:public_id>/", views.file, name="file"),
    path("<str:public_id>/columns/", views.columns, name="columns"),
    path("<str:public_id>/apply/", views.apply, name="apply"),
    path("<str:public_id>/discard/", views.discard, name="discard"),
    path("<str:public_id>/undo/", views.undo, name="undo"),
]
