"""What the machine found in imported records goes with them; what a person decided keeps the import from being undone."""

import pytest

from mutabaa.core.errors import Invalid
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.undo import undo
from mutabaa.recommendations.models import Recommendation
from mutabaa.recurrence import services
from mutabaa.recurrence.models import ClusterProposal, Compared, Likeness, PriorityRule, PrioritySuggestion
from tests import world
from tests.recurrence.made import CAT_2, CRC_5, UPR_4, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    PriorityRule.objects.create(smallest=2, largest=10)
    made = ImportBatch.objects.create(format="uhri", state="applied", file_name="a.json")
    for source in (CRC_5, UPR_4):
        record("Repair the wells of the northern villages", source, batch_id=made.pk, follow_up=True)
    record("Repair the wells of the northern villages", CAT_2)
    services.find_repeats()
    assert all(m.objects.exists() for m in (Likeness, Compared, ClusterProposal, PrioritySuggestion))
    return made


def test_a_search_does_not_keep_an_import_from_being_undone(batch):
    undo(batch, world.person())
    assert Recommendation.objects.count() == 1
    assert not Likeness.objects.exists()
    assert Compared.objects.count() == 1


def test_a_decision_does(batch):
    services.decide(world.person(), Likeness.objects.first(), "repeats")
    with pytest.raises(Invalid):
        undo(batch, world.person())


def test_work_on_a_proposal_does(batch):
    services.rename(world.person(), ClusterProposal.objects.first(), {"en": "Wells"})
    with pytest.raises(Invalid):
        undo(batch, world.person())
