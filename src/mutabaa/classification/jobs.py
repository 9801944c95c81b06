"""What the worker does for the room. Both tasks may run twice: the second run finds nothing to do, or does the same."""

from django_tasks import task

from mutabaa.classification import services


@task()
def train(training: int) -> None:
    services.run_training(training)


@task()
def suggest_new() -> int:
    """After imports and entries by hand, every few minutes; nothing to do where every record was looked at."""
    return services.suggest_new()
