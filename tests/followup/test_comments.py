"""Others comment under their own name; nobody changes their words; hiding is explained to the author."""

import pytest

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import Comment
from mutabaa.notifications.models import Notice
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["nhri", "cso", "parliament", "secretariat", "focal"])
def test_those_who_may_comment_do(people, who):
    item = made.assigned(people.secretariat, people.health)
    services.add_comment(getattr(people, who), item, "We see it otherwise.")
    assert Comment.objects.visible_to(None).get().text == "We see it otherwise."


@pytest.mark.parametrize("who", ["stranger", "statistician"])
def test_others_do_not(people, who):
    item = made.assigned(people.secretariat, people.health)
    with pytest.raises(NotAllowed):
        services.add_comment(getattr(people, who), item, "x")


def test_nobody_comments_on_what_they_cannot_see(people):
    with pytest.raises(NotAllowed):
        services.add_comment(people.cso, world.recommendation(visibility="institutions"), "x")


def test_hiding_needs_a_reason_is_logged_and_told(people):
    item = made.assigned(people.secretariat, people.health)
    comment = services.add_comment(people.cso, item, "Names a victim.")
    with pytest.raises(Invalid):
        services.hide_comment(people.secretariat, comment, "")
    services.hide_comment(people.secretariat, comment, "It names a person.")
    assert not Comment.objects.visible_to(people.nhri).exists()
    assert Comment.objects.visible_to(people.cso).get().text == "Names a victim."
    assert AuditEntry.objects.get(verb="comment.hidden").details["reason"] == "It names a person."
    assert Notice.objects.get(user=people.cso).params["reason"] == "It names a person."


def test_an_institution_cannot_hide_what_others_say(people):
    comment = services.add_comment(people.nhri, made.assigned(people.secretariat, people.health), "Not so.")
    for person in (people.focal, people.cso):
        with pytest.raises(NotAllowed):
            services.hide_comment(person, comment, "No")


def test_a_remark_for_inside_stays_inside(people):
    item = made.assigned(people.secretariat, people.health)
    services.add_comment(people.secretariat, item, "Ask Finance too.", public=False)
    assert Comment.objects.visible_to(people.focal).exists()
    for person in (people.stranger, people.nhri, None):
        assert not Comment.objects.visible_to(person).exists()
