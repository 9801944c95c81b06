import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Recurrence(AppConfig):
    name = "mutabaa.recurrence"
    label = "recurrence"

    def ready(self) -> None:
        from mutabaa.accounts.access import SECRETARIAT
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.jobs import schedule
        from mutabaa.recurrence import panels

        panels.register_all()
        schedule.register(
            "recurrence.look", every=dt.timedelta(minutes=30), task="mutabaa.recurrence.jobs.look_for_new"
        )
        menu.append(MenuItem(_("Same again"), "recurrence:pairs", SECRETARIAT, "/workspace/recurrence/", 22))
