"""The pages of follow-up: each opens, shows what waits, and refuses what is not one's own."""

import datetime as dt

import pytest
from django.urls import reverse

from mutabaa.followup import services
from mutabaa.followup.models import Assignment, InformationRequest, StatusEntry, Update
from mutabaa.recommendations.models import Cluster
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(people):
    return made.assigned(people.secretariat, people.health)


@pytest.fixture
def asked(people, item):
    return services.create_request(
        people.secretariat, title="Mid-term report", due_on=dt.date(2999, 1, 1), recommendations=[item]
    )


def desk(client):
    answer = client.get(reverse("desk"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_desk_of_a_focal_point_shows_what_waits(people, item, asked, signed_in):
    made.draft(people.focal, item, people.health, what_was_done="Half a text")
    page = desk(signed_in(people.focal))
    for words in ("Assignments to accept", "Mid-term report", "days left", "Half a text", "1 item waits for you"):
        assert words in page


def test_the_desk_of_a_validating_authority_shows_what_to_approve(people, item, signed_in):
    services.submit_update(people.focal, made.draft(people.focal, item, people.health))
    assert "Updates for your approval" in desk(signed_in(people.validating))
    assert "Updates for your approval" not in desk(signed_in(people.focal))


def test_the_desk_of_the_secretariat_leads_to_each_list(people, item, asked, signed_in):
    made.approved(people, item, what_was_done="Ready to read")
    services.return_assignment(
        people.stranger,
        Assignment.objects.get(recommendation=made.assigned(people.secretariat, people.justice)),
        "For Finance",
    )
    page = desk(signed_in(people.secretariat))
    for words in ("Ready to read", "For Finance", "?assigned=no", "?stale=yes", "?overdue=yes"):
        assert words in page


@pytest.mark.parametrize("who", ["nhri", "cso", "parliament", "statistician"])
def test_the_desk_of_readers_shows_what_was_published(people, item, signed_in, who):
    made.published(people, item, what_was_done="Read by all")
    made.draft(people.focal, item, people.health, what_was_done="Not yet")
    page = desk(signed_in(getattr(people, who)))
    assert "Read by all" in page
    assert "Not yet" not in page


@pytest.mark.parametrize("who", ["focal", "validating", "secretariat", "administrator", "nhri", "statistician"])
def test_the_desk_asks_the_database_at_most_fifteen_times(
    people, item, asked, signed_in, who, django_assert_max_num_queries
):
    for _ in range(12):
        more = made.assigned(people.secretariat, people.health)
        made.draft(people.focal, more, people.health)
        made.approved(people, made.assigned(people.secretariat, people.health))
    client = signed_in(getattr(people, who))
    client.get(reverse("desk"))
    with django_assert_max_num_queries(15):
        client.get(reverse("desk"))


def test_the_secretariat_assigns_from_the_table(people, signed_in):
    items = [world.recommendation() for _ in range(2)]
    client = signed_in(people.secretariat)
    page = client.post(reverse("followup:assign"), {"selected": [i.public_id for i in items]})
    assert page.status_code == 200
    assert not Assignment.objects.exists()
    data = {"selected": page.context["selected"], "confirm": "1", "institution": people.health.pk, "role": "lead"}
    assert client.post(reverse("followup:assign"), data).status_code == 302
    assert Assignment.objects.count() == 2


def test_the_secretariat_assigns_and_asks_for_a_cluster(people, signed_in):
    cluster = Cluster.objects.create(code="child-health", title_en="Child health")
    cluster.members.set([world.recommendation() for _ in range(3)])
    client = signed_in(people.secretariat)
    assert client.get(reverse("followup:assign") + "?cluster=child-health").status_code == 200
    client.post(
        reverse("followup:assign"),
        {"cluster": "child-health", "confirm": "1", "institution": people.health.pk, "role": "lead"},
    )
    assert Assignment.objects.filter(cluster=cluster).count() == 3
    assert "Child health" in client.get(reverse("followup:new_request") + "?cluster=child-health").content.decode()
    data = {
        "cluster": "child-health",
        "confirm": "1",
        "title": "All of it",
        "due_on": "2999-01-01",
        "institutions": [people.health.pk],
    }
    answer = client.post(reverse("followup:new_request"), data)
    request = InformationRequest.objects.get()
    assert answer.url == reverse("followup:request", args=[request.public_id])
    assert request.items.count() == 3


def test_a_wrong_form_says_what_is_wrong(people, signed_in):
    item = world.recommendation()
    answer = signed_in(people.secretariat).post(
        reverse("followup:new_request"),
        {"selected": [item.public_id], "confirm": "1", "title": "X", "due_on": "2999-01-01"},
    )
    assert answer.status_code == 422
    assert "Assign them first" in answer.content.decode()


def test_a_focal_point_accepts_several_at_once_and_returns_one(people, signed_in):
    one, two, three = (made.assigned(people.secretariat, people.health) for _ in range(3))
    client = signed_in(people.focal)
    numbers = [Assignment.objects.get(recommendation=r).pk for r in (one, two)]
    client.post(reverse("followup:accept"), {"assignment": numbers})
    assert Assignment.objects.filter(state="accepted").count() == 2
    address = reverse("followup:return", args=[Assignment.objects.get(recommendation=three).pk])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "For Justice"})
    assert Assignment.objects.get(recommendation=three).state == "returned"


