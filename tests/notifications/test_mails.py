"""One mail per notice, through a real SMTP server: with two workers, and with a server that fails and comes back."""

import datetime as dt
import socket
import threading
import time
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.db import OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_tasks_db.models import DBTaskResult

from mutabaa.notifications import kinds, mail, services
from mutabaa.notifications.models import Notice
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)


class Inbox:
    """An SMTP server that keeps what it takes; `refuse` makes it answer with that line instead."""

    def __init__(self):
        self.messages, self.refuse, self.pause = [], "", 0.0

    async def handle_DATA(self, server, session, envelope):
        if self.refuse:
            return self.refuse
        message = message_from_bytes(envelope.original_content, policy=policy.default)
        message.to_whom = list(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"


@pytest.fixture
def inbox(settings):
    handler = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        handler.port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", handler.port, False
    settings.SITE_URL = "https://follow-up.example"
    yield handler
    controller.stop()


@pytest.fixture
def kind(monkeypatch):
    title, body = gettext_lazy("Answer %(what)s"), gettext_lazy("Confidential: %(what)s")
    monkeypatch.setitem(kinds.kinds, "asked", kinds.NoticeKind("asked", title, body))
    monkeypatch.setitem(kinds.kinds, "due", kinds.NoticeKind("due", title, body, always_mailed=True))
    return "asked"


def tell(*people, kind="asked", key="k1", **params):
    return services.notify(people, kind=kind, key=key, url="/workspace/x/", **({"what": "soon"} | params))


def test_it_sends_title_and_link_to_the_person(inbox, kind):
    person = world.person(email="amal@example.org")
    tell(person)
    assert mail.send_due() == 1
    (message,) = inbox.messages
    assert message.to_whom == ["amal@example.org"]
    assert message["Subject"] == "Answer soon"
    text = message.get_content()
    assert "https://follow-up.example/workspace/x/" in text
    assert "Confidential" not in text
    assert message["Auto-Submitted"] == "auto-generated"


def test_it_sends_each_notice_once(inbox, kind):
    person = world.person()
    assert tell(person) == 1
    assert tell(person) == 0
    mail.send_due()
    mail.send_due()
    assert len(inbox.messages) == 1


def test_it_asks_the_queue_for_one_sweep_however_many_notices(inbox, kind):
    for n in range(3):
        tell(world.person(), key=f"k{n}")
    assert DBTaskResult.objects.filter(task_path="mutabaa.notifications.jobs.send_mails").count() == 1


def patiently(deed):
    """SQLite in memory does not wait for a lock, as a file does: ask again, as the next minute's run would."""
    for _ in range(200):
        try:
            return deed()
        except OperationalError:
            time.sleep(0.01)
    return deed()


def test_it_sends_each_mail_once_with_two_workers(inbox, kind):
    for n in range(12):
        tell(world.person(), key=f"k{n}")
    barrier = threading.Barrier(2)

    def worker():
        try:
            barrier.wait()
            patiently(mail.send_due)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mail.send_due()
    addresses = [m.to_whom[0] for m in inbox.messages]
    assert len(addresses) == 12
    assert len(set(addresses)) == 12


def test_it_waits_for_a_silent_server_and_sends_when_it_is_back(inbox, kind, settings):
    tell(world.person())
    settings.EMAIL_PORT = 1
    for _ in range(7):
        assert mail.send_due() == 0
    notice = Notice.objects.get()
    assert notice.mail_error
    assert notice.mailed_at is None
    settings.EMAIL_PORT = inbox.port
    assert mail.send_due() == 1
    assert len(inbox.messages) == 1
    assert Notice.objects.get().mail_error == ""


def test_it_retries_a_refused_mail_with_back_off_and_gives_up_after_five(inbox, kind):
    tell(world.person())
    inbox.refuse = "451 try again later"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mail.send_due()
        assert mail.send_due() == 0
        assert Notice.objects.get().mail_attempts == 1
        for _ in range(10):
            clock.shift(dt.timedelta(hours=3))
            mail.send_due()
        notice = Notice.objects.get()
        assert notice.mail_attempts == 5
        assert "451" in notice.mail_error
        inbox.refuse = ""
        clock.shift(dt.timedelta(days=1))
        mail.send_due()
    assert inbox.messages == []


def test_it_recovers_when_the_server_takes_the_mail_at_the_second_try(inbox, kind):
    tell(world.person())
    inbox.refuse = "451 try again later"
    mail.send_due()
    inbox.refuse = ""
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        assert mail.send_due() == 1
    assert len(inbox.messages) == 1


def test_it_sends_again_when_the_worker_was_killed_before_the_server_answered(inbox, kind):
    tell(world.person())
    notice = Notice.objects.get()
    assert mail._claim(notice, timezone.now())  # what a killed worker leaves behind
    assert mail.send_due() == 0
    with time_machine.travel(timezone.now() + mail.LEASE + dt.timedelta(seconds=1)):
        assert mail.send_due() == 1


def test_it_keeps_line_breaks_out_of_the_subject(inbox, kind):
    tell(world.person(), what="soon\r\nBcc: everyone@example.org")
    mail.send_due()
    (message,) = inbox.messages
    assert message["Subject"] == "Answer soon Bcc: everyone@example.org"
    assert message["Bcc"] is None


def test_it_respects_who_wants_no_mail_except_for_requests_with_a_date(inbox, kind):
    quiet = world.person(mail_wanted=False)
    tell(quiet)
    assert mail.send_due() == 0
    tell(quiet, kind="due", key="k2")
    assert mail.send_due() == 1
    assert Notice.objects.filter(user=quiet).count() == 2


def test_it_tells_nothing_to_a_deactivated_account(inbox, kind):
    person = world.person()
    tell(person)
    person.is_active = False
    person.save()
    assert mail.send_due() == 0
    assert tell(person, key="k2") == 0


def test_it_writes_in_the_language_of_the_reader(inbox, kind, monkeypatch):
    from django.utils import translation

    seen = []
    monkeypatch.setitem(kinds.kinds, "asked", kinds.NoticeKind("asked", Spy(seen), gettext_lazy("x")))
    tell(world.person(language="ar"))
    tell(world.person(language="fr"), key="k2")
    mail.send_due()
    assert set(seen) == {"ar", "fr"}
    assert translation.get_language() == "en"


class Spy:
    """A lazy text that notes the language in which it was read."""

    def __init__(self, seen):
        self.seen = seen

    def __str__(self):
        from django.utils import translation

        self.seen.append(translation.get_language())
        return "x"
