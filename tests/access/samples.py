"""A small world in which every page has an object: one recommendation of each visibility, with all that hangs on it.

Each recommendation carries a mark in its text that no person may see who does not read it.
"""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from mutabaa.accounts.models import User
from mutabaa.accounts.services import invitation_path
from mutabaa.assistance.models import AssistanceRequest, Gap, Given, Need, ObstacleReview
from mutabaa.classification.models import Suggestion, ThemeMapping, TrainedModel, Training
from mutabaa.explore.models import SavedSearch
from mutabaa.followup.models import (
    Assignment,
    Comment,
    Evidence,
    InformationRequest,
    KeptEdit,
    Obstacle,
    RequestItem,
    StatusCriterion,
    Update,
    WorkbookUpload,
)
from mutabaa.indicators.models import Delivery, FigureRequest
from mutabaa.indicators.services import enter
from mutabaa.intake.models import DocumentReading, ImportBatch, ReadItem
from mutabaa.intake.observations.receiving import folder as figures_folder
from mutabaa.intake.reading import folder
from mutabaa.intake.states import BatchState, Format
from mutabaa.notifications.models import Notice
from mutabaa.plans.models import BudgetLine, Edition, MeasureEvidence, Milestone, OutcomeIndicator, Progress
from mutabaa.plans.models import KeptEdit as KeptMeasureEdit
from mutabaa.plans.snapshot import snapshot
from mutabaa.recommendations.models import Cluster, Component, Responsibility, SavedView
from mutabaa.recurrence.models import ClusterProposal, Likeness, PrioritySuggestion, RepeatSearch
from mutabaa.reporting.making import folder as reports_folder
from mutabaa.reporting.models import GeneratedReport
from mutabaa.taxonomy.models import Right
from tests import world
from tests.indicators import made as indicators
from tests.norms.made import instrument
from tests.plans import made

MARKS = {
    "public": "xylophone",
    "institutions": "quixotic",
    "secretariat": "zephyrine",
    "restricted": "jabberwock",
    "named": "bandersnatch",
}


def make_world() -> SimpleNamespace:
    people = world.people_of_every_role()
    User.objects.update(password=make_password(world.PASSWORD))
    for person in vars(people).values():
        person.refresh_from_db()
    w = SimpleNamespace(
        people=people,
        records={},
        foreign={},
        components={},
        updates={},
        evidence={},
        comments={},
        suggestions={},
        pairs={},
    )
    w.proposal = ClusterProposal.objects.create(title_en="Health of children")
    RepeatSearch.objects.create(state="running", progress=40)
    w.cluster = Cluster.objects.create(code="health-care", title_en="Health care", visibility="public")
    w.theme, w.group, w.sdg = world.theme(), world.group(), world.sdg("3")
    w.right = Right.objects.create(code="health", name_en="Right to health")
    w.request = InformationRequest.objects.create(
        title="What was done", due_on=timezone.localdate() + dt.timedelta(days=30), created_by=people.secretariat
    )
    default_storage.save("evidence/sample.txt", ContentFile(b"evidence"))
    for visibility, mark in MARKS.items():
        add_record(w, visibility, mark)
    w.instrument = instrument(title_en="Health Care Act", themes=[w.theme], carries_out=w.records.values())
    instrument(
        title_en=f"Circular on the {MARKS['secretariat']}", visibility="secretariat", carries_out=w.records.values()
    )
    public = w.records["public"]
    w.assignment = public.assignments.get()
    w.draft = Update.objects.create(
        recommendation=public, institution=people.health, author=people.focal, what_was_done="A draft", state="draft"
    )
    w.kept_edit = KeptEdit.objects.create(
        update=w.draft, author=people.focal, base_version=1, mine={"what_was_done": "Mine"}
    )
    w.upload = WorkbookUpload.objects.create(institution=people.health, uploaded_by=people.focal, file_name="a.xlsx")
    w.notice = Notice.objects.create(user=people.focal, key="k", kind="sample", url="/workspace/")
    w.saved_search = SavedSearch.objects.create(user=people.focal, name="Children", query="q=children", language="en")
    w.saved_view = SavedView.objects.create(user=people.focal, name="Mine", query="q=x")
    w.batches = {
        name: ImportBatch.objects.create(format=fmt, state=state, file_name="a.json", created_by=people.secretariat)
        for name, fmt, state in (
            ("waiting", Format.UHRI, BatchState.PREVIEWED),
            ("applied", Format.UHRI, BatchState.APPLIED),
            ("table", Format.TABLE, BatchState.PREVIEWED),
            ("read", Format.DOCUMENT, BatchState.REVIEW),
            ("plan", Format.PLAN, BatchState.MAPPING),
        )
    }
    table = folder() / "table.csv"
    table.write_text("Recommendation,Year\nReform the law on legal aid,2024\n", encoding="utf-8")
    w.batches["table"].path = table.name
    w.batches["table"].save()
    w.batches["read"].path = table.name
    plan = folder() / "plan.csv"
    plan.write_text(
        "Outcome,Measure,Responsible institution,Due date\nFewer deaths,Train midwives,Health,2027\n", encoding="utf-8"
    )
    w.batches["plan"].path = plan.name
    w.batches["plan"].save()
    w.batches["read"].save()
    reading = DocumentReading.objects.create(batch=w.batches["read"], blocks=[["paragraph", "Reform.", "1", 0, 1]])
    w.read_item = ReadItem.objects.create(reading=reading, order=1, paragraph="1", text="Reform.", recommending=["XMU"])
    w.report = GeneratedReport.objects.create(
        kind="status", title="Health", as_of=timezone.localdate(), language="en", state="done", created_by=people.focal, public_only=False
    )  # fmt: skip
    w.report.path = f"{w.report.public_id}.docx"
    w.report.save()
    (reports_folder() / w.report.path).write_bytes(b"a file")
    national = world.theme("national-care", scheme="national")
    w.theme_mapping = ThemeMapping.objects.create(national=national, uhri=w.theme)
    w.trained = TrainedModel.objects.create(training=Training.objects.create(state="done"), texts=100, labels=200)
    add_assistance(w)
    add_figures(w)
    StatusCriterion.objects.get_or_create(status="implemented", defaults={"criterion_en": "Done and shown"})
    add_plan(w)
    return w


