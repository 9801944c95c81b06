from django.urls import path

from mutabaa.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:public_id>/", views.batch, name="batch"),
    path("<str:public_id>/apply/", views.apply, name="apply"),
    path("<str:public_id>/discard/", views.discard, name="discard"),
    path("<str:public_id>/undo/", views.take_back, name="undo"),
    path("<str:public_id>/columns/", views.mapping, name="mapping"),
]
