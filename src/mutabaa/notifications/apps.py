import datetime as dt

from django.apps import AppConfig


class Notifications(AppConfig):
    name = "mutabaa.notifications"
    label = "notifications"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from mutabaa.accounts.access import SIGNED_IN
        from mutabaa.core import pages
        from mutabaa.jobs import schedule
        from mutabaa.notifications import views

        schedule.register(
            "notifications.send_mails", every=dt.timedelta(minutes=1), task="mutabaa.notifications.jobs.send_mails"
        )
        pages.menu.append(
            pages.MenuItem(
                label=_("Notices"),
                url_name="notifications:index",
                audience=SIGNED_IN,
                prefix="/workspace/notices/",
                order=80,
                count=views.unread_count,
            )
        )
        pages.desk_panels.append(views.desk_panel)
