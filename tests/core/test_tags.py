"""Tags that write markup by hand: what they are given is escaped, what they add is in the page's language."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from mutabaa.core.templatetags.mutabaa import day, listed, number, reference


def record(symbol: str, title: str = "", paragraph: str = "") -> SimpleNamespace:
    return SimpleNamespace(document=SimpleNamespace(symbol=symbol, title=title), paragraph=paragraph)


def test_a_reference_isolates_symbol_and_paragraph():
    with override("en"):
        assert reference(record("CRC/C/XMU/CO/4", paragraph="24 (a)")) == (
            '<bdi><bdi dir="ltr" class="symbol">CRC/C/XMU/CO/4</bdi>, '
            '<span class="nowrap">para. <bdi dir="ltr" class="symbol">24 (a)</bdi></span></bdi>'
        )


def test_a_reference_without_a_symbol_has_the_title_and_escapes_it():
    assert reference(record("", "<b>Judgment</b>")) == (
        '<bdi><bdi dir="ltr" class="symbol">&lt;b&gt;Judgment&lt;/b&gt;</bdi></bdi>'
    )


@pytest.mark.parametrize(("language", "comma"), [("en", ", "), ("ar", "، "), ("zh-hans", "、")])
def test_names_are_listed_with_the_comma_of_the_language(language, comma):
    with override(language):
        assert listed(["Qania", "<i>"]) == f"<bdi>Qania</bdi>{comma}<bdi>&lt;i&gt;</bdi>"


def test_the_same_day_is_written_in_each_language_and_style():
    held = dt.date(2026, 5, 31)
    with override("en"):
        assert day(held) == '<time datetime="2026-05-31">31 May 2026</time>'
        assert day(held, "long") == '<time datetime="2026-05-31">31 May 2026</time>'
        assert day(held, "short") == '<time datetime="2026-05-31">31/05/2026</time>'
    with override("ar"):
        assert day(held) == '<time datetime="2026-05-31">31 مايو 2026</time>'


def test_a_number_is_grouped_as_the_language_does():
    with override("en"):
        assert number(12345) == '<bdi dir="ltr">12,345</bdi>'
    with override("es"):
        assert number(12345) == '<bdi dir="ltr">12.345</bdi>'
