"""One row of an outside file, put right but not yet matched with the database. Pure."""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mutabaa.core.text import fold, folded_fingerprint
from mutabaa.intake.language import detect

Reason = tuple[str, str]
LanguageOf = Callable[[str], tuple[str, bool]]


class SourceRow(NamedTuple):
    """What a reader hands on. Labels are as in the file, cleaned; `digest` tells whether the source changed the row.

    `states` and `recommending` hold labels or ISO codes; `places` the (table, row) of a Word list; a non-empty
    `refused` says why the row cannot be imported.
    """

    line: int
    external_id: str
    digest: str
    body: str
    states: tuple[str, ...]
    symbol: str
    title: str
    kind: str
    text: str
    folded: str
    text_key: str
    language: str
    paragraph: str
    published_on: dt.date | None
    session: str
    cycle: int | None
    position: str
    partial: bool
    position_note: str
    recommending: tuple[str, ...]
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    sdgs: tuple[str, ...]
    reasons: tuple[Reason, ...]
    quirks: tuple[str, ...]
    refused: tuple[Reason, ...]
    places: tuple[tuple[int, int], ...] = ()
    id_from_source: bool = True
    addressee: str = ""
    follow_up: bool = False
    due_on: dt.date | None = None
    document_kind: str = ""

    @property
    def is_upr(self) -> bool:
        return self.body == "UPR"


@dataclass(slots=True)
class Draft:
    """A row while a reader works on it; `finish` makes the `SourceRow`."""

    line: int
    source: str
    external_id: str = ""
    body: str = ""
    states: list[str] = field(default_factory=list)
    symbol: str = ""
    title: str = ""
    kind: str = "recommendation"
    text: str = ""
    language: str = ""
    paragraph: str = ""
    published_on: dt.date | None = None
    session: str = ""
    cycle: int | None = None
    position: str = ""
    partial: bool = False
    position_note: str = ""
    recommending: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    sdgs: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    quirks: list[str] = field(default_factory=list)
    refused: list[Reason] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    identity: tuple[Any, ...] = ()
    addressee: str = ""
    follow_up: bool = False
    due_on: dt.date | None = None
    document_kind: str = ""

    def finish(self, language_of: LanguageOf = detect) -> SourceRow:
        """Detects the language, folds the text, and computes identity and digest.

        Without an identifier of the source, the row is known by its own identifying fields (`identity`), else by
        State, document, paragraph, session and text.
        """
        folded = fold(self.text)
        text_key = folded_fingerprint(folded) if folded else ""
        if not self.language and self.text:
            self.language, sure = language_of(self.text)
            if not sure:
                self.reasons.append(("language_unsure", self.language))
        external_id, from_source = self.external_id, True
        if not external_id:
            own = self.identity or (
                *self.states[:1],
                self.body,
                self.symbol,
                self.title,
                self.paragraph,
                self.session,
                text_key,
                *self.recommending,
            )
            external_id, from_source = f"{self.source}:{digest_of(own)}", False
        content = (
            self.body, *sorted(self.states), self.symbol, self.title, self.kind, self.text, self.paragraph, self.published_on, self.session,
            self.cycle, self.position, self.partial, self.position_note,
            "R", *sorted(self.recommending), "T", *sorted(self.themes), "G", *sorted(self.groups), "S", *sorted(self.sdgs),
        )  # fmt: skip
        return SourceRow(
            self.line, external_id[:110], digest_of(content), self.body, tuple(self.states), self.symbol[:120], self.title, self.kind,
            self.text, folded, text_key, self.language, self.paragraph[:40], self.published_on, self.session[:60], self.cycle,
            self.position, self.partial, self.position_note, tuple(dict.fromkeys(self.recommending)),
            tuple(dict.fromkeys(self.themes)), tuple(dict.fromkeys(self.groups)), tuple(dict.fromkeys(self.sdgs)),
            tuple(self.reasons), tuple(self.quirks), tuple(self.refused), tuple(self.places), from_source,
            self.addressee[:200], self.follow_up, self.due_on, self.document_kind,
        )  # fmt: skip


def digest_of(values: tuple[Any, ...]) -> str:
    """32 hexadecimal digits of a tuple of plain values."""
    return hashlib.blake2b("\x1f".join(map(str, values)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
