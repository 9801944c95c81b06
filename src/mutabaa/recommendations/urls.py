from django.urls import path

from mutabaa.recommendations import views

app_name = "recommendations"
urlpatterns = [
    path("", views.index, name="table"),
    path("<str:public_id>/", views.detail, name="detail"),
]
