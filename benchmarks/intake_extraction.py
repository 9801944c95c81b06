"""Extraction on 14 real UPR reports, against what UPR Info's staff recorded by hand; and its speed.

Their rows are one per recommending State, lightly edited, and a recommendation with several demands is several rows. Found: a row whose text stands, fuzzily, in
one of ours. Extra: one of ours in which no row's text stands. The response is held against theirs only where the report itself states it (theirs includes the addendum).
"""

import argparse
import csv
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from mutabaa.core.text import fold
from mutabaa.intake.documents.items import Item
from mutabaa.intake.documents.reading import read
from mutabaa.intake.documents.states import code_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "upr"
SAME = 85.0  # of 100, by rapidfuzz
ANSWERS = {"Accepted": "supported", "Noted": "noted", "Rejected": "noted"}


@dataclass
class Tally:
    rows: int = 0
    found: int = 0
    ours: int = 0
    extra: int = 0
    states: int = 0
    answers: int = 0
    answers_right: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in ("rows", "found", "ours", "extra", "states", "answers", "answers_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def likeness(theirs: str, ours: str) -> float:
    """Theirs within ours, for a row may be a part of one of ours; ours within theirs where theirs is longer."""
    whole = fuzz.ratio(theirs, ours)
    if whole >= SAME:
        return whole
    part = fuzz.partial_ratio(theirs, ours) if len(theirs) > 15 else 0.0
    return max(whole, part - 1, fuzz.token_set_ratio(theirs, ours) - 5 if min(len(theirs), len(ours)) > 40 else 0.0)


def held(items: list[Item], rows: list[dict[str, str]]) -> Tally:
    tally = Tally(rows=len(rows), ours=len(items))
    texts = [fold(item.text) for item in items]
    counterpart = [False] * len(items)
    rows_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        theirs, state = fold(row["Text"]), code_of(row["From"])
        scores = [
            (likeness(theirs, text), state in item.states, -abs(len(text) - len(theirs)), n)
            for n, (text, item) in enumerate(zip(texts, items, strict=True))
        ]
        good = [s for s in scores if s[0] >= SAME]
        if not good:
            best = max(scores)
            tally.misses.append(
                f"- not found: {row['Text'].strip()} ({row['From']})\n    nearest {best[0]:.0f}: {items[best[3]].paragraph} {items[best[3]].text[:160]}"
            )
            continue
        tally.found += 1
        _score, right, _length, number = max(good, key=lambda s: (s[1], s[0], s[2]))
        item = items[number]
        counterpart[number] = True
        for _s, named, _l, n in good:
            counterpart[n] = counterpart[n] or named
        tally.states += right
        if not right:
            tally.misses.append(f"- State: {row['From']} in {item.paragraph} {item.states} {item.text[:100]}")
        if item.position in ("supported", "noted") and row["Response"] in ANSWERS:
            tally.answers += 1
            if item.position == ANSWERS[row["Response"]]:
                tally.answers_right += 1
            else:
                tally.misses.append(f"- response {row['Response']}: {item.paragraph} {item.position} {item.text[:100]}")
        rows_of[(item.paragraph, row["From"])].append(row["Text"])
    for n, seen in enumerate(counterpart):
        if not seen:
            tally.extra += 1
            tally.misses.append(f"- without counterpart: {items[n].paragraph} {items[n].text[:140]} {items[n].states}")
    return tally


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:6.2f} %" if whole else "     –  "


def line(name: str, t: Tally) -> str:
    return f"{name:18} {t.rows:5} {share(t.found, t.rows)} {t.ours:5} {share(t.extra, t.ours)} {share(t.states, t.found)} {share(t.answers_right, t.answers)}"


def run(options: argparse.Namespace) -> None:
    reports = sorted((DATA / "working-group-reports").glob("*.pdf"))
    if not reports:
        print(f"left out: no reports in {DATA}")
        return
    print(f"{'report':18} {'rows':>5} {'found':>8} {'ours':>5} {'extra':>8} {'States':>8} {'response':>8}")
    total = Tally()
    seconds = pages = 0.0
    for path in reports:
        started = time.perf_counter()
        extraction = read(path)
        seconds += time.perf_counter() - started
        pages += max(block.page for block in extraction.blocks)
        items = [item for item in extraction.items if item.type == "recommendation"]
        with (DATA / "expected" / f"{path.stem}.csv").open(encoding="utf-8-sig", newline="") as file:
            tally = held(items, list(csv.DictReader(file)))
        print(line(path.stem, tally), flush=True)
        if options.misses and tally.misses:
            print("\n".join(tally.misses))
        total.add(tally)
    print(line("all", total))
    print(f"\nPDF: {30 * seconds / pages:.2f} s for 30 pages (target 5)")
    word_speed()


def word_speed() -> None:
    """30 pages of a Word document with automatic numbering, some 500 words a page."""
    import docx

    document = docx.Document()
    sentence = "The State party should take the necessary measures to guarantee in practice the rights of persons deprived of liberty. "
    for _ in range(30 * 8):
        document.add_paragraph(sentence * 3, style="List Number")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed.docx"
        document.save(str(path))
        started = time.perf_counter()
        read(path)
        print(f"DOCX: {time.perf_counter() - started:.2f} s for 30 pages (target 2)")
