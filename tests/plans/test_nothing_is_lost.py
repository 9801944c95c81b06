"""Whatever is done to a plan: no recommendation leaves its coverage, and none changes its status by itself."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mutabaa.core.errors import Refusal
from mutabaa.plans import services
from mutabaa.plans.coverage import Cover
from mutabaa.plans.models import Measure, Outcome, PlanItem
from mutabaa.plans.overviews.gaps import Coverage
from mutabaa.plans.overviews.scope import Scope
from mutabaa.plans.states import Execution, PlanState
from mutabaa.recommendations.models import Cluster, Recommendation
from tests import world

places = st.integers(0, 50)


class PlanLife(RuleBasedStateMachine):
    """Any sequence of deeds; a refusal is as good as a deed, as long as what is promised holds."""

    @initialize()
    def begin(self):
        self.people = world.people_of_every_role()
        self.by = self.people.secretariat
        statuses = ["not_assessed", "in_progress", "implemented", "not_started", "partially_implemented"]
        self.rows = [world.recommendation(status=s, status_on=dt.date(2025, 1, 1)) for s in statuses]
        self.before = self.statuses()
        self.clusters = []
        for n in (0, 2):
            cluster = Cluster.objects.create(code=f"cluster-{n}-{Cluster.objects.count()}", title_en="C")
            cluster.members.set(self.rows[n : n + 3])
            self.clusters.append(cluster)
        self.plan = services.create_plan(
            self.by, title_en="Plan", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2030, 1, 1), currency="USD"
        )
        self.came_in = set()

    def statuses(self):
        return sorted(Recommendation.objects.values_list("pk", "status", "status_on"))

    def outcome(self, n):
        rows = list(Outcome.objects.filter(plan=self.plan, removed=False).order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def measure(self, n):
        rows = list(Measure.objects.filter(plan=self.plan, removed=False).order_by("pk"))
        return rows[n % len(rows)] if rows else None

    def attempt(self, deed, *args, **fields):
        try:
            deed(self.by, *args, **fields)
        except Refusal:
            return False
        return True

    @rule(n=places)
    def set_an_outcome(self, n):
        cluster = self.clusters[n % 2]
        if self.attempt(services.add_outcome, self.plan, title="T", target="G", cluster=cluster):
            self.came_in |= set(cluster.members.values_list("pk", flat=True))

    @rule(n=places, chosen=st.sets(st.integers(0, 4)))
    def add_a_measure(self, n, chosen):
        if outcome := self.outcome(n):
            serves = [self.rows[i] for i in sorted(chosen)]
            fields = {"title": "M", "type": "law", "lead": self.people.health, "due_on": dt.date(2027, 1, 1)}
            if self.attempt(services.add_measure, outcome, recommendations=serves, **fields):
                self.came_in |= {r.pk for r in serves}

    @rule(n=places, chosen=st.sets(st.integers(0, 4)))
    def serve_others(self, n, chosen):
        if measure := self.measure(n):
            serves = [self.rows[i] for i in sorted(chosen)]
            if self.attempt(services.save_measure, measure, None, recommendations=serves):
                self.came_in |= {r.pk for r in serves}

    @rule(n=places)
    def remove_a_measure(self, n):
        if measure := self.measure(n):
            self.attempt(services.remove_measure, measure, "No longer needed.")

    @rule(n=places)
    def remove_an_outcome(self, n):
        if outcome := self.outcome(n):
            self.attempt(services.remove_outcome, outcome)

    @rule(n=places, where=places)
    def move_a_measure(self, n, where):
        if measure := self.measure(n):
            self.attempt(services.save_measure, measure, None, outcome=self.outcome(where))

    @rule(n=places, execution=st.sampled_from(Execution.values))
    def report(self, n, execution):
        if measure := self.measure(n):
            self.attempt(services.report_progress, measure, execution=execution, text="So it is.")

    @rule(chosen=st.sets(st.integers(0, 4)))
    def leave_out(self, chosen):
        self.attempt(services.leave_out, self.plan, [self.rows[i] for i in chosen], "Another plan answers it.")

    @rule(chosen=st.sets(st.integers(0, 4)))
    def take_in(self, chosen):
        if self.attempt(services.add_items, self.plan, [self.rows[i] for i in chosen]):
            self.came_in |= {self.rows[i].pk for i in chosen}

    @rule()
    def approve(self):
        self.attempt(
            services.approve_plan, self.plan, None, authority="Cabinet", approved_on=dt.date(2026, 1, 1),
            instrument_text="Decision", despite="In the meeting.",
        )  # fmt: skip

    @precondition(lambda self: hasattr(self, "plan"))
    @rule(to=st.sampled_from([PlanState.ENDED, PlanState.WITHDRAWN, PlanState.DRAFT]))
    def move(self, to):
        self.attempt(services.move_plan, self.plan, to, "Because.")

    @invariant()
    def no_recommendation_is_lost(self):
        if not hasattr(self, "came_in"):
            return
        items = list(PlanItem.objects.filter(plan=self.plan).values_list("recommendation_id", "left_out_because"))
        assert {pk for pk, _why in items} == self.came_in
        standing = Measure.objects.filter(plan=self.plan, removed=False)
        served = set(standing.values_list("recommendations", flat=True))
        left_out = {pk for pk, why in items if why}
        assert not served & left_out
        assert served <= self.came_in

    @invariant()
    def the_coverage_page_shows_each_exactly_once(self):
        if not hasattr(self, "came_in"):
            return
        groups = Coverage(Scope(self.by, QueryDict(f"plan={self.plan.public_id}")), "").groups
        listed = [pk for cover, ids in groups.items() if cover != Cover.NO_PLAN for pk in ids]
        assert sorted(listed) == sorted(self.came_in)

    @invariant()
    def no_status_moves_by_itself(self):
        if hasattr(self, "before"):
            assert self.statuses() == self.before

    @invariant()
    def every_standing_measure_has_what_it_needs(self):
        if hasattr(self, "plan"):
            for measure in Measure.objects.filter(plan=self.plan, removed=False):
                assert measure.recommendations.exists()
                assert not measure.outcome.removed


class TestNothingIsLost(TestCase):
    @pytest.mark.django_db
    def test_no_sequence_of_deeds_loses_a_recommendation_or_moves_a_status(self):
        from django.db import transaction

        class InItsOwnTransaction(PlanLife):
            def __init__(self):
                super().__init__()
                self.atomic = transaction.atomic()
                self.atomic.__enter__()

            def teardown(self):
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

        run_state_machine_as_test(
            InItsOwnTransaction,
            settings=settings(
                max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
