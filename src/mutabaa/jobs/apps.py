import datetime as dt
from typing import Any

from django.apps import AppConfig


class Jobs(AppConfig):
    name = "mutabaa.jobs"
    label = "jobs"

    def ready(self) -> None:
        from django_tasks.signals import task_finished

        from mutabaa.jobs import schedule

        task_finished.connect(retry_failed, dispatch_uid="mutabaa.jobs.retry")
        schedule.register("jobs.tidy", every=dt.timedelta(days=1), task="mutabaa.jobs.tasks.tidy")


def retry_failed(sender: Any, task_result: Any, **kwargs: Any) -> None:
    """The queue says that a task ended; a failed one may run again."""
    from django_tasks import TaskResultStatus

    from mutabaa.jobs import services

    if task_result.status == TaskResultStatus.FAILED:
        services.retry_later(task_result.id)
