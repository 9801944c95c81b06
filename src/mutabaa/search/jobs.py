"""The background work of the index."""

from django_tasks import task

from mutabaa.search import changes, keeping


@task()
def bring_up_to_date() -> str:
    """After a large import, a lost index or a new version of the analyser."""
    return keeping.bring_up_to_date()


@task()
def tidy() -> int:
    """Changes that every index has read."""
    return changes.prune()
