"""Every due run of the schedule starts once, however many workers look at the clock."""

import datetime as dt
import threading
import time

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mutabaa.jobs import schedule, services
from tests.jobs import tasks

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def hourly(monkeypatch):
    monkeypatch.setattr(schedule, "entries", {})
    schedule.register("test.hourly", every=HOUR, task=tasks.sweep)


def enqueued():
    return DBTaskResult.objects.filter(task_path="tests.jobs.tasks.sweep").count()


def finish():
    DBTaskResult.objects.update(status="SUCCESSFUL")


@pytest.mark.django_db
def test_it_runs_a_new_entry_at_once_and_then_each_hour(hourly):
    start = timezone.now()
    assert services.run_due(start) == ["test.hourly"]
    finish()
    assert services.run_due(start + 0.9 * HOUR) == []
    assert services.run_due(start + 1.1 * HOUR) == ["test.hourly"]
    finish()
    assert services.run_due(start + 1.9 * HOUR) == []
    assert enqueued() == 2


@pytest.mark.django_db
def test_it_makes_up_for_a_night_without_server_with_one_run(hourly):
    start = timezone.now()
    services.run_due(start)
    finish()
    services.run_due(start + 12.5 * HOUR)
    finish()
    assert enqueued() == 2
    assert services.run_due(start + 12.9 * HOUR) == []
    assert services.run_due(start + 13 * HOUR) == ["test.hourly"]


@pytest.mark.django_db(transaction=True)
def test_it_starts_each_run_once_with_several_workers(hourly):
    start = timezone.now()
    services.run_due(start)
    finish()
    wins, barrier = [], threading.Barrier(4)

    def worker():
        try:
            barrier.wait()
            for _ in range(200):  # SQLite in memory does not wait for a lock, as a file does
                try:
                    wins.extend(services.run_due(start + HOUR))
                    break
                except OperationalError:
                    time.sleep(0.01)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wins == ["test.hourly"]
    assert enqueued() == 2


def test_it_accepts_a_path_and_refuses_a_nonsense_interval(monkeypatch):
    monkeypatch.setattr(schedule, "entries", {})
    schedule.register("by.path", every=HOUR, task="tests.jobs.tasks.sweep")
    assert schedule.entries["by.path"].task == tasks.sweep.module_path
    with pytest.raises(ValueError, match=r"by\.path"):
        schedule.register("by.path", every=dt.timedelta(0), task=tasks.sweep)