def test_the_button_of_one_line_accepts_that_line_only(people, signed_in):
    one, two = (made.assigned(people.secretariat, people.health).assignments.get().pk for _ in range(2))
    signed_in(people.focal).post(reverse("followup:accept"), {"assignment": [one], "one": two})
    assert Assignment.objects.get(state="accepted").pk == two


def test_an_update_is_written_handed_in_approved_and_published_by_the_pages(people, item, signed_in):
    made.criterion("in_progress", "Work has begun.")
    client = signed_in(people.focal)
    address = client.post(reverse("followup:update_start"), {"item": item.public_id}).url
    assert "Work has begun." in client.get(address).content.decode()
    data = {
        "what_was_done": "Opened",
        "visibility": "public",
        "language": "en",
        "version": 1,
        "proposed_status": "in_progress",
    }
    client.post(address, data | {"then": "save", "evidence_file": made.upload(), "evidence_title": "Decree"})
    update = Update.objects.get()
    assert update.evidence.get().title == "Decree"
    client.post(address, data | {"version": update.version, "then": "submit"})
    client = signed_in(people.validating)
    client.post(reverse("followup:update_approve", args=[update.public_id]), {"version": Update.objects.get().version})
    client = signed_in(people.secretariat)
    review = client.get(reverse("followup:update", args=[update.public_id]))
    assert review.context["publish_form"]["status"].value() == "in_progress"
    client.post(
        reverse("followup:update_publish", args=[update.public_id]),
        {"version": Update.objects.get().version, "status": "in_progress"},
    )
    assert Update.objects.get().state == "published"
    assert StatusEntry.objects.get().criterion == "Work has begun."
    client.logout()
    public = client.get(reverse("followup:update", args=[update.public_id])).content.decode()
    assert "Opened" in public
    assert people.focal.name not in public


def test_a_wrong_date_keeps_what_was_typed(people, item, signed_in):
    draft = made.draft(people.focal, item, people.health)
    data = {"what_was_done": "Long words", "visibility": "public", "language": "en", "version": draft.version}
    data |= {"done_from": "2024-05-01", "done_until": "2024-04-01", "then": "save"}
    answer = signed_in(people.focal).post(reverse("followup:update_edit", args=[draft.public_id]), data)
    assert answer.status_code == 422
    assert "Long words" in answer.content.decode()
    assert "The end lies before the beginning" in answer.content.decode()


def test_refused_evidence_leaves_the_words_saved(people, item, signed_in):
    draft = made.draft(people.focal, item, people.health)
    data = {"what_was_done": "Long words", "visibility": "public", "language": "en", "version": draft.version}
    address = reverse("followup:update_edit", args=[draft.public_id])
    client = signed_in(people.focal)
    answer = client.post(address, data | {"evidence_file": made.upload("x.pdf", b"MZ\0")})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.what_was_done == "Long words"
    again = data | {"version": answer.context["form"]["version"].value(), "what_was_done": "Longer words"}
    assert client.post(address, again).status_code == 302


def test_a_focal_point_answers_a_cluster_with_one_text(people, signed_in):
    items = [made.assigned(people.secretariat, people.health) for _ in range(2)]
    foreign = made.assigned(people.secretariat, people.justice)
    cluster = Cluster.objects.create(code="child-health", title_en="Child health")
    cluster.members.set([*items, foreign])
    client = signed_in(people.focal)
    address = reverse("followup:answer_cluster", args=["child-health"])
    assert client.get(address).status_code == 200
    data = {"what_was_done": "One law", "visibility": "public", "language": "en", "version": 0, "then": "submit"}
    data |= {"selected": [i.public_id for i in [*items, foreign]], "evidence_url": "https://gazette.example/1"}
    assert client.post(address, data).status_code == 302
    assert {u.recommendation for u in Update.objects.filter(state="submitted")} == set(items)
    assert all(u.evidence.count() == 1 for u in Update.objects.all())


def test_strangers_find_nothing(people, item, asked, client, signed_in):
    draft = made.draft(people.focal, item, people.health)
    kept = reverse("followup:update", args=[draft.public_id])
    addresses = [
        kept,
        reverse("followup:update_edit", args=[draft.public_id]),
        reverse("followup:request", args=[asked.public_id]),
        reverse("followup:return", args=[item.assignments.get().pk]),
    ]
    client_of_stranger = signed_in(people.stranger)
    for address in addresses:
        assert client_of_stranger.get(address).status_code == 404, address
    assert client_of_stranger.post(reverse("followup:update_start"), {"item": item.public_id}).status_code == 404
    client.logout()
    assert client.get(kept).status_code == 404


