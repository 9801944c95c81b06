"""The pages of plans as people use them."""

import datetime as dt

import pytest
from django.urls import reverse

from mutabaa.plans.models import KeptEdit, Measure, Plan
from mutabaa.recommendations.models import Cluster
from tests import world
from tests.plans import made

pytestmark = pytest.mark.django_db


def sent(client, address, **fields):
    """The form of a page as the browser would send it, with some fields changed."""
    page = client.get(address)
    form = page.context["form"]
    data = {}
    for bound in form:
        if bound.field.disabled:
            continue
        value = bound.value()
        if value is None or value is False:
            continue
        data[bound.name] = [v.pk if hasattr(v, "pk") else v for v in value] if isinstance(value, list) else value
    return client.post(address, data | fields)


def test_a_plan_from_nothing_to_approved(people, signed_in):
    client = signed_in(people.secretariat)
    cluster = Cluster.objects.create(code="survival", title_en="Child survival", visibility="public")
    rows = [world.recommendation() for _n in range(3)]
    cluster.members.set(rows)
    answer = sent(
        client, reverse("plans:new"), title_en="Plan for the child", starts_on="2026-01-01", ends_on="2030-12-31",
        currency="usd", other_authors="Network of Parents",
    )  # fmt: skip
    plan = Plan.objects.get()
    assert answer.url == plan.workspace_url()
    assert "Child survival" in client.get(reverse("plans:clusters", args=[plan.public_id])).content.decode()
    address = reverse("plans:new_outcome", args=[plan.public_id]) + "?cluster=survival"
    page = client.get(address)
    assert rows[0].text in page.content.decode()
    answer = sent(client, address, title="Children survive", target="12 per 1,000 by 2030")
    outcome = plan.outcomes.get()
    assert answer.url == reverse("plans:new_measure", args=[outcome.public_id])
    answer = sent(
        client, answer.url, title="Train midwives", type="training", lead=people.health.pk, due_on="2027-12-31",
        recommendations=[rows[0].pk], more=f"{rows[1].document.symbol} ¶ {rows[1].paragraph}",
    )  # fmt: skip
    measure = Measure.objects.get()
    assert answer.url == measure.workspace_url()
    assert set(measure.recommendations.all()) == set(rows[:2])
    base = measure.workspace_url()
    assert client.post(base + "milestones/", {"title": "Curriculum", "due_on": "2026-09-01"}).status_code == 302
    line = {"year": 2026, "amount": "1200.50", "currency": "USD", "source": "state", "funding": "funded"}
    assert client.post(base + "budget/", line).status_code == 302
    assert client.post(base + "evidence/", {"url": "https://example.org/x", "title": "Plan"}).status_code == 302
    client.post(reverse("plans:ask_agreement", args=[plan.public_id]))
    said = signed_in(people.validating)
    assert "Does your institution agree?" in said.get(base).content.decode()
    said.post(base + "agree/", {"agreed_on": "2026-02-01", "version": 1})
    client = signed_in(people.secretariat)
    answer = sent(
        client, reverse("plans:approve", args=[plan.public_id]), authority="Cabinet", approved_on="2026-03-01",
        instrument_text="Decision 14",
    )  # fmt: skip
    assert answer.status_code == 302
    client.post(reverse("plans:publish", args=[plan.public_id]), {"public": "yes"})
    plan.refresh_from_db()
    assert plan.is_public
    assert "1,200.5" in client.get(base).content.decode()
    assert client.get(reverse("plans:edition", args=[plan.public_id, 1])).status_code == 200


@pytest.fixture
def measure(people):
    row = made.measure(made.outcome(made.plan()))
    row.save()  # a version with its links
    return row


def test_a_lead_institution_edits_its_measure(people, signed_in, measure):
    answer = sent(signed_in(people.focal), measure.workspace_url() + "edit/", risks="Few trainers.")
    assert answer.status_code == 302
    measure.refresh_from_db()
    assert measure.risks == "Few trainers."
    assert measure.recommendations.count() == 1


