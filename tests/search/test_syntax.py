"""What a person types, and how it is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutabaa.search.analysis import normal
from mutabaa.search.references import beginnings, paragraph_beginnings
from mutabaa.search.syntax import Fields, parse
from mutabaa.search.tree import All, And, Field, Not, Or, Phrase, Prefix, Symbol, Word

BODIES = {"cedaw": "CEDAW"}
FIELDS = Fields(
    {
        "body": "body",
        "organo": "body",
        "year": "year",
        normal("الهيئة"): "body",
        "paragraph": "paragraph",
        "symbol": "symbol",
    },
    lambda key, typed: [BODIES[typed.lower()]] if typed.lower() in BODIES else [],
)


def read(text, language="en"):
    return parse(text, language, FIELDS)


W = Word


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", All()),
        ("Women", W("women")),
        ("women health", And((W("women"), W("health")))),
        ("bias AND technology", And((W("bias"), W("technology")))),
        ("judicial NOT independence", And((W("judicial"), Not(W("independence"))))),
        ("judicial -independence", And((W("judicial"), Not(W("independence"))))),
        ("torture OR ill treatment", Or((W("torture"), And((W("ill"), W("treatment")))))),
        ("(women OR girls) education", And((Or((W("women"), W("girls"))), W("education")))),
        ("-(women girls)", Not(And((W("women"), W("girls"))))),
        ('-"death penalty"', Not(Phrase(("death", "penalty")))),
        ('"Rule of Law"', Phrase(("rule", "of", "law"))),
        ("«état de droit»", Phrase(("etat", "de", "droit"))),
        ("“rule of law”", Phrase(("rule", "of", "law"))),
        ("「法治」", W("法治")),
        ("人权 委员会", And((W("人权"), W("委员会")))),
        ('"人权 委员会"', W("人权委员会")),
        ("discriminat*", Prefix("discriminat")),
        ("ill-treatment", Phrase(("ill", "treatment"))),
        ("and/or", Phrase(("and", "or"))),
        ("well-being*", And((W("well"), Prefix("being")))),
        ("CEDAW/C/PER/CO/7–8", Symbol("cedaw/c/per/co/7-8")),
        ("A/HRC/42/8 ¶ 24 (a)", And((Symbol("a/hrc/42/8"), Field("ref", ("¶24(a)",))))),
        ("24(a)", Phrase(("24", "a"), "¶24(a)")),
        ("136.64", Phrase(("136", "64"), "¶136.64")),
        ("1325", W("1325", reference=True)),
        ("body:CEDAW", Field("body", ("CEDAW",))),
        ("-body:cedaw women", And((Not(Field("body", ("CEDAW",))), W("women")))),
        ("الهيئة:cedaw", Field("body", ("CEDAW",))),
        ("year:2019", Field("year", ("2019..2019",))),
        ("year:2019..2023", Field("year", ("2019..2023",))),
        ("year:..2023", Field("year", ("..2023",))),
        ("year:2019-", Field("year", ("2019..",))),
        ("NOT NOT women", W("women")),
    ],
)  # fmt: skip
def test_a_query_is_read_as_it_is_meant(text, tree):
    assert read(text).node == tree


@pytest.mark.parametrize(
    ("text", "tree", "code"),
    [
        ('"rule of', Phrase(("rule", "of")), "quote_open"),
        ("(women", W("women"), "parenthesis_open"),
        ("women) girls", And((W("women"), W("girls"))), "parenthesis_extra"),
        ("women AND", W("women"), "operator_alone"),
        ("OR women", W("women"), "operator_alone"),
        ("women NOT", W("women"), "operator_alone"),
        ("AND", All(), "operator_alone"),
        ("colour:red", Phrase(("colour", "red")), "field_unknown"),
        ("body:xyz", W("xyz"), "value_unknown"),
        ("body: women", W("women"), None),
        ("wom*n", Prefix("wom"), "star_inside"),
        ("*tion", W("tion"), "star_first"),
        ("a*", W("a"), "prefix_short"),
        ("year:soon", All(), "year_unreadable"),
        ("year:2023..2019", Field("year", ("2019..2023",)), "years_turned"),
        ("the rule of law", And((W("rule"), W("law"))), "left_out"),
        ("(" * 30 + "women" + ")" * 30, All(), "too_deep"),
    ],
)
def test_a_malformed_query_gets_its_best_reading_and_a_notice(text, tree, code):
    found = read(text)
    if code == "too_deep":
        assert "too_deep" in [n.code for n in found.notices]
    elif code is None:
        assert W("women") in found.terms
    else:
        assert (found.node, [n.code for n in found.notices]) == (tree, [code])


def test_operators_in_the_interface_language_only_beside_small_letters():
    assert read("femmes ET enfants", "fr").node == And((W("femmes"), W("enfants")))
    assert read("mujer O niña", "es").node == Or((W("mujer"), W("nina")))
    assert read("mujer O niña", "en").node == And((W("mujer"), W("o"), W("nina")))
    assert W("y") in read("CRC Y CAT", "en").terms
    assert read("права НЕ дети", "ru").node == And((W("права"), Not(W("дети"))))


def test_little_words_stay_where_nothing_else_is_left():
    assert read("the").node == W("the")
    assert read("the -women").notices == ()


def test_what_is_ranked_leaves_out_what_is_not_wanted():
    assert read('women -girls "rule of law" disc*').terms == (W("women"), Phrase(("rule", "of", "law")), Prefix("disc"))


def test_symbols_and_paragraphs_have_their_beginnings():
    assert beginnings("a/hrc/42/8") == ["a", "a/hrc", "a/hrc/42", "a/hrc/42/8"]
    assert beginnings("crc/c/xmu/co/4-5")[-2:] == ["crc/c/xmu/co/4", "crc/c/xmu/co/4-5"]
    assert paragraph_beginnings("¶24(a)") == ["¶24", "¶24(a)"]
    assert paragraph_beginnings("¶136.64") == ["¶136.64"]


PIECES = st.sampled_from(
    ["women", "AND", "OR", "NOT", "-", "(", ")", '"', "«", "body:", "year:", "2019", "..", "*", "人权", "المرأة", "a/b/c", " ", "¶", "!", ":", "\u2067"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join), st.lists(PIECES, max_size=14).map("".join)
    )
)
@settings(max_examples=400, deadline=None)
def test_nothing_that_is_typed_is_an_error(text):
    found = parse(text, "en", FIELDS)
    assert nodes_are_whole(found.node)


def nodes_are_whole(node):
    match node:
        case And(parts) | Or(parts):
            return len(parts) > 1 and all(nodes_are_whole(p) for p in parts)
        case Not(part):
            return nodes_are_whole(part)
        case Word(word) | Prefix(word):
            return bool(word)
        case Phrase(found):
            return len(found) > 1 and all(found)
        case Field(_key, values):
            return bool(values)
        case Symbol(symbol):
            return bool(symbol)
        case _:
            return True
