"""Tasks that tests enqueue. They write down each run, so that a test can count them."""

from django.utils import timezone
from django_tasks import task

from mutabaa.audit.services import record
from mutabaa.core.errors import Invalid


@task()
def note(word: str) -> str:
    record(None, "test.ran", None, word=word)
    return word


@task()
def fail(word: str) -> None:
    record(None, "test.ran", None, word=word)
    raise OSError(word)


@task()
def refuse() -> None:
    record(None, "test.ran", None, word="refuse")
    raise Invalid("no")


@task()
def sweep() -> str:
    record(None, "test.ran", None, word="sweep")
    return timezone.now().isoformat()
