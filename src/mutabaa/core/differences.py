"""What changed between two texts, word by word. Pure: knows nothing of Django or the database."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

# Words, Chinese characters one by one, white space, and every other sign by itself.
_PIECES = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+|\s+|[^\w\s]")
_LONGEST = 6_000  # pieces; beyond that, whole lines are compared, so that the time stays bounded


@dataclass(frozen=True)
class Piece:
    """A stretch of text that both have, that only the old one has, or that only the new one has."""

    kind: Literal["same", "del", "ins"]
    text: str


def word_differences(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order. "same" and "del" together give `old`, "same" and "ins" give `new`."""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    if max(len(before), len(after)) > _LONGEST:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    out: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            out.append(Piece("same", "".join(before[i1:i2])))
            continue
        if i1 < i2:
            out.append(Piece("del", "".join(before[i1:i2])))
        if j1 < j2:
            out.append(Piece("ins", "".join(after[j1:j2])))
    return out
