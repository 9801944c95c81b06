"""UPR Info's database as an examination: learn the issues and action categories of some sessions, tell those of others."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mutabaa.classification.learning.measures import Figures, figures
from mutabaa.classification.learning.model import Looks, read_texts, train

LANGUAGE = "en"
NEEDED = ("text", "issue", "action")


@dataclass(frozen=True)
class Row:
    text: str
    issues: tuple[str, ...]
    action: str  # "1" to "5"; "" where none was given
    session: int  # 0 where it is not told


@dataclass(frozen=True)
class Result:
    issues: Figures
    accuracy: float
    confusion: dict[tuple[str, str], int]  # (true, told) action category → texts
    trained_on: int
    tested_on: int
    seconds: float  # of learning and telling, reading the files apart

    def as_data(self) -> dict[str, Any]:
        return {
            "issues": {"micro_f1": round(self.issues.micro_f1, 4), "macro_f1": round(self.issues.macro_f1, 4)},
            "action": {"accuracy": round(self.accuracy, 4)},
            "seconds": round(self.seconds, 1),
        }


class MissingColumn(Exception):
    """The table has no column of this name."""


def rows_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Row]:
    """Rows of a UPR Info table, whatever the order of its columns; rows without a text are left out. Raises `MissingColumn`."""
    places = {name.strip().lower().rstrip("s"): i for i, name in reversed(list(enumerate(header)))}
    for name in NEEDED:
        if name not in places and not (name == "text" and "recommendation" in places):
            raise MissingColumn(name)
    at = {"text": places.get("text", places.get("recommendation")), "session": places.get("session")}
    at |= {name: places[name] for name in ("issue", "action")}

    def cell(cells: Sequence[str], name: str) -> str:
        place = at[name]
        return cells[place].strip() if place is not None and place < len(cells) else ""

    out = []
    for cells in rows:
        text = " ".join(cell(cells, "text").split())
        issues = tuple(dict.fromkeys(part.strip() for part in cell(cells, "issue").split(",") if part.strip()))
        number = "".join(c for c in cell(cells, "session") if c.isdigit())
        action = cell(cells, "action").removesuffix(".0")
        if text:
            out.append(Row(text, issues, action if action.isdigit() else "", int(number or 0)))
    return out


def examine(learned: Sequence[Row], told: Sequence[Row]) -> Result:
    """Learn from the first rows (in the order of their sessions), judge on the others. Issues that only the others have count against."""
    import numpy as np

    started = time.monotonic()
    learned = sorted(learned, key=lambda row: row.session)
    labels = sorted({issue for row in (*learned, *told) for issue in row.issues})
    known = [label for label in labels if any(label in row.issues for row in learned)]
    texts = [(row.text, LANGUAGE) for row in learned]
    read = read_texts(texts)
    wanted = np.array([[label in row.issues for label in known] for row in learned])
    model = train(texts, wanted, known, read=read)
    asked = model.vocabulary.matrix(Looks([(row.text, LANGUAGE) for row in told]))
    said = model.chosen(model.scores_of(asked))
    suggested = np.zeros((len(told), len(labels)), dtype=bool)
    suggested[:, [labels.index(label) for label in known]] = said
    truth = np.array([[label in row.issues for label in labels] for row in told])

    have = [i for i, row in enumerate(learned) if row.action]
    actions = sorted({learned[i].action for i in have})
    wanted = np.array([[action == learned[i].action for action in actions] for i in have])
    judge = train([texts[i] for i in have], wanted, actions, one=True, read=(read[0], read[1][have]))
    best = judge.scores_of(asked).argmax(axis=1)
    confusion: dict[tuple[str, str], int] = {}
    for row, k in zip(told, best, strict=True):
        if row.action:
            confusion[(row.action, actions[k])] = confusion.get((row.action, actions[k]), 0) + 1
    right = sum(n for (true, said_action), n in confusion.items() if true == said_action)
    return Result(
        figures(labels, suggested, truth),
        right / max(1, sum(confusion.values())),
        confusion,
        len(learned),
        len(told),
        time.monotonic() - started,
    )
