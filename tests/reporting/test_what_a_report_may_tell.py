"""A report holds what its reader may read, and a published one what everybody may."""

import pytest

from mutabaa.core.errors import NotAllowed
from mutabaa.core.models import Visibility
from mutabaa.followup.models import ExternalAssessment, Update
from mutabaa.followup.services import set_status
from tests import world
from tests.followup import made as followed
from tests.reporting.made import days_ago, made, matrix, table, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def records(people):
    """An item of each visibility with a published update of the same visibility, all of the institution "health"."""
    out = {}
    for visibility in Visibility.values:
        item = followed.assigned(
            people.secretariat,
            people.health,
            text=f"Matter {visibility}-text of children.",
            mechanism=world.mechanism("UPR", "upr"),
            cycle=3,
        )
        update = followed.published(
            people, item, what_was_done=f"Deed {visibility}-deed.", next_step=f"Step {visibility}-step."
        )
        Update.objects.filter(pk=update.pk).update(visibility=visibility)
        type(item).objects.filter(pk=item.pk).update(visibility=visibility)
        item.readers.set([people.secretariat, people.focal])
        ExternalAssessment.objects.create(recommendation=item, assessor="nhri", assessor_name="Ombuds", grade=followed.grade(), on="2022-05-01", text=f"Judged {visibility}-grade.", visibility=visibility)  # fmt: skip
        out[visibility] = item
    return out


MARKS = ("text", "deed", "step", "grade")


def told(report) -> dict[str, set[str]]:
    """By visibility, which marks the file holds, in any of its parts."""
    text = words(report)
    return {v: {mark for mark in MARKS if f"{v}-{mark}" in text} for v in Visibility.values}


def test_a_published_report_holds_what_is_public_alone(records, people):
    report = made(people.secretariat, public_only=True)
    assert told(report) == {"public": set(MARKS), "institutions": set(), "secretariat": set(), "restricted": set()}


def test_an_internal_report_of_the_secretariat_holds_all_but_restricted_records(records, people):
    report = made(people.secretariat, public_only=False)
    assert told(report) == {
        "public": set(MARKS), "institutions": set(MARKS), "secretariat": set(MARKS), "restricted": set()
    }  # fmt: skip


def test_an_internal_report_of_a_focal_point_holds_what_they_read(records, people):
    report = made(people.focal, public_only=False)
    found = told(report)
    assert (found["public"], found["institutions"]) == (set(MARKS), set(MARKS))
    assert (found["secretariat"], found["restricted"]) == (set(), set())


def test_a_hidden_update_of_a_public_record_is_not_told(records, people):
    Update.objects.filter(recommendation=records["public"]).update(visibility="secretariat")
    assert told(made(people.secretariat))["public"] == {"text", "grade"}


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "asked_back"])
def test_an_update_that_is_not_published_is_never_told(records, people, state):
    Update.objects.update(state=state)
    for public_only in (True, False):
        report = made(people.secretariat, public_only=public_only)
        assert not {"deed", "step"} & set().union(*told(report).values())


def test_a_withdrawn_record_is_not_told(records, people):
    type(records["public"]).objects.update(withdrawn=True)
    assert made(people.secretariat, public_only=False).counts == {"recommendations": 0}


def test_a_record_of_another_state_is_not_told(records, people):
    type(records["public"]).objects.update(own=False)
    assert made(people.secretariat, public_only=False).counts == {"recommendations": 0}


def test_the_matrix_follows_the_same_rule(records, people):
    published = told(matrix(people.secretariat, cycle=3))
    internal = told(matrix(people.secretariat, cycle=3, public_only=False))
    assert published["public"] == {"text", "deed", "step"}
    assert not published["institutions"] | published["secretariat"] | published["restricted"]
    assert internal["secretariat"] == {"text", "deed", "step"}
    assert not internal["restricted"]


@pytest.mark.parametrize("role", ["nhri", "cso", "parliament"])
def test_outside_readers_get_no_internal_report(records, people, role):
    with pytest.raises(NotAllowed):
        made(getattr(people, role), public_only=False)
    assert set().union(*(v for k, v in told(made(getattr(people, role))).items() if k != "public")) == set()


def test_an_internal_evaluation_is_not_the_status_of_any_report(records, people):
    """T-044: it changes nothing that is published, today or at a date."""
    set_status(people.secretariat, records["public"], "implemented", on=days_ago(20), internal=True)
    for day in (days_ago(0), days_ago(10)):
        assert table(made(people.secretariat, as_of=day), "Status")["Implemented"][0] == "0"
