from django.apps import AppConfig


class Accounts(AppConfig):
    name = "mutabaa.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import password_reset
        from django.utils.translation import gettext_lazy as _

        from mutabaa.accounts.access import ADMINISTRATOR
        from mutabaa.accounts.adapter import forget_failed_attempts
        from mutabaa.core.pages import MenuItem, menu

        password_reset.connect(forget_failed_attempts, dispatch_uid="mutabaa.accounts.reset")
        menu.append(MenuItem(_("Log"), "log", ADMINISTRATOR, "/workspace/log/", order=95))
