"""The alerts of saved searches."""

from django_tasks import task

from mutabaa.explore import services


@task()
def look_again() -> int:
    """Every five minutes; nothing to do where no record changed since. Returns how many alerts were made."""
    return services.look_again()
