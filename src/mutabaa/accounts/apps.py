from django.apps import AppConfig


class Accounts(AppConfig):
    name = "mutabaa.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mutabaa.accounts.access import ADMINISTRATOR
        from mutabaa.core.pages import MenuItem, menu

        menu.append(MenuItem(_("Log"), "log", ADMINISTRATOR, "/workspace/log/", order=95))
