"""What a proposed cluster is called, in each of the six languages that have words for it. Pure."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from mutabaa.recurrence.likeness.clusters import Proposed
from mutabaa.search import glossary
from mutabaa.search.analysis import LANGUAGES, RAW_WORD, tokens

LONGEST = 200
_AND = {"en": ", ", "fr": ", ", "es": ", ", "ru": ", ", "ar": "، ", "zh": "、"}
_COLON = {"fr": " : ", "zh": "："}


@cache
def thing_names() -> dict[str, dict[str, str]]:
    """Name of a thing → what it is called in each language."""
    file = resources.files("mutabaa.recurrence.likeness") / "reference" / "wording.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    out = {
        row["en"][0]: {c: row[c][0] for c in LANGUAGES if row[c]} for rows in glossary.terms().values() for row in rows
    }
    out |= {row["name"]: {c: row[c][0] for c in LANGUAGES if row.get(c)} for row in data["thing"]}
    return out


def titles(
    cluster: Proposed, themes: Mapping[str, Mapping[str, str]], texts: Sequence[tuple[str, str]] = ()
) -> dict[str, str]:
    """Language → title. `themes`: code → names by language; `texts`: (language, text) of members, where words are looked up as they
    are written.

    The theme's name, then what the members name most. Where neither has a name in a language, that language has no title.
    """
    theme = themes.get(cluster.theme, {})
    names = [thing_names().get(thing, {"en": thing}) for thing in cluster.things]
    names += [dict.fromkeys(LANGUAGES, code) for code in cluster.treaties]
    out: dict[str, str] = {}
    for language in LANGUAGES:
        known = [name[language] for name in names if language in name]
        if len(known) < 2:
            known += _written([t for c, t in cluster.words if c == language][: 2 - len(known)], language, texts)
        head = theme.get(language, "")
        folded = head.casefold()
        known = [name for name in dict.fromkeys(known) if name.casefold() not in folded]
        tail = _AND[language].join(known[:3])
        title = f"{head}{_COLON.get(language, ': ')}{tail}" if head and tail else head or tail
        if title and (head or any(language in name for name in names) or cluster.words):
            out[language] = title[:1].upper() + title[1:LONGEST]
    return out


def _written(stems: Sequence[str], language: str, texts: Sequence[tuple[str, str]]) -> list[str]:
    """The most frequent word, as written, of each stem."""
    counts: dict[str, dict[str, int]] = {stem: {} for stem in stems}
    for spoken, text in texts:
        if spoken != language or not stems:
            continue
        for found in RAW_WORD.finditer(text):
            word = found.group().lower()
            for stem in tokens(word, language):
                if stem in counts:
                    counts[stem][word] = counts[stem].get(word, 0) + 1
    return [min(seen, key=lambda w: (-seen[w], w)) for seen in counts.values() if seen]
