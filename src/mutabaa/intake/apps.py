from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Intake(AppConfig):
    name = "mutabaa.intake"
    label = "intake"

    def ready(self) -> None:
        from mutabaa.accounts.access import SECRETARIAT
        from mutabaa.core.pages import MenuItem, menu

        menu.append(MenuItem(_("Imports"), "intake:index", SECRETARIAT, "/workspace/imports/", order=60))
