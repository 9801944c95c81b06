"""One analyser for texts and queries in the six languages. Pure: knows nothing of Django or the database.

A text becomes *tokens*: words without case, accents and Arabic marks, brought to a stem by their language's Snowball
stemmer after the irregular forms of `reference/words.toml`; Chinese becomes character bigrams. SQLite and PostgreSQL
installations answer alike because both index these tokens. A change here raises `VERSION`: indexes are then made again.

What a token looks like:
    English `women` → `woman`; French `droits` → `f:droit`; Spanish `derechos` → `e:derech` (languages in one script are
    kept apart, else French *parties* would find English *part*); Arabic and Russian stems as they are; digits as they are;
    Chinese 人权委 → `人权` `权委` `委` (the last character alone closes a run, so that any substring can be found exactly).
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from importlib import resources

import Stemmer

VERSION = 2
REMEMBERED = 30_000  # words in each of the tables that remember stems and spellings
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
LATIN = ("en", "fr", "es")
_MARK = {"en": "", "fr": "f:", "es": "e:"}

# -- Normal form ---------------------------------------------------------------------------------------------------------------

_ARABIC_MARKS = "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
_MARKS = re.compile(f"(?<![\u0400-\u052f])[\u0300-\u036f]+|[{_ARABIC_MARKS}]+")
_LETTERS = str.maketrans(
    {"ى": "ي", "ة": "ه", "ٱ": "ا", "ی": "ي", "ک": "ك", "ё": "е", "’": "'", "‘": "'", "ʼ": "'", "´": "'", "œ": "oe", "æ": "ae"}
    | {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": ""}
    | dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "")
    | {chr(0x0660 + i): str(i) for i in range(10)}
    | {chr(0x06F0 + i): str(i) for i in range(10)}
)  # fmt: skip


def normal(text: str) -> str:
    """Without case, accents, Arabic marks and letter variants; `й` stays, for `и` is another letter. `Türkiye` → `turkiye`."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", _MARKS.sub("", decomposed)).translate(_LETTERS)


# -- Words ---------------------------------------------------------------------------------------------------------------------

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_IS_HAN = re.compile(f"[{_HAN}]")
_WORD = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_])+")
_LEFT_OUT = re.compile(  # what is elided before a word (l'eau), and the English possessive; both in one pass, so that neither sees the other's work
    r"\b(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[^\W_])|(?<=[^\W_])'s\b"
)
RAW_WORD = re.compile(rf"[{_HAN}]+|(?:(?![{_HAN}])[^\W_]|[\u0300-\u036f{_ARABIC_MARKS}\u00ad\u200b-\u200f])+")


def words(text: str) -> list[str]:
    """The words of a text in normal form, in order; a run of Chinese characters is one of them."""
    found = normal(text)
    if "'" in found:
        found = _LEFT_OUT.sub("", found)
    return _WORD.findall(found)


def is_chinese(word: str) -> bool:
    return bool(_IS_HAN.match(word))


# -- Stems ---------------------------------------------------------------------------------------------------------------------


def _reference() -> dict[str, dict[str, str]]:
    file = resources.files("mutabaa.search") / "reference" / "words.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return {**{f"irregular.{k}": v for k, v in data["irregular"].items()}, "left_out": data["left_out"]}


_WORDS = _reference()
LEFT_OUT = {language: frozenset(normal(listed).split()) for language, listed in _WORDS["left_out"].items()}

