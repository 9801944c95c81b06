"""The house-keeping of the queue itself."""

from django.core.management import call_command
from django_tasks import task

from mutabaa.jobs import services


@task()
def tidy() -> int:
    """Old task records and expired sessions."""
    call_command("clearsessions")
    return services.tidy()
