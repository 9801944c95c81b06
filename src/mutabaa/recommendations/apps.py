from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Recommendations(AppConfig):
    name = "mutabaa.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.recommendations import search

        search.register_kind()

        base = "/workspace/recommendations/"
        menu.append(MenuItem(_("My desk"), "desk", SIGNED_IN, "", order=1))
        menu.append(MenuItem(_("Recommendations"), "recommendations:table", SIGNED_IN, base, order=10))
        menu.append(MenuItem(_("Clusters"), "recommendations:clusters", SIGNED_IN, base + "clusters/", order=20))
