"""Tags that a text names in so many words: what an installation without labels is offered, and a sign for what is learned.

`reference/keywords.toml` holds the terms in the six languages; they are compared by the stems of the search's analyser, Chinese
ones as they stand in the text.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from mutabaa.search.analysis import LANGUAGES, normal, spans, tokens, words

KINDS = {"themes": "theme", "groups": "group", "sdgs": "sdg"}
Tag = tuple[str, str]  # kind and code


@dataclass(frozen=True)
class Concept:
    tags: tuple[Tag, ...]
    number: int


@dataclass(frozen=True)
class Named:
    """A term found in a text: its place as it is written there, and what it names."""

    start: int
    end: int
    length: int  # tokens of the term: a long term says more than a short one
    concept: Concept


@cache
def table() -> dict[str, dict[str, list[tuple[tuple[str, ...], Concept]]]]:
    """language → first token → the terms that begin with it, the longest first. Chinese: first character → characters."""
    file = resources.files("mutabaa.classification") / "reference" / "keywords.toml"
    out: dict[str, dict[str, list[tuple[tuple[str, ...], Concept]]]] = {language: {} for language in LANGUAGES}
    for number, row in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["concept"]):
        concept = Concept(tuple((kind, code) for key, kind in KINDS.items() for code in row.get(key, ())), number)
        for language in LANGUAGES:
            for term in row[language].split(";"):
                term = term.strip()
                if language == "zh":
                    key = tuple(normal(term))
                elif term.startswith("="):
                    key = tuple(f"={word}" for word in words(term))
                else:
                    key = tuple(tokens(term, language))
                out[language].setdefault(key[0], []).append((key, concept))
    for starts in out.values():
        for terms in starts.values():
            terms.sort(key=lambda found: -len(found[0]))
    return out


def named(text: str, language: str) -> list[Named]:
    """Every term of the table in the text, in order; a term inside a longer one of the same concept counts once."""
    starts = table().get(language, table()["en"])
    if language == "zh":
        units = [(c, "", i, i + 1) for i, c in enumerate(text.lower())]
    else:
        units = [(token, f"={word}", start, end) for token, word, start, end in spans(text, language)]
    found: list[Named] = []
    for at, (first, exact, start, _end) in enumerate(units):
        for key, concept in (*starts.get(first, ()), *starts.get(exact, ())):
            ends = at + len(key)
            if ends <= len(units) and all(part in units[at + i][:2] for i, part in enumerate(key)):
                end = units[ends - 1][3]
                inside = any(f.start <= start and end <= f.end and f.concept == concept for f in found)
                if not inside:
                    found.append(Named(start, end, len(key), concept))
    return found


def suggestions(text: str, language: str) -> dict[Tag, tuple[float, list[str]]]:
    """Each tag that the text names, with a score from 0.5 to 0.9 and the words as they stand in the text.

    The score is no probability, for nothing was learned: it grows with the number and length of the terms. A tag that a more
    telling one stands beside – children in general beside child labour – is not taken away: a person decides.
    """
    by_tag: dict[Tag, list[Named]] = {}
    for found in named(text, language):
        for tag in found.concept.tags:
            by_tag.setdefault(tag, []).append(found)
    out: dict[Tag, tuple[float, list[str]]] = {}
    for tag, all_found in by_tag.items():
        unit = 4 if language == "zh" else 2
        strength = sum(min(found.length / unit, 1.5) for found in all_found)
        said = list(dict.fromkeys(text[found.start : found.end] for found in all_found))
        out[tag] = (min(0.9, 0.5 + 0.1 * strength), said[:6])
    return out
