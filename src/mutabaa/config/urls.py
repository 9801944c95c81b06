"""The addresses of the house. Each room keeps its own list."""

from django.urls import include, path

from mutabaa.accounts.desk import desk
from mutabaa.accounts.log import log
from mutabaa.accounts.views import closed, set_language
from mutabaa.institutions.views import installation_settings

# Pages of allauth that make no sense where accounts are given and the e-mail address is the administrator's to change.
UNUSED_ACCOUNT_PAGES = [
    ("signup/", "account_signup"),
    ("email/", "account_email"),
    ("confirm-email/", "account_email_verification_sent"),
    ("confirm-email/<str:key>/", "account_confirm_email"),
    ("password/set/", "account_set_password"),
    ("login/code/confirm/", "account_confirm_login_code"),
]

urlpatterns = [
    path("", include("mutabaa.portal.urls")),
    path("search/", include("mutabaa.explore.urls")),
    path("language/", set_language, name="set_language"),
    *(path(f"accounts/{unused}", closed, name=name) for unused, name in UNUSED_ACCOUNT_PAGES),
    path("accounts/", include("allauth.urls")),
    path("workspace/", desk, name="desk"),
    path("workspace/recommendations/", include("mutabaa.recommendations.urls")),
    path("workspace/follow-up/", include("mutabaa.followup.urls")),
    path("workspace/instruments/", include("mutabaa.norms.urls")),
    path("workspace/plans/", include("mutabaa.plans.urls")),
    path("workspace/assistance/", include("mutabaa.assistance.urls")),
    path("workspace/classification/", include("mutabaa.classification.urls")),
    path("workspace/recurrence/", include("mutabaa.recurrence.urls")),
    path("workspace/indicators/files/", include("mutabaa.intake.observations.urls")),
    path("workspace/indicators/", include("mutabaa.indicators.urls")),
    path("workspace/imports/", include("mutabaa.intake.urls")),
    path("workspace/reports/", include("mutabaa.reporting.urls")),
    path("workspace/institutions/", include("mutabaa.institutions.urls")),
    path("workspace/people/", include("mutabaa.institutions.people_urls")),
    path("workspace/settings/", installation_settings, name="settings"),
    path("workspace/notices/", include("mutabaa.notifications.urls")),
    path("workspace/account/", include("mutabaa.accounts.urls")),
    path("workspace/log/", log, name="log"),
]

handler403 = "mutabaa.core.views.forbidden"
handler404 = "mutabaa.core.views.not_found"
handler500 = "mutabaa.core.views.server_error"
