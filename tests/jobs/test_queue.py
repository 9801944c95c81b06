"""Enqueueing, retries with back-off, and the requeueing of what dead workers left."""

import datetime as dt
import os
import socket

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mutabaa.audit.models import AuditEntry
from mutabaa.jobs import services
from mutabaa.jobs.models import WorkerBeat
from tests.jobs import tasks

pytestmark = pytest.mark.django_db(transaction=True)  # the worker drops connections between tasks


SWEEP = tasks.sweep.module_path


def work(worker_id="w1"):
    """Run what is ready, as the worker process does, then stop."""
    Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    ).run()


def runs(word):
    return sum(entry.details["word"] == word for entry in AuditEntry.objects.filter(verb="test.ran"))


def test_it_runs_an_enqueued_task_once():
    task_id = services.enqueue(tasks.note, "a")
    work()
    work()
    assert runs("a") == 1
    assert services.state_of(task_id) == "SUCCESSFUL"


def test_it_forgets_the_task_when_the_deed_is_rolled_back():
    class Undo(Exception):
        pass

    def deed():
        with transaction.atomic():
            services.enqueue(tasks.note, "never")
            raise Undo

    with pytest.raises(Undo):
        deed()
    work()
    assert runs("never") == 0


def test_it_enqueues_a_sweep_once_while_one_waits():
    services.enqueue_once(SWEEP)
    services.enqueue_once(SWEEP)
    assert DBTaskResult.objects.count() == 1
    work()
    services.enqueue_once(SWEEP)
    assert DBTaskResult.objects.count() == 2


def test_it_retries_a_failing_task_three_times_with_growing_delays():
    task_id = services.enqueue(tasks.fail, "f")
    now = timezone.now()
    delays = []
    with time_machine.travel(now, tick=False) as clock:
        for _ in range(5):
            work()
            row = DBTaskResult.objects.get(pk=task_id)
            if row.status == "FAILED":
                break
            delays.append(row.run_after - timezone.now())
            work()  # too early: nothing happens
            clock.shift(delays[-1] + dt.timedelta(seconds=1))
    assert runs("f") == 3
    assert delays == sorted(delays)
    assert len(delays) == 2
    assert delays[0] > dt.timedelta(0)
    assert services.state_of(task_id) == "FAILED"


def test_it_does_not_retry_a_refusal():
    task_id = services.enqueue(tasks.refuse)
    work()
    assert services.state_of(task_id) == "FAILED"
    assert runs("refuse") == 1


def running(worker_id, age, attempts=1):
    services.enqueue(tasks.note, "orphan")
    row = DBTaskResult.objects.latest("enqueued_at")
    for _ in range(attempts):
        row.claim(worker_id)
    DBTaskResult.objects.filter(pk=row.pk).update(started_at=timezone.now() - age)
    return row.pk


OLD, AGE = dt.timedelta(hours=1), dt.timedelta(minutes=10)


def test_it_requeues_the_task_of_a_worker_that_gave_no_sign_of_life():
    task_id = running("dead", OLD)
    WorkerBeat.objects.create(worker_id="dead", host="elsewhere", pid=1, seen_at=timezone.now() - OLD)
    assert services.requeue_orphans(AGE) == 1
    assert services.requeue_orphans(AGE) == 0
    work("w2")
    assert services.state_of(task_id) == "SUCCESSFUL"
    assert runs("orphan") == 1


def test_it_requeues_at_once_when_the_process_is_gone_from_this_machine():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    task_id = running("killed", dt.timedelta(seconds=1))
    WorkerBeat.objects.create(worker_id="killed", host=socket.gethostname(), pid=pid, seen_at=timezone.now())
    assert services.requeue_orphans(AGE) == 1
    assert services.state_of(task_id) == "READY"


def test_it_leaves_a_long_task_of_a_living_worker_alone():
    task_id = running("alive", OLD)
    WorkerBeat.objects.create(worker_id="alive", host="elsewhere", pid=1, seen_at=timezone.now())
    assert services.requeue_orphans(AGE) == 0
    assert services.state_of(task_id) == "RUNNING"


def test_it_leaves_a_task_alone_that_was_claimed_just_now():
    task_id = running("unknown", dt.timedelta(seconds=5))
    assert services.requeue_orphans(AGE) == 0
    assert services.state_of(task_id) == "RUNNING"


def test_it_gives_up_a_task_that_ended_three_workers():
    task_id = running("dead", OLD, attempts=3)
    assert services.requeue_orphans(AGE) == 1
    assert services.state_of(task_id) == "FAILED"


def test_it_deletes_old_records_of_ended_tasks_only():
    done, waiting = services.enqueue(tasks.note, "old"), None
    work()
    DBTaskResult.objects.filter(pk=done).update(finished_at=timezone.now() - dt.timedelta(days=15))
    waiting = services.enqueue(tasks.note, "new")
    assert services.tidy() == 1
    assert services.state_of(waiting) == "READY"
