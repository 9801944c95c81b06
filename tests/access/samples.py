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
from mutabaa.classification.models import Suggestion, ThemeMapping, TrainedModel, Training
from mutabaa.explore.models import SavedSearch
from mutabaa.followup.models import (
    Assignment,
    Comment,
    Evidence,
    InformationRequest,
    KeptEdit,
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
from mutabaa.recommendations.models import Cluster, Component, Responsibility, SavedView
from mutabaa.recurrence.models import ClusterProposal, Likeness, PrioritySuggestion, RepeatSearch
from mutabaa.reporting.making import folder as reports_folder
from mutabaa.reporting.models import GeneratedReport
from mutabaa.taxonomy.models import Right
from tests import world
from tests.indicators import made as indicators

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
        )
    }
    table = folder() / "table.csv"
    table.write_text("Recommendation,Year\nReform the law on legal aid,2024\n", encoding="utf-8")
    w.batches["table"].path = table.name
    w.batches["table"].save()
    w.batches["read"].path = table.name
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
    add_figures(w)
    StatusCriterion.objects.get_or_create(status="implemented", defaults={"criterion_en": "Done and shown"})
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
        "indicator": lambda: [w.indicator.code],
        "indicator_file": lambda: [w.indicator.code, "csv"],
        "figure": lambda: [w.figure.pk],
        "figure_request": lambda: [w.figure_request.public_id],
        "delivery": lambda: [w.delivery.public_id],
        "pair": lambda: [w.pairs[visibility].pk],
        "proposal": lambda: [w.proposal.pk],
        "notice": lambda: [w.notice.pk],
        "saved_search": lambda: [w.saved_search.public_id],
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
        "table_batch": lambda: [w.batches["table"].public_id],
        "report": lambda: [w.report.public_id],
        "word": lambda: ["word"],
        "reset_key": lambda: reset_key(w.people.stranger),
    }[sample]()


def reset_key(user: User) -> list[str]:
    uidb36, _, key = invitation_path(user).rstrip("/").rsplit("/", 1)[1].partition("-")
    return [uidb36, key]
