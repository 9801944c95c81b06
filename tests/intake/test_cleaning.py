"""Putting texts right: examples, and what holds for every text."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.intake.cleaning import (
    clean_label,
    clean_text,
    join_split_words,
    last_brackets,
    split_paragraph,
    split_states,
    squeeze,
    strip_markup,
    upr_cycle,
)
from mutabaa.intake.files.dates import read_date

LETTERS = string.ascii_letters + "éñçüœابتثжщя人权。,;:-–/()0123456789 \u00a0\n\t’'\"&<>*%"
texts = st.text(alphabet=LETTERS, max_size=120)
plain_texts = st.text(alphabet=LETTERS.replace("<", "").replace(">", "").replace("&", ""), max_size=120)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@given(texts)
def test_cleaning_again_changes_nothing(text):
    once, _quirks = clean_text(text)
    assert clean_text(once)[0] == once


@given(plain_texts)
def test_cleaning_loses_no_letter(text):
    assert letters(clean_text(text)[0]) == letters(text)


@given(texts)
def test_joining_split_words_loses_no_letter(text):
    assert letters(join_split_words(squeeze(text))[0]) == letters(text)


@given(plain_texts)
def test_splitting_off_the_paragraph_loses_no_letter_of_the_text(text):
    clean, _quirks = clean_text(text)
    paragraph, rest = split_paragraph(clean)
    assert clean.endswith(rest)
    assert paragraph == "" or any(c.isdigit() for c in clean[: len(clean) - len(rest)])


@given(plain_texts, st.sampled_from(["(Chile)", "(Chile, Peru);", "(Chile) (Peru)."]))
def test_splitting_off_states_leaves_the_text_before_them(text, states):
    rest, codes = split_states(f"x{text} {states}", {"Chile": "CHL", "Peru": "PER"}.get)
    assert set(codes) >= {"CHL"}
    assert f"x{text}".rstrip().startswith(rest[:1])
    assert letters(rest) == letters("x" + text) or letters("x" + text).startswith(letters(rest))


@given(st.text(max_size=60))
def test_labels_are_clean_after_one_pass(label):
    assert clean_label(clean_label(label)) == clean_label(label)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("the develop- ment of", "the development of"),
        ("pre- and post-natal care", "pre- and post-natal care"),
        ("la promo- tion des droits", "la promotion des droits"),
        ("non- discrimination and self- determination", "non-discrimination and self-determination"),
        ("the State - owned", "the State - owned"),
        ("раз- витие системы", "развитие системы"),
        ("children aged 5- year", "children aged 5- year"),
        ("measures of- the kind", "measures of the kind"),
    ],
)
def test_it_joins_only_what_was_split(given, expected):
    assert join_split_words(given)[0] == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("a < b & c > d", "a < b & c > d"),
        ("R&amp;D", "R&D"),
        ("&lt;p&gt;x&lt;/p&gt;", " x "),
        ("<p class='a'>x</p><p>y</p>", " x  y "),
        ("5<6", "5<6"),
    ],
)
def test_it_removes_markup_and_nothing_else(given, expected):
    assert strip_markup(given)[0] == expected


def test_it_reads_brackets_inside_brackets():
    assert last_brackets("Ratify it (Iran (Islamic Republic of));") == ("Ratify it", "Iran (Islamic Republic of)")
    assert last_brackets("(Chile)") is None
    assert last_brackets("no brackets.") is None


@pytest.mark.parametrize(
    ("session", "cycle"),
    [(None, None), (0, None), (12, 1), (13, 2), (26, 2), (27, 3), (40, 3), (41, 4), (54, 4), (55, None)],
)
def test_cycles_follow_the_sessions_of_the_working_group(session, cycle):
    assert upr_cycle(session) == cycle


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2025-02-12T00:00:00", "2025-02-12"), (46078, "2026-02-25"), (46125.49, "2026-04-13"), ("46078", "2026-02-25"), ("12/02/2025", "2025-02-12"),
        ("3 March 2021", "2021-03-03"), ("3 mars 2021", "2021-03-03"), ("2025", "None"), ("soon", "None"), ("31/31/2020", "None"), (12, "None"),
    ],
)  # fmt: skip
def test_it_reads_dates(given, expected):
    assert str(read_date(given)[0]) == expected
