from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Explore(AppConfig):
    name = "mutabaa.explore"
    label = "explore"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN, VISITOR
        from mutabaa.core.pages import MenuItem, menu

        menu.append(MenuItem(_("Search"), "explore:search", frozenset({VISITOR}), "/search/", order=2))
        menu.append(MenuItem(_("Search"), "explore:search", SIGNED_IN, "/search/", order=15))
