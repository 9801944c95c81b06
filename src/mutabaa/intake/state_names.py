"""States by any of their names. Pure, so that a process without the database can use it."""

from mutabaa.core.text import words

REMEMBERED = 20_000


def key_of(label: str) -> str:
    """Labels are compared without case, accents, punctuation and double spaces."""
    return " ".join(words(label))


class StateNames:
    """Calling it with a name in any of six languages, an alias or a code gives the ISO code; None where it is not known."""

    def __init__(self, states: dict[str, str]) -> None:
        self.states = states
        self.known: dict[str, str | None] = {}

    def __call__(self, label: str) -> str | None:
        if label not in self.known:
            if len(self.known) > REMEMBERED:
                self.known.clear()
            key = key_of(label)
            self.known[label] = self.states.get(key) or self.states.get(key.removeprefix("the "))
        return self.known[label]
