from django.urls import path

from mutabaa.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("recommendations/<str:public_id>/", views.recommendation, name="recommendation"),
]
