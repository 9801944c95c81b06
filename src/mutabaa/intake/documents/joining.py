"""Lines of one paragraph put together: spaces, hyphens at line ends, Chinese without spaces."""

import re
from collections import Counter
from collections.abc import Iterable

_CJK = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
_HYPHEN_END = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\Z")
_WORD_START = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SOFT_INSIDE = re.compile(r"([^\W\d_]{1,60})\u00ad\s?([^\W\d_]{1,60})")
LONGEST_WORD = 60
_PREFIXES = {"non", "self", "anti", "ex", "co", "pre", "post", "multi", "inter", "counter", "mid", "semi", "cross", "well", "long", "short", "high", "low", "full", "half", "sub", "socio", "follow", "decision", "policy", "law", "so"}  # fmt: skip


class Joiner:
    """Knows the words of the document: they tell whether a hyphen at a line's end belongs to the word."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        for text in texts:
            self.words.update(word.lower() for word in _WORD.findall(text))

    def join(self, texts: list[str]) -> str:
        out = ""
        for text in texts:
            out = self.joined(out, text) if out else text
        if "\u00ad" not in out:
            return out
        return _SOFT_INSIDE.sub(lambda m: self.word(m[1], m[2]), out).replace("\u00ad", "")

    def joined(self, before: str, after: str) -> str:
        end, start = _HYPHEN_END.search(before[-LONGEST_WORD:]), _WORD_START.match(after)
        if end and start and start.group()[0].islower():
            return before[: len(before) - len(end.group())] + self.word(end[1], start.group()) + after[start.end() :]
        if end and start and before[-1] != "\u00ad":
            return before + after  # "Saudi-\nArabia", "Sub-\nSaharan": a capital keeps its hyphen
        if before and after and _CJK.match(before[-1]) and _CJK.match(after[0]):
            return before + after
        if before[-1:] in "/" or (before[-1:] == "–" and before[-2:-1] != " "):
            return before + after
        return f"{before} {after}"

    def word(self, left: str, right: str) -> str:
        """`develop`, `ment` → `development`; `decision`, `making` → `decision-making`."""
        together, apart = (left + right).lower(), f"{left}-{right}".lower()
        if self.words[together] != self.words[apart]:
            return left + right if self.words[together] > self.words[apart] else f"{left}-{right}"
        if left.lower() in _PREFIXES or (self.words[left.lower()] > 1 and self.words[right.lower()]):
            return f"{left}-{right}"
        return left + right
