"""What the queue's own table does not hold: when each scheduled job is due, and which workers are alive."""

from django.db import models


class ScheduledJob(models.Model):
    """The next due run of one entry of the schedule. A worker that moves `due_at` on has won the right to enqueue it."""

    name = models.CharField(max_length=80, unique=True)
    due_at = models.DateTimeField()
    last_run_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"


class WorkerBeat(models.Model):
    """A sign of life, renewed every few seconds. `host` and `pid` tell a killed worker of this machine at once."""

    worker_id = models.CharField(max_length=64, unique=True)
    host = models.CharField(max_length=200)
    pid = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker_id} {self.host}:{self.pid}"
