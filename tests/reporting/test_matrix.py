"""OHCHR's UPR matrix: the imported list filled in, and a new document of a cycle."""

import copy
import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup.services import assign, set_status
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.services import import_file
from mutabaa.recommendations.models import Recommendation
from mutabaa.reporting import making, services
from mutabaa.reporting.models import GeneratedReport
from tests import world
from tests.followup import made as followed
from tests.intake.conftest import known  # noqa: F401 - a fixture
from tests.intake.test_upr_list import ROWS, SOURCE, word_list
from tests.reporting.made import matrix, parts, printed, tables

pytestmark = pytest.mark.django_db
MORE = [
    [f"26.3 Build schools in the north (Gabon){SOURCE}", "Supported", "Right to education", ""],
    [f"26.4 Train all judges (Peru){SOURCE}", "Supported", "Right to education", "Our own remark of last year."],
]  # fmt: skip


def office_list(folder):
    """A list as an office has it: landscape, letters of its own, a footer, a comment, a small font in the empty cells."""
    path = word_list(folder, [*ROWS, *MORE])
    document = docx.Document(str(path))
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = (
        WD_ORIENT.LANDSCAPE,
        section.page_height,
        section.page_width,
    )
    section.footer.paragraphs[0].text = "Office of the High Commissioner"
    document.styles["Normal"].font.name = "Verdana"
    table = document.tables[0]
    table.style = document.styles["Table Grid"]
    for row in table.rows:
        cell = row.cells[-1]
        if not cell.text and len(row._tr.tc_lst) == 4:
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            mark = cell.paragraphs[0]._p.get_or_add_pPr()
            mark.append(mark.makeelement(qn("w:rPr"), {}))
            mark[-1].append(mark.makeelement(qn("w:sz"), {qn("w:val"): "15"}))
    document.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("custom/odd.bin", b"\x00\x01 kept as it is")
    return path


@pytest.fixture
def imported(known, people, tmp_path):  # noqa: F811
    """26.1 judged and updated, 26.2 judged only, 26.3 neither, 26.4 judged, with text in its cell already."""
    path = office_list(tmp_path)
    import_file(path, format="upr-list", state="")
    items = {r.paragraph: r for r in Recommendation.objects.all()}
    assign(people.secretariat, recommendations=items.values(), institution=people.health, role="lead")
    followed.published(people, items["26.1"], status="in_progress", what_was_done="The Convention went to parliament.", next_step="A vote in spring.")  # fmt: skip
    set_status(people.secretariat, items["26.2"], "not_accepted")
    set_status(people.secretariat, items["26.4"], "in_progress")
    return ImportBatch.objects.get(), path


def last_cells(report) -> list[str]:
    return [row[-1] for row in tables(report)[0]]


def test_it_fills_the_last_column_in(imported, people):
    batch, _path = imported
    report = matrix(people.secretariat, source=batch)
    cells = last_cells(report)
    assert cells[0] == "Assessment/comments on level of implementation"
    for place in (2, 5):  # 26.1 stands under two themes
        assert cells[place].startswith("In progress\nHealth, ")
        assert cells[place].endswith("\nThe Convention went to parliament.\nNext step:\nA vote in spring.")
    assert cells[3] == "Noted, not pursued"
    assert cells[6:] == ["", "Our own remark of last year."]
    assert report.counts == {"filled": 3, "nothing_said": 1, "not_found": 0, "occupied": 1}


def without_last_column(document_xml: bytes) -> bytes:
    """Canonical XML of the main part, less what stands in the fourth cells."""
    root = etree.fromstring(document_xml)
    for row in root.iter(qn("w:tr")):
        cells = row.findall(qn("w:tc"))
        if len(cells) == 4:
            for child in list(cells[3]):
                if child.tag != qn("w:tcPr"):
                    cells[3].remove(child)
    return etree.tostring(root, method="c14n")


