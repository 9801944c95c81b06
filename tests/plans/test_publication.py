"""The plan as a publication: everything that was promised in the internal version, only what is public in the public one."""

import io

import pytest
from django.utils import timezone, translation
from docx import Document as read_word

from mutabaa.indicators.models import Indicator
from mutabaa.plans.models import BudgetLine, Edition, Milestone, OutcomeIndicator, Plan, PlanAuthor, PlanItem, Progress
from mutabaa.plans.publication import for_publication, publish
from tests import world
from tests.plans import made

INSIDE = ["a flood in spring", "the present staff suffices", "we need two more months", "the tender was contested"]


@pytest.fixture
def plan(people):
    """A plan with everything that a publication tells."""
    plan = made.plan(
        title_en="Plan for the child",
        title_ar="خطة الطفل",
        description="It answers the Committee.",
        mandate="Decree 12 of 2025.",
    )
    PlanAuthor.objects.create(plan=plan, name="Children First")
    by = people.secretariat
    Edition.objects.create(
        plan=plan, number=2, authority="Council of Ministers", instrument_text="Decision 4", approved_on="2026-02-01",
        content={}, recorded_by=by,
    )  # fmt: skip
    outcome = made.outcome(plan, situation="Three clinics in ten have no midwife.")
    indicator = Indicator.objects.create(code="u5", name_en="Under-five mortality", kind="outcome")
    OutcomeIndicator.objects.create(
        outcome=outcome, indicator=indicator, baseline=31, baseline_year=2024, target=12, target_year=2030
    )
    served = world.recommendation("Reduce child mortality.")
    hidden = world.recommendation("Release the xylophone.", visibility="secretariat")
    measure = made.measure(
        outcome, serves=[served, hidden], title="Train midwives in the north", partners=[people.justice],
        stakeholders="Midwives' union", verification="Yearly register", gender_marker=2, gender_analysis="Women walk further.",
        risks=INSIDE[0], feasibility=INSIDE[1], agreement="declined", agreement_note=INSIDE[2], beneficiaries="Families",
    )  # fmt: skip
    Milestone.objects.create(measure=measure, title="First class begins", due_on="2026-09-01")
    BudgetLine.objects.create(measure=measure, year=2026, amount="1200.50", currency="USD", source="grant")
    Progress.objects.create(
        measure=measure, execution="under_way", text="Two classes ended.", next_step="Open a third.",
        obstacle_text=INSIDE[3], reported_on=timezone.localdate(), author=people.focal,
    )  # fmt: skip
    removed = made.measure(outcome, title="A measure taken out")
    removed.removed = True
    removed.save()
    left_out = world.recommendation("Cede the lighthouse.")
    PlanItem.objects.create(plan=plan, recommendation=left_out, left_out_because="Noted, not supported.")
    return plan


def text_of(plan, person, *, inside, language="en"):
    file = io.BytesIO()
    with translation.override(language):
        publish(for_publication(Plan.objects.all()).get(pk=plan.pk), person, "docx", inside=inside).save(file)
    document = read_word(file)
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells]), document


PROMISED = [
    "Plan for the child", "Council of Ministers", "Decision 4", "Decree 12 of 2025.", "Children First", "It answers the Committee.",
    "Three clinics in ten", "Under-five mortality", "31 (2024)", "12 (2030)", "Reduce child mortality.", "Train midwives in the north",
    "Health", "Justice", "Midwives' union", "Yearly register", "Women walk further.", "First class begins", "1,200.5 USD", "Grant",
    "Two classes ended.", "Open a third.", "Noted, not supported.", "Cede the lighthouse.", "Annex: implementation matrix",
]  # fmt: skip


def test_it_tells_everything_that_was_promised(plan, people):
    text, _document = text_of(plan, people.secretariat, inside=True)
    assert [said for said in [*PROMISED, *INSIDE, "Release the xylophone."] if said not in text] == []
    assert "A measure taken out" not in text


def test_it_leaves_out_of_the_public_version_what_is_not_public(plan, people):
    text, _document = text_of(plan, people.secretariat, inside=False)
    assert [said for said in PROMISED if said not in text] == []
    assert [said for said in [*INSIDE, "xylophone", "Not agreed"] if said in text] == []


def test_it_shows_each_reader_of_the_internal_version_their_own_recommendations(plan, people):
    text, _document = text_of(plan, people.focal, inside=True)
    assert "xylophone" not in text
    assert INSIDE[0] in text


def test_it_runs_from_right_to_left_in_arabic_with_texts_as_written(plan, people):
    text, document = text_of(plan, people.secretariat, inside=True, language="ar")
    assert "خطة الطفل" in text
    assert "Train midwives in the north" in text
    xml = document.element.xml
    assert "<w:bidiVisual/>" in xml
    assert '<w:bidi w:val="0"/>' in xml  # what was written in English keeps its direction


def test_it_writes_a_plan_without_anything(people):
    text, _document = text_of(made.plan(title_en="Empty plan"), people.secretariat, inside=False)
    assert "Empty plan" in text
    assert "Draft, not approved yet" in text


def address(plan, version, form):
    return f"/workspace/plans/{plan.public_id}/publication/{version}/{form}/"


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "csv", "json"])
def test_it_downloads_in_every_form(plan, people, signed_in, form):
    answer = signed_in(people.secretariat).get(address(plan, "internal", form))
    body = b"".join(answer.streaming_content)
    assert body[:4] in {b"PK\x03\x04", b"%PDF", b"\xef\xbb\xbfD", b'{"ti'}
    if form == "csv":
        text = body.decode("utf-8-sig")
        assert "Train midwives in the north" in text
        assert INSIDE[0] in text
    if form == "pdf":
        import pypdfium2

        pages = pypdfium2.PdfDocument(body)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        assert "Train midwives in the" in text
        assert "Reduce child mortality." in text


def test_it_gives_the_internal_version_to_those_who_work_in_the_state_alone(plan, people, signed_in):
    plan.open_to_partners = True
    plan.save()
    for person, internal in (("nhri", 404), ("cso", 404), ("parliament", 404), ("focal", 200), ("statistician", 200)):
        client = signed_in(getattr(people, person))
        assert client.get(address(plan, "internal", "csv")).status_code == internal, person
        assert client.get(address(plan, "public", "csv")).status_code == 200, person
    assert signed_in(people.secretariat).get(address(plan, "whole", "csv")).status_code == 404
    assert signed_in(people.secretariat).get(address(plan, "public", "exe")).status_code == 404


def test_it_does_not_know_a_plan_that_a_person_may_not_read(plan, people, signed_in):
    assert signed_in(people.nhri).get(address(plan, "public", "csv")).status_code == 404