def add_figures(w: SimpleNamespace) -> None:
    """An indicator held by "health" with a figure in force, one that waits, a request and a file."""
    w.indicator = indicators.indicator("poverty", owner=w.people.health, right=w.right)
    w.indicator.themes.set([w.theme])
    w.figure = indicators.series(w.indicator, y2022=40, y2023=38, y2024=36)[-1]
    enter(w.people.statistician, w.indicator, [indicators.entry(w.indicator, "2021", 41)])
    w.figure_request = FigureRequest.objects.create(
        indicator=w.indicator,
        institution=w.people.health,
        period="2024",
        due_on=timezone.localdate() + dt.timedelta(days=9),
    )
    path = figures_folder() / "figures.csv"
    path.write_text("Year,Value\n2020,42\n", encoding="utf-8")
    w.delivery = Delivery.objects.create(
        file_name="figures.csv",
        path=path.name,
        size=20,
        form="table",
        options={"indicator": "poverty"},
        created_by=w.people.statistician,
    )


def add_plan(w: SimpleNamespace) -> None:
    """A draft that institutions read; its one measure, led by health, serves a record of every visibility."""
    w.plan = made.plan(visibility="institutions", made_by=w.people.secretariat)
    w.outcome = made.outcome(w.plan, cluster=w.cluster)
    w.measure = made.measure(w.outcome, serves=w.records.values(), lead=w.people.health, agreement="asked")
    w.milestone = Milestone.objects.create(measure=w.measure, title="First", due_on=dt.date(2026, 6, 1))
    w.budget_line = BudgetLine.objects.create(measure=w.measure, year=2026, amount=1000, currency="USD")
    w.measure_evidence = MeasureEvidence.objects.create(
        measure=w.measure, title="List", file="evidence/sample.txt", original_name="l.txt", content_type="text/plain",
        added_by=w.people.focal,
    )  # fmt: skip
    w.kept_measure = KeptMeasureEdit.objects.create(
        measure=w.measure, author=w.people.focal, base_version=1, mine={"description": "Mine"}
    )
    w.outcome_indicator = OutcomeIndicator.objects.create(outcome=w.outcome, indicator=w.indicator)
    Progress.objects.create(
        measure=w.measure, execution="under_way", text="Begun", reported_on=dt.date(2026, 2, 1), author=w.people.focal
    )
    Edition.objects.create(
        plan=w.plan, number=1, authority="Cabinet", approved_on=dt.date(2026, 1, 1), content=snapshot(w.plan),
        recorded_by=w.people.secretariat,
    )  # fmt: skip
    w.published_plan = made.plan(visibility="public", published_at=timezone.now(), made_by=w.people.secretariat)
    made.measure(made.outcome(w.published_plan, theme=w.theme), serves=w.records.values(), lead=w.people.health)


