"""Which words of a text a suggestion rests on, from the weights of the linear judges.

A linear score is a sum over features, so each feature's part in it is known. Parts of n-grams are shared among their words, parts of
pieces go to the word they are cut from; words that together speak against the label are left out.
"""

from collections import Counter
from typing import TYPE_CHECKING

from mutabaa.classification.learning.features import MOST_WORDS, n_grams_at, pieces_of
from mutabaa.search.analysis import is_chinese, spans

if TYPE_CHECKING:
    from mutabaa.classification.learning.model import TagModel

MOST = 5  # words that are named
LEAST = 0.2  # of the strongest word's part: a weaker word is not named


def words_behind(model: "TagModel", text: str, language: str, label: int) -> list[str]:
    """Words as they stand in the text, in its order, at most `MOST`; neighbours that both count are one phrase."""
    found = written_words(text, language)
    parts = parts_of(model, [normal for normal, _token, _start, _end in found], [t for _n, t, _s, _e in found], label)
    if not parts:
        return []
    strongest = max(parts)
    if strongest <= 0:
        return []
    ranked = sorted((k for k in range(len(parts)) if parts[k] >= LEAST * strongest), key=lambda k: -parts[k])[:MOST]
    out: list[tuple[int, int]] = []
    before = -2
    for k in sorted(ranked):
        _normal, _token, start, end = found[k]
        if k == before + 1 and out:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
        before = k
    return list(dict.fromkeys(text[start:end] for start, end in out))


def written_words(text: str, language: str) -> list[tuple[str, str, int, int]]:
    """(word in normal form, token, start, end). Chinese: the bigrams of the analyser."""
    return [(word, token, start, end) for token, word, start, end in spans(text, language)][:MOST_WORDS]


def parts_of(model: "TagModel", words: list[str], tokens: list[str], label: int) -> list[float]:
    """Each word's part in the linear score of the label."""
    weights, rarity, places = model.linear.weights[:, label], model.vocabulary.rarity, model.vocabulary.places
    out = [0.0] * len(words)
    for found, longest, mark in ((words, 3, ""), (tokens, 2, "~")):
        for entry, at, n in n_grams_at(found, longest, mark):
            place = places["words"].get(entry)
            if place is not None:
                part = float(weights[place] * rarity[place]) / n
                for k in range(at, at + n):
                    out[k] += part
    for k, word in enumerate(words):
        pieces = Counter(pieces_of(word))
        if is_chinese(word):
            pieces = Counter({piece: n for piece, n in pieces.items() if len(piece) > 1}) or pieces
        for piece in pieces:
            place = places["pieces"].get(piece)
            if place is not None:
                out[k] += 0.5 * float(weights[place] * rarity[place])
    return out
