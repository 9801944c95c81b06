import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Classification(AppConfig):
    name = "mutabaa.classification"
    label = "classification"

    def ready(self) -> None:
        from mutabaa.accounts.access import SECRETARIAT
        from mutabaa.classification import panels
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.jobs import schedule

        panels.register_all()
        menu.append(
            MenuItem(_("Suggested tags"), "classification:triage", SECRETARIAT, "/workspace/classification/", order=30)
        )
        schedule.register(
            "classification.suggest", every=dt.timedelta(minutes=3), task="mutabaa.classification.jobs.suggest_new"
        )