def add_record(w: SimpleNamespace, visibility: str, mark: str) -> None:
    people = w.people
    record = world.recommendation(
        f"Improve the {mark} of children.",
        visibility="restricted" if visibility == "named" else visibility,
        themes=[w.theme],
        groups=[w.group],
        sdgs=[w.sdg],
        lead=people.health,
    )
    if visibility == "named":
        record.readers.set([people.cso, people.secretariat])
    Responsibility.objects.create(recommendation=record, institution=people.health, role="lead")
    Assignment.objects.create(
        recommendation=record, institution=people.health, role="lead", state="proposed", assigned_by=people.secretariat
    )
    RequestItem.objects.create(request=w.request, recommendation=record, institution=people.health)
    w.cluster.members.add(record)
    update = Update.objects.create(
        recommendation=record,
        institution=people.health,
        author=people.focal,
        what_was_done=f"Hospitals for {mark}",
        state="published",
        published_at=timezone.now(),
    )
    w.records[visibility] = record
    add_recurrence(w, visibility, record)
    w.foreign[visibility] = other = world.recommendation(
        f"Let another State improve the {mark} of children.",
        world.document("CRC/C/XOT/CO/1", state=world.state("XOT")),
        visibility=record.visibility,
        own=False,
        themes=[w.theme],
    )
    other.readers.set(record.readers.all())
    Responsibility.objects.create(recommendation=other, institution=people.health, role="partner")
    w.components[visibility] = Component.objects.create(recommendation=record, text=f"The {mark} itself")
    w.updates[visibility] = update
    w.evidence[visibility] = Evidence.objects.create(
        update=update, title=f"Report on {mark}", file="evidence/sample.txt", original_name="r.txt", content_type="text/plain",
        added_by=people.focal,
    )  # fmt: skip
    w.suggestions[visibility] = Suggestion.objects.create(
        recommendation=record, kind="theme", code="national-care", score=0.8, words=[mark], source="keywords"
    )
    w.comments[visibility] = Comment.objects.create(recommendation=record, author=people.nhri, text=f"We saw {mark}")


def add_assistance(w: SimpleNamespace) -> None:
    """A gap of the institution "health" over the records of every visibility, its need, and a draft of a request."""
    today = timezone.localdate()
    made: dict[str, Any] = {"recorded_by": w.people.focal, "recorded_on": today}
    w.gap = Gap.objects.create(title="No trainers", institution=w.people.health, description="Few trainers", **made)
    obstacle = Obstacle.objects.create(code="human-resources", name_en="Human resources")
    for visibility, update in w.updates.items():
        Update.objects.filter(pk=update.pk).update(obstacle_text=f"No staff for {MARKS[visibility]}")
        update.obstacles.add(obstacle)
        ObstacleReview.objects.create(update=update, obstacle=obstacle, gap=w.gap, reviewed_by=w.people.focal)
    w.need = Need.objects.create(gap=w.gap, kind="training", description="A course", **made)
    w.asked = AssistanceRequest.objects.create(
        need=w.need, title="A course for trainers", institution=w.people.health, author=w.people.focal
    )
    for row in (w.gap, w.asked):
        row.recommendations.set(w.records.values())
    w.given = Given.objects.create(
        year=2025, recipient="A fund", institution=w.people.health, recorded_by=w.people.focal, amount=5, currency="USD"
    )


def add_recurrence(w: SimpleNamespace, visibility: str, record: Any) -> None:
    """A confirmed link and one to decide, from each record to public ones: who does not read the record sees neither."""
    twins = [world.recommendation(f"Improve the health of children in the {where}.") for where in ("north", "south")]
    w.pairs[visibility] = Likeness.objects.create(first=record, second=twins[0], score=0.9, suggested="repeats")
    Likeness.objects.create(first=record, second=twins[1], score=0.8, suggested="narrows", state="narrows")
    w.proposal.members.add(record)
    PrioritySuggestion.objects.create(
        recommendation=record, priority="high", reason="recurrence", points=70, facts={"mechanisms": 3, "documents": 4}
    )


