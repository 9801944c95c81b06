from django.urls import path

from mutabaa.followup.views import assignments, conflicts, evidence, judgements, requests, updates, workbook

app_name = "followup"
urlpatterns = [
    path("", requests.index, name="requests"),
    path("requests/new/", requests.new, name="new_request"),
    path("requests/<str:public_id>/", requests.detail, name="request"),
    path("requests/<str:public_id>/extend/", requests.extend, name="request_extend"),
    path("requests/<str:public_id>/close/", requests.close, name="request_close"),
    path("requests/<str:public_id>/cancel/", requests.cancel, name="request_cancel"),
    path("requests/<str:public_id>/remind/", requests.remind, name="request_remind"),
    path("assign/", assignments.assign, name="assign"),
    path("assignments/", assignments.index, name="assignments"),
    path("assignments/accept/", assignments.accept, name="accept"),
    path("assignments/<int:pk>/return/", assignments.give_back, name="return"),
    path("assignments/<int:pk>/withdraw/", assignments.withdraw, name="withdraw"),
    path("updates/", updates.index, name="updates"),
    path("updates/start/", updates.start, name="update_start"),
    path("updates/<str:public_id>/", updates.detail, name="update"),
    path("updates/<str:public_id>/edit/", updates.edit, name="update_edit"),
    path("updates/<str:public_id>/approve/", updates.approve, name="update_approve"),
    path("updates/<str:public_id>/ask-back/", updates.ask_back, name="update_ask_back"),
    path("updates/<str:public_id>/publish/", updates.publish, name="update_publish"),
    path("updates/<str:public_id>/withdraw/", updates.withdraw, name="update_withdraw"),
    path("clusters/<slug:code>/answer/", updates.answer_cluster, name="answer_cluster"),
    path("conflicts/<str:public_id>/", conflicts.resolve, name="conflict"),
    path("evidence/<str:public_id>/", evidence.download, name="evidence"),
    path("items/<str:public_id>/status/", judgements.status, name="status"),
    path("items/<str:public_id>/assessment/", judgements.assess, name="assess"),
    path("items/<str:public_id>/comments/", judgements.comment, name="comment"),
    path("comments/<int:pk>/hide/", judgements.hide_comment, name="hide_comment"),
    path("criteria/", judgements.criteria, name="criteria"),
    path("criteria/<slug:status>/", judgements.criterion, name="criterion"),
    path("workbook/", workbook.index, name="workbook"),
    path("workbook/<slug:code>/download/", workbook.download, name="workbook_download"),
    path("workbook/uploads/<str:public_id>/", workbook.preview, name="workbook_preview"),
]
