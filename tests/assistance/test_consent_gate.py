"""The gate: whatever people do in whatever order, nothing is submitted without the State's consent."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mutabaa.accounts.models import Role, User
from mutabaa.assistance import services
from mutabaa.assistance.models import AssistanceRequest
from mutabaa.assistance.states import REQUEST_STEPS, SENT
from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Conflict, Invalid, NotAllowed, Refusal
from mutabaa.notifications.models import Notice
from tests import world
from tests.assistance import made
from tests.followup.made import without_validating_authority

pytestmark = pytest.mark.django_db
TODAY = made.TODAY
CONSENT = {"authority": "Minister of Foreign Affairs", "instrument": "Note 12", "on": TODAY}


def consent(by, row, **fields):
    return services.consent(by, row, **CONSENT | fields)


def test_a_request_goes_from_a_draft_to_its_evaluation(people):
    row = made.granted(people)
    row = services.deliver(people.focal, row, on=TODAY, note="The first course began.")
    row = services.complete(people.focal, row, on=TODAY)
    result = row.results.get()
    row = services.evaluate(
        people.focal,
        row,
        on=TODAY,
        evaluation="It worked.",
        lessons="Begin in spring.",
        achieved={result.pk: "38 trainers"},
    )
    result.refresh_from_db()
    assert (row.state, row.evaluation, row.lessons, result.achieved) == (
        "evaluated", "It worked.", "Begin in spring.", "38 trainers"
    )  # fmt: skip
    assert [step.state for step in row.steps.all()] == [
        "draft", "to_approve", "to_consent", "approved", "submitted", "granted", "delivering", "completed", "evaluated"
    ]  # fmt: skip
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {"assistance.approved", "assistance.submitted", "assistance.granted", "assistance.evaluated"} <= verbs


def test_the_institutions_authority_approves_and_nobody_else(people):
    row = services.ask_approval(people.focal, made.draft(people.focal, people.health))
    assert row.state == "to_approve"
    for person in (people.focal, people.stranger, people.secretariat, people.nhri):
        with pytest.raises(NotAllowed):
            services.approve(person, row)
    assert services.approve(people.validating, row).state == "to_consent"


def test_an_authority_does_not_approve_alone_what_it_wrote_where_another_can(people):
    second = world.person(Role.CONTRIBUTOR, people.health, "validating")
    row = services.ask_approval(people.validating, made.draft(people.validating, people.health))
    with pytest.raises(NotAllowed):
        services.approve(people.validating, row)
    assert services.approve(second, row).approved_by == second


def test_the_only_authority_may_approve_its_own_text_and_the_log_says_so(people):
    row = services.ask_approval(people.validating, made.draft(people.validating, people.health))
    services.approve(people.validating, row)
    assert AuditEntry.objects.get(verb="assistance.to_consent").details["own_text"] is True


def test_an_institution_without_authority_goes_straight_to_the_states_consent(people):
    without_validating_authority(people.health)
    row = services.ask_approval(people.focal, made.draft(people.focal, people.health))
    assert row.state == "to_consent"


def test_who_wrote_in_a_request_does_not_consent_to_it_where_another_can(people):
    without_validating_authority(people.health)
    row = services.ask_approval(people.secretariat, made.draft(people.secretariat, people.health))
    with pytest.raises(NotAllowed):
        consent(people.secretariat, row)
    for person in (people.focal, people.statistician, people.nhri):
        with pytest.raises(NotAllowed):
            consent(person, row)
    assert consent(people.administrator, row).state == "approved"


def test_one_word_written_in_a_draft_is_enough_to_be_its_writer(people):
    row = made.draft(people.focal, people.health)
    row = services.save_request(people.secretariat, row, row.version, partners="The ombudsperson")
    row = services.approve(people.validating, services.ask_approval(people.focal, row))
    with pytest.raises(NotAllowed):
        consent(people.secretariat, row)


def test_where_one_person_alone_keeps_the_system_they_may_consent(people):
    without_validating_authority(people.health)
    row = services.ask_approval(people.secretariat, made.draft(people.secretariat, people.health))
    User.objects.filter(pk=people.administrator.pk).update(is_active=False)
    assert consent(people.secretariat, row).consented_by == people.secretariat
    assert AuditEntry.objects.get(verb="assistance.approved").details["own_text"] is True


@pytest.mark.parametrize("wrong", [{"authority": " "}, {"instrument": ""}, {"on": TODAY + dt.timedelta(days=1)}])
def test_a_consent_names_authority_instrument_and_day(people, wrong):
    row = made.to_consent(people)
    with pytest.raises(Invalid):
        consent(people.secretariat, row, **wrong)
    row.refresh_from_db()
    assert row.state == "to_consent"


def test_a_request_is_not_submitted_before_the_consent_nor_dated_before_it(people):
    row = made.to_consent(people)
    with pytest.raises(Invalid):
        services.submit(people.secretariat, row, on=TODAY, how="By note")
    row = consent(people.secretariat, row)
    for on in (TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)):
        with pytest.raises(Invalid):
            services.submit(people.secretariat, row, on=on, how="By note")
    with pytest.raises(NotAllowed):
        services.submit(people.focal, row, on=TODAY, how="By note")


def test_asked_back_the_consent_falls(people):
    row = services.ask_back(people.secretariat, made.approved(people), reason="The amount is wrong.")
    assert (row.state, row.consent_on, row.consent_authority, row.approved_by) == ("draft", None, "", None)
    assert not row.has_consent
    assert Notice.objects.filter(user=people.focal, kind="assistance.asked_back").exists()


def test_a_form_opened_before_somebody_elses_step_meets_a_conflict(people):
    row = made.to_consent(people)
    services.ask_back(people.secretariat, row, reason="Wait")
    with pytest.raises(Conflict):
        consent(people.administrator, row, version=row.version)


@pytest.mark.parametrize("state", [*SENT, "approved"])
def test_the_database_itself_refuses_a_request_that_skips_the_gate(people, state):
    row = made.draft(people.focal, people.health)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssistanceRequest.objects.filter(pk=row.pk).update(state=state, submitted_on=TODAY)


def test_the_database_itself_refuses_a_public_draft(people):
    row = made.draft(people.focal, people.health)
    with pytest.raises(IntegrityError), transaction.atomic():
        AssistanceRequest.objects.filter(pk=row.pk).update(visibility="public")


def test_an_answer_names_what_and_how_much(people):
    row = made.submitted(people)
    for wrong in (
        {"what": ""},
        {"amount": Decimal(-1)},
        {"amount": Decimal(5), "currency": ""},
        {"outcome": "evaluated"},
    ):
        with pytest.raises(Invalid):
            services.answer(people.secretariat, row, **{"outcome": "granted", "on": TODAY, "what": "All"} | wrong)
    row = services.discuss(people.secretariat, row, on=TODAY, note="A visit")
    row = services.answer(
        people.secretariat, row, outcome="declined", on=TODAY, what="No means", amount=Decimal(5), currency="USD"
    )
    assert (row.state, row.granted_amount) == ("declined", None)
    with pytest.raises(Invalid):
        services.deliver(people.secretariat, row, on=TODAY)


def test_a_request_is_withdrawn_with_a_reason_until_it_is_delivered(people):
    with pytest.raises(Invalid):
        services.withdraw(people.focal, made.draft(people.focal, people.health), reason="")
    assert (
        services.withdraw(people.focal, made.draft(people.focal, people.health), reason="Not now").state == "withdrawn"
    )
    sent = made.submitted(people)
    with pytest.raises(NotAllowed):
        services.withdraw(people.focal, sent, reason="Not now")
    assert services.withdraw(people.secretariat, sent, reason="Not now").state == "withdrawn"
    delivering = services.deliver(people.focal, made.granted(people), on=TODAY)
    with pytest.raises(NotAllowed):
        services.withdraw(people.secretariat, delivering, reason="Not now")


def test_each_person_is_told_what_waits_for_them_once(people):
    row = services.ask_approval(people.focal, made.draft(people.focal, people.health))
    told = Notice.objects.filter(kind="assistance.to_approve")
    assert {n.user_id for n in told} == {people.validating.pk}
    services.approve(people.validating, row)
    told = Notice.objects.filter(kind="assistance.to_consent")
    assert {n.user_id for n in told} == {people.secretariat.pk}


ACTS = ["save", "ask", "approve", "consent", "back", "submit", "discuss", "grant", "partly", "decline", "deliver", "complete", "evaluate", "withdraw", "publish"]  # fmt: skip
WHO = ["focal", "alternate", "validating", "stranger", "secretariat", "administrator", "statistician", "nhri", "cso"]


def act(by, row, what, day):
    """One deed with any day; what is refused changes nothing."""
    deeds = {
        "save": lambda: services.save_request(by, row, None, partners=f"Partner {day}"),
        "ask": lambda: services.ask_approval(by, row),
        "approve": lambda: services.approve(by, row),
        "consent": lambda: services.consent(by, row, authority="Minister", instrument="Note", on=day),
        "back": lambda: services.ask_back(by, row, reason="Change it"),
        "submit": lambda: services.submit(by, row, on=day, how="By note"),
        "discuss": lambda: services.discuss(by, row, on=day),
        "grant": lambda: services.answer(by, row, outcome="granted", on=day, what="All"),
        "partly": lambda: services.answer(by, row, outcome="partly_granted", on=day, what="Half"),
        "decline": lambda: services.answer(by, row, outcome="declined", on=day, what="Nothing"),
        "deliver": lambda: services.deliver(by, row, on=day),
        "complete": lambda: services.complete(by, row, on=day),
        "evaluate": lambda: services.evaluate(by, row, on=day, evaluation="Good"),
        "withdraw": lambda: services.withdraw(by, row, reason="No more"),
        "publish": lambda: services.show_to(by, row, visibility="public"),
    }
    with transaction.atomic():
        deeds[what]()


# Deeds that can follow, by people who can do them, are drawn more often than any, so that sequences come to the far end too.
LIKELY = {
    "draft": [("ask", "focal"), ("save", "secretariat")], "to_approve": [("approve", "validating")],
    "to_consent": [("consent", "secretariat"), ("consent", "administrator")], "approved": [("submit", "secretariat"), ("back", "secretariat")],
    "submitted": [("grant", "secretariat"), ("discuss", "secretariat")], "under_discussion": [("partly", "secretariat")],
    "granted": [("deliver", "focal")], "partly_granted": [("deliver", "focal")], "delivering": [("complete", "focal")],
    "completed": [("evaluate", "focal")],
}  # fmt: skip
MIGHTY = ["secretariat", "administrator"]  # those who could do most harm try oftener, and try what would do it


def drawn(data, state):
    """A deed, who does it, and its day: the usual next one, or any."""
    if state in LIKELY and data.draw(st.booleans(), label="likely"):
        what, who = data.draw(st.sampled_from(LIKELY[state]))
        return what, who, TODAY
    who = data.draw(st.sampled_from(WHO + MIGHTY * 4))
    return (
        data.draw(st.sampled_from(ACTS + ["submit"] * 6 + ["publish"] * 3)),
        who,
        TODAY - dt.timedelta(days=data.draw(st.sampled_from([0, 0, 1, -1]))),
    )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shorten a failing sequence would take minutes
)
@given(data=st.data())
def test_no_sequence_of_deeds_submits_without_consent(people, data):
    row = made.draft(people.focal, people.health)
    consented = False
    for _ in range(data.draw(st.integers(8, 25), label="length")):
        before = AssistanceRequest.objects.get(pk=row.pk)
        what, who, day = drawn(data, before.state)
        try:
            act(getattr(people, who), before, what, day)
        except Refusal:
            after = AssistanceRequest.objects.get(pk=row.pk)
            assert (after.state, after.version) == (before.state, before.version)
            continue
        after = AssistanceRequest.objects.get(pk=row.pk)
        if after.state != before.state:
            assert after.state in REQUEST_STEPS[before.state]
        if after.state == "approved" and before.state == "to_consent":
            assert who in ("secretariat", "administrator")
            consented = True
        if after.state == "draft":
            consented = False
        if after.state in SENT:
            assert consented
            assert after.consent_on <= after.submitted_on
            assert after.consent_authority
        if after.visibility == "public":
            assert after.submitted_on
        seen = AssistanceRequest.objects.visible_to(people.nhri).filter(pk=row.pk).exists()
        assert not seen or (after.visibility == "public" and after.submitted_on)
    AssistanceRequest.objects.filter(pk=row.pk).update(state="withdrawn", visibility="secretariat")


def test_the_steps_are_done_by_their_pages(people, signed_in):
    row = made.draft(people.focal, people.health)

    def do(person, step, **data):
        address = reverse("assistance:step", args=[row.public_id, step])
        client = signed_in(person)
        page = client.get(address)
        assert page.status_code == 200, step
        answer = client.post(
            address, {"version": page.context["form"]["version"].value(), "on": TODAY.isoformat()} | data
        )
        assert answer.status_code == 302, (step, answer.context and answer.context["form"].errors)

    do(people.focal, "ask-approval")
    assert signed_in(people.focal).get(reverse("assistance:step", args=[row.public_id, "approve"])).status_code == 404
    do(people.validating, "approve")
    do(people.secretariat, "consent", authority="Minister", instrument="Note 12")
    do(people.secretariat, "submit", how="By note")
    do(people.secretariat, "discuss", note="Questions")
    do(people.secretariat, "answer", outcome="partly_granted", what="Half", amount="20000", currency="usd")
    do(people.secretariat, "readers", visibility="public")
    do(people.focal, "deliver")
    do(people.focal, "complete")
    do(people.focal, "evaluate", evaluation="Good", **{f"achieved_{row.results.get().pk}": "38"})
    row.refresh_from_db()
    assert (row.state, row.granted_amount, row.granted_currency, row.visibility) == (
        "evaluated", Decimal(20000), "USD", "public"
    )  # fmt: skip
    assert row.results.get().achieved == "38"


def test_a_step_page_says_what_is_wrong(people, signed_in):
    row = made.to_consent(people)
    address = reverse("assistance:step", args=[row.public_id, "consent"])
    data = {"version": row.version, "authority": "Minister", "instrument": "Note", "on": "2999-01-01"}
    answer = signed_in(people.secretariat).post(address, data)
    assert answer.status_code == 422
    assert "lies in the future" in answer.content.decode()
