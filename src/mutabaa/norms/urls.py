from django.urls import path

from mutabaa.norms import linking, views

app_name = "norms"
urlpatterns = [
    path("", views.instruments, name="instruments"),
    path("download/<str:form>/", views.download, name="download"),
    path("new/", views.create, name="new"),
    path("for/<str:record_id>/", linking.choose_instruments, name="choose_instruments"),
    path("<str:public_id>/", views.instrument, name="instrument"),
    path("<str:public_id>/edit/", views.edit, name="edit"),
    path("<str:public_id>/history/", views.history, name="history"),
    path("<str:public_id>/recommendations/", linking.choose_recommendations, name="choose_recommendations"),
    path("<str:public_id>/unlink/", linking.unlink, name="unlink"),
]
