"""Word and Excel tables as rows: several tables with one header, repeated headers, merged and empty cells."""

import datetime as dt
import zipfile

import pytest

from mutabaa.intake.files.faults import BadFile
from mutabaa.intake.plan_tables.grid import read_grid
from mutabaa.intake.plan_tables.rows import read_rows
from mutabaa.intake.plan_tables.words import guess
from mutabaa.intake.tables.mapping import Mapping
from tests.intake.plan_tables.made import HEADER, below, excel, row, word

END = dt.date(2030, 12, 31)


def rows(tmp_path, content, name, **constants):
    path = tmp_path / name
    path.write_bytes(content)
    grid = read_grid(path)
    return list(read_rows(grid, Mapping(guess(grid.header).columns, constants=constants), END))


def titles(found):
    return [(r.text("outcome"), r.text("title")) for r in found]


def test_several_word_tables_with_the_same_header_are_one(tmp_path):
    first = [HEADER, row(measure="One"), HEADER, below(measure="Two")]
    second = [HEADER, row(outcome="Another outcome", measure="Three")]
    other = [["Abbreviation", "Meaning"], ["CRC", "Convention on the Rights of the Child"]]
    found = rows(tmp_path, word(first, other, second), "plan.docx")
    outcome = row()[1]
    assert titles(found) == [(outcome, "One"), (outcome, "Two"), ("Another outcome", "Three")]


def test_a_word_table_goes_on_after_a_break_without_its_header(tmp_path):
    found = rows(tmp_path, word([HEADER, row(measure="One")], [below(measure="Two")]), "plan.docx")
    assert [r.text("title") for r in found] == ["One", "Two"]


def test_cells_merged_downwards_hold_for_every_row(tmp_path):
    table = [
        HEADER,
        row(measure="One"),
        below(measure="Two", references="", lead=""),
        row(outcome="Other", measure="Three"),
    ]
    found = rows(tmp_path, word(table, merge=[(1, 1, 2), (5, 1, 2), (11, 1, 2)]), "plan.docx")
    assert titles(found)[1] == (row()[1], "Two")
    assert found[1].text("lead") == "Ministry of Health"
    assert list(map(str, found[1].references)) == ["CRC/C/XMU/CO/4 ¶ 24"]


def test_a_merged_budget_is_counted_once(tmp_path):
    table = [row(measure="One"), below(measure="Two", budget="")]
    found = rows(tmp_path, excel(table, merge=[(0, 9, 1, 9)]), "plan.xlsx")
    assert [len(r.money) for r in found] == [1, 0]


def test_excel_with_a_title_above_merged_outcomes_and_empty_cells(tmp_path):
    table = [
        row(measure="One"),
        below(measure="Two"),
        below(measure="Three"),
        row(outcome="Other", target="All", measure="Four"),
    ]
    found = rows(tmp_path, excel(table, merge=[(0, 1, 1, 1)], title="National plan 2026–2030"), "plan.xlsx")
    assert [o for o, _t in titles(found)] == [row()[1]] * 3 + ["Other"]
    assert found[3].text("target") == "All"
    assert found[0].line == 4  # as Excel numbers it


def test_a_row_from_side_to_side_names_the_outcome_where_no_column_does(tmp_path):
    header = ["Measure", "Type", "Target", "Lead institution", "Due", "Recommendations"]
    table = [header, ["Outcome 1: Children live"], ["Train midwives", "Training", "12 per 1,000", "Health", "2027", "CRC/C/XMU/CO/4 24"], ["Outcome 2: Girls learn"], ["Build schools", "Service", "All girls", "Education", "2028", "CRC/C/XMU/CO/4 30"]]  # fmt: skip
    found = rows(tmp_path, word(table), "plan.docx")
    assert titles(found) == [
        ("Outcome 1: Children live", "Train midwives"),
        ("Outcome 2: Girls learn", "Build schools"),
    ]
    assert [r.refused for r in found] == [[], []]


def test_a_row_without_a_measure_adds_money_and_recommendations_to_the_one_above(tmp_path):
    more = ["", "", "", "", "", "", "", "", "", "50 000", "EUR", "A/HRC/46/15 142.17"]
    [found] = rows(tmp_path, excel([row(), more]), "plan.xlsx")
    assert [(m.amount, m.currency) for m in found.money] == [(120_000, "USD"), (50_000, "EUR")]
    assert list(map(str, found.references)) == ["CRC/C/XMU/CO/4 ¶ 24", "A/HRC/46/15 ¶ 142.17"]


def test_arabic_columns_digits_and_dates(tmp_path):
    header = [
        "النتيجة المرجوة",
        "المستهدف",
        "التدبير",
        "نوع التدبير",
        "الجهة المسؤولة",
        "تاريخ البدء",
        "تاريخ الانتهاء",
        "الميزانية",
        "التوصيات",
    ]
    cells = [
        "انخفاض وفيات الأطفال",
        "١٢ لكل ١٠٠٠",
        "تدريب القابلات",
        "تدريب",
        "وزارة الصحة",
        "الربع الأول من ٢٠٢٧",
        "نهاية ٢٠٢٨",
        "١٢٠ ألف USD",
        "الفقرة ٢٤ من CRC/C/XMU/CO/4",
    ]
    for content, name in ((word([header, cells]), "plan.docx"), (excel([cells], header=header), "plan.xlsx")):
        [found] = rows(tmp_path, content, name)
        assert (found.start, found.due, found.type) == (dt.date(2027, 1, 1), dt.date(2028, 12, 31), "training")
        assert found.money[0].amount == 120_000
        assert list(map(str, found.references)) == ["CRC/C/XMU/CO/4 ¶ 24"]
        assert found.refused == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"outcome": ""}, "plan_no_outcome"), ({"target": ""}, "plan_no_target"), ({"type": "poem"}, "plan_type_unknown"), ({"due": "soon"}, "plan_date_unreadable"),
        ({"start": "2029", "due": "2028"}, "plan_end_before_start"), ({"budget": "-5"}, "plan_money_negative"), ({"budget": "much"}, "plan_money_unreadable"),
        ({"references": ""}, "plan_no_reference"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_row(tmp_path, changed, code):
    [found] = rows(tmp_path, excel([row(**changed)]), "plan.xlsx")
    assert [reason for reason, _detail in found.refused] == [code]


def test_what_is_not_said_may_be_said_for_all_rows(tmp_path):
    [found] = rows(tmp_path, excel([row(type="", target="")]), "plan.xlsx", type="policy", target="To be set")
    assert (found.type, found.text("target"), found.refused) == ("policy", "To be set", [])


def test_what_goes_on_ends_with_the_plan(tmp_path):
    [found] = rows(tmp_path, excel([row(due="Ongoing")]), "plan.xlsx")
    assert found.due == END
    assert ("plan_due_assumed", "2030-12-31") in found.doubts


@pytest.mark.parametrize(
    ("content", "code"), [(word([["Name", "Post"], ["A", "B"]]), "no_plan_table"), (b"%PDF-1.7 nothing", "wrong_kind")]
)
def test_it_refuses_files_without_a_plan(tmp_path, content, code):
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(BadFile) as fault:
        read_grid(path)
    assert fault.value.code == code


def test_a_workbook_that_merges_beyond_measure_is_refused(tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(excel([row()]))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    areas = b'<mergeCells count="9">' + b'<mergeCell ref="A9:GR20009"/>' * 9 + b"</mergeCells>"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", b"</sheetData>" + areas)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with pytest.raises(BadFile) as fault:
        read_grid(path)
    assert fault.value.code == "too_many_rows"
