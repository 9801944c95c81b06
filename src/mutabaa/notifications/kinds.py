"""What a notice says. Rooms register their kinds at start-up; the text is made in the reader's language."""

import logging
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

logger = logging.getLogger("mutabaa.notifications")


@dataclass(frozen=True)
class NoticeKind:
    """`title` and `body` are lazy translations with %(name)s places filled from the notice's `params`.

    The title goes into e-mails: it must not carry confidential text. `always_mailed`: sent by e-mail even to people
    who switched mails off (requests with a due date).
    """

    name: str
    title: Promise
    body: Promise
    always_mailed: bool = False


kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    kinds[kind.name] = kind


def texts(name: str, params: dict[str, Any]) -> tuple[str, str]:
    """Title and body in the active language. A kind of a later or earlier version reads as a plain notice."""
    try:
        kind = kinds[name]
        return str(kind.title) % params, str(kind.body) % params
    except (KeyError, ValueError, TypeError):
        logger.exception("notice %s cannot be put into words", name)
        return _("Something waits for you"), ""