def test_what_a_person_cannot_see_stays_linked(people, signed_in, measure):
    hidden = world.recommendation(visibility="secretariat")
    measure.recommendations.add(hidden)
    sent(signed_in(people.focal), measure.workspace_url() + "edit/", risks="Few trainers.")
    assert hidden in measure.recommendations.all()


def test_two_texts_are_put_together(people, signed_in, measure):
    address = measure.workspace_url() + "edit/"
    client = signed_in(people.focal)
    form = client.get(address).context["form"]
    data = {b.name: b.value() for b in form if b.value() not in (None, False) and not b.field.disabled}
    sent(signed_in(people.secretariat), address, description="Theirs.")
    answer = signed_in(people.focal).post(address, data | {"description": "Mine."})
    kept = KeptEdit.objects.get()
    assert answer.url == reverse("plans:conflict", args=[kept.public_id])
    page = client.get(answer.url).content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    sent(client, answer.url, then="merge")
    measure.refresh_from_db()
    assert measure.description == "Theirs.\nMine."


def test_an_error_names_its_field(people, signed_in, measure):
    answer = sent(signed_in(people.secretariat), measure.workspace_url() + "edit/", due_on="2026-02-01")
    assert answer.status_code == 422
    assert "would end before it starts" in answer.content.decode()


@pytest.mark.parametrize("line", ["CRC/C/XMU/CO/99 ¶ 4", "nonsense"])
def test_a_reference_that_is_not_found_is_named(people, signed_in, measure, line):
    answer = sent(signed_in(people.secretariat), measure.workspace_url() + "edit/", more=line)
    assert answer.status_code == 422
    assert line in answer.content.decode()


def test_a_report_is_made_and_shown(people, signed_in, measure):
    client = signed_in(people.focal)
    answer = sent(client, measure.workspace_url() + "report/", execution="under_way", percent=40, text="Begun.")
    assert answer.status_code == 302
    page = client.get(measure.workspace_url()).content.decode()
    assert "Begun." in page
    assert "40" in page


def test_lines_are_edited_and_removed(people, signed_in, measure):
    client = signed_in(people.focal)
    milestone = measure.milestones.create(title="First", due_on=dt.date(2026, 9, 1))
    assert sent(client, reverse("plans:milestone", args=[milestone.pk]), title="Second").status_code == 302
    milestone.refresh_from_db()
    assert milestone.title == "Second"
    client.post(reverse("plans:reach", args=[milestone.pk]))
    milestone.refresh_from_db()
    assert milestone.done_on is not None
    client.post(reverse("plans:remove_milestone", args=[milestone.pk]))
    assert not measure.milestones.exists()
    line = measure.budget_lines.create(year=2026, amount=5, currency="USD")
    answer = sent(client, reverse("plans:budget_line", args=[line.pk]), amount="-5")
    assert answer.status_code == 422
    assert "less than nothing" in answer.content.decode()


def test_history_tells_what_changed(people, signed_in, measure):
    client = signed_in(people.secretariat)
    sent(client, measure.workspace_url() + "edit/", title="Train midwives and nurses", partners=[people.justice.pk])
    page = client.get(measure.workspace_url() + "history/").content.decode()
    assert "<ins>" in page
    assert "Justice" in page


def test_a_recommendation_is_left_out_with_its_reason(people, signed_in, measure):
    other = world.recommendation()
    client = signed_in(people.secretariat)
    plan = measure.plan
    client.post(reverse("plans:take_in", args=[plan.public_id]), {"selected": [other.public_id]})
    address = reverse("plans:leave_out", args=[plan.public_id])
    assert client.post(address, {"selected": [other.public_id]}).status_code == 422
    client.post(address, {"selected": [other.public_id], "reason": "Another plan answers it."})
    page = client.get(reverse("plans:scope", args=[plan.public_id]) + "?show=out").content.decode()
    assert "Another plan answers it." in page
