"""What a model sees of a text: words and their neighbours, pieces of words, terms of the glossary, how it begins.

Three families, weighed apart, because each has its own scale: `words` (n-grams of words as written and as stems), `pieces`
(character n-grams inside words, which bridge inflections, compounds and misspellings, and carry most in Arabic and Chinese) and
`signs` (language-independent: what the text names by the glossary and the table of keywords, which verbs open it).
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from mutabaa.search.analysis import is_chinese, tokens_of, words

FAMILIES = ("words", "pieces", "signs")
SHORTEST_PIECE, LONGEST_PIECE = 3, 5
MOST_PAIRED = 8  # themes of a text whose pairs count
OPENING = 5  # words of the beginning that count by their place
MOST_WORDS = 2_000  # of one text: a longer one is a document, not an item
_CLAUSE = re.compile(r"[;:.!?]\s|,\s(?=\w+ing\b|and\b|including\b|inter alia\b|by\b|with\b)", re.IGNORECASE)
_SPACED = re.compile(r"\s+")


@dataclass
class Seen:
    """How often each feature stands in a text, by family."""

    words: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)


def seen(text: str, language: str, named: Iterable[tuple[str, str]] = ()) -> Seen:
    """The features of a text. `named`: kinds and codes that the keyword table finds in it, given by the caller."""
    found = words(text)[:MOST_WORDS]
    out = Seen()
    out.words.update(n_grams(found, 3, ""))
    out.words.update(n_grams(tokens_of(found, language), 2, "~"))
    for word in found:
        out.pieces.update(pieces_of(word))
    out.signs.update(together(sorted(set(named))))
    out.signs.update(openings(text, found))
    out.signs[f"long:{min(len(found) // 10, 9)}"] = 1
    return out


def n_grams(found: list[str], longest: int, mark: str) -> Iterable[str]:
    """`mark` and 1 to `longest` words that follow each other."""
    return (entry for entry, _at, _n in n_grams_at(found, longest, mark))


def n_grams_at(found: list[str], longest: int, mark: str) -> Iterable[tuple[str, int, int]]:
    """The same with the place of the first word and the number of words."""
    for n in range(1, longest + 1):
        for i in range(len(found) - n + 1):
            yield mark + " ".join(found[i : i + n]), i, n


def pieces_of(word: str) -> list[str]:
    """Character n-grams of a word with its edges: `<to`, `tor`, …, `ure>`. Chinese: of the run, from single characters on."""
    shortest = 1 if is_chinese(word) else SHORTEST_PIECE
    edged = word if is_chinese(word) else f"<{word}>"
    longest = 3 if is_chinese(word) else LONGEST_PIECE
    return [edged[i : i + n] for n in range(shortest, longest + 1) for i in range(len(edged) - n + 1)]


def together(named: list[tuple[str, str]]) -> Iterable[str]:
    """What is named, what is named beside it, and of how much: a group with one right is tagged otherwise than with several."""
    groups = [code for kind, code in named if kind == "group"]
    themes = [code for kind, code in named if kind == "theme"]
    yield f"groups:{min(len(groups), 4)}"
    yield f"themes:{min(len(themes), 6)}"
    for code in groups:
        yield f"group:{code}"
        yield f"group:{code}|{min(len(themes), 4)}"
    for i, code in enumerate(themes[:MOST_PAIRED]):
        yield f"theme:{code}"
        for other in themes[i + 1 : MOST_PAIRED]:
            yield f"theme:{code}+{other}"


def openings(text: str, found: list[str]) -> Iterable[str]:
    """The first words by their place, the pairs and runs they make, and the words that open each later clause.

    UPR Info's action category follows the first verb, the second where a text begins with two, and the means where they are
    named ("by amending …"): all stand at these places.
    """
    first = found[:OPENING]
    for place, word in enumerate(first):
        yield f"open{place}:{word}"
        yield f"open:{word}"
    for n in range(2, len(first) + 1):
        yield "opens:" + " ".join(first[:n])
    for before, after in zip(first, first[1:], strict=False):
        yield f"openpair:{before} {after}"
    for clause in _CLAUSE.split(text)[1:12]:
        start = words(clause[:60])[:3]
        if start:
            yield "clause:" + start[0]
            yield "clause:" + " ".join(start[:2])