_CLITIC = re.compile("^[وف]?(?:[بك]ال|ال|لل)(?=..)")
_LAM = re.compile(
    "^(?:اجئ|اجي|جنه|جان|غه|غات|وائح|وايح|قاح|باس|جوء)"
)  # nouns in ل, whose lam the article's has swallowed
_ENGLISH_IZE = re.compile("^(.{3,})is(e|es|ed|er|ers|ing|ation|ations|ational)$")
_KEPT_ISE = re.compile(
    "(?:prom|exerc|adv|rev|superv|ra|pra|r|w|exp?ert|prem|prec|conc|dev|surpr|compr|enterpr|franch|disgu|comprom|telev|improv|merchand"
    "|parad|treat|dem|no|po|cru|bru|l?ia|appra|chast|circumc|exc|inc|desp|repr|adver|c)$"
)
_SPANISH_PLURAL = re.compile("(?<=..)([aei]r)es$")
_FRENCH_PLURAL = re.compile("(?<=..[aiou])s$")
_ARABIC_PLURAL = re.compile("(?<=...)ات$")


def _english(word: str) -> str:
    found = _ENGLISH_IZE.match(word)
    if found and not _KEPT_ISE.search(found[1]):
        return f"{found[1]}iz{found[2]}"
    return word


def _french(word: str) -> str:
    """The accents that the stemmer's endings need, put back alike for words written with them and without."""
    for ending, accented in (("ites", "ités"), ("ite", "ité"), ("ees", "ées"), ("ee", "ée")):
        if word.endswith(ending):
            return word[: -len(ending)] + accented
    return _FRENCH_PLURAL.sub("", word)


def _spanish(word: str) -> str:
    if word.endswith("ion"):
        return word[:-3] + "ión"
    if word.endswith("ces") and len(word) > 4:
        return word[:-3] + "z"
    if word.endswith(("logia", "logias")):
        return word.replace("logia", "logía")
    return _SPANISH_PLURAL.sub(r"\1", word)


def without_clitics(word: str) -> str:
    """An Arabic word without the article and what is written together with it (و ف ب ك ل); other words as they are."""
    found = _CLITIC.match(word)
    if not found:
        return word
    rest = word[found.end() :]
    return "ل" + rest if found[0].endswith("لل") and _LAM.match(rest) else rest


def _arabic(word: str) -> str:
    """Without clitics, the feminine plural as its singular."""
    return _ARABIC_PLURAL.sub("ه", without_clitics(word))


_SNOWBALL = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic"}
_BEFORE: dict[str, Callable[[str], str]] = {
    "en": _english,
    "fr": _french,
    "es": _spanish,
    "ar": _arabic,
    "ru": lambda word: word,
}


class _Stems(dict[str, str]):
    """word → token in one language. Remembers `REMEMBERED` words, about 5 MB."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.stem = Stemmer.Stemmer(_SNOWBALL[language], 0).stemWord
        self.before, self.mark = _BEFORE[language], _MARK.get(language, "")
        self.irregular: dict[str, str] = {}
        for base, forms in _WORDS[f"irregular.{language}"].items():
            for form in normal(f"{base} {forms}").split():
                self.irregular[form] = normal(base)

    def __missing__(self, word: str) -> str:
        before = self.irregular.get(word) or self.before(word)
        before = self.irregular.get(before, before)
        if before == word and word[0] in "وفبكل":  # written together without an article: وحقوق, وبحقوق
            before = self.irregular.get(word[1:]) or self.irregular.get(word[2:], before)
        token = self.mark + (normal(self.stem(before)) or before)
        if len(self) > REMEMBERED:
            self.clear()
        self[word] = token
        return token


_STEMS = {language: _Stems(language) for language in _SNOWBALL}


def _script(word: str) -> str:
    """ "ar", "ru" or "zh" by the script of the first letter; "" for Latin letters; "-" for what is not stemmed."""
    first = word[0]
    if first < "\u0250":
        return "-" if first.isdigit() else ""
    if "\u0400" <= first < "\u0530":
        return "ru"
    if "\u0600" <= first < "\u0780" or "\u08a0" <= first < "\u0900":
        return "ar"
    return "zh" if _IS_HAN.match(first) else "-"


class _Tokens(dict[str, str]):
    """word → token in texts of one language; a Chinese run → its bigrams and last character, separated by spaces."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.latin = _STEMS[language if language in LATIN else "en"]

    def __missing__(self, word: str) -> str:
        script = _script(word)
        if script == "zh":
            return " ".join(bigrams(word))
        if script == "-":
            return word
        token = (self.latin if not script else _STEMS[script])[word]
        if len(self) > REMEMBERED:
            self.clear()
        self[word] = token
        return token


