from django.urls import path

from mutabaa.institutions import people

app_name = "people"
urlpatterns = [
    path("", people.index, name="index"),
    path("invite/", people.invite, name="invite"),
    path("<int:pk>/", people.detail, name="detail"),
    path("<int:pk>/invite-again/", people.invite_again, name="invite_again"),
    path("<int:pk>/close/", people.close, name="close"),
    path("<int:pk>/reopen/", people.reopen, name="reopen"),
    path("<int:pk>/appoint/", people.appoint, name="appoint"),
    path("posts/<int:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("posts/<int:pk>/end/", people.end_post, name="end_post"),
]
