"""What runs every so often. Rooms register their jobs at start-up (`AppConfig.ready`); the workers' clock enqueues them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Entry:
    """`task` is the dotted path of a task, imported when it is due, so that registering imports nothing."""

    name: str
    task: str
    every: dt.timedelta


entries: dict[str, Entry] = {}


def register(name: str, *, every: dt.timedelta, task: Any) -> None:
    """`task` is a task or its dotted path. A second registration of a name replaces the first."""
    if every < dt.timedelta(seconds=1):
        raise ValueError(f"{name}: a job cannot run more often than once a second")
    path = task if isinstance(task, str) else task.module_path
    entries[name] = Entry(name=name, task=path, every=every)
