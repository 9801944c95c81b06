"""Reading `reference/*.json`: dated facts of the world that plans refer to."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language

from mutabaa.core.reference import entries


@dataclass(frozen=True)
class Guidance:
    """A publication on making plans. `url` leads to its publisher; `title` is in the reader's language."""

    title: str
    symbol: str
    published_on: dt.date | None
    url: str


def guidance_entries() -> list[Guidance]:
    language = (get_language() or "en")[:2]
    return [
        Guidance(
            entry["title"].get(language) or entry["title"]["en"],
            entry["symbol"],
            dt.date.fromisoformat(entry["published_on"]) if entry["published_on"] else None,
            entry["url"],
        )
        for entry in entries("plans", "guidance.json", "guidance")
    ]
