"""A second process that reads every other part of a large UHRI export, on machines with a second core.

Both processes read the file; each puts every other part right, which is nine tenths of the work. The helper knows the
names of States and nothing else: no database, no settings, no language model. Without it (one core, a small file, a
system that allows no child processes) everything is done here, with the same result.
"""

import logging
import os
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from mutabaa.intake import uhri
from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.language import at_sight
from mutabaa.intake.staging import Part, few_collections, in_chunks, part_of
from mutabaa.intake.state_names import StateNames

logger = logging.getLogger("mutabaa.intake")
LARGE = 30_000_000  # bytes from which a second process pays: it takes half a second to start


def language_at_sight(text: str) -> tuple[str, bool]:
    """Empty where the model is needed: `Staged` asks it, so that it is in memory once."""
    return at_sight(text), True


def read_part(raw: list[tuple[int, dict[str, Any]]], names: StateNames, scope: str | None) -> Part:
    return part_of((uhri.read_row(line, fields, names, language_at_sight) for line, fields in raw), scope)


def parts(path: Path, names: StateNames, scope: str | None, progress: Any = None) -> Iterator[Part]:
    """The file's parts in order. Raises `BadFile` as `uhri.read` does."""
    helper = Helper.hired(path, names, scope)
    try:
        for number, raw in enumerate(in_chunks(uhri.raw_rows(path, progress))):
            part = helper.part() if helper and number % 2 else None
            yield part or read_part(raw, names, scope)
    finally:
        if helper:
            helper.dismiss()


class Helper:
    """The process, and the pipe that it puts its parts into: it waits where nobody takes them, so that memory is bounded."""

    def __init__(self, path: Path, names: StateNames, scope: str | None) -> None:
        context = get_context("spawn")
        self.inlet, outlet = context.Pipe(duplex=False)
        self.process = context.Process(target=work, args=(path, names.states, scope, outlet), daemon=True)
        self.process.start()
        outlet.close()
        self.lost = False

    @classmethod
    def hired(cls, path: Path, names: StateNames, scope: str | None) -> "Helper | None":
        """A helper, where it pays and the system allows one."""
        if path.stat().st_size < LARGE or (os.cpu_count() or 1) < 2:
            return None
        try:
            return cls(path, names, scope)
        except (OSError, AssertionError, NotImplementedError) as fault:
            logger.info("Reading with one process: %s", fault)
            return None

    def part(self) -> Part | None:
        """Its next part, or None where it is lost: then the caller does the work."""
        if not self.lost:
            try:
                return Part(*self.inlet.recv())
            except (EOFError, OSError):
                logger.warning("The process that reads along was lost; reading on without it.")
                self.lost = True
        return None

    def dismiss(self) -> None:
        self.inlet.close()
        if self.process.is_alive():
            self.process.terminate()
        self.process.join()


def work(path: Path, states: dict[str, str], scope: str | None, outlet: Connection) -> None:
    """In the helper. A fault of the file is told by the other process, which reads it too."""
    names = StateNames(states)
    with few_collections():
        try:
            for number, raw in enumerate(in_chunks(uhri.raw_rows(path))):
                if number % 2:
                    outlet.send(tuple(read_part(raw, names, scope)))
        except (BadFile, BrokenPipeError):
            pass
    outlet.close()
