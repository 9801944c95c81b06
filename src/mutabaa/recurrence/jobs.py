"""What the worker does for this room. Each may run twice: the second run finds nothing to do, or does the same."""

from django_tasks import task

from mutabaa.recurrence import services
from mutabaa.recurrence.models import RepeatSearch
from mutabaa.recurrence.states import WORKING


@task()
def look() -> None:
    """The searches that wait."""
    for search in RepeatSearch.objects.filter(state__in=WORKING).order_by("pk"):
        services.run(search)


@task()
def look_for_new() -> bool:
    """Every half hour: a search where records are new or changed, as after an import. True where one was asked for."""
    if not services.to_compare().exists():
        return False
    services.ask(None)
    return True


@task()
def weigh() -> int:
    """The proposed priorities, after the weights changed."""
    return services.suggest()
