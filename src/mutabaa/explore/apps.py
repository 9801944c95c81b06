import datetime as dt

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Explore(AppConfig):
    name = "mutabaa.explore"
    label = "explore"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN, VISITOR
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.explore import notices
        from mutabaa.jobs import schedule

        notices.register_all()
        schedule.register("explore.alerts", every=dt.timedelta(minutes=5), task="mutabaa.explore.jobs.look_again")
        menu.append(MenuItem(_("Search"), "explore:search", frozenset({VISITOR}), "/search/", order=2))
        menu.append(MenuItem(_("Search"), "explore:search", SIGNED_IN, "/search/", order=15))
