"""Proposed clusters, and what people do with them."""

import pytest

from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.recommendations import clustering
from mutabaa.recommendations.models import Cluster
from mutabaa.recurrence import services
from mutabaa.recurrence.models import ClusterProposal, PriorityRule
from tests import world
from tests.recurrence.made import CAT_2, CRC_5, UPR_3, UPR_4, pair, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat():
    PriorityRule.objects.create(smallest=2, largest=10)
    return world.person()


@pytest.fixture
def wells():
    """Four records on wells, linked; two on prisons, linked; one alone."""
    water = world.theme("water-sanitation", name_en="Water and sanitation", name_ar="المياه")
    made = [
        record(f"Repair the wells of the {p} villages", s, themes=[water])
        for p, s in zip("nsew", (CRC_5, UPR_3, UPR_4, CAT_2), strict=True)
    ]
    prisons = [record(f"Train prison guards in first aid {n}", CAT_2) for n in (1, 2)]
    alone = record("Publish the budget of the police.")
    for other in made[1:]:
        pair(made[0], other, state="repeats")
    pair(*prisons, state="narrows")
    return made, prisons, alone


def members(proposal):
    return set(proposal.members.all())


def test_confirmed_links_and_themes_become_proposals_with_titles(secretariat, wells):
    services.find_repeats()
    first, second = ClusterProposal.objects.order_by("pk")
    assert (members(first), members(second)) == (set(wells[0]), set(wells[1]))
    assert first.title_en.startswith("Water and sanitation")
    assert first.title_ar.startswith("المياه")


def test_accepting_makes_the_cluster_and_its_members_are_not_proposed_again(secretariat, wells):
    services.find_repeats()
    proposal = ClusterProposal.objects.order_by("pk").first()
    cluster = services.accept_proposal(secretariat, proposal)
    assert set(cluster.members.all()) == set(wells[0])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.cluster, cluster.visibility) == ("accepted", cluster, "institutions")
    services.find_repeats(everything=True)
    waiting = ClusterProposal.objects.filter(state="proposed")
    assert [members(p) for p in waiting] == [set(wells[1])]


def test_records_for_named_persons_are_in_no_proposal(secretariat):
    a, b = (
        record("Repair the wells", visibility="restricted"),
        record("Repair the wells", UPR_4, visibility="restricted"),
    )
    pair(a, b, state="repeats")
    services.find_repeats()
    assert not ClusterProposal.objects.exists()


def test_a_dismissed_proposal_does_not_come_back(secretariat, wells):
    services.find_repeats()
    services.dismiss(secretariat, ClusterProposal.objects.order_by("pk").first())
    services.find_repeats(everything=True)
    assert [members(p) for p in ClusterProposal.objects.filter(state="proposed")] == [set(wells[1])]


def test_what_a_person_worked_on_stays_when_proposals_are_made_anew(secretariat, wells):
    services.find_repeats()
    proposal = ClusterProposal.objects.order_by("pk").first()
    made = services.split(secretariat, proposal, wells[0][:2])
    services.rename(secretariat, made, {"en": "Wells in the north"})
    services.find_repeats(everything=True)
    assert members(made) == set(wells[0][:2])
    assert ClusterProposal.objects.get(pk=made.pk).title_en == "Wells in the north"


def test_splitting_merging_and_leaving_out(secretariat, wells):
    services.find_repeats()
    first, second = ClusterProposal.objects.order_by("pk")
    third = services.split(secretariat, first, wells[0][:1])
    assert (members(first), members(third)) == (set(wells[0][1:]), set(wells[0][:1]))
    services.merge(secretariat, second, [third])
    assert members(second) == {*wells[1], wells[0][0]}
    third.refresh_from_db()
    assert third.state == "merged"
    assert services.leave_out(secretariat, second, wells[0][:1]) == 1
    assert wells[0][0] in services.unclustered(secretariat)


@pytest.mark.parametrize("chosen", [slice(0), slice(4)])
def test_a_split_takes_some_and_leaves_some(secretariat, wells, chosen):
    services.find_repeats()
    proposal = ClusterProposal.objects.order_by("pk").first()
    with pytest.raises(Invalid):
        services.split(secretariat, proposal, wells[0][chosen])


def test_a_decided_proposal_cannot_be_decided_again(secretariat, wells):
    services.find_repeats()
    proposal = ClusterProposal.objects.order_by("pk").first()
    services.dismiss(secretariat, proposal)
    with pytest.raises(Conflict):
        services.accept_proposal(secretariat, proposal)
    assert not Cluster.objects.exists()


def test_only_the_secretariat_works_on_proposals(secretariat, wells):
    services.find_repeats()
    proposal = ClusterProposal.objects.order_by("pk").first()
    focal = world.person("contributor", world.institution("health"))
    for deed in (services.accept_proposal, services.dismiss):
        with pytest.raises(NotAllowed):
            deed(focal, proposal)
    with pytest.raises(NotAllowed):
        services.rename(focal, proposal, {"en": "Mine"})


def test_a_cluster_is_split_and_merged_without_loss(secretariat):
    rows = [record(str(n)) for n in range(4)]
    cluster = clustering.create_cluster(secretariat, title_en="Wells", members=rows)
    made = clustering.split_cluster(secretariat, cluster, rows[:1], title_en="One well")
    assert (set(cluster.members.all()), set(made.members.all())) == (set(rows[1:]), {rows[0]})
    clustering.merge_clusters(secretariat, cluster, [made])
    assert set(cluster.members.all()) == set(rows)
    made.refresh_from_db()
    assert (made.members.count(), made.visibility) == (0, "secretariat")


def test_a_cluster_is_renamed_and_keeps_a_title(secretariat):
    cluster = clustering.create_cluster(secretariat, title_en="Wells")
    clustering.rename_cluster(secretariat, cluster, 1, {"fr": "Puits"})
    cluster.refresh_from_db()
    assert (cluster.title_en, cluster.title_fr) == ("Wells", "Puits")
    with pytest.raises(Invalid):
        clustering.rename_cluster(secretariat, cluster, None, {"fr": "", "en": " "})
