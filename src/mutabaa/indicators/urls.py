from django.urls import path

from mutabaa.indicators.views import entry, pages, sheets, work

app_name = "indicators"
urlpatterns = [
    path("", pages.index, name="index"),
    path("new/", sheets.new, name="new"),
    path("compare/", pages.compare, name="compare"),
    path("queue/", work.queue, name="queue"),
    path("queue/validate/", work.validate, name="validate"),
    path("requests/", work.requests, name="requests"),
    path("requests/new/", work.new_request, name="new_request"),
    path("requests/<str:public_id>/", work.one_request, name="request"),
    path("requests/<str:public_id>/close/", work.close_request, name="close_request"),
    path("rights/<slug:code>/", pages.right, name="right"),
    path("figures/<int:pk>/", entry.figure, name="figure"),
    path("figures/<int:pk>/withdraw/", entry.withdraw, name="withdraw"),
    path("figures/<int:pk>/return/", entry.give_back, name="return"),
    path("<slug:code>/", pages.detail, name="detail"),
    path("<slug:code>/enter/", entry.enter, name="enter"),
    path("<slug:code>/edit/", sheets.edit, name="edit"),
    path("<slug:code>/path/", sheets.path, name="path"),
    path("<slug:code>/history/", sheets.history, name="history"),
    path("<slug:code>/file/<str:form>/", pages.figures_file, name="file"),
]
