"""What a notice says. Rooms register their kinds at start-up; the text is made in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class NoticeKind:
    """`title` and `body` are lazy translations with %(name)s places filled from the notice's `params`.

    `always_mailed`: sent by e-mail even to people who switched mails off (requests with a due date).
    """

    name: str
    title: Promise
    body: Promise
    always_mailed: bool = False


kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    kinds[kind.name] = kind


def texts(name: str, params: dict[str, Any]) -> tuple[str, str]:
    """Title and body in the active language."""
    kind = kinds[name]
    return str(kind.title) % params, str(kind.body) % params
