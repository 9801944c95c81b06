"""How alike two readings are, and in which relation. Pure; rapidfuzz is imported when the first pair is scored."""

from collections.abc import Mapping
from dataclasses import dataclass

from mutabaa.recurrence.likeness.items import Relation
from mutabaa.recurrence.likeness.reading import Reading

OPPOSED = 0.62  # likeness from which opposite deeds are a contradiction rather than two subjects
NARROWS = 0.86  # share of the smaller demand that the larger one holds
MORE = 0.72  # share of the larger demand below which the smaller is a part of it rather than the same
FEW = 4  # rare features in common that two long texts may share by chance; more of them are evidence, whatever else both say
MANY = 0.3
REFRAINS = 0.8
OF_A_TREATY = ("ratify", "reserve", "report")  # to ratify is not to report, though the treaty be the same
OF_THE_STATE = ("report", "invite", "share", "assist")  # deeds that make another demand of the same subject


@dataclass(frozen=True)
class Judged:
    score: float
    relation: Relation


def judge(a: Reading, b: Reading, rarity: Mapping[str, float], tags: float | None = None) -> Judged:
    """`rarity`: feature → its weight in this collection. `tags`: share of common tags, None where one has none.

    Dice's measure over weighted features, tempered by the likeness of the wording letter by letter. What is left over on both
    sides speaks against one demand more than what is left over on one side, which makes one a part of the other.
    """
    from rapidfuzz import fuzz

    in_a = sum(rarity.get(f, 1.0) * w for f, w in a.weights.items())
    in_b = sum(rarity.get(f, 1.0) * w for f, w in b.weights.items())
    if not in_a or not in_b:
        return Judged(0.0, "repeats")
    common = [f for f in a.weights if f in b.weights]
    shared = sum(rarity.get(f, 1.0) * min(a.weights[f], b.weights[f]) for f in common)
    dice, held = 2 * shared / (in_a + in_b), shared / min(in_a, in_b)
    wording = fuzz.token_sort_ratio(a.line, b.line) / 100
    whole = 0.75 * dice + 0.25 * wording
    strong = sum(1 for f in common if f[0] not in "!@~" and min(a.weights[f], b.weights[f]) >= 1.0)
    whole += (1 - whole) * MANY * min(1.0, max(0, strong - FEW) / FEW)
    part = 0.0
    if held >= NARROWS and _says_something(a if in_a <= in_b else b):
        part = 0.62 + 0.28 * (held - NARROWS) / (1 - NARROWS) * min(1.0, dice / 0.6)
    relation: Relation = "narrows" if held >= NARROWS and shared / max(in_a, in_b) < MORE else "repeats"
    score = max(whole, part) * _fit(a, b, common) * (1.0 if tags is None else 0.94 + 0.06 * tags)
    if (subject := _subject(a, b, rarity)) >= OPPOSED and _opposed(a, b, dice):
        return Judged(0.9 * subject, "contradicts")
    return Judged(min(score, 1.0), relation)


def _subject(a: Reading, b: Reading, rarity: Mapping[str, float]) -> float:
    """Dice's measure of what the two speak of, whatever they want done to it."""

    def of(reading: Reading) -> dict[str, float]:
        kept = {f: w for f, w in reading.weights.items() if f[0] != "!" and f not in reading.acting}
        return {f: rarity.get(f, 1.0) * w for f, w in kept.items()}

    in_a, in_b = of(a), of(b)
    whole = sum(in_a.values()) + sum(in_b.values())
    return 2 * sum(min(w, in_b[f]) for f, w in in_a.items() if f in in_b) / whole if whole else 0.0


def _says_something(reading: Reading) -> bool:
    """A demand of one common word is part of everything."""
    strong = [f for f, w in reading.weights.items() if w >= 1.0]
    return len(strong) >= 2 or bool(reading.treaties and "ratify" in reading.deeds)


def _fit(a: Reading, b: Reading, common: list[str]) -> float:
    """Below 1 where treaties, deeds or numbers say that the subject or the deed is another."""
    fit = 1.0
    if a.treaties and b.treaties:
        both = a.treaties & b.treaties
        if not both:
            return 0.3
        if "ratify" in a.deeds & b.deeds:
            fit *= 0.55 + 0.45 * len(both) / min(len(a.treaties), len(b.treaties))
    elif (a.treaties or b.treaties) and "ratify" in a.deeds | b.deeds:
        fit *= 0.8
    if a.deeds and b.deeds and not a.deeds & b.deeds:
        fit *= 0.85
    if any(f[0] == "#" for f in common):
        fit *= 0.8 ** sum((deed in a.deeds) != (deed in b.deeds) for deed in OF_A_TREATY)
    fit *= 0.9 ** sum((deed in a.deeds) != (deed in b.deeds) for deed in OF_THE_STATE)
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        fit *= 0.85
    return fit


def _opposed(a: Reading, b: Reading, dice: float) -> bool:
    """One does what the other undoes, to the same thing; or one refrains from what the other does."""
    objects = {(n, what) for n, _side, what in a.stances} & {(n, what) for n, _side, what in b.stances}
    for thing in objects:
        of_a = {side for n, side, what in a.stances if (n, what) == thing}
        of_b = {side for n, side, what in b.stances if (n, what) == thing}
        if not of_a & of_b:
            return a.negated == b.negated
    return a.negated != b.negated and dice >= REFRAINS and not {"end", "suspend"} & (a.deeds | b.deeds)
