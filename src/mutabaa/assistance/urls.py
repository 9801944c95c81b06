from django.urls import path

from mutabaa.assistance.views import gaps, given, needs, obstacles, record, requests, steps

app_name = "assistance"
urlpatterns = [
    path("", requests.index, name="requests"),
    path("requests/file/<str:form>/", requests.file, name="requests_file"),
    path("requests/<str:public_id>/", requests.detail, name="request"),
    path("requests/<str:public_id>/edit/", requests.edit, name="request_edit"),
    path("requests/<str:public_id>/chain/", requests.chain, name="request_chain"),
    path("requests/<str:public_id>/word/", requests.word, name="request_word"),
    path("requests/<str:public_id>/steps/<slug:step>/", steps.step, name="step"),
    path("obstacles/", obstacles.index, name="obstacles"),
    path("obstacles/list/", obstacles.listed, name="obstacle_list"),
    path("obstacles/set-aside/", obstacles.set_aside, name="set_aside"),
    path("gaps/", gaps.index, name="gaps"),
    path("gaps/file/<str:form>/", gaps.file, name="gaps_file"),
    path("gaps/new/", gaps.new, name="new_gap"),
    path("gaps/<str:public_id>/", gaps.detail, name="gap"),
    path("gaps/<str:public_id>/edit/", gaps.edit, name="gap_edit"),
    path("gaps/<str:public_id>/state/", gaps.state, name="gap_state"),
    path("gaps/<str:public_id>/chain/", gaps.chain, name="gap_chain"),
    path("gaps/<str:public_id>/needs/new/", needs.new, name="new_need"),
    path("needs/", needs.index, name="needs"),
    path("needs/<int:pk>/edit/", needs.edit, name="need_edit"),
    path("needs/<int:pk>/drop/", needs.drop, name="need_drop"),
    path("needs/<int:pk>/request/", needs.ask, name="ask"),
    path("given/", given.index, name="given"),
    path("given/file/<str:form>/", given.file, name="given_file"),
    path("given/new/", given.new, name="new_given"),
    path("given/<str:public_id>/", given.edit, name="given_edit"),
    path("funds/", given.catalogue, name="funds"),
    path("records/<str:public_id>/", record.of_record, name="record"),
]
