"""Where a text holds what was searched, and the passage around it. Pure: knows nothing of Django or the index."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mutabaa.search.analysis import (
    LATIN,
    RAW_WORD,
    bigrams,
    is_chinese,
    readings,
    spans,
    token,
    variants,
    without_clitics,
)
from mutabaa.search.tree import Node, Phrase, Prefix, Word

WIDTH = 320
CHINESE_WIDTH = 120


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage; `marked` where it is what was searched."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Passage:
    """A part of a text with its marks. `before`, `after`: something is left out there."""

    pieces: tuple[Piece, ...]
    before: bool = False
    after: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def marks(self) -> list[str]:
        return [piece.text for piece in self.pieces if piece.marked]


def runs_of(found: Sequence[str], language: str) -> list[str]:
    """The tokens of a phrase in texts of a language. A Chinese run at the end goes without its last character's own token;
    where it is a single character, that token stays, to be taken as a beginning."""
    out: list[str] = []
    for word in found:
        out.extend(bigrams(word) if is_chinese(word) else [token(word, language)])
    if is_chinese(found[-1]) and len(found[-1]) > 1:
        out.pop()
    return out


class Marker:
    """Finds the terms of a query in texts: what the index matched, as it is written there."""

    def __init__(self, terms: Iterable[Node]) -> None:
        self.tokens: set[str] = set()
        self.starts: tuple[str, ...] = ()
        self.characters: set[str] = set()
        self.phrases: set[tuple[str, ...]] = set()
        for term in terms:
            match term:
                case Word(word) if is_chinese(word):
                    if len(word) == 1:
                        self.characters.add(word)
                    else:
                        self.phrases.add(tuple(runs_of([word], "zh")))
                case Word(word):
                    self.tokens.update(variants(word))
                case Phrase(found):
                    self.phrases.update(tuple(runs_of(found, language)) for language in LATIN)
                case Prefix(word):
                    self.starts += (word, without_clitics(word))
        self.spellings: dict[str, dict[str, bool]] = {}
        self.firsts: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            self.firsts.setdefault(phrase[0], []).append(phrase)

    def marks(self, text: str, language: str) -> list[tuple[int, int]]:
        """(start, end) of what matches, in order, not overlapping."""
        if not self.phrases and not self.characters:
            return self.single_marks(text, language) if self.tokens or self.starts else []
        held = list(spans(text, language))
        out: list[tuple[int, int]] = []
        for i, (piece, word, start, end) in enumerate(held):
            if piece in self.tokens or (self.starts and self.begins(word)):
                out.append((start, end))
            elif self.characters and piece[0] in self.characters:
                out.append((start, start + 1))
            for phrase in self.firsts.get(piece, ()):
                last = i + len(phrase) - 1
                if last < len(held) and all(
                    held[i + k][0] == wanted
                    or (
                        k == len(phrase) - 1 and len(wanted) == 1 and is_chinese(wanted) and held[i + k][0][0] == wanted
                    )
                    for k, wanted in enumerate(phrase)
                ):
                    end_of = (
                        held[last][3] if not (len(phrase[-1]) == 1 and is_chinese(phrase[-1])) else held[last][2] + 1
                    )
                    out.append((start, end_of))
        return merged(out)

    def single_marks(self, text: str, language: str) -> list[tuple[int, int]]:
        """For words alone: what was decided of a spelling is remembered from text to text."""
        known = self.spellings.setdefault(language, {})
        out = []
        for found in RAW_WORD.finditer(text):
            raw = found.group()
            matches = known.get(raw)
            if matches is None:
                matches = known[raw] = self.matches(raw, language)
            if matches:
                out.append(found.span())
        return out

    def matches(self, raw: str, language: str) -> bool:
        return any(
            piece in self.tokens or (bool(self.starts) and self.begins(word)) for piece, word in readings(raw, language)
        )

    def begins(self, word: str) -> bool:
        return word.startswith(self.starts) or without_clitics(word).startswith(self.starts)

    def passage(self, text: str, language: str, width: int = WIDTH) -> Passage:
        """The stretch of about `width` letters that shows most; a short text whole."""
        return passage(text, self.marks(text, language), width)


def merged(marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, those that touch or overlap made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


_SPACE = re.compile(r"\s")


def passage(text: str, marks: list[tuple[int, int]], width: int = WIDTH) -> Passage:
    if width == WIDTH and text[:1] and is_chinese(text[:1]):
        width = CHINESE_WIDTH
    start, end = 0, len(text)
    if len(text) > width * 5 // 4:
        start, end = window(text, marks, width)
    pieces: list[Piece] = []
    at = start
    for first, last in marks:
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if first > at:
            pieces.append(Piece(text[at:first]))
        pieces.append(Piece(text[first:last], True))
        at = last
    if at < end:
        pieces.append(Piece(text[at:end]))
    return Passage(tuple(pieces), start > 0, end < len(text))


def window(text: str, marks: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """The stretch with the most different words marked, then the most marks; cut between words where there are spaces."""
    best, start = (-1, -1), 0
    for i, (first, _last) in enumerate(marks):
        inside = [m for m in marks[i:] if m[1] <= first + width]
        seen = len({text[a:b].casefold() for a, b in inside})
        if (seen, len(inside)) > best:
            last = inside[-1][1] if inside else first
            best, start = (seen, len(inside)), max(0, first - max(20, (width - (last - first)) // 3))
    start = min(start, max(0, len(text) - width))
    end = min(len(text), start + width)
    if start:
        found = _SPACE.search(text, start, min(start + 30, len(text)))
        start = found.end() if found else start
    if end < len(text):
        cut = max(text.rfind(" ", end - 30, end), text.rfind("\n", end - 30, end))
        end = cut if cut > start else end
    return start, end
