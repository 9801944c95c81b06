"""A query cut into words, phrases, signs and operators, which `syntax` reads into a tree. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

# What stands for AND, OR, NOT beside the English words, by language. Only in capitals, and only where the query is not all in
# capitals (Spanish Y and O are words of one letter).
OPERATORS: Mapping[str, Mapping[str, str]] = {
    "en": {"AND": "and", "OR": "or", "NOT": "not"},
    "fr": {"ET": "and", "OU": "or", "SAUF": "not"},
    "es": {"Y": "and", "O": "or", "NO": "not"},
    "ru": {"И": "and", "ИЛИ": "or", "НЕ": "not"},
}
OPENING, CLOSING = '"«“„「『', '"»”“」』'
_QUOTES = f"[{OPENING}{CLOSING}]"
_TOKEN = re.compile(
    rf"(?P<space>\s+)|(?P<open>[(（])|(?P<close>[)）])|(?P<quote>{_QUOTES})"
    rf"|(?P<field>[^\W\d_][\w]*)[:：](?=[^\s/:])|(?P<text>[^\s()（）{OPENING}{CLOSING}]+)"
)
_QUOTE, _SIGNS = re.compile(_QUOTES), re.compile(r"[-−!]+")
_PARAGRAPH_SIGN = re.compile(r"[¶§]\s*(\d[\d.]*)(?:\s*(\([^\W\d_]{1,4}\)))?")
_LETTER_OF_PARAGRAPH = re.compile(r"(?<=\d)\(([^\W\d_]{1,4})\)")


@dataclass(frozen=True)
class Token:
    kind: str
    text: str = ""
    glued: bool = False  # nothing stands between it and the token before


def read(text: str, language: str, note: Callable[[str], None]) -> list[Token]:
    """The tokens of a query in order. `note` is told the code of what was not well formed."""
    capitals = text.upper() == text
    out: list[Token] = []
    text = _PARAGRAPH_SIGN.sub(lambda found: f" ¶{found[1].rstrip('.')}{found[2] or ''} ", text)
    text = _LETTER_OF_PARAGRAPH.sub(r"⟮\1⟯", text)  # 24(a) is one word
    place, glued = 0, False
    while place < len(text):
        if text[place] in "-−!" and not (glued and out[-1].kind != "open"):
            sign = _SIGNS.match(text, place)
            place = sign.end() if sign else place + 1
            if place < len(text) and not text[place].isspace():
                out.append(Token("not", "-", glued))
                glued = True
            continue
        found = _TOKEN.match(text, place)
        if found is None:
            place, glued = place + 1, False
            continue
        place = found.end()
        kind = found.lastgroup or ""
        if kind == "space":
            glued = False
            continue
        if kind == "quote":
            end = _QUOTE.search(text, place)
            inside = text[place : end.start()] if end else text[place:]
            if end is None:
                note("quote_open")
            place = end.end() if end else len(text)
            out.append(Token("phrase", inside, glued))
        elif kind == "field":
            out.append(Token("field", found["field"], glued))
        else:
            out.append(Token(kind, found.group(), glued))
        glued = True
    return with_operators(out, language, capitals)


def operator(text: str, language: str, capitals: bool) -> str:
    if text in {"&&", "&"}:
        return "and"
    if text in {"||", "|"}:
        return "or"
    if text in OPERATORS["en"]:
        return OPERATORS["en"][text]
    return "" if capitals else OPERATORS.get(language, {}).get(text, "")


def with_operators(tokens: list[Token], language: str, capitals: bool) -> list[Token]:
    """Operators told apart from words."""
    out: list[Token] = []
    for token in tokens:
        if token.kind != "text":
            out.append(token)
            continue
        text, glued = token.text, token.glued
        if kind := "" if out and out[-1].kind == "not" and glued else operator(text, language, capitals):
            out.append(Token(kind, text))
            continue
        if text[0] == "+" and len(text) > 1:
            text = text[1:]
        out.append(Token("text", text, glued))
    return out
