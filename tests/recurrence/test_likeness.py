"""Pairs that ask for the same, and pairs that only sound alike. The texts are invented; the relation is what a reader would say."""

import os
import subprocess
import sys

import pytest

from mutabaa.recurrence.likeness.finding import find
from mutabaa.recurrence.likeness.items import Item


def pairs_of(*texts, languages=None, tags=None, blocks=None, **more):
    """Pairs of texts numbered from 1, among thirty others that make words as rare as they are."""
    others = [
        f"Build {n} new clinics in the district of {name} and pay the nurses in time."
        for n, name in enumerate(
            [
                "Ama",
                "Bel",
                "Cor",
                "Dun",
                "Elm",
                "Fay",
                "Gor",
                "Hal",
                "Ith",
                "Jor",
                "Kel",
                "Lum",
                "Mor",
                "Nar",
                "Oss",
                "Pel",
                "Qin",
                "Ral",
                "Sud",
                "Tor",
            ]
        )
    ]
    items = [
        Item(
            n,
            [((languages or {}).get(n, "en"), text)],
            tags=frozenset((tags or {}).get(n, ())),
            block=(blocks or {}).get(n, ""),
        )
        for n, text in enumerate(texts, 1)
    ]
    items += [Item(100 + n, [("en", text)], block="elsewhere") for n, text in enumerate(others)]
    return [p for p in find(items, **more) if p.second < 100]


def relation(a, b, **more):
    found = pairs_of(a, b, **more)
    return found[0].relation if found else None


def test_it_finds_one_demand_in_two_wordings():
    [pair] = pairs_of(
        "The Committee recommends that the State party adopt a law that prohibits corporal punishment in all settings.",
        "Prohibit the corporal punishment of children in all settings by law (Estonia);",
    )
    assert (pair.first, pair.second, pair.relation) == (1, 2, "repeats")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (  # the frame is the same, the subject is not
            "The Committee recommends that the State party take all necessary measures to improve access to clean water in rural areas.",
            "The Committee recommends that the State party take all necessary measures to improve conditions for detainees in prisons.",
        ),
        (
            "Consider ratifying the International Convention on the Protection of the Rights of All Migrant Workers (Peru)",
            "Consider ratifying the International Convention for the Protection of All Persons from Enforced Disappearance (Peru)",
        ),
        ("Ratify ILO Convention No. 169", "Ratify ILO Convention No. 189"),
        ("Ratify the Convention against Torture", "Ratify the Optional Protocol to the Convention against Torture"),
        (
            "Ratify the Convention on the Rights of the Child",
            "Withdraw the reservations to the Convention on the Rights of the Child",
        ),
        (
            "Lower the price of school books (Chile, France, Norway and Spain)",
            "Train prison guards (Chile, France, Norway and Spain)",
        ),
    ],
)
def test_what_all_recommendations_say_makes_none_alike(a, b):
    assert relation(a, b) is None


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Abolish the death penalty", "Retain the death penalty"),
        ("Decriminalize defamation of public officials", "Criminalize defamation of public officials"),
        ("Prohibit corporal punishment at school", "Permit corporal punishment at school"),
        ("Raise the minimum age of criminal responsibility", "Lower the minimum age of criminal responsibility"),
        ("Abolir la peine de mort", "Maintenir la peine de mort"),
    ],
)
def test_a_demand_and_its_opposite_are_marked_as_a_contradiction(a, b):
    language = {1: "fr", 2: "fr"} if "peine" in a else None
    assert relation(a, b, languages=language) == "contradicts"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Maintain the moratorium on the death penalty", "Establish a moratorium on the death penalty"),
        ("Decriminalize defamation of officials", "Repeal the provisions that criminalize defamation of officials"),
    ],
)
def test_a_deed_within_a_deed_is_no_contradiction(a, b):
    assert relation(a, b) != "contradicts"


def test_a_demand_within_a_longer_one_narrows():
    assert (
        relation(
            "Ratify the Convention on the Rights of Persons with Disabilities",
            "Ratify the Convention on the Rights of Persons with Disabilities, the Convention against Torture and the Rome Statute",
        )
        == "narrows"
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Envisager d'abolir la peine de mort"),
        ("es", "Considerar la posibilidad de abolir la pena de muerte"),
        ("ru", "Отменить смертную казнь"),
        ("ar", "النظر في إلغاء عقوبة الإعدام"),
        ("zh", "废除死刑"),
    ],
)
def test_it_finds_one_demand_in_two_languages(language, text):
    [pair] = pairs_of("Abolish the death penalty", text, languages={2: language})
    assert pair.across
    assert pair.relation == "repeats"


def test_languages_do_not_join_different_demands():
    found = pairs_of("Abolish the death penalty", "Prohiber les châtiments corporels à l'école", languages={2: "fr"})
    assert found == []


def test_a_translation_joins_two_languages():
    items = [
        Item(
            1,
            [("fr", "Réhabiliter les puits des villages du nord"), ("en", "Repair the wells of the northern villages")],
        ),
        Item(2, [("en", "Repair the wells in the villages of the north")]),
    ]
    assert [(p.first, p.second) for p in find(items)] == [(1, 2)]


def test_states_are_not_mixed():
    text = "Ratify the Rome Statute"
    assert pairs_of(text, text, blocks={1: "XMU", 2: "XOT"}) == []


def test_new_items_are_compared_with_all_but_the_old_ones_not_again():
    texts = ["Ratify the Rome Statute"] * 3
    assert [(p.first, p.second) for p in pairs_of(*texts, only=[3])] == [(1, 3), (2, 3)]


def test_the_order_of_the_items_does_not_matter():
    items = [Item(n, [("en", f"Repair the wells of the northern villages {'soon' * (n % 2)}")]) for n in range(1, 9)]
    assert find(items) == find(items[::-1])


def test_progress_can_end_the_search():
    class Enough(Exception):
        pass

    def stop(share):
        raise Enough

    with pytest.raises(Enough):
        find([Item(1, [("en", "Ratify the Rome Statute")])], progress=stop)


@pytest.mark.parametrize("text", ["", "   ", "()", "Ж", "。", "1", "of the"])
def test_texts_without_words_are_like_nothing(text):
    assert pairs_of(text, text) == []


def test_each_process_reads_a_text_in_the_same_order():
    """The order of a set differs from process to process; sums of floats, and so what is found, depend on the order."""
    code = (
        "from mutabaa.recurrence.likeness.reading import read\n"
        "print(list(read('Protect women, children, refugees and migrants from torture, trafficking and child labour; '\n"
        "'ratify CAT, CED, CRPD, CEDAW and the Rome Statute', 'en').weights))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
