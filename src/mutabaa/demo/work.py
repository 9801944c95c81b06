"""A year of follow-up in the fictitious State: assignments, requests, updates at every stage, judgements of others."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from mutabaa.accounts.models import Role, User
from mutabaa.demo.assistance import ask_for_assistance
from mutabaa.followup.models import Assignment, ExternalAssessment, InformationRequest, Update
from mutabaa.followup.services.assessments import record_assessment
from mutabaa.followup.services.assignments import accept_assignment, assign, return_assignment
from mutabaa.followup.services.comments import add_comment
from mutabaa.followup.services.evidence import add_evidence
from mutabaa.followup.services.requests import create_request
from mutabaa.followup.services.statuses import set_status
from mutabaa.followup.services.updates import (
    approve_update,
    ask_back_update,
    publish_update,
    save_update,
    start_update,
    submit_update,
)
from mutabaa.followup.states import AssignmentState
from mutabaa.institutions.models import FocalPoint, Institution
from mutabaa.mechanisms.models import Grade
from mutabaa.notifications.models import Notice
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.recommendations.services import split

Rows = dict[tuple[str, str], Recommendation]
COMPONENTS = [
    "Adopt or amend the law",
    "Provide the budget and trained staff",
    "Collect and publish disaggregated data",
]


def do_the_work(people: dict[str, User], rows: Rows, read: Callable[[str], dict[str, Any]]) -> None:
    """Everything that happened in the last year, in the order in which it would have happened."""
    secretariat = next(p for p in people.values() if p.role == Role.SECRETARIAT)
    places = {i.code: i for i in Institution.objects.all()}
    data = {(e["document"], e["paragraph"]): e for e in read("recommendations")["recommendations"]}
    assign_all(secretariat, rows, data, places)
    update_all(secretariat, rows, read("updates")["updates"], places)
    close_older_rounds(secretariat, rows)
    ask(secretariat)
    judge(people, secretariat, rows, read("assessments")["assessments"])
    comment(people, rows)
    ask_for_assistance(people, rows, read("assistance"))
    for key in list(rows)[3:60:12]:
        split(secretariat, rows[key], COMPONENTS)
    set_due_dates(rows)
    Notice.objects.filter(user__in=people.values()).update(mail_due=False)
    for person in people.values():
        seen = Notice.objects.filter(user=person).order_by("-pk").values_list("pk", flat=True)[4:]
        Notice.objects.filter(pk__in=list(seen)).update(read_at=timezone.now())


def writer(institution_id: int) -> User | None:
    """The main focal point, where there is one who contributes updates (a statistician does not)."""
    posts = FocalPoint.objects.filter(
        institution_id=institution_id, kind=FocalPoint.Kind.MAIN, user__role=Role.CONTRIBUTOR
    )
    post = posts.select_related("user").first()
    return post.user if post else None


def assign_all(secretariat: User, rows: Rows, data: dict[tuple[str, str], Any], places: dict[str, Institution]) -> None:
    """One act per institution and role. Most are accepted; a few wait, two come back with a reason."""
    asked: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for n, (key, entry) in enumerate(data.items()):
        if n % 23 == 22:
            continue  # a few wait for the secretariat
        if entry.get("lead"):
            asked[entry["lead"], "lead"].append(rows[key])
        for partner in entry.get("partners") or []:
            if partner != entry.get("lead"):
                asked[partner, "partner"].append(rows[key])
    for (code, role), items in sorted(asked.items()):
        assign(secretariat, institution=places[code], role=role, recommendations=items)
    now = timezone.now()
    waiting = []
    for institution in Institution.objects.filter(assignments__state="proposed").distinct():
        person = writer(institution.pk)
        live = list(Assignment.objects.filter(institution=institution, state="proposed").order_by("pk"))
        keep = live[-3:] if person and len(live) > 8 else []
        waiting += keep
        for assignment in live:
            if assignment in keep:
                continue
            assignment.state, assignment.answered_by, assignment.answered_at = (
                "accepted",
                person,
                now - dt.timedelta(days=300),
            )
        Assignment.objects.bulk_update(
            [a for a in live if a.state == "accepted"], ["state", "answered_by", "answered_at"]
        )
    for assignment in waiting[:2]:
        person = writer(assignment.institution_id)
        if person:
            return_assignment(
                person, assignment, "This falls under another ministry since the law on its competences was changed."
            )
    for assignment in waiting[2:4]:
        person = writer(assignment.institution_id)
        if person:
            accept_assignment(person, assignment)


def update_all(secretariat: User, rows: Rows, updates: list[dict[str, Any]], places: dict[str, Institution]) -> None:
    """Most are published with their status; the last few stand at each earlier stage."""
    today = timezone.localdate()
    stages = {
        len(updates) - 1: "draft",
        len(updates) - 2: "submitted",
        len(updates) - 3: "approved",
        len(updates) - 4: "asked_back",
        len(updates) - 5: "approved",
        len(updates) - 6: "submitted",
    }
    from mutabaa.followup.models import Obstacle

    obstacles = {o.code: o for o in Obstacle.objects.all()}
    for n, entry in enumerate(updates):
        row = rows[entry["recommendation"][0], entry["recommendation"][1]]
        institution = places[entry["institution"]]
        person = writer(institution.pk)
        if person is None:
            continue
        if not row.responsibilities.filter(institution=institution).exists():
            assign(secretariat, institution=institution, role="partner", recommendations=[row])
        on = today - dt.timedelta(days=30 * entry["months_ago"] - n % 20)
        update = start_update(person, row, institution)
        update = save_update(
            person, update, update.version, language=entry["language"], what_was_done=entry["what_was_done"], for_whom=entry["for_whom"],
            obstacles=[obstacles[c] for c in entry["obstacles"] if c in obstacles], obstacle_text=entry.get("obstacle_text") or "",
            next_step=entry["next_step"], proposed_status=entry["proposed_status"], done_until=on - dt.timedelta(days=10),
        )  # fmt: skip
        links = entry["evidence"] or []
        if not links and entry["proposed_status"] in {"implemented", "substantially_implemented"}:
            links = [{"title": "Official Gazette", "url": "https://www.example.org/gazette"}]
        for link in links:
            add_evidence(person, update, title=link["title"], url=link["url"])
        stage = stages.get(n, "published")
        if stage == "draft":
            continue
        update = submit_update(person, update)
        if update.state == "submitted":
            if stage == "submitted":
                continue
            post = (
                FocalPoint.objects.filter(institution=institution, kind=FocalPoint.Kind.VALIDATING)
                .select_related("user")
                .first()
            )
            update = approve_update(post.user, update)  # type: ignore[union-attr]
        if stage == "asked_back":
            ask_back_update(secretariat, update, "Please say how many people were reached, and attach the decree.")
        elif stage == "published":
            update = publish_update(secretariat, update, status=entry["proposed_status"], status_on=on)
            then = timezone.now() - (today - on)
            Update.objects.filter(pk=update.pk).update(published_at=then, created_at=then - dt.timedelta(days=20))
            Recommendation.objects.filter(pk=row.pk).update(last_update_on=on)
    # A year of work: what is accepted was assigned before the first update, so that earlier dates have their figures too.
    begun = timezone.now() - dt.timedelta(days=400)
    Assignment.objects.filter(state=AssignmentState.ACCEPTED).update(
        created_at=begun, answered_at=begun + dt.timedelta(days=6)
    )
    noted = [r for r in rows.values() if r.position == "noted"]
    for row in noted[:12]:
        set_status(
            secretariat,
            row,
            "not_accepted",
            on=today - dt.timedelta(days=200),
            note="Noted in the addendum to the report of the Working Group.",
        )


OLDER = [
    (
        "implemented",
        "The law was amended as recommended, published in the Official Gazette and has been in force since. Courts apply it; the ministry follows the decisions each year.",
    ),
    (
        "implemented",
        "The treaty was ratified and the instrument deposited. The text was published in the official languages and sent to all courts.",
    ),
    (
        "substantially_implemented",
        "The service now works in all but two regions. Staff were trained, and the budget line has become permanent.",
    ),
    (
        "substantially_implemented",
        "The action plan was carried out; of its forty measures thirty-four are complete, and the others have a date.",
    ),
    (
        "implemented",
        "The institution was set up by law, its head was appointed by the Assembly, and it has published two annual reports.",
    ),
]
DIRECT = [
    "partially_implemented",
    "in_progress",
    "not_started",
    "partially_implemented",
    "ongoing_obligation",
    "in_progress",
]


def close_older_rounds(secretariat: User, rows: Rows) -> None:
    """What earlier rounds asked for: some carried out, with evidence; the rest judged by the secretariat from its files."""
    today = timezone.localdate()
    answered = set(Update.objects.values_list("recommendation_id", flat=True))
    open_rows = [
        r for r in rows.values() if r.pk not in answered and r.position != "noted" and r.visibility == "public"
    ]
    old = [r for r in open_rows if r.published_on and r.published_on.year <= today.year - 5]
    for n, row in enumerate(old[::4]):
        lead = row.responsibilities.filter(role="lead").select_related("institution").first()
        person = writer(lead.institution_id) if lead else None
        if lead is None or person is None:
            continue
        status, text = OLDER[n % len(OLDER)]
        update = start_update(person, row, lead.institution)
        save_update(person, update, update.version, what_was_done=text, proposed_status=status)
        add_evidence(person, update, title="Official Gazette", url="https://www.example.org/gazette")
        update = submit_update(person, update)
        if update.state == "submitted":
            post = (
                FocalPoint.objects.filter(institution=lead.institution, kind=FocalPoint.Kind.VALIDATING)
                .select_related("user")
                .first()
            )
            update = approve_update(post.user, update)  # type: ignore[union-attr]
        on = today - dt.timedelta(days=90 + 23 * n % 600)
        publish_update(secretariat, update, status=status, status_on=on)
        Update.objects.filter(pk=update.pk).update(published_at=timezone.now() - (today - on))
        Recommendation.objects.filter(pk=row.pk).update(last_update_on=on)
    for n, row in enumerate(r for r in old if r not in old[::4]):
        set_status(
            secretariat,
            row,
            DIRECT[n % len(DIRECT)],
            on=today - dt.timedelta(days=150 + 11 * n % 500),
            note="From the files of the last report.",
        )


def set_due_dates(rows: Rows) -> None:
    """Items of a follow-up procedure are due a year after their document, the recent ones soon."""
    chosen = [r for r in rows.values() if r.follow_up and r.published_on]
    for row in chosen:
        row.due_on = row.published_on + dt.timedelta(days=365)
    Recommendation.objects.bulk_update(chosen, ["due_on"])


def ask(secretariat: User) -> None:
    """Three requests: one due soon, one overdue, one for a whole cluster."""
    today = timezone.localdate()
    clusters = list(Cluster.objects.order_by("pk")[:3])
    titles = [
        "Contribution to the next periodic report",
        "Mid-term report of the Universal Periodic Review",
        "Follow-up information for the Committee",
    ]
    for n, (cluster, title) in enumerate(zip(clusters, titles, strict=False)):
        request = create_request(
            secretariat, title=title, cluster=cluster, due_on=today + dt.timedelta(days=[12, 30, 45][n]),
            message="Please tell us what was done since the last report, with figures and evidence.",
        )  # fmt: skip
        if n == 1:
            InformationRequest.objects.filter(pk=request.pk).update(
                due_on=today - dt.timedelta(days=9), created_at=timezone.now() - dt.timedelta(days=50)
            )


def judge(people: dict[str, User], secretariat: User, rows: Rows, assessments: list[dict[str, Any]]) -> None:
    by_role = {p.role: p for p in people.values()}
    for entry in assessments:
        row = rows[entry["recommendation"][0], entry["recommendation"][1]]
        assessor = {"NHRI": ExternalAssessment.Assessor.NHRI, "CSO": ExternalAssessment.Assessor.CSO}.get(
            entry["assessor"], ExternalAssessment.Assessor.MECHANISM
        )
        author = {"NHRI": by_role.get(Role.NHRI), "CSO": by_role.get(Role.CSO)}.get(entry["assessor"], secretariat)
        on = min(dt.date.fromisoformat(entry["date"]), timezone.localdate())
        grades = Grade.objects.filter(scale__assessor=entry["assessor"], code__iexact=entry["grade"])
        grade = grades.filter(scale__valid_to=None).first() or grades.first()
        if grade is None or (grade.scale.valid_from and on < grade.scale.valid_from):
            continue
        record_assessment(author or secretariat, row, assessor=assessor, grade=grade, on=on, text=entry["text"])


def comment(people: dict[str, User], rows: Rows) -> None:
    remarks = {
        Role.NHRI: "We visited the places concerned in spring. The new rules are known there, but registers are kept in few of them.",
        Role.CSO: "Families still wait for an answer to their complaints. We ask that the number of complaints and of decisions be published.",
        Role.PARLIAMENT: "The committee has put this on the agenda of its autumn hearing.",
    }
    chosen = [r for r in rows.values() if r.visibility == "public"][10:40:10]
    for row, (role, text) in zip(chosen, remarks.items(), strict=False):
        author = next((p for p in people.values() if p.role == role), None)
        if author:
            add_comment(author, row, text)
