from django.urls import path

from mutabaa.reporting import views

app_name = "reporting"
urlpatterns = [path("", views.index, name="index"), path("status/", views.index, name="status")]
