"""The workbook goes out prefilled, comes back filled, shows what would change, and loses nobody's text."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import KeptEdit, Obstacle, Update
from mutabaa.followup.services.workbooks import apply_workbook, decisions, stage_workbook
from mutabaa.followup.workbook import write_workbook
from mutabaa.followup.workbook_lines import day_of
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def items(people):
    return [made.assigned(people.secretariat, people.health, text=f"Text number {n}") for n in range(3)]


class Sheet:
    """A returned workbook in the hands of the person who fills it."""

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]

    @property
    def places(self):
        return {c.value: c.column for c in self.sheet[1]}

    def line_of(self, item):
        for row in range(3, self.sheet.max_row + 1):
            if self.sheet.cell(row, self.places["item"]).value in (item.public_id, "'" + item.public_id):
                return row
        raise LookupError(item)

    def get(self, item, code):
        return self.sheet.cell(self.line_of(item), self.places[code]).value

    def put(self, item, /, **values):
        line = self.line_of(item)
        for code, value in values.items():
            self.sheet.cell(line, self.places[code]).value = value

    def upload(self, name="filled.xlsx"):
        out = io.BytesIO()
        self.book.save(out)
        return SimpleUploadedFile(name, out.getvalue())


def downloaded(people, *items, person=None):
    drafts = {u.recommendation_id: u for u in Update.objects.editable().filter(institution=people.health)}
    return Sheet(write_workbook(people.health, items, drafts))


def back(people, sheet, person=None):
    return stage_workbook(person or people.focal, people.health, sheet.upload())


def outcomes(people, staged):
    return {d.line.reference: d.outcome for d in decisions(people.focal, staged)}


def test_it_comes_back_as_drafts(people, items):
    Obstacle.objects.create(code="financial", name_en="Money", name_fr="Argent")
    sheet = downloaded(people, *items)
    sheet.put(
        items[0],
        what_was_done="A clinic was opened.",
        done_from=dt.date(2024, 5, 1),
        obstacles="Money",
        proposed_status="In progress",
        next_step="A second one.",
    )
    counts = apply_workbook(people.focal, back(people, sheet))
    assert counts == {"new": 1, "changed": 0, "unchanged": 2, "conflict": 0, "refused": 0}
    update = Update.objects.get()
    assert (update.state, update.institution, update.recommendation) == ("draft", people.health, items[0])
    assert (update.what_was_done, update.done_from, update.next_step) == (
        "A clinic was opened.",
        dt.date(2024, 5, 1),
        "A second one.",
    )
    assert update.proposed_status == "in_progress"
    assert [o.code for o in update.obstacles.all()] == ["financial"]


def test_a_file_given_back_as_it_was_changes_nothing(people, items):
    law = Obstacle.objects.create(code="legislative", name_en="Legislation")
    made.draft(
        people.focal, items[0], people.health, what_was_done="=SUM of\nwork", done_from=dt.date(2024, 1, 2),
        obstacles=[law], proposed_status="implemented",
    )  # fmt: skip
    staged = back(people, downloaded(people, *items))
    assert set(outcomes(people, staged).values()) == {"unchanged"}
    apply_workbook(people.focal, staged)
    assert Update.objects.get().version == 2


def test_it_changes_a_draft(people, items):
    made.draft(people.focal, items[0], people.health)
    sheet = downloaded(people, *items)
    assert sheet.get(items[0], "what_was_done") == "A clinic was opened."
    sheet.put(items[0], what_was_done="Two clinics were opened.")
    apply_workbook(people.focal, back(people, sheet))
    assert Update.objects.get().what_was_done == "Two clinics were opened."


def test_keys_that_look_like_formulas_are_found_again(people, items):
    type(items[0]).objects.filter(pk=items[0].pk).update(public_id="-abcdefghijk")
    items[0].refresh_from_db()
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="Done")
    apply_workbook(people.focal, back(people, sheet))
    assert Update.objects.get().recommendation == items[0]


def test_applying_twice_changes_nothing(people, items):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="Done")
    staged = back(people, sheet)
    assert apply_workbook(people.focal, staged) == apply_workbook(people.focal, staged)
    assert Update.objects.count() == 1


def test_the_preview_writes_nothing(people, items):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="Done")
    assert outcomes(people, back(people, sheet))[items[0].reference] == "new"
    assert not Update.objects.exists()


def test_both_texts_are_kept_where_somebody_changed_the_same_words(people, items):
    draft = made.draft(people.focal, items[0], people.health)
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="From the file")
    services.save_update(people.alternate, draft, draft.version, what_was_done="Written online")
    staged = back(people, sheet)
    decision = next(d for d in decisions(people.focal, staged) if d.outcome == "conflict")
    assert (decision.current["what_was_done"], decision.conflicts["what_was_done"]) == (
        "Written online",
        "From the file",
    )
    apply_workbook(people.focal, staged)
    draft.refresh_from_db()
    assert draft.what_was_done == "Written online"
    assert KeptEdit.objects.get(author=people.focal).mine["what_was_done"] == "From the file"


def test_other_words_changed_meanwhile_are_no_conflict_and_stay(people, items):
    draft = made.draft(people.focal, items[0], people.health)
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="From the file")
    services.save_update(people.alternate, draft, draft.version, next_step="Written online")
    apply_workbook(people.focal, back(people, sheet))
    draft.refresh_from_db()
    assert (draft.what_was_done, draft.next_step) == ("From the file", "Written online")


def test_a_draft_begun_by_another_meanwhile_is_a_conflict(people, items):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="From the file")
    made.draft(people.alternate, items[0], people.health, what_was_done="Written online")
    apply_workbook(people.focal, back(people, sheet))
    assert Update.objects.get().what_was_done == "Written online"
    assert KeptEdit.objects.get().mine["what_was_done"] == "From the file"


def test_a_text_for_a_draft_that_was_handed_in_meanwhile_becomes_a_new_draft(people, items):
    draft = made.draft(people.focal, items[0], people.health)
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="More")
    services.submit_update(people.focal, draft)
    apply_workbook(people.focal, back(people, sheet))
    assert Update.objects.exclude(pk=draft.pk).get().what_was_done == "More"
    draft.refresh_from_db()
    assert draft.what_was_done == "A clinic was opened."


def test_it_refuses_what_is_not_theirs_and_names_the_line(people, items):
    foreign = made.assigned(people.secretariat, people.justice)
    sheet = downloaded(people, *items)
    line = sheet.line_of(items[1])
    sheet.put(items[1], what_was_done="Mine?", item=foreign.public_id)
    sheet.put(items[0], what_was_done="Ours")
    staged = back(people, sheet)
    refused = next(d for d in decisions(people.focal, staged) if d.outcome == "refused")
    assert refused.line.number == line
    assert "not one of your institution" in refused.reasons[0]
    apply_workbook(people.focal, staged)
    assert Update.objects.get().recommendation == items[0]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("proposed_status", "nearly", "not a status"),
        ("done_from", "yesterday", "not a day"),
        ("done_from", "31/31/2024", "not a day"),
        ("done_from", dt.date(2999, 1, 1), "future"),
        ("obstacles", "Weather", "not an obstacle"),
    ],
)
def test_it_refuses_what_cannot_be_read_and_says_why(people, items, field, value, said):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="Done", **{field: value})
    refused = [d for d in decisions(people.focal, back(people, sheet)) if d.outcome == "refused"]
    assert [d.item for d in refused] == [items[0]]
    assert said in refused[0].reasons[0]


def test_the_same_item_twice_is_refused_the_second_time(people, items):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="One")
    sheet.put(items[1], what_was_done="Two", item=items[0].public_id)
    assert sorted(d.outcome for d in decisions(people.focal, back(people, sheet))) == ["new", "refused", "unchanged"]


def test_moved_columns_and_day_numbers_are_read(people, items):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="Done", done_from=45_413)
    rows = [[c.value for c in row] for row in sheet.sheet.iter_rows()]
    moved = openpyxl.Workbook()
    for row in rows:
        moved.active.append(["left", *reversed(row)])
    sheet.book = moved
    apply_workbook(people.focal, back(people, sheet))
    update = Update.objects.get()
    assert (update.what_was_done, update.done_from) == ("Done", dt.date(2024, 5, 1))


def test_columns_that_are_absent_are_left_alone(people, items):
    draft = made.draft(people.focal, items[0], people.health, next_step="Stays")
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="New words")
    sheet.sheet.delete_cols(sheet.places["next_step"])
    apply_workbook(people.focal, back(people, sheet))
    draft.refresh_from_db()
    assert (draft.what_was_done, draft.next_step) == ("New words", "Stays")


def test_an_emptied_cell_empties_the_field(people, items):
    draft = made.draft(people.focal, items[0], people.health, next_step="Gone")
    sheet = downloaded(people, *items)
    sheet.put(items[0], next_step=None)
    apply_workbook(people.focal, back(people, sheet))
    draft.refresh_from_db()
    assert (draft.what_was_done, draft.next_step) == ("A clinic was opened.", "")


def test_without_the_hidden_row_the_headings_are_read_in_any_language(people, items):
    with translation.override("fr"):
        sheet = downloaded(people, *items)
        sheet.put(items[0], what_was_done="Fait")
        sheet.sheet.delete_rows(1)
    apply_workbook(people.focal, back(people, sheet))
    assert Update.objects.get().what_was_done == "Fait"


def test_no_cell_can_become_a_formula(people, items):
    made.draft(
        people.focal,
        items[0],
        people.health,
        what_was_done='=HYPERLINK("http://x")',
        next_step="+1",
        obstacle_text="@x",
        for_whom="-3",
    )
    sheet = downloaded(people, *items)
    for row in sheet.sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


def test_arabic_sheets_run_from_right_to_left(people, items):
    with translation.override("ar"):
        sheet = downloaded(people, *items)
    assert sheet.sheet.sheet_view.rightToLeft


def test_it_refuses_files_that_are_no_workbook(people, items):
    broken = downloaded(people, *items).upload().read()[:3000]
    for content in (
        made.PDF,
        b"a;b\n",
        broken,
        made.office("xl/workbook.xml"),
        made.office("xl/workbook.xml", "xl/vbaProject.bin"),
    ):
        with pytest.raises(Invalid):
            stage_workbook(people.focal, people.health, SimpleUploadedFile("a.xlsx", content))


def test_it_refuses_another_table(people, items):
    other = openpyxl.Workbook()
    other.active.append(["Name", "Age"])
    out = io.BytesIO()
    other.save(out)
    with pytest.raises(Invalid, match="no sheet with the columns"):
        stage_workbook(people.focal, people.health, SimpleUploadedFile("a.xlsx", out.getvalue()))


def test_only_the_institution_s_people_upload_and_only_the_uploader_applies(people, items):
    sheet = downloaded(people, *items)
    sheet.put(items[0], what_was_done="Done")
    for person in (people.stranger, people.secretariat, people.nhri):
        with pytest.raises(NotAllowed):
            stage_workbook(person, people.health, sheet.upload())
    with pytest.raises(NotAllowed):
        apply_workbook(people.alternate, back(people, sheet))


def test_the_pages_take_a_person_through(people, items, signed_in):
    client = signed_in(people.focal)
    assert client.get(reverse("followup:workbook")).status_code == 200
    content = client.get(reverse("followup:workbook_download", args=["health"])).content
    sheet = Sheet(content)
    sheet.put(items[0], what_was_done="By the pages")
    answer = client.post(reverse("followup:workbook"), {"institution": "health", "file": sheet.upload()})
    assert "By the pages" in client.get(answer.url).content.decode()
    client.post(answer.url)
    assert Update.objects.get().what_was_done == "By the pages"
    assert client.get(answer.url).status_code == 200
    assert signed_in(people.stranger).get(answer.url).status_code == 404
    assert signed_in(people.stranger).get(reverse("followup:workbook_download", args=["health"])).status_code == 404


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2024-05-01", "2024-05-01"),
        ("01/05/2024", "2024-05-01"),
        ("1.5.2024", "2024-05-01"),
        ("٠١/٠٥/٢٠٢٤", "2024-05-01"),
        (45_413.0, "2024-05-01"),
        ({"date": "2024-05-01"}, "2024-05-01"),
        ("", ""),
        (None, ""),
        ("May 2024", None),
        (12.0, None),
        (True, None),
        ("2024-13-01", None),
    ],
)
def test_it_reads_days(cell, day):
    assert day_of(cell) == day


def test_items_of_others_are_never_in_the_file(people, items, signed_in):
    foreign = made.assigned(people.secretariat, people.justice, text="Not for health")
    unassigned = world.recommendation(text="For nobody yet")
    content = signed_in(people.focal).get(reverse("followup:workbook_download", args=["health"])).content
    values = {str(c.value) for row in Sheet(content).sheet.iter_rows() for c in row}
    assert items[0].text in values
    assert not {foreign.text, unassigned.text, foreign.public_id} & values
