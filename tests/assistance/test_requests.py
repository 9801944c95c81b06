"""Writing a request: prefilled, filled in, refused where it cannot be right."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from mutabaa.assistance import services
from mutabaa.assistance.models import AssistanceRequest, BudgetLine
from mutabaa.assistance.presentation import requested, sums
from mutabaa.assistance.template_parts import missing, missing_essentials
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from tests import world
from tests.assistance import made

pytestmark = pytest.mark.django_db


def test_a_draft_holds_what_gap_and_need_already_say(people):
    item = world.recommendation(sdgs=[world.sdg("3"), world.sdg("3.8")])
    gap = made.gap(people.focal, people.health, title="No trainers", evidence="Survey of 2025", recommendations=[item])
    row = services.start_request(people.focal, made.need(people.focal, gap, description="A course"), people.health)
    assert (row.title, row.gap_text, row.evidence, row.assistance) == (
        "No trainers", "Two regions of nine have any.", "Survey of 2025", "A course"
    )  # fmt: skip
    assert list(row.recommendations.all()) == [item]
    assert [goal.code for goal in row.sdgs.all()] == ["3"]
    assert [part.number for part in missing_essentials(row)] == [1, 4, 5]


def test_nobody_asks_in_the_name_of_another_institution(people):
    gap = made.gap(people.focal, people.health)
    need = made.need(people.focal, gap)
    with pytest.raises(NotAllowed):
        services.start_request(people.focal, need, people.justice)
    with pytest.raises(NotAllowed):
        services.start_request(people.nhri, need, people.health)
    assert services.start_request(people.secretariat, need, people.justice).institution == people.justice


@pytest.mark.parametrize("fields", [{"direction": "provided"}, {"dropped": True}])
def test_a_need_that_is_met_otherwise_leads_to_no_request(people, fields):
    need = made.need(people.focal, made.gap(people.focal, people.health), direction=fields.get("direction", "received"))
    if fields.get("dropped"):
        need = services.drop_need(people.focal, need, "Met")
    with pytest.raises(Invalid):
        services.start_request(people.focal, need, people.health)


def test_a_filled_draft_lacks_nothing_essential_and_says_what_else_is_empty(people):
    row = made.draft(people.focal, people.health)
    assert missing_essentials(row) == []
    assert [part.number for part in missing(row)] == [7, 9, 10, 11, 12]


def test_an_empty_part_keeps_a_draft_from_being_handed_in(people):
    row = made.draft(people.focal, people.health, objective="")
    with pytest.raises(Invalid, match="5 Objective and expected results"):
        services.ask_approval(people.focal, row)


def test_budget_sums_never_add_currencies(people):
    row = made.draft(people.focal, people.health)
    assert sums(list(row.lines.all())) == [
        ("Requested", "USD", Decimal("42500.50")),
        ("National contribution", "EUR", Decimal("10000")),
    ]
    assert requested(list(row.lines.all())) == "42,500.5 USD"


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ({"lines": [made.LINES[0] | {"amount": Decimal("-1")}]}, "lines"),
        ({"lines": [made.LINES[0] | {"currency": "XYQ"}]}, "lines"),
        ({"lines": [made.LINES[0] | {"currency": ""}]}, "lines"),
        ({"activities": [made.ACTIVITIES[0] | {"ends_on": dt.date(2026, 12, 31)}]}, "activities"),
    ],
)
def test_rows_that_cannot_be_right_are_refused_and_nothing_is_kept(people, rows, field):
    row = made.draft(people.focal, people.health)
    with pytest.raises(Invalid) as refusal:
        services.save_request(people.focal, row, row.version, title="Other", **rows)
    assert refusal.value.field == field
    row.refresh_from_db()
    assert row.title == "Trainers for rural clinics"


def test_a_fund_that_is_not_for_states_cannot_be_chosen(people):
    row = made.draft(people.focal, people.health)
    closed = made.fund("old", valid_to=dt.date(2020, 1, 1))
    for fund in (made.fund("torture-victims", for_states=False), closed):
        with pytest.raises(Invalid):
            services.save_request(people.focal, row, row.version, fund=fund)
    assert services.save_request(people.focal, row, row.version, fund=made.fund()).fund.code == "upr-implementation"


def test_sending_the_same_form_twice_changes_nothing(people):
    row = made.draft(people.focal, people.health)
    again = services.save_request(people.focal, row, 1, lines=made.LINES, **made.FILLED)
    assert again.version == row.version


def test_two_people_who_write_in_one_draft_meet_a_conflict(people):
    row = made.draft(people.focal, people.health)
    services.save_request(people.alternate, row, row.version, objective="Trainers everywhere")
    with pytest.raises(Conflict):
        services.save_request(people.focal, row, row.version, objective="Trainers in the north")
    assert AssistanceRequest.objects.get().objective == "Trainers everywhere"


def test_a_row_that_changed_keeps_its_history(people):
    row = made.draft(people.focal, people.health)
    first = row.lines.first()
    services.save_request(people.focal, row, row.version, lines=[made.LINES[0] | {"amount": Decimal("30000")}])
    assert BudgetLine.objects.get().pk == first.pk
    assert [h.amount for h in first.history.order_by("history_id")] == [Decimal("40000"), Decimal("30000")]


def test_after_it_was_handed_in_nobody_changes_the_text(people):
    row = services.ask_approval(people.focal, made.draft(people.focal, people.health))
    with pytest.raises(NotAllowed):
        services.save_request(people.focal, row, row.version, title="Other")


def form_data(row, **more):
    rows = {"results": ("result", "indicator", "target"), "activities": ("activity",), "lines": ("label", "amount")}
    data = {"title": row.title, "language": "en", "version": row.version}
    for name in rows:
        data |= {f"{name}-TOTAL_FORMS": "2", f"{name}-INITIAL_FORMS": "0"}
    return data | more


def test_the_form_keeps_all_parts_and_goes_on_to_the_approval(people, signed_in):
    row = services.start_request(
        people.focal, made.need(people.focal, made.gap(people.focal, people.health)), people.health
    )
    client = signed_in(people.focal)
    address = reverse("assistance:request_edit", args=[row.public_id])
    assert client.get(address).status_code == 200
    data = form_data(
        row, contact="The office", gap_text="None", assistance="A course", objective="Trainers", gender_marker="2", then="hand_in",
        **{"results-0-result": "Forty trainers", "results-1-indicator": "without its first field"},
        **{"lines-0-source": "requested", "lines-0-label": "Courses", "lines-0-amount": "1200.50", "lines-0-currency": "usd"},
    )  # fmt: skip
    answer = client.post(address, data)
    assert answer.url == reverse("assistance:step", args=[row.public_id, "ask-approval"])
    row.refresh_from_db()
    assert (row.contact, row.gender_marker) == ("The office", 2)
    assert [r.result for r in row.results.all()] == ["Forty trainers"]
    line = row.lines.get()
    assert (line.amount, line.currency) == (Decimal("1200.50"), "USD")
    assert "4. Assistance sought" in client.get(answer.url).content.decode()


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(people, signed_in):
    row = made.draft(people.focal, people.health)
    data = form_data(row, objective="Typed just now", **{"lines-0-label": "Courses", "lines-0-amount": "-5"})
    answer = signed_in(people.focal).post(reverse("assistance:request_edit", args=[row.public_id]), data)
    assert answer.status_code == 422
    assert "Typed just now" in answer.content.decode()
