"""Document symbols and paragraph numbers as the index holds them. Pure."""

import re

_SYMBOL = re.compile(r"^[^\W_][\w.\-–()\[\]]*(?:/[\w.\-–()\[\]]+)+/?\*?$")
_INVISIBLE = re.compile(r"[\s\u200e\u200f\u2066-\u2069]+")


def symbol_form(text: str) -> str:
    """A symbol as the index holds it: `CEDAW/C/PER/CO/7–8` → `cedaw/c/per/co/7-8`."""
    return _INVISIBLE.sub("", text.lower()).replace("–", "-").replace("—", "-").strip("/")


def paragraph_form(text: str) -> str:
    """A paragraph number as the index holds it: `24 (a)` → `¶24(a)`."""
    return "¶" + _INVISIBLE.sub("", text.lower()).rstrip(".")


def beginnings(symbol: str) -> list[str]:
    """The symbol and what stands before each of its separators: `a/hrc/42/8` → `a`, `a/hrc`, `a/hrc/42`, `a/hrc/42/8`."""
    out = [symbol[: found.start()] for found in re.finditer(r"[/\-.(]", symbol) if found.start()]
    return list(dict.fromkeys([*out, symbol])) if symbol else []


def paragraph_beginnings(paragraph: str) -> list[str]:
    """`¶24(a)` → `¶24`, `¶24(a)`; `¶136.64` is one number."""
    out = [paragraph[: found.start()] for found in re.finditer(r"[(,;\-–]", paragraph) if found.start() > 1]
    return list(dict.fromkeys([*out, paragraph])) if len(paragraph) > 1 else []


def looks_like_symbol(text: str) -> bool:
    """With a slash, and: a digit, or two slashes, or all in capitals. `and/or` is not one."""
    if "/" not in text or text.startswith(("http", "www.")) or not _SYMBOL.match(text.strip()):
        return False
    return any(c.isdigit() for c in text) or text.strip("/").count("/") > 1 or text.upper() == text
