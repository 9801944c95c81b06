"""Texts in the manner of real ones, about a fictitious State, with tags that a reader would give them."""

import itertools

from tests import world

SUBJECTS = {
    "torture": (
        "combat torture and ill-treatment",
        "investigate every allegation of torture",
        "train the police against torture",
    ),
    "right-to-health": (
        "improve health care",
        "build hospitals and clinics",
        "reduce child mortality by better health services",
    ),
    "right-to-education": ("keep girls at school", "train more teachers", "make primary education free and compulsory"),
}
BEGINNINGS = (
    "Take all measures to",
    "Continue to",
    "Step up its efforts to",
    "Adopt a plan to",
    "Intensify its work to",
)
PLACES = (
    "in rural areas",
    "in the capital",
    "on the outer islands",
    "with sufficient resources",
    "without further delay",
    "by 2030",
)


def texts():
    """(text, theme) of every combination, the subjects in turn."""
    for place, beginning, n in itertools.product(PLACES, BEGINNINGS, range(3)):
        for theme, deeds in SUBJECTS.items():
            yield f"{beginning} {deeds[n]} {place}.", theme


def tagged_records(most=150):
    themes = {code: world.theme(code) for code in SUBJECTS}
    return [world.recommendation(text, themes=[themes[code]]) for text, code in itertools.islice(texts(), most)]
