""" "Did you mean": words of the index near to one that finds nothing. Offered, never applied."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mutabaa.search.analysis import is_chinese
from mutabaa.search.tree import Node, Phrase, Word

LETTERS = {
    "latin": "abcdefghijklmnopqrstuvwxyzñç",
    "cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤ",
}
TRIED = 8
NEAR = 2  # letters that a long word may differ in
LONG = 7


def suggestions(terms: Iterable[Node], searcher: Any, visible: Callable[[str], int]) -> list[tuple[str, str]]:
    """(typed, meant) for each word that nothing visible holds. `visible(word)` counts the records that a person may see."""
    out: list[tuple[str, str]] = []
    for term in terms:
        words = [term.word] if isinstance(term, Word) else list(term.words) if isinstance(term, Phrase) else []
        for word in words:
            if len(word) < 3 or is_chinese(word) or word.isdigit() or visible(word):
                continue
            found = near(word, searcher, visible)
            if found:
                out.append((word, found))
    return list(dict.fromkeys(out))


def near(word: str, searcher: Any, visible: Callable[[str], int]) -> str:
    """The word at distance one that most records hold, else one at distance two with the same three first letters."""
    for candidates in (one_letter_off(word, searcher), two_letters_off(word, searcher)):
        counted = [(n, found) for found in candidates if (n := visible(found))]
        if counted:
            return max(counted)[1]
    return ""


def one_letter_off(word: str, searcher: Any) -> list[str]:
    known = [(searcher.doc_freq("form", edit), edit) for edit in set(edits(word))]
    return [edit for n, edit in sorted(known, reverse=True)[:TRIED] if n]


def two_letters_off(word: str, searcher: Any) -> list[str]:
    if len(word) < LONG:
        return []
    found = searcher.terms_with_prefix("form", word[:3], limit=5000)
    close = [(n, other) for other, n in found if abs(len(other) - len(word)) <= NEAR and distance(word, other) <= NEAR]
    return [other for _n, other in sorted(close, reverse=True)[:TRIED]]


def edits(word: str) -> Iterator[str]:
    """Every word one deletion, exchange, replacement or insertion away."""
    letters = LETTERS["cyrillic" if "\u0400" <= word[0] < "\u0530" else "arabic" if word[0] >= "\u0600" else "latin"]
    for i in range(len(word) + 1):
        head, tail = word[:i], word[i:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in letters)


def distance(one: str, other: str) -> int:
    """Deletions, insertions, replacements and exchanges of neighbours between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i] + [0] * len(other)
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], earlier[j - 2] + 1)
    return row[-1]
