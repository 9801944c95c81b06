"""Which treaties a text names. The codes are what a reader of the sentence would write down."""

import pytest

from mutabaa.recurrence.likeness.instruments import instruments


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Ratify the Convention on Migrant Workers", {"CMW"}),
        ("Accede to ICRMW and to the ICPPED", {"CMW", "CED"}),
        ("Ratify the Optional Protocol to the Convention against Torture", {"OP-CAT"}),
        ("Ratify OP-CAT", {"OP-CAT"}),
        ("Ratify the CRC and its Optional Protocols", {"CRC", "OP-CRC"}),
        (
            "Accede to the Second Optional Protocol to the ICCPR, aiming at the abolition of the death penalty",
            {"OP-ICCPR-2"},
        ),
        ("Ratify ILO Convention No. 189", {"ILO-189"}),
        ("Ratifier le Protocole facultatif se rapportant à la Convention contre la torture", {"OP-CAT"}),
        ("Adherirse a la Convención sobre los Derechos del Niño", {"CRC"}),
        ("Ратифицировать Конвенцию о правах инвалидов", {"CRPD"}),
        ("التصديق على البروتوكول الاختياري لاتفاقية مناهضة التعذيب", {"OP-CAT"}),
        ("批准《禁止酷刑公约》任择议定书", {"OP-CAT"}),
        ("Improve the schools of the northern districts", set()),
    ],
)
def test_it_finds_the_treaties_of_a_sentence(text, codes):
    assert instruments(text)[0] == codes


def test_the_names_of_treaties_are_no_words_of_the_demand():
    assert "torture" not in instruments("Ratify the Convention against Torture without delay")[1]
