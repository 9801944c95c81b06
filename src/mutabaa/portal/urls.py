"""Stable, readable addresses: they are quoted in reports and must go on working."""

from django.urls import path

from mutabaa.portal import browse, figures, indicators, instruments, plans, record, subjects, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("recommendations/", browse.recommendations, name="recommendations"),
    path("recommendations/export/<str:fmt>/", browse.download, name="export"),
    path("recommendations/<str:public_id>/", record.recommendation, name="recommendation"),
    path("recommendations/<str:public_id>/json/", record.as_json, name="recommendation_json"),
    path("figures/", figures.page, name="figures"),
    path("figures/<str:fmt>/", figures.download, name="figures_download"),
    path("themes/", subjects.index, {"kind": "theme"}, name="themes"),
    path("themes/<str:code>/", subjects.subject, {"kind": "theme"}, name="theme"),
    path("groups/", subjects.index, {"kind": "group"}, name="groups"),
    path("groups/<str:code>/", subjects.subject, {"kind": "group"}, name="group"),
    path("institutions/", subjects.index, {"kind": "institution"}, name="institutions"),
    path("institutions/<str:code>/", subjects.subject, {"kind": "institution"}, name="institution"),
    path("mechanisms/", subjects.index, {"kind": "mechanism"}, name="mechanisms"),
    path("mechanisms/<path:code>/", subjects.subject, {"kind": "mechanism"}, name="mechanism"),
    path("documents/", subjects.documents, name="documents"),
    path("documents/<int:code>/", subjects.subject, {"kind": "document"}, name="document"),
    path("sdgs/", subjects.index, {"kind": "sdg"}, name="sdgs"),
    path("sdgs/<str:code>/", subjects.subject, {"kind": "sdg"}, name="sdg"),
    path("rights/", subjects.index, {"kind": "right"}, name="rights"),
    path("rights/<str:code>/", subjects.subject, {"kind": "right"}, name="right"),
    path("instruments/", instruments.index, name="instruments"),
    path("instruments/download/<str:fmt>/", instruments.download, name="instruments_download"),
    path("instruments/<str:public_id>/", instruments.instrument, name="instrument"),
    path("indicators/", indicators.index, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:code>/<str:form>/", indicators.figures_file, name="indicator_file"),
    path("clusters/", subjects.index, {"kind": "cluster"}, name="clusters"),
    path("clusters/<str:code>/", subjects.subject, {"kind": "cluster"}, name="cluster"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<str:public_id>/", plans.plan, name="plan"),
    path("plans/<str:public_id>/<str:form>/", plans.plan_file, name="plan_file"),
]
