"""OHCHR's thematic list of UPR recommendations, a Word table built here."""

from pathlib import Path

import docx
import pytest

from mutabaa.core.errors import Invalid
from mutabaa.intake.models import ImportBatch, ListRow
from mutabaa.intake.services import import_file
from mutabaa.recommendations.models import Recommendation
from tests.intake.files import upr

pytestmark = pytest.mark.django_db
SOURCE = "; Source of Position: A/HRC/46/15/Add.1 - Para.20"


def word_list(
    folder: Path, rows: list[list[str]], title: str = "Third Cycle - 36th session: Thematic List of Recommendations"
) -> Path:
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(
        table.rows[0].cells,
        ["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"],
        strict=True,
    ):
        cell.text = text
    for texts in rows:
        cells = table.add_row().cells
        if len(texts) == 1:
            cells[0].merge(cells[3]).text = texts[0]
            continue
        for cell, text in zip(cells, texts, strict=False):
            cell.text = text
    path = folder / "list.docx"
    document.save(path)
    return path


ROWS = [
    ["Theme: Right to health"],
    [f"26.1 Ratify the Convention on health (Chile) (Peru){SOURCE}", "Supported", "Right to health\nRight to education\nSDGs:\n3 - GOOD HEALTH\n3.7 - Universal access\nAffected persons:\nChildren", ""],
    [f"26.2 Abolish the death penalty (Gabon){SOURCE}", "Noted", "Right to health\nSDGs:\n16", ""],
    ["Theme: Right to education"],
    [f"26.1 Ratify the Convention on health (Chile) (Peru){SOURCE}", "Supported", "Right to health\nRight to education\nSDGs:\n3\n3.7\nAffected persons:\nChildren", ""],
]  # fmt: skip


def test_it_reads_the_list(known, tmp_path):
    counts = import_file(word_list(tmp_path, ROWS), format="upr-list", state="")
    assert (counts["rows"], counts["new"], counts["doubtful"]) == (2, 2, 0)
    row = Recommendation.objects.get(paragraph="26.1")
    assert row.text == "Ratify the Convention on health"
    assert (row.mechanism.code, row.document.symbol, row.session, row.cycle) == ("UPR", "A/HRC/46/15", "36", 3)
    assert {s.code for s in row.recommending_states.all()} == {"CHL", "PER"}
    assert {t.code for t in row.themes.all()} == {"right-to-health", "right-to-education"}
    assert {s.code for s in row.sdgs.all()} == {"3", "3.7"}
    assert {g.code for g in row.groups.all()} == {"children"}
    entry = row.positions.get()
    assert (row.position, entry.position, entry.text) == ("supported", "supported", "A/HRC/46/15/Add.1 - Para.20")
    assert Recommendation.objects.get(paragraph="26.2").position == "noted"


def test_it_remembers_every_row_of_the_document(known, tmp_path):
    path = word_list(tmp_path, ROWS)
    import_file(path, format="upr-list", state="")
    places = list(ListRow.objects.values_list("table_index", "row_index", "recommendation__paragraph"))
    assert places == [(0, 2, "26.1"), (0, 3, "26.2"), (0, 5, "26.1")]
    table = docx.Document(ImportBatch.objects.get().path).tables[0]
    assert [table.rows[row].cells[0].text.split()[0] for _t, row, _p in places] == ["26.1", "26.2", "26.1"]


def test_it_changes_nothing_when_the_list_comes_again_and_remembers_its_rows(known, tmp_path):
    path = word_list(tmp_path, ROWS)
    import_file(path, format="upr-list", state="")
    again = import_file(path, format="upr-list", state="")
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)
    assert ListRow.objects.filter(batch=ImportBatch.objects.order_by("-pk").first()).count() == 3


def test_it_finds_the_recommendations_that_came_from_uhri(take, tmp_path):
    take([upr(Text="26.1 Ratify the Convention on health (Chile)", Themes=[], UprRecommendingCountry=["Chile"])])
    counts = import_file(word_list(tmp_path, ROWS), format="upr-list", state="")
    assert (counts["new"], counts["changed"]) == (1, 1)
    row = Recommendation.objects.get(paragraph="26.1")
    assert {s.code for s in row.recommending_states.all()} == {"CHL", "PER"}
    assert row.themes.count() == 2
    assert row.list_rows.count() == 2


def test_it_refuses_a_document_without_such_a_table(known, tmp_path):
    path = tmp_path / "letter.docx"
    docx.Document().save(path)
    with pytest.raises(Invalid, match="Recommendation"):
        import_file(path, format="upr-list", state="")


def test_it_refuses_a_document_that_was_cut_off(known, tmp_path):
    path = word_list(tmp_path, ROWS)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(Invalid, match="damaged"):
        import_file(path, format="upr-list", state="")
