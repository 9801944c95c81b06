"""Enqueueing, retrying, requeueing and scheduling. Tasks must be idempotent: a killed worker's task runs again."""

import datetime as dt
import logging
import os
import socket
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mutabaa.core.errors import Refusal
from mutabaa.jobs import schedule
from mutabaa.jobs.models import ScheduledJob, WorkerBeat

logger = logging.getLogger("mutabaa.jobs")

MAX_ATTEMPTS = 3
BACK_OFF = (dt.timedelta(seconds=30), dt.timedelta(minutes=5))
DEAD_AFTER = dt.timedelta(seconds=getattr(settings, "JOBS_DEAD_AFTER_SECONDS", 900))
KEPT_FOR = dt.timedelta(days=14)


def enqueue(task: Any, *args: Any, **kwargs: Any) -> str:
    """Put a task (or the task of a dotted path) in the queue and return its id, inside the transaction of the deed.

    The queue is a table of the same database, so the job appears with the commit and vanishes with a rollback; a
    crash cannot lose it in between, as an after-commit hook would. Arguments must be JSON-able. One query.
    """
    found = import_string(task) if isinstance(task, str) else task
    return str(found.enqueue(*args, **kwargs).id)


def enqueue_once(path: str) -> None:
    """Enqueue the task of this dotted path unless it already waits to be run: for jobs that take whatever is due.

    By its path, so that `services.py` of a room can start a job of the room without importing it. Two queries.
    """
    if not DBTaskResult.objects.ready().filter(task_path=path).exists():
        enqueue(path)


def state_of(task_id: str) -> str:
    """ "READY", "RUNNING", "SUCCESSFUL", "FAILED", or "" when the row is gone."""
    return DBTaskResult.objects.filter(pk=task_id).values_list("status", flat=True).first() or ""


def retry_later(task_id: str) -> bool:
    """Put a failed task back with a delay that grows, at most `MAX_ATTEMPTS` runs in all. True if it will run again.

    A refusal is an answer, not an accident: it is not retried.
    """
    with transaction.atomic():
        row = (
            DBTaskResult.objects.select_for_update(no_key=True)
            .filter(pk=task_id, status=TaskResultStatus.FAILED)
            .first()
        )
        if row is None or len(row.worker_ids) >= MAX_ATTEMPTS or _is_refusal(row.exception_class_path):
            if row is not None:
                logger.error("%s failed for good after %d runs:\n%s", row.task_path, len(row.worker_ids), row.traceback)
            return False
        row.status = TaskResultStatus.READY
        row.run_after = timezone.now() + BACK_OFF[min(len(row.worker_ids), len(BACK_OFF)) - 1]
        row.finished_at = None
        row.save(update_fields=["status", "run_after", "finished_at"])
    logger.warning("%s failed and runs again at %s", row.task_path, row.run_after.isoformat(timespec="seconds"))
    return True


def _is_refusal(path: str) -> bool:
    try:
        kind = import_string(path)
    except ImportError:
        return False
    return isinstance(kind, type) and issubclass(kind, Refusal)


def beat(worker_id: str) -> None:
    """Say that this worker lives. One query."""
    WorkerBeat.objects.update_or_create(
        worker_id=worker_id, defaults={"host": socket.gethostname(), "pid": os.getpid(), "seen_at": timezone.now()}
    )


def leave(worker_id: str) -> None:
    """The worker ends in good order."""
    WorkerBeat.objects.filter(worker_id=worker_id).delete()


def requeue_orphans(older_than: dt.timedelta = DEAD_AFTER) -> int:
    """Put RUNNING tasks of dead workers back; those that ended `MAX_ATTEMPTS` workers are failed for good.

    A worker is dead when its process is gone from this machine, or when it gave no sign of life for `older_than`.
    Calling it twice, or in two workers at once, requeues each task once. Returns how many it touched.
    """
    touched = 0
    with transaction.atomic():
        rows = list(DBTaskResult.objects.select_for_update(no_key=True).filter(status=TaskResultStatus.RUNNING))
        beats = {b.worker_id: b for b in WorkerBeat.objects.all()} if rows else {}
        for row in rows:
            worker_id = row.worker_ids[-1] if row.worker_ids else ""
            if _is_alive(beats.get(worker_id), row.started_at, older_than):
                continue
            if len(row.worker_ids) >= MAX_ATTEMPTS:
                row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
                row.traceback = "The worker that ran this task ended three times."
            else:
                row.status, row.run_after = TaskResultStatus.READY, timezone.now()
            row.save(update_fields=["status", "run_after", "finished_at", "traceback"])
            logger.warning("%s lost its worker; now %s", row.task_path, row.status)
            touched += 1
        old = timezone.now() - 4 * older_than
        WorkerBeat.objects.filter(seen_at__lt=old).delete()
    return touched


def _is_alive(found: WorkerBeat | None, started_at: dt.datetime | None, older_than: dt.timedelta) -> bool:
    limit = timezone.now() - older_than
    if found is None:
        return started_at is not None and started_at > limit
    if found.host == socket.gethostname() and not _process_exists(found.pid):
        return False
    return found.seen_at > limit


def _process_exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def run_due(now: dt.datetime | None = None) -> list[str]:
    """Enqueue every entry of the schedule that is due, each once however many workers ask. Returns their names.

    Moving `due_at` is a compare-and-set: of several workers that saw the same time, one changes the row. A missed
    stretch (server off) is run once, not once per missed turn. One query when nothing is due.
    """
    now = now or timezone.now()
    rows = {row.name: row for row in ScheduledJob.objects.all()}
    missing = [ScheduledJob(name=name, due_at=now) for name in schedule.entries if name not in rows]
    if missing:
        ScheduledJob.objects.bulk_create(missing, ignore_conflicts=True)
        rows = {row.name: row for row in ScheduledJob.objects.all()}
    started = []
    for name, entry in schedule.entries.items():
        row = rows[name]
        if row.due_at > now:
            continue
        turns = (now - row.due_at) // entry.every + 1
        with transaction.atomic():
            won = ScheduledJob.objects.filter(pk=row.pk, due_at=row.due_at).update(
                due_at=row.due_at + turns * entry.every, last_run_at=now
            )
            if won:
                enqueue_once(entry.task)
                started.append(name)
    return started


def tidy() -> int:
    """Delete the records of tasks that ended more than two weeks ago. Returns how many."""
    finished = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR)
    return finished.delete()[0]
