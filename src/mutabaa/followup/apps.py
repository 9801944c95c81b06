import datetime as dt

from django.apps import AppConfig


class Followup(AppConfig):
    name = "mutabaa.followup"
    label = "followup"

    def ready(self) -> None:
        from mutabaa.followup import notices, panels
        from mutabaa.jobs import schedule

        notices.register_all()
        panels.register_all()
        schedule.register("followup.reminders", every=dt.timedelta(hours=1), task="mutabaa.followup.jobs.reminders")
