"""Items are given to institutions, one by one or a whole cluster, and come back with a reason."""

import pytest

from mutabaa.audit.models import AuditEntry
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.followup import services
from mutabaa.followup.models import Assignment
from mutabaa.notifications.models import Notice
from mutabaa.recommendations.models import Cluster, Component, Recommendation, Responsibility
from tests import world
from tests.followup import made

pytestmark = pytest.mark.django_db


def cluster_of(*items):
    cluster = Cluster.objects.create(code="child-health", title_en="Child health")
    cluster.members.set(items)
    return cluster


def test_it_gives_an_item_to_a_lead(people):
    item = made.assigned(people.secretariat, people.health)
    assert item.lead == people.health
    assert Assignment.objects.get().state == "proposed"
    assert Recommendation.objects.in_scope(people.focal).get() == item


def test_it_gives_a_whole_cluster_in_one_act_with_one_notice(people):
    items = [world.recommendation() for _ in range(4)]
    cluster = cluster_of(*items)
    services.assign(people.secretariat, cluster=cluster, institution=people.health, role="lead", note="By June")
    assert Assignment.objects.filter(cluster=cluster, note="By June").count() == 4
    assert set(Responsibility.objects.values_list("recommendation_id", flat=True)) == {i.pk for i in items}
    assert Recommendation.objects.filter(lead=people.health).count() == 4
    assert Notice.objects.filter(user=people.focal, kind="followup.assigned").count() == 1
    assert AuditEntry.objects.filter(verb="assignment.made").count() == 1
    assert Assignment.history.count() == 4


def test_it_changes_nothing_when_the_same_is_asked_twice(people):
    cluster = cluster_of(world.recommendation(), world.recommendation())
    for _ in range(2):
        services.assign(people.secretariat, cluster=cluster, institution=people.health, role="lead")
    assert Assignment.objects.count() == 2
    assert Notice.objects.filter(user=people.focal).count() == 1


def test_it_leaves_out_members_that_the_secretariat_may_not_see_or_that_are_other_states(people):
    mine, named = world.recommendation(), world.recommendation(visibility="restricted")
    foreign = world.recommendation(own=False)
    services.assign(
        people.secretariat, cluster=cluster_of(mine, named, foreign), institution=people.health, role="lead"
    )
    assert [a.recommendation for a in Assignment.objects.all()] == [mine]


def test_it_ends_the_former_lead_when_the_lead_passes_on(people):
    item = made.assigned(people.secretariat, people.health)
    services.assign(people.secretariat, recommendations=[item], institution=people.justice, role="lead")
    item.refresh_from_db()
    assert item.lead == people.justice
    assert Assignment.objects.get(institution=people.health).state == "withdrawn"
    assert list(item.responsibilities.values_list("institution", "role")) == [(people.justice.pk, "lead")]
    assert Notice.objects.filter(user=people.focal, kind="followup.withdrawn").exists()


def test_it_makes_a_partner_the_lead_without_a_second_assignment(people):
    item = made.assigned(people.secretariat, people.health, "partner")
    services.accept_assignment(people.focal, Assignment.objects.get())
    services.assign(people.secretariat, recommendations=[item], institution=people.health, role="lead")
    row = Assignment.objects.get()
    assert (row.role, row.state) == ("lead", "accepted")
    item.refresh_from_db()
    assert item.lead == people.health


def test_it_keeps_a_partner_beside_the_lead(people):
    item = made.assigned(people.secretariat, people.health)
    services.assign(people.secretariat, recommendations=[item], institution=people.justice, role="partner")
    item.refresh_from_db()
    assert item.lead == people.health
    assert item.responsibilities.count() == 2


def test_it_gives_a_component_to_its_institution(people):
    item = world.recommendation()
    part = Component.objects.create(recommendation=item, label="a", text="Train judges")
    services.assign(
        people.secretariat, recommendations=[item], institution=people.justice, role="partner", component=part
    )
    part.refresh_from_db()
    assert part.institution == people.justice


def test_it_accepts(people):
    made.assigned(people.secretariat, people.health)
    row = services.accept_assignment(people.alternate, Assignment.objects.get())
    assert (row.state, row.answered_by) == ("accepted", people.alternate)
    assert services.accept_assignment(people.focal, row).answered_by == people.alternate


def test_it_returns_with_a_reason_and_the_item_is_unassigned_again(people):
    item = made.assigned(people.secretariat, people.health)
    services.return_assignment(people.focal, Assignment.objects.get(), "This is for Justice.")
    item.refresh_from_db()
    assert item.lead is None
    assert not item.responsibilities.exists()
    assert Assignment.objects.returned_and_open().get().reason == "This is for Justice."
    assert not Recommendation.objects.in_scope(people.focal).exists()
    assert (
        Notice.objects.get(user=people.secretariat, kind="followup.returned").params["reason"] == "This is for Justice."
    )


def test_a_returned_item_leaves_the_list_once_another_has_it(people):
    item = made.assigned(people.secretariat, people.health)
    services.return_assignment(people.focal, Assignment.objects.get(), "This is for Justice.")
    services.assign(people.secretariat, recommendations=[item], institution=people.justice, role="lead")
    assert not Assignment.objects.returned_and_open().exists()


def test_it_asks_for_the_reason(people):
    made.assigned(people.secretariat, people.health)
    with pytest.raises(Invalid) as refusal:
        services.return_assignment(people.focal, Assignment.objects.get(), "  ")
    assert refusal.value.field == "reason"
    assert Responsibility.objects.exists()


def test_it_lets_only_the_institution_answer(people):
    made.assigned(people.secretariat, people.health)
    row = Assignment.objects.get()
    for outsider in (people.stranger, people.secretariat, people.nhri):
        with pytest.raises(NotAllowed):
            services.accept_assignment(outsider, row)
        with pytest.raises(NotAllowed):
            services.return_assignment(outsider, row, "No")


@pytest.mark.parametrize("who", ["focal", "validating", "statistician", "nhri", "cso", "parliament"])
def test_it_lets_only_the_secretariat_assign(people, who):
    with pytest.raises(NotAllowed):
        services.assign(
            getattr(people, who), recommendations=[world.recommendation()], institution=people.health, role="lead"
        )
    assert not Responsibility.objects.exists()


def test_it_withdraws(people):
    item = made.assigned(people.secretariat, people.health)
    services.withdraw_assignment(people.secretariat, Assignment.objects.get())
    item.refresh_from_db()
    assert item.lead is None
    with pytest.raises(Invalid):
        services.withdraw_assignment(people.secretariat, Assignment.objects.get())
