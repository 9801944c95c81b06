"""Numbers of recommendations and paragraphs that a sentence names: one, several, ranges."""

import re

from mutabaa.intake.documents.numbers import latin_digits

_NUMBER = r"\d{1,3}(?:\.\d{1,3})?"
_RANGE = re.compile(
    rf"(?<![A-Za-z0-9/.])(?P<a>{_NUMBER})\s*(?:[-–—~至到]|to|through|al?|à|au|по|до|الي|إلى)\s*(?P<b>{_NUMBER})(?![A-Za-z0-9/%])(?!\s*(?:years|per cent|%))"
)
_ONE = re.compile(rf"(?<![A-Za-z0-9/.\-])(?P<a>{_NUMBER})(?![A-Za-z0-9/%])(?!\.\d)")
MOST = 400


def numbers_named(text: str) -> set[str]:
    """ "Nos. 85–119 and 121", "86.1 to 86.4, 86.7" → every one of them. Numbers in symbols and dates with years are left out."""
    said = latin_digits(re.sub(r"\S*/\S+", " ", text))
    said = re.sub(r"(\d)-(\d+)-(\d)", r"\1 \2 \3", said)
    out: set[str] = set()

    def span(match: re.Match[str]) -> str:
        first, last = match["a"], match["b"]
        head, dot, start = first.rpartition(".")
        head_last, _dot, end = last.rpartition(".")
        if head_last and head_last != head:
            out.update({first, last})
        elif 0 < int(end) - int(start) < MOST:
            out.update(f"{head}{dot}{n}" for n in range(int(start), int(end) + 1))
        else:
            out.update({first, last})
        return " "

    rest = _RANGE.sub(span, said)
    out.update(match["a"] for match in _ONE.finditer(rest))
    return out
