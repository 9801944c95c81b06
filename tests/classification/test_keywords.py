"""The table of keywords: what an installation without labels is offered."""

import json
import tomllib
from importlib import resources

import pytest
from django.conf import settings

from mutabaa.classification.learning.keywords import named, suggestions
from mutabaa.search.analysis import LANGUAGES


def concepts():
    file = resources.files("mutabaa.classification") / "reference" / "keywords.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["concept"]


def codes(file, *keys):
    data = json.loads((settings.PACKAGE / "taxonomy" / "reference" / file).read_text(encoding="utf-8"))
    return {str(entry["code"]) for key in keys for entry in data[key]}


def test_it_names_what_stands_in_the_text():
    found = suggestions("Ensure that prisoners are protected from torture.", "en")
    assert found[("theme", "torture")][1] == ["torture"]
    assert found[("theme", "conditions-of-detention")][1] == ["prisoners"]


@pytest.mark.parametrize(
    ("language", "text", "code", "words"),
    [
        ("ar", "مكافحة التعذيب في جميع أماكن الاحتجاز", "torture", ["التعذيب"]),
        ("es", "Prevenir la tortura en todo el territorio", "torture", ["tortura"]),
        ("fr", "Prévenir la torture sur tout le territoire", "torture", ["torture"]),
        ("ru", "Предупреждать применение пыток на всей территории", "torture", ["пыток"]),
        ("zh", "在全国范围内防止酷刑", "torture", ["酷刑"]),
        ("ar", "ضمان حقوق الأشخاص ذوي الإعاقة", "disability", ["الأشخاص ذوي الإعاقة", "الإعاقة"]),
        ("fr", "Abolir la peine de mort", "death-penalty", ["peine de mort"]),
        ("zh", "废除死刑", "death-penalty", ["死刑"]),
    ],
)
def test_it_reads_six_languages(language, text, code, words):
    score, said = suggestions(text, language)[("theme", code)]
    assert set(said) & set(words)
    assert 0.5 <= score <= 0.9


def test_girls_are_not_named_by_a_text_on_boys():
    assert ("group", "girls") not in suggestions("Proteger a los niños", "es")
    assert ("group", "girls") in suggestions("Proteger a las niñas", "es")


def test_a_text_that_names_nothing_is_offered_nothing():
    assert suggestions("We thank the delegation.", "en") == {}
    assert suggestions("", "zh") == {}


def test_every_theme_group_and_goal_can_be_suggested():
    themes = {code for concept in concepts() for code in concept.get("themes", ())}
    groups = {code for concept in concepts() for code in concept.get("groups", ())}
    sdgs = {code for concept in concepts() for code in concept.get("sdgs", ())}
    assert codes("themes.json", "themes") == themes
    assert codes("groups.json", "groups") == groups
    assert codes("sdgs.json", "goals") <= sdgs
    assert sdgs <= codes("sdgs.json", "goals", "targets")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_finds_itself(language):
    lost = []
    for number, concept in enumerate(concepts()):
        for term in concept[language].split(";"):
            term = term.strip().removeprefix("=")
            if number not in {found.concept.number for found in named(f"1. {term}.", language)}:
                lost.append(term)
    assert lost == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Strengthen the national committee.", "name-identity"),
        ("Adopt a law on data.", "marriage-family"),
        ("Prohibit corporal punishment.", "business"),
        ("Take into account the report.", "good-governance"),
        ("Renforcer le comité national.", "name-identity"),
    ],
)
def test_a_word_of_the_same_stem_is_not_taken_for_the_term(text, code):
    language = "fr" if "é" in text else "en"
    assert ("theme", code) not in suggestions(text, language)
