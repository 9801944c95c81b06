"""A paragraph's sentences, in six languages. Abbreviations, numbers and articles of law do not end one."""

import re

_END = re.compile(r"(?<=[.!?؟])[\"”’»)\]]*\s+(?=[\"“«„(\[]?[^\W\d_a-zа-я])|(?<=[。！？])[”’」』)）]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|art|arts|para|paras|Mr|Mrs|Ms|Dr|Prof|St|vs|cf|etc|e\.g|i\.e|al|núm|núms|párr|párrs|Sr|Sra|inc|vol|pp?|par|ст|п|пп|см|г|гг|рис|т\.д|т\.е|стр|v|ch|rev|add|corr|doc|M|Mme|Lic|ibid)|\b[A-ZА-Я]|(?<=\d)\.\d*)\.\Z"
)


def sentences(text: str) -> list[str]:
    out: list[str] = []
    start = 0
    for match in _END.finditer(text):
        piece = text[start : match.start()].strip()
        if not piece or _ABBREVIATION.search(piece.rstrip('"”’»)]')):
            continue
        out.append(text[start : match.end()].strip())
        start = match.end()
    if rest := text[start:].strip():
        out.append(rest)
    return out