@pytest.mark.parametrize("who", ["focal", "secretariat", "administrator", "nhri", "cso", "parliament", "statistician"])
def test_a_record_shows_its_follow_up_to_each(people, item, asked, signed_in, who):
    made.published(people, item, status="in_progress", what_was_done="Published words")
    made.draft(people.focal, item, people.health, what_was_done="Draft words")
    services.record_assessment(
        people.secretariat, item, assessor="mechanism", grade=made.grade(), on=dt.date(2025, 1, 1)
    )
    services.add_comment(people.cso, item, "Not so fast.")
    page = signed_in(getattr(people, who)).get(item.workspace_url()).content.decode()
    for words in ("Published words", "Partially satisfactory", "Not so fast.", "In progress"):
        assert words in page
    assert ("Draft words" in page) == (who == "focal")
    assert ("Assign to an institution" in page) == (who in ("secretariat", "administrator"))
    assert ("Write the update" in page) == (who == "focal")
    assert ("Record an assessment" in page) == (who in ("secretariat", "administrator", "nhri", "cso"))


@pytest.mark.parametrize("who", ["focal", "secretariat", "nhri"])
def test_a_cluster_shows_who_answers(people, signed_in, who):
    cluster = Cluster.objects.create(code="child-health", title_en="Child health")
    cluster.members.set([made.assigned(people.secretariat, people.health)])
    page = signed_in(getattr(people, who)).get(reverse("recommendations:cluster", args=["child-health"]))
    assert page.status_code == 200
    assert ("Who answers" in page.content.decode()) == (who != "nhri")


LISTS = ["requests", "assignments", "updates", "criteria"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_lists_open_empty_and_full(people, signed_in, name, language):
    client = signed_in(people.secretariat)
    address = f"{reverse(f'followup:{name}')}?lang={language}"
    assert client.get(address).status_code == 200
    item = made.assigned(people.secretariat, people.health)
    services.create_request(people.secretariat, title="X", due_on=dt.date(2999, 1, 1), recommendations=[item])
    made.approved(people, item)
    made.criterion("in_progress")
    assert client.get(address).status_code == 200
    if name != "criteria":
        assert signed_in(people.focal).get(address).status_code == 200


def test_the_request_page_is_worked_with(people, item, asked, signed_in):
    client = signed_in(people.secretariat)
    for deed, data in (("remind", {}), ("extend", {"due_on": "2999-02-01", "version": asked.version}), ("close", {})):
        answer = client.post(reverse(f"followup:request_{deed}", args=[asked.public_id]), data, follow=True)
        assert answer.status_code == 200
    asked.refresh_from_db()
    assert (asked.due_on, asked.state) == (dt.date(2999, 2, 1), "closed")


def test_the_administrator_rewords_a_criterion(people, signed_in):
    made.criterion("in_progress", "Old words")
    client = signed_in(people.administrator)
    address = reverse("followup:criterion", args=["in_progress"])
    assert "Old words" in client.get(address).content.decode()
    assert client.post(address, {"en": "New words", "version": 1, "evidence_required": "on"}).status_code == 302
    late = client.post(address, {"en": "Late words", "version": 1})
    assert late.status_code == 409
    assert "New words" in late.content.decode()
    assert "Late words" in late.content.decode()


def test_status_assessment_and_hiding_have_their_pages(people, item, signed_in):
    client = signed_in(people.secretariat)
    assert client.get(reverse("followup:status", args=[item.public_id])).status_code == 200
    client.post(reverse("followup:status", args=[item.public_id]), {"status": "in_progress", "on": "2025-01-01"})
    item.refresh_from_db()
    assert item.status == "in_progress"
    grade = made.grade()
    assert client.get(reverse("followup:assess", args=[item.public_id])).status_code == 200
    data = {"assessor": "mechanism", "grade": grade.pk, "on": "2025-01-01", "visibility": "public"}
    client.post(reverse("followup:assess", args=[item.public_id]), data)
    assert item.assessments.count() == 1
    assert signed_in(people.focal).get(reverse("followup:assess", args=[item.public_id])).status_code == 404
    signed_in(people.nhri).post(reverse("followup:comment", args=[item.public_id]), {"text": "Hm."})
    comment = item.comments.get()
    client = signed_in(people.secretariat)
    assert client.get(reverse("followup:hide_comment", args=[comment.pk])).status_code == 200
    client.post(reverse("followup:hide_comment", args=[comment.pk]), {"reason": "Off the point"})
    comment.refresh_from_db()
    assert comment.hidden_because == "Off the point"
