"""Taking an import back: while nothing builds on it, and never afterwards."""

import datetime as dt

import pytest

from mutabaa.classification.models import Suggestion
from mutabaa.classification.services import reject, suggest_new
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.intake.models import ImportBatch, SourceRecord
from mutabaa.intake.undo import builds_on, undo
from mutabaa.mechanisms.models import Document, Mechanism
from mutabaa.recommendations.models import Cluster, Recommendation, Translation
from mutabaa.taxonomy.models import Theme
from tests import world
from tests.intake.files import record, upr

pytestmark = pytest.mark.django_db


def latest() -> ImportBatch:
    return ImportBatch.objects.order_by("-pk").first()


def test_it_deletes_what_the_import_created(take, people):
    take([record(), upr(), record(Themes=["Right to laughter"], Body="- SR Tides", Symbol="A/HRC/1/2")])
    undo(latest(), people.secretariat)
    assert Recommendation.objects.count() == 0
    assert SourceRecord.objects.count() == 0
    assert Document.objects.count() == 0
    assert not Theme.objects.filter(name_en="Right to laughter").exists()
    assert not Mechanism.objects.filter(name_en="SR Tides").exists()
    assert Mechanism.objects.filter(code="CRC").exists()
    assert latest().state == "undone"


def test_it_can_be_imported_again_afterwards(take, people):
    rows = [record(), upr()]
    take(rows)
    undo(latest(), people.secretariat)
    assert take(rows)["new"] == 2


def test_it_puts_back_what_the_import_changed_and_keeps_the_rest(take, people):
    rows = [record(Themes=["Right to health"]), record()]
    take(rows)
    before = Recommendation.objects.get(external_id=rows[0]["AnnotationId"])
    take(
        [
            rows[0]
            | {
                "Text": "The Committee asks for something else altogether.",
                "Themes": ["Right to education"],
                "PublicationDate": "2023-01-01T00:00:00",
            },
            record(),
        ]
    )
    undo(latest(), people.secretariat)
    after = Recommendation.objects.get(pk=before.pk)
    for name in ("text", "folded", "text_key", "published_on", "year", "source_digest", "kind"):
        assert getattr(after, name) == getattr(before, name), name
    assert [t.code for t in after.themes.all()] == ["right-to-health"]
    assert Recommendation.objects.count() == 2
    assert take(rows)["unchanged"] == 2


def test_it_takes_back_a_recommending_state_that_a_later_file_added(take, people):
    first = upr(Text="26.9 Ratify the Convention (Chile)")
    take([first])
    take(
        [
            first
            | {
                "AnnotationId": "another",
                "UprRecommendingCountry": ["Peru"],
                "Text": "26.9 Ratify the Convention (Peru)",
            }
        ]
    )
    undo(latest(), people.secretariat)
    assert [s.code for s in Recommendation.objects.get().recommending_states.all()] == ["CHL"]


def assign(row, people):
    row.assignments.create(institution=people.health, role="lead")


def component(row, people):
    row.components.create(label="a", text="part")


def cluster(row, people):
    Cluster.objects.create(code="c").members.add(row)


def update(row, people):
    row.updates.create(institution=people.health, author=people.focal)


def status(row, people):
    row.status_entries.create(status="in_progress", on=dt.date(2024, 1, 1))


def comment(row, people):
    row.comments.create(author=people.nhri, text="A remark")


def translation(row, people):
    Translation.objects.create(recommendation=row, language="fr", text="texte")


def priority(row, people):
    Recommendation.objects.filter(pk=row.pk).update(priority="high")


def edit(row, people):
    Recommendation.objects.filter(pk=row.pk).update(version=2)


def reader(row, people):
    row.readers.add(people.focal)


def position(row, people):
    row.positions.create(position="noted", recorded_by=people.secretariat)


@pytest.mark.parametrize(
    "work", [assign, component, cluster, update, status, comment, translation, priority, edit, reader, position]
)
def test_it_refuses_and_counts_when_work_builds_on_it(take, people, work):
    take([record(), record()])
    work(Recommendation.objects.first(), people)
    with pytest.raises(Invalid, match=": 1"):
        undo(latest(), people.secretariat)
    assert Recommendation.objects.count() == 2
    assert latest().state == "applied"


def test_it_counts_each_kind_of_work_in_three_statements(take, people, django_assert_num_queries):
    take([record(), record()])
    first, second = Recommendation.objects.order_by("pk")
    for row in (first, second):
        assign(row, people)
        comment(row, people)
    comment(first, people)
    reader(second, people)
    batch = latest()
    with django_assert_num_queries(3):
        found = builds_on(batch)
    assert found == {"assignments": 2, "comments": 3, "named readers": 1}


def test_it_refuses_when_a_later_import_changed_its_records(take, people):
    first = record()
    take([first])
    batch = latest()
    take([first | {"AnnotationType": "- Concerns/Observations"}])
    assert builds_on(batch)
    undo(latest(), people.secretariat)
    with pytest.raises(Invalid):
        undo(batch, people.secretariat)


def test_only_the_secretariat_undoes(take, people):
    take([record()])
    with pytest.raises(NotAllowed):
        undo(latest(), people.focal)
    assert Recommendation.objects.count() == 1


def test_it_leaves_a_record_alone_that_was_there_before(take, people):
    world.recommendation(
        "Take this one measure for the health of all.", world.document("CRC/C/XMU/CO/4"), paragraph="12"
    )
    take([record(Text="Take this one measure for the health of all.")])
    undo(latest(), people.secretariat)
    row = Recommendation.objects.get()
    assert (row.themes.count(), row.groups.count(), row.paragraph) == (0, 0, "12")


def test_tags_that_the_machine_proposed_hold_nobody_back(take, people):
    take([record(Text="Prevent torture in custody.")])
    world.theme("torture")
    suggest_new()
    assert Suggestion.objects.filter(code="torture").exists()
    undo(latest(), people.secretariat)
    assert Recommendation.objects.count() == Suggestion.objects.count() == 0


def test_a_tag_that_a_person_rejected_is_work(take, people):
    take([record(Text="Prevent torture in custody.")])
    world.theme("torture")
    suggest_new()
    reject(people.secretariat, Suggestion.objects.get(code="torture"))
    with pytest.raises(Invalid, match="suggested tags: 1"):
        undo(latest(), people.secretariat)
