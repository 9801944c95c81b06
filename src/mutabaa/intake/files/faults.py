"""What can be wrong with a file as a whole. The sentences that people see are in `intake/messages.py`."""

from typing import Any


class BadFile(Exception):
    """The file cannot be read. `code` names the fault, `details` the place: row, line, field, limit."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code}: {', '.join(f'{k} {v}' for k, v in self.details.items())}" if self.details else self.code