def arguments(w: SimpleNamespace, sample: str, visibility: str) -> list[Any]:
    """The arguments of the address for a sample."""
    record = w.records[visibility]
    return {
        "": list,
        "record": lambda: [record.public_id],
        "component": lambda: [record.public_id, w.components[visibility].pk],
        "update": lambda: [w.updates[visibility].public_id],
        "evidence": lambda: [w.evidence[visibility].public_id],
        "comment": lambda: [w.comments[visibility].pk],
        "draft": lambda: [w.draft.public_id],
        "suggestion": lambda: [w.suggestions[visibility].pk],
        "theme_mapping": lambda: [w.theme_mapping.pk],
        "trained": lambda: [w.trained.pk],
        "kept_edit": lambda: [w.kept_edit.public_id],
        "upload": lambda: [w.upload.public_id],
        "request": lambda: [w.request.public_id],
        "assignment": lambda: [w.assignment.pk],
        "cluster": lambda: [w.cluster.code],
        "instrument": lambda: [w.instrument.public_id],
        "indicator": lambda: [w.indicator.code],
        "indicator_file": lambda: [w.indicator.code, "csv"],
        "figure": lambda: [w.figure.pk],
        "figure_request": lambda: [w.figure_request.public_id],
        "delivery": lambda: [w.delivery.public_id],
        "pair": lambda: [w.pairs[visibility].pk],
        "proposal": lambda: [w.proposal.pk],
        "notice": lambda: [w.notice.pk],
        "saved_search": lambda: [w.saved_search.public_id],
        "capacity_gap": lambda: [w.gap.public_id],
        "assistance_need": lambda: [w.need.pk],
        "assistance_draft": lambda: [w.asked.public_id],
        "assistance_step": lambda: [w.asked.public_id, "withdraw"],
        "assistance_given": lambda: [w.given.public_id],
        "foreign": lambda: [w.foreign[visibility].public_id],
        "facet": lambda: ["theme"],
        "search_format": lambda: ["jsonl"],
        "figures_page": lambda: ["matrix", "csv"],
        "profile": lambda: ["theme", w.theme.code],
        "saved_view": lambda: [w.saved_view.pk],
        "institution": lambda: [w.people.health.code],
        "person": lambda: [w.people.stranger.pk],
        "post": lambda: [w.people.stranger.posts.get().pk],
        "criterion": lambda: ["implemented"],
        "theme": lambda: [w.theme.code],
        "group": lambda: [w.group.code],
        "sdg": lambda: [w.sdg.code],
        "right": lambda: [w.right.code],
        "mechanism": lambda: [record.mechanism.code],
        "document": lambda: [record.document.pk],
        "export_format": lambda: ["csv"],
        "table_format": lambda: ["csv"],
        "figures_format": lambda: ["csv"],
        "batch": lambda: [w.batches["waiting"].public_id],
        "applied_batch": lambda: [w.batches["applied"].public_id],
        "read_batch": lambda: [w.batches["read"].public_id],
        "read_item": lambda: [w.batches["read"].public_id, w.read_item.pk],
        "plan_batch": lambda: [w.batches["plan"].public_id],
        "table_batch": lambda: [w.batches["table"].public_id],
        "report": lambda: [w.report.public_id],
        "plan": lambda: [w.plan.public_id],
        "edition": lambda: [w.plan.public_id, 1],
        "overview_file": lambda: ["matrix", "csv"],
        "plan_publication": lambda: [w.plan.public_id, "internal", "docx"],
        "published_plan": lambda: [w.published_plan.public_id],
        "published_plan_file": lambda: [w.published_plan.public_id, "docx"],
        "outcome": lambda: [w.outcome.public_id],
        "outcome_indicator": lambda: [w.outcome.public_id, w.outcome_indicator.pk],
        "measure": lambda: [w.measure.public_id],
        "milestone": lambda: [w.milestone.pk],
        "budget_line": lambda: [w.budget_line.pk],
        "measure_evidence": lambda: [w.measure_evidence.public_id],
        "kept_measure": lambda: [w.kept_measure.public_id],
        "word": lambda: ["word"],
        "reset_key": lambda: reset_key(w.people.stranger),
    }[sample]()


def reset_key(user: User) -> list[str]:
    uidb36, _, key = invitation_path(user).rstrip("/").rsplit("/", 1)[1].partition("-")
    return [uidb36, key]
