from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Norms(AppConfig):
    name = "mutabaa.norms"
    label = "norms"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.norms import panels

        panels.register_all()
        menu.append(
            MenuItem(_("Laws and policies"), "norms:instruments", SIGNED_IN, "/workspace/instruments/", order=35)
        )
