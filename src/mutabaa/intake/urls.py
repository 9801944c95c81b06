from django.urls import path

from mutabaa.intake import views

app_name = "intake"
urlpatterns = [path("", views.index, name="index")]
