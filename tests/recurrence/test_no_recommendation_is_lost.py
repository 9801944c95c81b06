"""After any sequence of deeds every record stands in a cluster or among the unclustered, for each person who may read it (T-146)."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mutabaa.core.errors import Refusal
from mutabaa.recommendations import clustering
from mutabaa.recommendations.models import Cluster, Recommendation, Responsibility
from mutabaa.recommendations.services import edit_recommendation, withdraw
from mutabaa.recurrence import services
from mutabaa.recurrence.models import ClusterProposal, Likeness, PriorityRule
from mutabaa.recurrence.services import proposing, searching
from mutabaa.recurrence.states import DECISIONS
from tests import world
from tests.recurrence.made import CAT_2, CRC_5, UPR_4, record

TEXTS = [
    "Repair the wells of the northern villages",
    "Repair the wells in the villages of the north without delay",
    "Ratify the Convention against Torture",
    "Ratify the Convention against Torture and the Rome Statute",
    "Train prison guards in first aid",
    "Publish the budget of the police",
]
index = st.integers(0, 30)
some = st.sets(index, max_size=6)


class Work(RuleBasedStateMachine):
    """The deeds of this room and of clusters, withdrawing and hiding, in any order. Refusals are answers too."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.texts = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize()
    def begin(self):
        PriorityRule.objects.create(smallest=2, largest=6)
        self.secretariat = world.person()
        self.health = world.institution("health")
        self.focal = world.person("contributor", self.health)
        for n in range(6):
            self.add(n, n % 3)

    @rule(text=st.integers(0, 5), source=st.integers(0, 2))
    def add(self, text, source):
        made = record(TEXTS[text], (CRC_5, UPR_4, CAT_2)[source])
        self.texts[made.pk] = made.text
        if text % 2:
            Responsibility.objects.create(recommendation=made, institution=self.health, role="lead")

    def nth(self, model, n, **which):
        rows = list(model.objects.filter(**which).order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def several(self, chosen):
        rows = list(Recommendation.objects.order_by("pk"))
        return [rows[n % len(rows)] for n in sorted(chosen)]

    def attempt(self, deed, *arguments, **more):
        try:
            with transaction.atomic():
                return deed(*arguments, **more)
        except Refusal:
            return None

    @rule(n=index)
    def withdraw(self, n):
        self.attempt(withdraw, self.secretariat, self.nth(Recommendation, n), "a wrong entry")

    @rule(n=index, visibility=st.sampled_from(["public", "institutions", "secretariat", "restricted"]))
    def hide(self, n, visibility):
        self.attempt(edit_recommendation, self.secretariat, self.nth(Recommendation, n), None, visibility=visibility)

    @rule()
    def find(self):
        services.find_repeats()

    @rule()
    def propose(self):
        proposing.propose(searching.items_of_the_state())

    @rule(n=index, state=st.sampled_from(DECISIONS))
    def decide(self, n, state):
        pair = self.nth(Likeness, n)
        if pair and Likeness.objects.visible_to(self.secretariat).filter(pk=pair.pk).exists():
            self.attempt(services.decide, self.secretariat, pair, state)

    @rule(n=index, visibility=st.sampled_from(["public", "institutions", "secretariat"]))
    def accept(self, n, visibility):
        if proposal := self.nth(ClusterProposal, n):
            self.attempt(services.accept_proposal, self.secretariat, proposal, visibility=visibility)

    @rule(n=index, deed=st.sampled_from([services.split, services.leave_out]), chosen=some)
    def take_from_proposal(self, n, deed, chosen):
        if proposal := self.nth(ClusterProposal, n):
            self.attempt(deed, self.secretariat, proposal, self.several(chosen))

    @rule(n=index, other=index)
    def merge_proposals(self, n, other):
        if proposal := self.nth(ClusterProposal, n):
            self.attempt(services.merge, self.secretariat, proposal, [self.nth(ClusterProposal, other)])

    @rule(n=index)
    def rename_or_dismiss(self, n):
        if proposal := self.nth(ClusterProposal, n):
            self.attempt(services.rename, self.secretariat, proposal, {"en": f"Named {n}"})
            if n % 2:
                self.attempt(services.dismiss, self.secretariat, proposal)

    @rule(chosen=some)
    def make_cluster(self, chosen):
        self.attempt(clustering.create_cluster, self.secretariat, title_en="Made", members=self.several(chosen))

    @rule(n=index, chosen=some, deed=st.sampled_from([clustering.add_members, clustering.remove_members]))
    def change_cluster(self, n, chosen, deed):
        if cluster := self.nth(Cluster, n):
            self.attempt(deed, self.secretariat, cluster, self.several(chosen))

    @rule(n=index, chosen=some)
    def split_cluster(self, n, chosen):
        if cluster := self.nth(Cluster, n):
            self.attempt(clustering.split_cluster, self.secretariat, cluster, self.several(chosen), title_en="Split")

    @rule(n=index, other=index)
    def merge_clusters(self, n, other):
        if cluster := self.nth(Cluster, n):
            before = set(cluster.members.all()) | set(self.nth(Cluster, other).members.all())
            clustering.merge_clusters(self.secretariat, cluster, [self.nth(Cluster, other)])
            assert set(cluster.members.all()) == before

    @invariant()
    def every_record_is_somewhere(self):
        if not self.texts:
            return
        for person in (self.secretariat, self.focal):
            own = set(Recommendation.objects.in_scope(person).values_list("pk", flat=True))
            clusters = clustering.visible_clusters(person)
            gathered = set(Recommendation.objects.filter(clusters__in=clusters).values_list("pk", flat=True))
            rest = set(services.unclustered(person).values_list("pk", flat=True))
            assert own <= gathered | rest
            assert rest <= own
            assert not rest & gathered

    @invariant()
    def no_record_was_changed_or_deleted(self):
        assert dict(Recommendation.objects.values_list("pk", "text")) == self.texts


@pytest.mark.django_db
def test_it_loses_no_recommendation():
    run_state_machine_as_test(
        Work,
        settings=settings(
            max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
