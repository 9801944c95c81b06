from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Reporting(AppConfig):
    name = "mutabaa.reporting"
    label = "reporting"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.reporting import notices

        notices.register_all()
        menu.append(MenuItem(_("Reports"), "reporting:index", SIGNED_IN, "/workspace/reports/", order=50))
