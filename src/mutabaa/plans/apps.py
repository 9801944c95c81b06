from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Plans(AppConfig):
    name = "mutabaa.plans"
    label = "plans"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.plans import notices, panels

        notices.register_all()
        panels.register_all()
        menu.append(MenuItem(_("Plans"), "plans:list", SIGNED_IN, "/workspace/plans/", order=30))
