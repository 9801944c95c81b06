"""Reading a file from outside in a process of its own, with limits on memory and time. Nothing that the file does harms the caller.

The process knows no settings and no secrets: its environment holds only what Python needs. It answers in JSON, which carries data and nothing else.
"""

import contextlib
import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from mutabaa.intake.documents.items import Block, DocumentFacts, Extraction, Item, Notice
from mutabaa.intake.files.faults import BadFile

MEMORY = 500 * 1024**2  # bytes of address space
SECONDS = 55  # on the wall; the processor's time is held to the same
MAX_FILE = 100 * 1024**2
MAX_WRITTEN = 1024**2  # a library that asks whether it could write a file gets its answer, and no more
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "HOME", "PYTHONPATH", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")


def read_apart(path: Path, name: str = "", seconds: float = SECONDS) -> Extraction:
    """`reading.read` in a child process. Raises `BadFile`, also where the file is too large, takes too long or too much memory."""
    if not path.is_file():
        raise BadFile("not_found")
    if path.stat().st_size > MAX_FILE:
        raise BadFile("too_large", limit_mb=MAX_FILE // 1024**2)
    command = [sys.executable, "-P", "-m", "mutabaa.intake.documents.apart", str(path.resolve()), name or path.name]
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    child = subprocess.Popen(  # noqa: S603 – our own interpreter and module; the file's name is one argument
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True
    )  # fmt: skip
    try:
        answer, _nothing = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        raise BadFile("too_slow", seconds=round(seconds)) from None
    finally:
        stop(child)
    return understood(answer, child.returncode)


def stop(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def understood(answer: bytes, code: int) -> Extraction:
    try:
        told = json.loads(answer)
    except ValueError:
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            raise BadFile("too_slow", seconds=SECONDS) from None
        raise BadFile("unreadable_document") from None
    if "fault" in told:
        raise BadFile(told["fault"], **told["details"])
    return from_json(told)


def from_json(told: dict[str, Any]) -> Extraction:
    """`Extraction.as_json` the other way."""
    document = dict(told["document"])
    for key in ("date", "follow_up_due", "next_report_due"):
        document[key] = _date(document[key])
    return Extraction(
        DocumentFacts(**document),
        tuple(Block(**block) for block in told["blocks"]),
        tuple(_item(item) for item in told["items"]),
        tuple(Notice(**notice) for notice in told["notices"]),
    )


def _item(told: dict[str, Any]) -> Item:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    fields["due_on"] = _date(told["due_on"])
    return Item(**fields)


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def hold_limits() -> None:
    """For this process, from now on. Where the system knows no limits only the wall clock holds."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, MAX_WRITTEN),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def main(path: str, name: str) -> None:
    """In the child. Whatever goes wrong is said in a code: this is the border at which an unknown fault ends."""
    hold_limits()
    told: dict[str, Any]
    try:
        from mutabaa.intake.documents.reading import read

        told = read(Path(path), name).as_json()
    except BadFile as fault:
        told = {"fault": fault.code, "details": fault.details}
    except (MemoryError, RecursionError):
        told = {"fault": "too_heavy", "details": {"limit_mb": MEMORY // 1024**2}}
    except Exception as fault:
        told = {"fault": "unreadable_document", "details": {"said": type(fault).__name__}}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:3])
