"""Which treaties a text names. Pure.

Two demands that name different treaties are not one demand, however alike their sentences: this is what keeps "ratify the
Convention on migrant workers" from "ratify the Convention on enforced disappearance".
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from mutabaa.search.analysis import normal

NEAR = 60  # letters between "optional protocol" and the name of its treaty
STARTS = 3  # letters by which names are looked up
_PLACES = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")
_LABOUR = re.compile(r"\b(?:ilo|oit|international labo|internationale du tr|internacional del tr)|мот|العمل|劳工")
_ILO = re.compile(
    r"(?:\b(?:ilo|oit|international labou?r organi[sz]ation|organisation internationale du travail|organizacion internacional del "
    r"trabajo)\b|\bмот\b|منظمه العمل الدوليه|国际劳工组织)[^.;]{0,70}?(?:no\b|nos\b|n|№|رقم|第)?\W{0,3}\b(\d{2,3})\b"
)
_ILO_BEFORE = re.compile(r"\bconventions?\W{0,3}(?:no\b|nos\b|№)?\W{0,3}(\d{2,3})\b[^.;]{0,40}\b(?:ilo|oit)\b")


@cache
def _reference() -> dict[str, Any]:
    file = resources.files("mutabaa.recurrence.likeness") / "reference" / "instruments.toml"
    data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    return data


def _pattern(name: str) -> str:
    """The regular expression of one name; Chinese and Arabic names stand inside runs of letters."""
    bare = normal(name)
    body = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in bare.split())
    body = body.replace(",", ",?")
    if bare[0] >= "\u4e00":
        return body
    if "\u0600" <= bare[0] < "\u0780":
        return r"\b[ولب]?" + body.replace("^ال", "")
    return rf"\b{body}\b"


class _Names:
    """Names by the first letters of their first word: one look-up per word of a text instead of every name at every letter."""

    def __init__(self, listed: list[tuple[str, str]]) -> None:
        by_start: dict[str, list[tuple[str, str]]] = {}
        for name, code in sorted(listed, key=lambda entry: -len(entry[0])):
            by_start.setdefault(normal(name)[:STARTS], []).append((name, code))
        self.codes = {start: [code for _name, code in names] for start, names in by_start.items()}
        self.patterns = {
            start: re.compile("|".join(f"(?P<n{i}>{_pattern(name)})" for i, (name, _code) in enumerate(names)))
            for start, names in by_start.items()
        }

    def found(self, bare: str) -> list[tuple[int, int, str]]:
        """(start, end, code) of each name, none within another."""
        out: list[tuple[int, int, str]] = []
        until = 0
        for word in _PLACES.finditer(bare):
            at = word.start()
            if at < until:
                continue
            starts = [bare[at : at + STARTS]]
            if bare[at] in "ولب":
                starts.append(bare[at + 1 : at + 1 + STARTS])
            for start in starts:
                pattern = self.patterns.get(start)
                m = pattern.match(bare, at) if pattern else None
                if m and m.lastgroup:
                    out.append((at, m.end(), self.codes[start][int(m.lastgroup[1:])]))
                    until = m.end()
                    break
        return out


@cache
def _names() -> tuple[_Names, _Names]:
    """The treaties, and the words for "optional protocol"."""
    data = _reference()
    sections = ("abbreviation", "instrument")
    listed = [(name, code) for section in sections for code, names in data[section].items() for name in names]
    return _Names(listed), _Names([(name, "") for name in data["protocol"]["names"]])


@cache
def _which() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    return {
        treaty: [(mark, re.compile("|".join(_pattern(word) for word in words))) for mark, words in marks.items()]
        for treaty, marks in _reference()["protocol"].items()
        if treaty != "names"
    }


def _protocol_code(treaty: str, around: str) -> str:
    for mark, words in _which().get(treaty, []):
        if words.search(around):
            return f"OP-{treaty}-{mark}"
    return f"OP-{treaty}"


def instruments(text: str) -> tuple[frozenset[str], str]:
    """Codes of the treaties named, and the text in normal form without their names (they are not words of the demand).

    "CRC and its optional protocols" names CRC and OP-CRC; "the Optional Protocol to CAT" names OP-CAT alone.
    """
    bare = normal(text)
    treaties, protocols = _names()
    found = treaties.found(bare)
    taken = [(start, end) for start, end, _code in found]
    out = {code for _start, _end, code in found}
    consumed: set[int] = set()
    for first, last, _code in protocols.found(bare):
        if any(start <= first < end for start, end in taken):
            continue
        taken.append((first, last))
        around = bare[max(0, first - 20) : last + 200]
        after = [i for i, (start, _end, code) in enumerate(found) if 0 <= start - last <= NEAR and "OP-" not in code]
        before = [i for i, (_start, end, code) in enumerate(found) if 0 <= first - end <= NEAR and "OP-" not in code]
        chinese = bare[first] >= "\u4e00"
        if after and not chinese and not re.search(r"[.;]|\bthereto\b", bare[last : found[after[0]][0]]):
            treaty = found[after[0]][2]
            out.add(_protocol_code(treaty, around))
            consumed.add(after[0])
        elif before:
            treaty = found[before[-1]][2]
            out.add(_protocol_code(treaty, around))
            if chinese and first - found[before[-1]][1] <= 3:
                consumed.add(before[-1])
        elif last - first > 4:
            out.add("OP")
    for i in consumed:
        code = found[i][2]
        if not any(other == code for j, (_s, _e, other) in enumerate(found) if j not in consumed):
            out.discard(code)
    if _LABOUR.search(bare):
        named = [m for expression in (_ILO, _ILO_BEFORE) for m in expression.finditer(bare)]
        out |= {f"ILO-{m.group(1)}" for m in named}
        taken += [m.span() for m in named]
    if any(code.startswith("ILO-") for code in out):
        out.discard("ILO")
    return frozenset(out), _without(bare, taken)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    out, at = [], 0
    for start, end in sorted(spans):
        out.append(text[at : max(at, start)])
        at = max(at, end)
    return " ".join([*out, text[at:]])
