from django_tasks import task

from mutabaa.notifications import mail


@task(queue_name="mail")
def send_mails() -> int:
    """Every minute, and right after a deed that told somebody something. Harmless to repeat."""
    sent = batch = mail.send_due()
    while batch == mail.BATCH:
        batch = mail.send_due()
        sent += batch
    return sent
