"""A plan's table from the upload to the plan and back, with the worker's part run in the test."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from mutabaa.intake.models import ImportBatch, ImportRow
from mutabaa.plans import services as planning
from mutabaa.plans.models import Measure, Outcome, Plan, PlanItem
from tests import world
from tests.intake.plan_tables.made import HEADER, below, excel, row, word
from tests.intake.test_import_pages import send, work
from tests.plans import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def served(people):
    """The recommendation that the made tables name, and the institutions."""
    people.health.name_en, people.health.name_ar = "Ministry of Health", "وزارة الصحة"
    people.health.save()
    people.justice.name_en = "Ministry of Justice"
    people.justice.save()
    world.theme("right-to-health")
    return world.recommendation(paragraph="24")


@pytest.fixture
def office(served, people, signed_in):
    return signed_in(people.secretariat)


def choose(client, batch, **fields):
    """The page of columns, as it opens, sent with the plan."""
    form = client.get(reverse("intake:plan_columns", args=[batch.public_id])).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    new = {"title": "Plan for children", "starts_on": "2026-01-01", "ends_on": "2030-12-31", "currency": "USD"}
    return client.post(
        reverse("intake:plan_columns", args=[batch.public_id]), sent | ({} if fields.get("plan") else new) | fields
    )


def read(client, content, name="plan.xlsx", **fields):
    """Up to the preview. Returns the batch."""
    send(client, content, name, format="plan")
    work()
    batch = ImportBatch.objects.latest("pk")
    assert choose(client, batch, **fields).status_code == 302
    work()
    batch.refresh_from_db()
    return batch


def apply(client, batch):
    client.post(reverse("intake:apply", args=[batch.public_id]))
    work()
    batch.refresh_from_db()
    return batch


def reasons(batch):
    return {code for found in ImportRow.objects.filter(batch=batch) for code, _detail in found.reasons}


@pytest.mark.parametrize(("content", "name"), [(excel([row(), below(measure="Equip maternity wards", type="Service")]), "plan.xlsx"), (word([HEADER, row(), below(measure="Equip maternity wards", type="Service")]), "plan.docx")])  # fmt: skip
def test_a_plan_goes_from_the_file_to_the_table_and_back(office, served, people, content, name):
    batch = read(office, content, name)
    assert (batch.state, batch.counts["rows"], batch.counts["refused"], batch.counts["outcomes"]) == (
        "previewed",
        2,
        0,
        1,
    )
    assert not Plan.objects.exists()
    page = office.get(reverse("intake:batch", args=[batch.public_id])).content.decode()
    assert "Train midwives in every district" in page
    assert "Ministry of Health" in page
    apply(office, batch)
    assert batch.state == "applied"
    plan = Plan.objects.get()
    assert (str(plan), plan.starts_on, plan.ends_on) == (
        "Plan for children",
        dt.date(2026, 1, 1),
        dt.date(2030, 12, 31),
    )
    outcome = Outcome.objects.get()
    assert (outcome.theme.code, outcome.target) == ("right-to-health", "12 per 1,000 live births by 2030")
    first, second = Measure.objects.order_by("number")
    assert (first.lead, list(first.partners.all()), first.type) == (people.health, [people.justice], "training")
    assert (first.starts_on, first.due_on) == (dt.date(2027, 1, 1), dt.date(2028, 12, 31))
    assert list(first.recommendations.all()) == [served]
    [line] = first.budget_lines.all()
    assert (line.amount, line.currency, line.year) == (120_000, "USD", 2027)
    assert second.type == "service"
    undo = reverse("intake:undo", args=[batch.public_id])
    assert office.get(undo).status_code == 200
    office.post(undo)
    assert not Plan.objects.exists()
    assert not Measure.objects.exists()
    assert ImportBatch.objects.get().state == "undone"


def test_rows_that_are_wrong_are_kept_aside_with_the_reason_and_the_others_stand(office):
    table = [
        row(measure="Good"),
        below(measure="Two leads", lead="Ministry of Health; Ministry of Justice"),
        below(measure="Backwards", start="2029", due="2028"),
        below(measure="Negative", budget="-5"),
        below(measure="No money of this world", currency="XXQ"),
        below(measure="Nothing found", references="CRC/C/XMU/CO/9 ¶ 1"),
        below(measure="Nobody", lead="Ministry of Silly Walks"),
    ]
    batch = read(office, excel(table))
    assert (batch.counts["new"] + batch.counts["doubtful"], batch.counts["refused"]) == (1, 6)
    page = office.get(reverse("intake:batch", args=[batch.public_id]) + "?outcome=refused").content.decode()
    for words in ("Several lead institutions are named", "would end before it starts", "less than nothing", "is no currency code", "No recommendation was found for", "Silly Walks"):  # fmt: skip
        assert words in page
    apply(office, batch)
    assert [m.title for m in Measure.objects.all()] == ["Good"]
    response = office.get(reverse("intake:plan_aside", args=[batch.public_id]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    cells = list(book.worksheets[0].values)
    assert [c[3] for c in cells[1:]] == [
        "Two leads",
        "Backwards",
        "Negative",
        "No money of this world",
        "Nothing found",
        "Nobody",
    ]
    assert cells[1][1] == row()[1]  # the outcome stands in each, so that the file can be imported by itself
    assert "Several lead institutions" in cells[1][-1]


def test_a_name_is_assigned_by_hand_and_remembered_for_the_import(office, people):
    batch = read(office, excel([row(lead="MinSan"), below(measure="Two", lead="MINSAN", partners="Village choirs")]))
    assert (batch.counts["refused"], [n for n, _c in batch.counts["unknown"]]) == (
        2,
        ["MINSAN", "MinSan", "Village choirs"],
    )
    sent = {
        "name_0": "MinSan",
        "institution_0": str(people.health.pk),
        "name_1": "Village choirs",
        "institution_1": "0",
    }
    office.post(reverse("intake:plan_institutions", args=[batch.public_id]), sent)
    work()
    batch.refresh_from_db()
    assert (batch.state, batch.counts["refused"], batch.counts["unknown"]) == ("previewed", 0, [])
    apply(office, batch)
    assert {m.lead for m in Measure.objects.all()} == {people.health}
    assert Measure.objects.get(title="Two").stakeholders == "Village choirs"


def test_the_same_table_again_makes_nothing_twice(office):
    batch = apply(office, read(office, excel([row()])))
    again = read(office, excel([row(), below(measure="New one")]), plan=Plan.objects.get().public_id)
    assert (again.counts["unchanged"], again.counts["new"] + again.counts["doubtful"]) == (1, 1)
    apply(office, again)
    assert Outcome.objects.count() == 1
    assert Measure.objects.count() == 2
    undo = office.get(reverse("intake:undo", args=[batch.public_id])).content.decode()
    assert "measures added to its outcomes" in undo


def test_an_undo_is_refused_where_work_builds_on_it(office, people):
    batch = apply(office, read(office, excel([row()])))
    measure = Measure.objects.get()
    planning.save_measure(people.secretariat, measure, 1, title="Train midwives and nurses")
    office.post(reverse("intake:undo", args=[batch.public_id]))
    assert Measure.objects.get().title == "Train midwives and nurses"
    assert ImportBatch.objects.get().state == "applied"


def test_an_undo_leaves_what_the_plan_had_before(office, people):
    plan = made.plan()
    kept = made.measure(made.outcome(plan), serves=[world.recommendation(paragraph="25")])
    batch = apply(office, read(office, excel([row()]), plan=plan.public_id))
    assert PlanItem.objects.filter(plan=plan).count() == 2
    office.post(reverse("intake:undo", args=[batch.public_id]))
    assert list(Measure.objects.all()) == [kept]
    assert [i.recommendation for i in PlanItem.objects.filter(plan=plan)] == [kept.recommendations.get()]


def test_only_a_draft_takes_measures_in(office):
    plan = made.plan()
    batch = read(office, excel([row()]), plan=plan.public_id)
    Plan.objects.filter(pk=plan.pk).update(state="approved")
    apply(office, batch)
    assert batch.state == "refused"
    assert "The plan is no draft any more." in batch.message
    assert not Measure.objects.exists()


def test_the_page_asks_for_what_a_new_plan_needs(office):
    send(office, excel([row()]), "plan.xlsx", format="plan")
    work()
    batch = ImportBatch.objects.get()
    page = office.get(reverse("intake:batch", args=[batch.public_id]))
    assert page["Location"] == reverse("intake:plan_columns", args=[batch.public_id])
    answer = choose(office, batch, title="", ends_on="2025-01-01")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "ends_on"}


def test_columns_are_remembered_for_the_next_table_with_this_header(office):
    first = read(office, excel([row()]), column_title="Target", column_target="Measure")
    send(office, excel([row()]), "other.xlsx", format="plan")
    work()
    form = office.get(reverse("intake:plan_columns", args=[ImportBatch.objects.latest("pk").public_id])).context["form"]
    assert form["column_title"].value() == "Target"
    assert first.options["mapping"]["columns"]["target"] == ["Measure"]


def test_from_the_page_of_a_plan_the_plan_is_chosen_already(office):
    plan = made.plan()
    page = office.get(reverse("intake:index") + f"?plan={plan.public_id}").content.decode()
    assert f'name="plan" value="{plan.public_id}"' in page
    send(office, excel([row()]), "plan.xlsx", format="plan", plan=plan.public_id)
    work()
    form = office.get(reverse("intake:plan_columns", args=[ImportBatch.objects.get().public_id])).context["form"]
    assert form["plan"].value() == plan.public_id


def test_status_and_progress_come_in_as_a_report_and_move_no_recommendation(office, served):
    table = [[*row(), "Completed", "All districts have midwives."], [*below(measure="Two"), "half done", ""]]
    apply(office, read(office, excel(table, header=[*HEADER, "Status", "Progress"])))
    done, other = Measure.objects.order_by("number")
    assert (done.execution, done.progress.get().text) == ("completed", "All districts have midwives.")
    assert (other.execution, other.description) == ("not_started", "half done")
    served.refresh_from_db()
    assert served.status == "not_assessed"


def test_references_find_letters_of_a_paragraph_and_say_what_is_missing(office):
    letters = [world.recommendation(paragraph=p) for p in ("31 (a)", "31 (b)")]
    batch = read(office, excel([row(references="CRC/C/XMU/CO/4 ¶¶ 31, 99")]))
    assert "plan_reference_unknown" in reasons(batch)
    apply(office, batch)
    assert set(Measure.objects.get().recommendations.all()) == set(letters)


def test_an_arabic_table(office, people):
    header = ["النتيجة المرجوة", "المستهدف", "التدبير", "نوع التدبير", "الجهة المسؤولة", "تاريخ الانتهاء", "التوصيات"]
    cells = [
        "انخفاض وفيات الأطفال",
        "١٢ لكل ١٠٠٠",
        "تدريب القابلات",
        "تدريب",
        "وزارة الصحة",
        "نهاية ٢٠٢٨",
        "الفقرة ٢٤ من CRC/C/XMU/CO/4",
    ]
    apply(office, read(office, word([header, cells]), "plan.docx", language="ar"))
    measure = Measure.objects.get()
    assert (measure.title, measure.lead, measure.due_on) == ("تدريب القابلات", people.health, dt.date(2028, 12, 31))
    assert measure.plan.title_ar == "Plan for children"


def test_a_job_that_runs_twice_makes_nothing_twice(office):
    from mutabaa.intake import receiving

    batch = apply(office, read(office, excel([row()])))
    receiving.apply_batch(batch.pk)
    assert Measure.objects.count() == 1
