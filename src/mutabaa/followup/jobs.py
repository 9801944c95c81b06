"""What follow-up does by itself."""

from django_tasks import task

from mutabaa.followup.services import remind_due


@task()
def reminders() -> int:
    """Hourly: the reminders that are due. Repeating it sends nothing twice."""
    return remind_due()
