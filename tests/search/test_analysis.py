"""Words that a reader takes for the same are found as the same; others are kept apart."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mutabaa.search import analysis
from mutabaa.search.analysis import LANGUAGES, bigrams, normal, spans, tokens, variants, words


def same(language, *forms):
    return len({tuple(tokens(form, language)) for form in forms}) == 1


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "woman women Woman WOMEN"),
        ("en", "child children"),
        ("en", "person persons people peoples"),
        ("en", "organization organisation organisations"),
        ("en", "labour labor"),
        ("en", "discriminate discriminating discriminatory discriminated"),
        ("en", "recommendation recommendations"),
        ("fr", "discrimination discriminations"),
        ("fr", "égalité egalite"),
        ("fr", "droit droits"),
        ("fr", "travail travaux"),
        ("es", "mujer mujeres"),
        ("es", "discriminación discriminacion discriminaciones"),
        ("es", "derecho derechos"),
        ("es", "niño nino niños ninos"),
        ("ru", "право права правам"),
        ("ru", "правозащитник правозащитники правозащитников"),
        ("ru", "ребёнок ребенок дети детей"),
        ("ar", "المرأة مرأة والمرأة للمرأة امرأة"),
        ("ar", "اللاجئين للاجئين لاجئين واللاجئين"),
        ("ar", "التعذيب والتعذيب تعذيب بالتعذيب للتعذيب"),
        ("ar", "حقوق الحقوق وحقوق حُقُوق حـقـوق"),
        ("ar", "إنسان انسان الإنسان"),
        ("ar", "أطفال الأطفال طفل"),
    ],
)
def test_forms_of_one_word_are_one_token(language, forms):
    assert same(language, *forms.split()), [tokens(f, language) for f in forms.split()]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "woman", "man"),
        ("en", "promise", "promiz"),
        ("en", "organ", "organization"),
        ("ru", "мир", "мэр"),
        ("ar", "لجنة", "جنة"),
        ("es", "derecho", "derrocho"),
    ],
)
def test_different_words_stay_apart(language, one, other):
    assert not same(language, one, other)


def test_the_clitics_are_taken_off_before_the_article():
    for joined in ("والتعذيب", "فالتعذيب", "بالتعذيب", "كالتعذيب", "للتعذيب", "وبالتعذيب", "وللتعذيب"):
        assert tokens(joined, "ar") == tokens("تعذيب", "ar"), joined


def test_presentation_forms_digits_and_marks_are_brought_to_one_form():
    assert normal("ﺍﻟﻤﺮﺃﺓ") == normal("المرأة")
    assert words("١٣٢٥ ۱۳۲۵") == ["1325", "1325"]
    assert normal("Türkiye") == "turkiye"
    assert normal("ﬁnance") == "finance"
    assert normal("йод") != normal("иод")


def test_elided_articles_and_the_possessive_are_no_words():
    assert words("l'État d’Israël qu'il") == ["etat", "israel", "il"]
    assert words("women's rights, the State’s") == ["women", "rights", "the", "state"]


def test_languages_in_one_script_are_kept_apart_but_a_query_finds_all():
    assert tokens("parties", "fr") != tokens("parties", "en")
    for language in ("en", "fr", "es"):
        assert tokens("discrimination", language)[0] in variants("discrimination")


def test_chinese_is_pairs_of_characters_and_the_last_one():
    assert bigrams("人权委") == ["人权", "权委", "委"]
    assert tokens("人权 abc 法", "zh") == ["人权", "权", "abc", "法"]


TEXTS = st.text(
    st.one_of(
        st.sampled_from("abcdeéèñçüœ'’ -.,/()0123٣أإآاةىيلالوفبك\u064b\u0640ِّйиёщабв人权妇女\u200f\u2067ﻻ"),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=80,
)


@given(TEXTS, st.sampled_from(LANGUAGES))
@settings(max_examples=400, deadline=None)
def test_the_normal_form_is_stable_and_tokens_hold_no_space(text, language):
    assert normal(normal(text)) == normal(text)
    for token in tokens(text, language):
        assert token
        assert not token.isspace()
        assert " " not in token


SCRIPTS = ["abcdeéèñçsl", "أإاةىيلوفبك\u064b\u0640", "йиёщабв", "人权妇女", "0123٣"]
WRITTEN = st.lists(
    st.tuples(
        st.sampled_from(SCRIPTS).flatmap(lambda s: st.text(s, max_size=6)),
        st.sampled_from([" ", "-", ". ", "'", "’", " ("]),
    ),
    max_size=12,
).map(lambda pairs: "".join(word + sign for word, sign in pairs))


@given(WRITTEN, st.sampled_from(LANGUAGES))
@example("c'ـ ", "en")
@example("ـ's ", "en")
@example("c's ", "en")
@settings(max_examples=400, deadline=None)
def test_what_is_marked_in_a_text_is_what_was_indexed_of_it(text, language):
    found = list(spans(text, language))
    assert [token for token, _w, _s, _e in found] == tokens(text, language)
    assert all(0 <= start < end <= len(text) for _t, _w, start, end in found)


@given(st.text("人权妇女儿童法", min_size=1, max_size=12), st.data())
@settings(max_examples=200, deadline=None)
def test_any_piece_of_a_chinese_text_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    held = tokens(text, "zh")
    wanted = bigrams(piece)[:-1] if len(piece) > 1 else None
    if wanted is None:
        assert any(t.startswith(piece) for t in held)
    else:
        assert any(held[i : i + len(wanted)] == wanted for i in range(len(held)))


def test_the_tables_are_whole():
    assert set(analysis.LEFT_OUT) == set(LANGUAGES)
