from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Portal(AppConfig):
    name = "mutabaa.portal"
    label = "portal"

    def ready(self) -> None:
        from mutabaa.accounts.access import SIGNED_IN, VISITOR
        from mutabaa.core.pages import MenuItem, menu

        visitor = frozenset({VISITOR})
        for order, (label, name, prefix) in enumerate(
            [
                (_("Home"), "portal:home", ""),
                (_("Recommendations"), "portal:recommendations", "/recommendations/"),
                (_("Figures"), "portal:figures", "/figures/"),
                (_("Plans"), "portal:plans", "/plans/"),
                (_("Indicators"), "portal:indicators", "/indicators/"),
                (_("Themes"), "portal:themes", "/themes/"),
                (_("Institutions"), "portal:institutions", "/institutions/"),
                (_("Mechanisms"), "portal:mechanisms", "/mechanisms/"),
                (_("SDGs"), "portal:sdgs", "/sdgs/"),
                (_("Laws and policies"), "portal:instruments", "/instruments/"),
            ],
            start=1,
        ):
            menu.append(MenuItem(label, name, visitor, prefix, order=order))
        menu.append(MenuItem(_("Public site"), "portal:home", SIGNED_IN, "", order=200))