def test_it_changes_nothing_else_in_the_document(imported, people):
    batch, path = imported
    before, after = parts(path), parts(matrix(people.secretariat, source=batch).file)
    assert list(before) == list(after)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["word/document.xml"]
    main = [x["word/document.xml"] for x in (before, after)]
    assert without_last_column(main[0]) == without_last_column(main[1])
    assert len(etree.fromstring(main[0]).findall(f".//{qn('w:tc')}")) == len(etree.fromstring(main[1]).findall(f".//{qn('w:tc')}"))  # fmt: skip


def test_it_writes_in_the_letters_of_the_cell(imported, people):
    batch, _path = imported
    document = docx.Document(str(matrix(people.secretariat, source=batch).file))
    cell = document.tables[0].rows[2].cells[-1]
    assert {run.font.size for p in cell.paragraphs for run in p.runs} == {Pt(7.5)}
    assert {p.paragraph_format.space_after for p in cell.paragraphs} == {Pt(3)}


def test_it_writes_arabic_from_right_to_left(imported, people):
    batch, _path = imported
    document = docx.Document(str(matrix(people.secretariat, source=batch, language="ar").file))
    paragraphs = document.tables[0].rows[2].cells[-1].paragraphs
    said = next(p for p in paragraphs if "parliament" in p.text)
    assert paragraphs[0]._p.pPr.find(qn("w:bidi")) is not None
    assert paragraphs[0].runs[0]._r.rPr.find(qn("w:rtl")) is not None
    assert said._p.pPr.find(qn("w:bidi")) is None, "an update in English stays left to right"
    order = [child.tag for child in paragraphs[0]._p.pPr]
    assert order.index(qn("w:bidi")) < order.index(qn("w:spacing")) < order.index(qn("w:rPr"))


def test_it_leaves_cells_alone_that_are_merged_or_hold_something(known, people, tmp_path):  # noqa: F811
    path = word_list(tmp_path, [ROWS[1], ROWS[2], MORE[0]])
    document = docx.Document(str(path))
    rows = document.tables[0].rows
    rows[1].cells[2].merge(rows[1].cells[3])
    rows[2].cells[3].add_table(rows=1, cols=1)
    document.save(path)
    import_file(path, format="upr-list", state="")
    for item in Recommendation.objects.all():
        set_status(people.secretariat, item, "in_progress")
    report = matrix(people.secretariat, source=ImportBatch.objects.get())
    assert report.counts == {"filled": 1, "nothing_said": 0, "not_found": 0, "occupied": 2}
    assert last_cells(report)[3] == "In progress"
    assert "In progress" not in "".join(last_cells(report)[:3])


def test_it_leaves_out_what_the_report_may_not_tell(imported, people):
    batch, _path = imported
    Recommendation.objects.filter(paragraph="26.1").update(visibility="secretariat")
    report = matrix(people.secretariat, source=batch)
    assert last_cells(report)[2] == last_cells(report)[5] == ""
    assert report.counts["not_found"] == 2
    assert "may not tell" not in "".join(last_cells(report))


def test_it_fills_the_same_list_in_as_of_a_date(imported, people):
    batch, _path = imported
    Recommendation.objects.update(published_on="2021-01-01")
    report = matrix(people.secretariat, source=batch, as_of=batch.created_at.date().replace(year=2025))
    assert report.counts["filled"] == 0


@pytest.mark.parametrize("fault", ["gone", "changed"])
def test_it_says_when_the_imported_file_is_not_what_it_was(imported, people, fault):
    batch, path = imported
    if fault == "gone":
        path.unlink()
    else:
        document = docx.Document(str(path))
        table = document.tables[0]._tbl
        table.insert(4, copy.deepcopy(table.tr_lst[2]))  # a row more: what follows is not where it was
        document.save(path)
    report = services.ask_for_matrix(people.secretariat, source=batch, language="en", as_of=batch.created_at.date())
    making.make(report.pk)
    report.refresh_from_db()
    assert (report.state, report.path) == ("failed", "")
    assert "Import the list again" in report.message


