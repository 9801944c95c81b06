"""What the worker does for reports. It may run twice: the second run finds nothing to do, or makes the same file."""

from django_tasks import task

from mutabaa.reporting import making


@task()
def make_report(report: int) -> None:
    making.make(report)
