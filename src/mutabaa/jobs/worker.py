"""The worker process: it runs tasks, gives signs of life, and keeps the clock of the schedule."""

import logging
import threading
import time

from django.db import DatabaseError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from mutabaa.jobs import services

logger = logging.getLogger("mutabaa.jobs")
BEAT_SECONDS = 5.0
REAP_SECONDS = 60.0


class Clock(threading.Thread):
    """Beside the tasks, so that a long one stops neither the signs of life nor the schedule."""

    def __init__(self, worker_id: str, beat_seconds: float = BEAT_SECONDS) -> None:
        super().__init__(daemon=True, name="clock")
        self.worker_id = worker_id
        self.beat_seconds = beat_seconds
        self.ended = threading.Event()
        self.reaped_at = 0.0

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                self.tick()
                self.ended.wait(self.beat_seconds)
        finally:
            connection.close()

    def tick(self) -> None:
        """One turn. A locked or absent database is logged and tried again at the next turn."""
        try:
            close_old_connections()
            services.beat(self.worker_id)
            if time.monotonic() - self.reaped_at > REAP_SECONDS:
                services.requeue_orphans()
                self.reaped_at = time.monotonic()
            services.run_due()
        except DatabaseError as fault:
            logger.warning("the clock waits for the database: %s", fault)
            connection.close()


def run(*, batch: bool = False, interval: float = 1.0) -> None:
    """Work until told to stop (SIGTERM, Ctrl-C); with `batch` until the queue is empty. Call it in the main thread.

    A database that is locked for long or gone for a while does not end the worker.
    """
    worker_id = get_random_string(32)
    services.beat(worker_id)
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
    worker.configure_signals()
    clock = Clock(worker_id)
    if batch:
        clock.tick()
    else:
        clock.start()
    try:
        while worker.running:
            try:
                worker.run()
                break
            except OperationalError as fault:
                logger.warning("the worker waits for the database: %s", fault)
                connection.close()
                time.sleep(2)
    finally:
        clock.ended.set()
        try:
            services.leave(worker_id)
        except DatabaseError:
            logger.warning("could not sign off; the next worker will notice")