_TOKENS = {language: _Tokens(language) for language in LANGUAGES}


def bigrams(run: str) -> list[str]:
    """人权委 → 人权, 权委, 委."""
    return [*(run[i : i + 2] for i in range(len(run) - 1)), run[-1]]


def token(word: str, language: str) -> str:
    """The token of one word (not Chinese) in normal form, as texts in `language` hold it."""
    return _TOKENS.get(language, _TOKENS["en"])[word]


def tokens(text: str, language: str) -> list[str]:
    """The tokens of a text, in order: what the index holds of it."""
    return tokens_of(words(text), language)


def tokens_of(found: list[str], language: str) -> list[str]:
    known = _TOKENS.get(language, _TOKENS["en"])
    return " ".join([known[word] for word in found]).split(" ") if found else []


def variants(word: str) -> list[str]:
    """Every token that a word (normal form, not Chinese) may have in a text, whatever the text's language; English first."""
    if _script(word):
        return [token(word, "en")]
    return list(dict.fromkeys(token(word, language) for language in LATIN))


_ELISIONS = frozenset({"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"})
_APOSTROPHES = "'’‘ʼ´"


def forms(found: list[str]) -> set[str]:
    """The words of a text for `prefix*` and spelling: as written in normal form, Arabic without clitics too; no Chinese."""
    out = set(found)
    for word in tuple(out):
        if word[0] >= "\u0600":
            if is_chinese(word):
                out.discard(word)
            else:
                out.add(without_clitics(word))
    return out


class _Spellings(dict[str, list[tuple[str, str]]]):
    """A word as it is written → its (token, word in normal form); mostly one."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language

    def __missing__(self, raw: str) -> list[tuple[str, str]]:
        if len(self) > REMEMBERED:
            self.clear()
        self[raw] = found = [(token(word, self.language), word) for word in words(raw)]
        return found


_SPELLINGS = {language: _Spellings(language) for language in LANGUAGES}


def readings(raw: str, language: str) -> list[tuple[str, str]]:
    """(token, word) of each token of one word as `RAW_WORD` finds it, whatever stands around it."""
    if _IS_HAN.match(raw):
        return [(piece, piece) for piece in bigrams(raw)]
    return _SPELLINGS.get(language, _SPELLINGS["en"])[raw]


def spans(text: str, language: str) -> Iterator[tuple[str, str, int, int]]:
    """(token, word, start, end) of each token in the text as it is written, for highlighting. End is exclusive.

    The same tokens in the same order as `tokens`, but for letters that the normal form makes into signs.
    """
    spellings = _SPELLINGS.get(language, _SPELLINGS["en"])
    elided = -1  # the apostrophe that went with the word before it
    for found in RAW_WORD.finditer(text):
        start, end, raw = found.start(), found.end(), found.group()
        if _IS_HAN.match(raw):
            for i, piece in enumerate(bigrams(raw)):
                yield piece, piece, start + i, start + i + len(piece)
            continue
        if (
            normal(raw) == "s"
            and start > 1
            and start - 1 != elided
            and text[start - 1] in _APOSTROPHES
            and normal(text[max(0, start - 9) : start - 1])[-1:].isalnum()
        ):
            continue
        if (
            text[end : end + 1]
            and text[end] in _APOSTROPHES
            and normal(raw) in _ELISIONS
            and normal(text[end + 1 : end + 9])[:1].isalnum()  # a tatweel or a vowel sign is no letter
        ):
            elided = end
            continue
        for piece, word in spellings[raw]:
            yield piece, word, start, end
