import datetime as dt

from django.apps import AppConfig


class Search(AppConfig):
    name = "mutabaa.search"
    label = "search"

    def ready(self) -> None:
        from mutabaa.jobs import schedule

        schedule.register("search.tidy", every=dt.timedelta(days=1), task="mutabaa.search.jobs.tidy")
