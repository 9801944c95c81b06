"""What a notice says. Rooms register their kinds at start-up; the text is made in the reader's language."""

import datetime as dt
import logging
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from mutabaa.core.templatetags.mutabaa import written

logger = logging.getLogger("mutabaa.notifications")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class NoticeKind:
    """`title` and `body` are lazy translations with %(name)s places filled from the notice's `params`: texts, numbers,
    days as `2026-05-31`, and names as `{"en": …, "ar": …}` (`core.models.names_of`).

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


def put(value: Any) -> Any:
    """A value as it stands in a sentence: names in the reader's language, dates as they are written there. On pages that
    run from right to left each text is isolated, so that symbols and foreign names stay whole.
    """
    if isinstance(value, dict):
        wanted = (get_language() or settings.LANGUAGE_CODE)[:2]
        value = value.get(wanted) or value.get(settings.LANGUAGE_CODE[:2]) or next(iter(value.values()), "")
    elif isinstance(value, str) and _DAY.fullmatch(value):
        value = written(dt.date.fromisoformat(value))
    return f"\u2068{value}\u2069" if isinstance(value, str) and get_language_bidi() else value


def texts(name: str, params: dict[str, Any]) -> tuple[str, str]:
    """Title and body in the active language. A kind of a later or earlier version reads as a plain notice."""
    try:
        kind = kinds[name]
        said = {key: put(value) for key, value in params.items()}
        return str(kind.title) % said, str(kind.body) % said
    except (KeyError, ValueError, TypeError):
        logger.exception("notice %s cannot be put into words", name)
        return _("Something waits for you"), ""