def test_it_fills_no_list_whose_import_was_not_applied(known, people, tmp_path):  # noqa: F811
    batch = ImportBatch.objects.create(format="upr-list", state="previewed", file_name="list.docx")
    with pytest.raises(Invalid, match="applied"):
        matrix(people.secretariat, source=batch)


def test_only_the_secretariat_makes_it(imported, people):
    for person in (people.focal, people.statistician, people.nhri):
        with pytest.raises(NotAllowed):
            matrix(person, source=imported[0])


def test_it_makes_a_new_document_that_is_such_a_list_itself(imported, people, tmp_path):
    """What we write for a cycle can be imported as OHCHR's own list: the same rows, with the same content."""
    report = matrix(people.secretariat, cycle=3)
    assert report.counts == {"recommendations": 4}
    rows = tables(report)[0]
    assert rows[0] == [
        "Recommendation",
        "Position",
        "Full list of themes",
        "Assessment/comments on level of implementation",
    ]
    assert [row[0] for row in rows if len(set(row)) == 1] == ["Theme: Right to education", "Theme: Right to health"]
    row = next(row for row in rows if "26.1" in row[0])
    assert (
        row[0] == "26.1 Ratify the Convention on health (Chile) (Peru)\nSource of Position: A/HRC/46/15/Add.1 - Para.20"
    )
    assert "The Convention went to parliament." in row[3]
    again = import_file(report.file, format="upr-list", state="")
    assert (again["rows"], again["new"], again["doubtful"], again["refused"]) == (4, 0, 0, 0)
    changes = [row.changes for row in ImportBatch.objects.first().rows.all()]
    assert set().union(*changes) <= {"session", "cycle"}, "which stand in the heading of OHCHR's own"


def test_it_orders_paragraphs_as_people_count(people):
    upr = world.document("A/HRC/46/15", world.mechanism("UPR", "upr"), cycle=3)
    for paragraph in ("26.10", "26.9", "26.101", "26.2"):
        world.recommendation(f"Matter {paragraph}", upr, paragraph=paragraph)
    found = [row[0].split(" ")[0] for row in tables(matrix(people.secretariat, cycle=3))[0][2:]]
    assert found == ["26.2", "26.9", "26.10", "26.101"]


def test_it_says_so_when_a_cycle_has_no_recommendation(people):
    report = matrix(people.secretariat, cycle=2)
    assert report.counts == {"recommendations": 0}
    assert "No recommendation of this cycle" in "\n".join(p.text for p in docx.Document(str(report.file)).paragraphs)


def test_the_page_offers_lists_and_cycles(imported, people, signed_in):
    batch, _path = imported
    office = signed_in(people.secretariat)
    page = office.get("/workspace/reports/matrix/").content.decode()
    assert batch.file_name in page
    assert "Cycle 3" in page
    form = {"as_of": "2026-01-01", "language": "fr", "content": "public"}
    answer = office.post("/workspace/reports/matrix/", form | {"source": f"list-{batch.public_id}"})
    report = GeneratedReport.objects.get()
    assert answer["Location"] == f"/workspace/reports/{report.public_id}/"
    assert (report.source_import, report.cycle, report.language) == (batch.pk, None, "fr")
    assert office.post("/workspace/reports/matrix/", form | {"source": "list-other"}).status_code == 422


def test_the_page_says_what_to_import_when_there_is_nothing(people, signed_in):
    page = signed_in(people.secretariat).get("/workspace/reports/matrix/").content.decode()
    assert "There is no UPR recommendation yet" in page


def test_a_matrix_is_printed_too(people):
    upr = world.document("A/HRC/46/15", world.mechanism("UPR", "upr"), cycle=3)
    world.recommendation("Ratify the Convention", upr, paragraph="26.9", themes=[world.theme("health")])
    text = printed(matrix(people.secretariat, cycle=3, form="pdf"))
    for told in ("Full list of themes", "Theme: Health", "26.9 Ratify the Convention"):
        assert told in text
