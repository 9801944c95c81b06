from django.apps import AppConfig


class Institutions(AppConfig):
    name = "mutabaa.institutions"
    label = "institutions"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mutabaa.accounts import policies as accounts
        from mutabaa.accounts.access import ADMINISTRATOR, SECRETARIAT
        from mutabaa.core.pages import MenuItem, menu
        from mutabaa.institutions.policies import is_validating_authority

        accounts.second_factor_rules.append(is_validating_authority)
        menu += [
            MenuItem(_("Institutions"), "institutions:index", SECRETARIAT, "/workspace/institutions/", order=60),
            MenuItem(_("People"), "people:index", ADMINISTRATOR, "/workspace/people/", order=62),
            MenuItem(_("Settings"), "settings", ADMINISTRATOR, "/workspace/settings/", order=90),
        ]
