"""One exception per kind of refusal. Views show the message, in the person's language, with the way out."""

from typing import Any


class Refusal(Exception):
    """A deed that was not done. `message` is a translated sentence; `status` the HTTP answer."""

    status = 400

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class NotAllowed(Refusal):
    """The policy does not let this person do it."""

    status = 403


class Invalid(Refusal):
    """What was given cannot be right; `field` names the place where known."""

    status = 422


class Conflict(Refusal):
    """Somebody else changed the record since this form was opened. Both texts are kept for the person to merge.

    `current` is the record as it stands; `mine` maps field names to what the person wrote.
    """

    status = 409

    def __init__(self, message: Any, *, current: Any, mine: dict[str, Any]) -> None:
        super().__init__(message)
        self.current = current
        self.mine = mine
