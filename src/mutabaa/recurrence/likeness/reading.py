"""What a text asks for, as a machine can compare it: words with their weight, things, deeds, treaties, stance. Pure."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mutabaa.recurrence.likeness.instruments import instruments
from mutabaa.search import glossary
from mutabaa.search.analysis import LANGUAGES, LEFT_OUT, tokens, tokens_of, words

WEAK = 0.3  # of the weight of another word
DEED = 0.5
THING = 1.3  # a named thing stands for two or three words
TREATY = 2.0
# At the end of an item: the recommending States, the source, "paras. 12 and 13".
_BRACKETS = re.compile(r"(?:\s*[(（\[][^()（）\[\]]{2,240}[)）\]]\s*[.;,。；]*)+\s*$")
# What may be kept up without being kept: "maintain the moratorium" keeps nothing alive.
_KEPT_UP: tuple[str, ...] = (
    *("effort", "moratorium", "commit", "cooper", "progress", "momentum", "ban"),
    *("prohibit", "abolit", "work", "practic", "polici", "program", "dialogu"),
)


@dataclass(frozen=True)
class Reading:
    """`weights`: feature → factor on its rarity. Features: tokens, "§thing", "!deed", "#treaty". `stances`: see `_stances`."""

    weights: Mapping[str, float]
    things: frozenset[str]
    deeds: frozenset[str]
    treaties: frozenset[str]
    stances: frozenset[tuple[int, int, str]]
    acting: frozenset[str]  # the words of these stances
    negated: bool
    numbers: frozenset[str]
    line: str  # the words in order, for the comparison letter by letter


@cache
def _wording() -> dict[str, Any]:
    file = resources.files("mutabaa.recurrence.likeness") / "reference" / "wording.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return data


def _stems(listed: str, language: str) -> frozenset[str]:
    """Of a Chinese word its pairs of characters, not the last one alone, which stands in too many others."""
    out: set[str] = set()
    for word in listed.split():
        found = tokens(word, language)
        out.update(found[:-1] if len(found) > 1 else found)
    return frozenset(out)


@cache
def _listed(section: str, language: str) -> frozenset[str]:
    return _stems(_wording()[section].get(language, ""), language)


@cache
def _deeds(language: str) -> dict[str, str]:
    """Token → the deed it names."""
    return {t: name for name, by in _wording()["deed"].items() for t in _stems(by.get(language, ""), language)}


@cache
def _opposites(language: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Token → (number of the pair of opposites, side 0 or 1)."""
    out: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, pair in enumerate(_wording()["opposite"]):
        for side, name in enumerate(("one", "other")):
            for t in _stems(pair[name], language):
                out[t] = (*out.get(t, ()), (number, side))
    return out


@cache
def _phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First token → (tokens of the phrase, name of the thing), the longest first: the list of things, and the glossary's terms."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def add(phrase: str, name: str) -> None:
        key = tuple(content(tokens(phrase, language), language))
        if key and (len(key) > 1 or key[0] not in _listed("weak", language) | _listed("empty", language)):
            out.setdefault(key[0], []).append((key, name))

    for thing in _wording()["thing"]:
        for phrase in thing.get(language, []):
            add(phrase, thing["name"])
    taken = {key for entries in out.values() for key, _name in entries}
    subjects = frozenset(_wording()["glossary"]["subjects"])
    for rows in glossary.terms().values():
        for row in rows:
            if row["en"][0] not in subjects:
                continue
            for phrase in row[language]:
                if tuple(tokens(phrase, language)) not in taken:
                    add(phrase, row["en"][0])
    for entries in out.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return out


def content(found: Iterable[str], language: str) -> list[str]:
    """Tokens without the words of little meaning in any text."""
    left_out = _left_out(language)
    return [t for t in found if t not in left_out]


@cache
def _left_out(language: str) -> frozenset[str]:
    return frozenset(t for word in LEFT_OUT.get(language, ()) for t in tokens(word, language)) - {""}


def read(text: str, language: str) -> Reading:
    """Bracketed endings (recommending States) and names of treaties are taken out before the words are counted."""
    language = language if language in LANGUAGES else "en"
    treaties, bare = instruments(text)
    bare = _BRACKETS.sub("", bare) or bare
    spelled = words(bare)
    found = content(tokens_of(spelled, language), language)
    deeds = frozenset(d for t in found if (d := _deeds(language).get(t)))
    things, rest = _things(found, language)
    weights: dict[str, float] = {}
    empty, weak, known = _listed("empty", language), _listed("weak", language), _deeds(language)
    for t in rest:
        if t in empty or (len(t) < 2 and not t.isdigit()):
            continue
        if t in known:
            weights[f"!{known[t]}"] = DEED
        else:
            weights[t] = WEAK if t in weak else 1.0
    if all(f.isdigit() for f in weights):
        weights = {}
    # In a fixed order, for sums of floats depend on it, and a search must find the same in each process.
    weights |= {f"§{name}": THING for name in sorted(things)}
    weights |= {f"#{code}": TREATY for code in sorted(treaties)}
    return Reading(
        weights=weights,
        things=things,
        deeds=deeds,
        treaties=treaties,
        stances=_stances(found, language),
        acting=frozenset(t for t in found if t in _opposites(language)),
        negated=any(t in _listed("negation", language) for t in tokens_of(spelled, language)[:12]),
        numbers=frozenset(t for t in rest if t.isdigit() and len(t) < 4),
        line=" ".join(t for t in rest if t not in empty) + " ".join(sorted(things | treaties)),
    )


def _things(found: list[str], language: str) -> tuple[frozenset[str], list[str]]:
    """The named things of a text, and the tokens that are part of none."""
    phrases = _phrases(language)
    names: set[str] = set()
    rest: list[str] = []
    at = 0
    while at < len(found):
        for key, name in phrases.get(found[at], ()):
            if tuple(found[at : at + len(key)]) == key:
                names.add(name)
                at += len(key)
                break
        else:
            rest.append(found[at])
            at += 1
    return frozenset(names), rest


def _stances(found: list[str], language: str) -> frozenset[tuple[int, int, str]]:
    """What the text does to what: (pair of opposites, side, the word that follows; of the first pair any object).

    "Repeal (or reform) the laws that criminalize" criminalizes nothing: where something is ended, the other deeds are not the text's own.
    """
    known, empty = _opposites(language), _listed("empty", language)
    ended = {t for t in found if _deeds(language).get(t) == "end" or t in _listed("changed", language)}
    out: set[tuple[int, int, str]] = set()
    for at, t in enumerate(found):
        after = [x for x in found[at + 1 : at + 5] if x not in empty]
        for number, side in known.get(t, ()):
            if number == 0 and side == 1 and any(x.startswith(_KEPT_UP) for x in after[:3]):
                continue
            if number > 0 and ended - {t}:
                continue
            out.add((number, side, "" if number == 0 else "".join(after[:1])))
    return frozenset(out)
