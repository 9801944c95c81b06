"""Whatever is done to recommendations through the services, the index is what one made anew would be."""

import pytest

from mutabaa.followup.services import assignments
from mutabaa.intake.models import ImportBatch
from mutabaa.intake.services import import_file
from mutabaa.intake.undo import undo
from mutabaa.recommendations import services as recommending
from mutabaa.recommendations.models import Recommendation
from mutabaa.search import services
from mutabaa.search.registry import kinds
from tests import world
from tests.intake import files

pytestmark = pytest.mark.django_db
CLOSED = ["public", "institutions", "secretariat", "restricted"]


def held() -> dict[int, tuple]:
    """What the index answers for every record and everybody: facets, visibility and words, read by searching."""
    people = world_people()
    out = {}
    for name, person in people.items():
        for question in QUESTIONS:
            answer = services.search(services.Question(question, scope="all", limit=1000), person)
            out[name, question] = (sorted(hit.pk for hit in answer.hits), answer.facets)
    return out


QUESTIONS = [
    "",
    "children",
    "mortality OR law",
    "droit",
    "CRC/C/XMU",
    "paragraph:24",
    "theme:health",
    "status:implemented",
]


def world_people():
    from types import SimpleNamespace

    from mutabaa.accounts.models import User

    found = {f"{user.role}-{user.pk}": user for user in User.objects.all()}
    return found | {"visitor": SimpleNamespace(is_authenticated=False, pk=None, role="visitor")}


def assert_in_step() -> None:
    before = held()
    assert services.rebuild() is not None
    assert held() == before


@pytest.fixture
def busy(index, people):
    files.reference()
    record = world.recommendation("Reduce the mortality of children.", themes=[world.theme()])
    services.rebuild()
    return record


def test_after_making_editing_translating_and_withdrawing(busy, people):
    by = people.secretariat
    document = busy.document
    made = recommending.create_recommendation(
        by, document=document, text="Adopt the law on children.", language="en", paragraph="24"
    )  # fmt: skip
    held()
    recommending.edit_recommendation(by, made, None, text="Adopt another law.", paragraph="25")
    held()
    recommending.set_translation(by, made, language="fr", text="Adopter un droit nouveau.", official=False)
    recommending.state_position(by, busy, position="noted", text="We note it.", stated_on=document.published_on)
    assert_in_step()
    recommending.withdraw(by, made, "A wrong entry")
    assert_in_step()


def test_after_each_visibility(busy, people):
    for visibility in CLOSED:
        busy.refresh_from_db()
        recommending.edit_recommendation(people.secretariat, busy, None, visibility=visibility)
        assert_in_step()


def test_after_naming_readers(busy, people):
    busy.visibility = "restricted"
    busy.save()
    busy.readers.set([people.cso])
    assert_in_step()
    busy.readers.clear()
    assert_in_step()


def test_after_assigning_and_withdrawing(busy, people):
    for place, role in ((people.health, "lead"), (people.justice, "partner"), (people.justice, "lead")):
        (made,) = assignments.assign(people.secretariat, institution=place, role=role, recommendations=[busy])
        assert_in_step()
    assignments.withdraw_assignment(people.secretariat, made, "Not theirs")
    assert_in_step()


def test_after_importing_again_and_undoing(busy, people, tmp_path):
    rows = [files.record(), files.upr(), files.record(Text="Reform the law on children.")]
    import_file(files.json_file(tmp_path, rows), format="uhri", state="")
    assert_in_step()
    rows[0] |= {"Text": "Something about children and the law."}
    import_file(files.json_file(tmp_path, rows), format="uhri", state="")
    assert_in_step()
    for batch in ImportBatch.objects.order_by("-pk"):
        undo(batch, people.secretariat)
        assert_in_step()
    assert Recommendation.objects.count() == 1


def test_after_a_document_or_a_mechanism_changed(busy, people):
    busy.document.symbol = "CRC/C/XMU/CO/99"
    busy.document.save()
    assert services.count(services.Question("CRC/C/XMU/CO/99"), people.secretariat) == 1
    busy.mechanism.code = "CRX"
    busy.mechanism.save()
    assert_in_step()


def test_after_a_deed_that_was_taken_back(busy, people):
    from django.db import transaction

    with transaction.atomic():
        recommending.edit_recommendation(people.secretariat, busy, None, text="Never written.")
        transaction.set_rollback(True)
    assert services.count(services.Question("never"), people.secretariat) == 0
    assert services.count(services.Question("mortality"), people.secretariat) == 1
    assert_in_step()


def test_the_keys_of_a_person_open_what_the_person_may_see(index, people):
    """Every visibility × responsible institution × named reader, for every role and a visitor."""
    for visibility in CLOSED:
        for institution in (None, people.health, people.justice):
            for readers in ([], [people.cso], [people.focal, people.secretariat]):
                record = world.recommendation(visibility=visibility)
                record.readers.set(readers)
                if institution:
                    record.responsibilities.create(institution=institution, role="lead")
    everybody = world_people()
    assert len(everybody) > 9
    kind = kinds["recommendation"]
    for person in everybody.values():
        allowed = set(Recommendation.objects.visible_to(person).values_list("pk", flat=True))
        found = services.every(services.Question(scope="all"), person)
        assert set(found) == allowed
        assert len(found) == len(allowed)
        assert services.count(services.Question(scope="all"), person) == len(allowed)
        assert set(kind.texts(list(Recommendation.objects.values_list("pk", flat=True)), person)) == allowed
