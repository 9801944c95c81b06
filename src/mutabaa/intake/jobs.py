"""What the worker does for imports. Both tasks may run twice: the second run finds nothing to do, or does the same."""

from django_tasks import task

from mutabaa.intake import receiving


@task()
def read_file(batch: int) -> None:
    receiving.read_batch(batch)


@task()
def apply_file(batch: int) -> None:
    receiving.apply_batch(batch)
