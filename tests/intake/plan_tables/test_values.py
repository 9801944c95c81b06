"""Money, references, marks and words of plans' tables."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutabaa.intake.plan_tables.spans import read_span
from mutabaa.intake.plan_tables.values import (
    Money,
    read_marker,
    read_money,
    read_percent,
    read_references,
    split_names,
)
from mutabaa.intake.plan_tables.words import coded, guess


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1250000", "1250000", ""), ("1 250 000", "1250000", ""), ("1,250,000.50", "1250000.50", ""), ("1.250.000,50", "1250000.50", ""),
        ("1,250", "1250", ""), ("0,5", "0.5", ""), ("USD 1.2 million", "1200000", "USD"), ("1,2 M€", "1200000", "EUR"), ("450k", "450000", ""),
        ("3 000 000 usd", "3000000", "USD"), ("٣٬٥٠٠", "3500", ""), ("120万", "1200000", ""), ("12,5 млн", "12500000", ""), ("(500)", "-500", ""),
        ("-500", "-500", ""), ("1 000 XXQ", "1000", "XXQ"), ("$500", "500", "$"),
    ],
)  # fmt: skip
def test_it_reads_an_amount(text, amount, currency):
    [money] = read_money(text)
    assert (money.amount, money.currency) == (Decimal(amount), currency)


def test_it_reads_several_years_in_one_cell():
    assert read_money("2026: 100 000 USD; 2027: 50 000 USD") == [
        Money(Decimal(100_000), "USD", 2026),
        Money(Decimal(50_000), "USD", 2027),
    ]


def test_it_keeps_a_currency_in_words_for_a_person_to_see():
    assert read_money("50 000 FCFA")[0].words == "FCFA"
    assert read_money("١٢٠ ألف دولار")[0] == Money(Decimal(120_000), words="دولار")


@pytest.mark.parametrize("text", ["", "–", "n/a", "Sans objet", "لا شيء", "à déterminer", "待定"])
def test_no_money_is_no_line(text):
    assert read_money(text) == []


@pytest.mark.parametrize("text", ["see annex 3 of the budget law on finances", "12.345.67", "10 to 20 million", "much"])
def test_it_does_not_guess_amounts(text):
    assert read_money(text) is None


@given(st.integers(0, 10**13))
def test_an_amount_is_the_same_however_its_thousands_are_parted(n):
    for text in (
        f"{n}",
        f"{n:,}",
        f"{n:,}".replace(",", " "),
        f"{n:,}".replace(",", "."),
        f"{n:,}".replace(",", "\u202f"),
    ):
        assert read_money(text)[0].amount == n, text


@given(st.text(max_size=50))
def test_whatever_a_cell_holds_reading_ends(text):
    read_money(text)
    read_references(text)
    read_marker(text)
    read_percent(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CRC/C/XMU/CO/4 ¶ 24; A/HRC/46/15 142.17", ["CRC/C/XMU/CO/4 ¶ 24", "A/HRC/46/15 ¶ 142.17"]),
        ("CRC/C/XMU/CO/4, paras. 24 and 25 (a)", ["CRC/C/XMU/CO/4 ¶ 24", "CRC/C/XMU/CO/4 ¶ 25(a)"]),
        ("A/HRC/46/15, 142.20–142.22", ["A/HRC/46/15 ¶ 142.20", "A/HRC/46/15 ¶ 142.21", "A/HRC/46/15 ¶ 142.22"]),
        ("CEDAW/C/XMU/CO/7 para. 12 (b) (ii)", ["CEDAW/C/XMU/CO/7 ¶ 12(b)(ii)"]),
        ("الفقرة ٢٤ من CRC/C/XMU/CO/4", ["CRC/C/XMU/CO/4 ¶ 24"]),
        ("142.17", ["142.17"]),
        ("E/C.12/XMU/CO/3 párr. 5; CAT/OP/XMU/1", ["E/C.12/XMU/CO/3 ¶ 5", "CAT/OP/XMU/1"]),
        ("CRC/C/XMU/CO/4 24\nCRC/C/XMU/CO/4 24", ["CRC/C/XMU/CO/4 ¶ 24"]),
        ("", []),
    ],
)
def test_it_reads_references(text, expected):
    assert list(map(str, read_references(text))) == expected


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("2", 2),
        ("GEN 1", 1),
        ("3 – main objective", 3),
        ("0.0", 0),
        ("٢", 2),
        ("4", None),
        ("yes", None),
        ("1 or 2", None),
    ],
)
def test_it_reads_the_gender_marker(text, marker):
    assert read_marker(text) == marker


@pytest.mark.parametrize(
    ("text", "percent"), [("45 %", 45), ("0.45", 45), ("٤٥٪", 45), ("100", 100), ("140", None), ("half", None)]
)
def test_it_reads_a_share(text, percent):
    assert read_percent(text) == percent


def test_it_parts_names_at_line_breaks_and_semicolons_alone():
    assert split_names("1. Ministry of Labour, Employment and Social Security; Police\n• Courts") == [
        "Ministry of Labour, Employment and Social Security", "Police", "Courts",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("type", "Legislative reform", "law"), ("type", "تشريع", "law"), ("type", "Formation", "training"), ("type", "ratification", "ratification"), ("type", "poem", ""),
        ("execution", "Under way since 2026", "under_way"), ("execution", "قيد التنفيذ", "under_way"), ("execution", "已完成", "completed"), ("execution", "not_started", "not_started"),
        ("source", "UNICEF", "un"), ("source", "Presupuesto nacional", "state"), ("funding", "oui", "funded"), ("funding", "gap", "unfunded"),
    ],
)  # fmt: skip
def test_it_knows_the_words_of_six_languages(field, text, value):
    assert coded(field, text) == value


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["No", "Thematic area", "Expected outcome", "Target", "Activities", "Responsible institution", "Partners", "Timeframe", "Estimated cost (USD)", "Recommendations"],
         {"theme": 1, "outcome": 2, "target": 3, "title": 4, "lead": 5, "partners": 6, "period": 7, "budget": 8, "references": 9}),
        (["Axe", "Résultat attendu", "Cible", "Mesures", "Structure responsable", "Partenaires", "Échéance", "Coût estimé", "Recommandations"],
         {"theme": 0, "outcome": 1, "target": 2, "title": 3, "lead": 4, "partners": 5, "due": 6, "budget": 7, "references": 8}),
        (["Resultado esperado", "Meta", "Acción", "Entidad responsable", "Fecha límite", "Presupuesto", "Recomendaciones"],
         {"outcome": 0, "target": 1, "title": 2, "lead": 3, "due": 4, "budget": 5, "references": 6}),
        (["Цель", "Целевой показатель", "Мероприятия", "Ответственный исполнитель", "Соисполнители", "Срок", "Рекомендации"],
         {"outcome": 0, "target": 1, "title": 2, "lead": 3, "partners": 4, "due": 5, "references": 6}),
        (["المحور", "النتيجة المرجوة", "المستهدف", "التدبير", "الجهة المسؤولة", "تاريخ البدء", "تاريخ الانتهاء", "الميزانية", "التوصيات"],
         {"theme": 0, "outcome": 1, "target": 2, "title": 3, "lead": 4, "start": 5, "due": 6, "budget": 7, "references": 8}),
        (["预期成果", "目标值", "措施", "牵头单位", "完成时限", "预算", "相关建议"],
         {"outcome": 0, "target": 1, "title": 2, "lead": 3, "due": 4, "budget": 5, "references": 6}),
    ],
)  # fmt: skip
def test_it_guesses_the_columns_by_their_names(header, expected):
    assert {name: header.index(column) for name, [column] in guess(header).columns.items()} == expected


@pytest.mark.parametrize(
    "text",
    [
        "A" + "-" * 100_000,
        "A-" * 100_000,
        "A/" * 100_000,
        "1-50 " * 20_000,
        "(" * 100_000,
        "1." * 100_000,
        " " * 100_000 + "1",
    ],
    ids=["dashes", "letters and dashes", "slashes", "ranges", "brackets", "dots", "spaces"],
)
def test_a_hostile_cell_keeps_nobody_busy(text):
    began = time.process_time()
    for read in (read_references, read_money, read_span, read_marker, read_percent, split_names):
        read(text)
    assert len(read_references(text)) <= 300
    assert time.process_time() - began < 3
