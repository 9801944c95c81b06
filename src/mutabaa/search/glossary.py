"""Terms of the field in six languages: the equivalents of what somebody searches. Pure: knows nothing of Django or the index."""

import tomllib
from functools import cache
from importlib import resources

from mutabaa.search.analysis import LANGUAGES, tokens


@cache
def terms() -> dict[tuple[str, ...], tuple[dict[str, list[str]], ...]]:
    """Every term by its tokens in its own language; a word of two meanings leads to both."""
    file = resources.files("mutabaa.search") / "reference" / "glossary.toml"
    out: dict[tuple[str, ...], tuple[dict[str, list[str]], ...]] = {}
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["term"]:
        for language in LANGUAGES:
            for term in row[language]:
                key = tuple(tokens(term, language))
                out[key] = (*out.get(key, ()), row)
    return out


def equivalents(text: str) -> list[tuple[str, str]]:
    """(language, term) for what a term of the glossary is called in the other languages; empty for other texts.

    `text` is read in each language in turn: `mujeres` and `المرأة` are found as `women` is.
    """
    text = text.strip().strip('"«»“”')
    own = {language: tuple(tokens(text, language)) for language in LANGUAGES}
    rows = [
        (language, row)
        for language, key in own.items()
        for row in terms().get(key, ())
        if tokens_in(row, language, key)
    ]
    out: list[tuple[str, str]] = []
    for _language, row in rows:
        for language in LANGUAGES:
            out += [(language, term) for term in row[language] if tuple(tokens(term, language)) != own[language]]
    return list(dict.fromkeys(out))


def tokens_in(row: dict[str, list[str]], language: str, key: tuple[str, ...]) -> bool:
    return any(tuple(tokens(term, language)) == key for term in row[language])
