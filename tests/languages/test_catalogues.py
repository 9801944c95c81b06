"""Every string is extracted, translated in five languages, and keeps its places."""

import re

import pytest

from mutabaa.core import catalogues

LOCALES = sorted(catalogues.LOCALES.values())
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w+)\}")
SAME_IS_RIGHT = re.compile(r"^[\W\d_]*$")


@pytest.fixture(scope="module")
def strings():
    return {(m.id if isinstance(m.id, str) else m.id[0], m.context): m for m in catalogues.template() if m.id}


@pytest.mark.parametrize("locale", LOCALES)
def test_no_string_is_left_untranslated(locale):
    assert catalogues.untranslated(locale) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_keeps_the_places_of_its_string(locale, strings):
    wrong = []
    for message in catalogues.load(locale):
        if not message.id:
            continue
        original = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = [sorted(m.group() for m in PLACE.finditer(text)) for text in original]
        for text in filter(None, message.string if isinstance(message.string, tuple) else (message.string,)):
            places = sorted(m.group() for m in PLACE.finditer(text))
            # A form for one or two may say the number in words.
            fewer = isinstance(message.id, tuple) and set(places) <= set(allowed[-1])
            if places not in allowed and not fewer:
                wrong.append((original[0], text))
    assert wrong == []


@pytest.mark.parametrize("locale", ["ar", "ru", "zh_Hans"])
def test_a_translation_is_in_its_script(locale, strings):
    """A sentence of four words or more without one letter of the language was left in English."""
    script = {"ar": "\u0600-\u06ff", "ru": "\u0400-\u04ff", "zh_Hans": "\u4e00-\u9fff"}[locale]
    left = []
    for message in catalogues.load(locale):
        if not message.id:
            continue  # the header
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            if len(text.split()) >= 4 and not re.search(f"[{script}]", text):
                left.append(text)
    assert left == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_catalogue_holds_nothing_that_the_code_no_longer_says(locale, strings):
    held = {(m.id if isinstance(m.id, str) else m.id[0], m.context) for m in catalogues.load(locale) if m.id}
    assert held - set(strings) == set()


def test_text_in_templates_is_marked_for_translation():
    """Letters between tags that stand outside any template tag are shown untranslated."""
    from django.conf import settings

    loose = []
    for path in settings.PACKAGE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", "", text, flags=re.DOTALL)
        text = re.sub(r"\{% blocktranslate.*?\{% endblocktranslate %\}", "", text, flags=re.DOTALL)
        text = re.sub(r"<(script|style|svg|code|kbd)\b.*?</\1>", "", text, flags=re.DOTALL)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        for piece in re.findall(r">([^<]+)<", text):
            words = re.findall(r"[A-Za-z]{2,}", re.sub(r"&\w+;", "", piece))
            if words and not set(words) <= {
                "Excel",
                "XLSX",
                "Word",
                "DOCX",
                "CSV",
                "JSON",
                "UHRI",
                "Mutabaa",
                "SDG",
                "PDF",
                "API",
                "Apache",
                "SHA",
            }:
                loose.append(f"{path.name}: {piece.strip()[:60]}")
        for attribute in re.findall(r'(?:aria-label|title|placeholder|alt)="([^"{%]*[A-Za-z]{3,}[^"]*)"', text):
            loose.append(f"{path.name}: {attribute}")
    assert loose == []
