from django.urls import path

from mutabaa.intake import views
from mutabaa.intake.plan_tables import views as plan_tables
from mutabaa.intake.review import views as review

app_name = "intake"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:public_id>/", views.batch, name="batch"),
    path("<str:public_id>/apply/", views.apply, name="apply"),
    path("<str:public_id>/discard/", views.discard, name="discard"),
    path("<str:public_id>/undo/", views.take_back, name="undo"),
    path("<str:public_id>/columns/", views.mapping, name="mapping"),
    path("<str:public_id>/plan/", plan_tables.columns, name="plan_columns"),
    path("<str:public_id>/plan/institutions/", plan_tables.institutions, name="plan_institutions"),
    path("<str:public_id>/plan/aside/", plan_tables.aside, name="plan_aside"),
    path("<str:public_id>/document/", review.document, name="document"),
    path("<str:public_id>/document/facts/", review.facts, name="document_facts"),
    path("<str:public_id>/document/decide/", review.decide, name="document_decide"),
    path("<str:public_id>/document/finish/", review.finish, name="document_finish"),
    path("<str:public_id>/document/items/add/", review.add, name="document_item_add"),
    path("<str:public_id>/document/items/<int:pk>/", review.item, name="document_item"),
    path("<str:public_id>/document/items/<int:pk>/split/", review.split, name="document_item_split"),
    path("<str:public_id>/document/items/<int:pk>/merge/", review.merge, name="document_item_merge"),
    path("<str:public_id>/document/download/", review.download, name="document_download"),
]
