"""The same file, a changed file, work done in between, and what a person wrote."""

import pytest
from django.db import connection

from mutabaa.intake.models import ImportBatch, ImportRow, SourceRecord
from mutabaa.intake.services import import_file
from mutabaa.recommendations.models import Cluster, Recommendation
from mutabaa.taxonomy.models import Theme
from tests import world
from tests.intake.files import json_file, record, upr

pytestmark = pytest.mark.django_db
OUTCOMES = ("new", "changed", "unchanged", "doubtful", "refused")


def outcomes(counts):
    return tuple(counts[name] for name in OUTCOMES)


def test_it_changes_nothing_when_the_same_file_comes_again(take):
    rows = [
        record(),
        upr(),
        upr(UprPositions=["Supported/Noted"]),
        record(Text=""),
        record(Countries=[], Symbol="CRC/C/XMU/CO/5"),
    ]
    assert outcomes(take(rows)) == (2, 0, 0, 2, 1)
    before = list(Recommendation.objects.order_by("pk").values())
    assert outcomes(take(rows)) == (0, 0, 4, 0, 1)
    assert list(Recommendation.objects.order_by("pk").values()) == before
    assert Recommendation.history.count() == 0


def test_it_gives_every_row_exactly_one_outcome(take):
    rows = [record() for _ in range(7)] + [upr() for _ in range(5)] + [record(Text=""), record(AnnotationType=None)]
    counts = take([*rows, rows[0]])
    assert counts["rows"] == sum(outcomes(counts)) == 15


def test_it_takes_only_the_state_asked_for(take):
    rows = [
        record(),
        record(Countries=["Gabon"], Symbol="CRC/C/GAB/CO/1"),
        record(Countries=["Peru"], Symbol="CRC/C/PER/CO/1"),
    ]
    counts = take(rows)
    assert (counts["rows"], counts["passed_over"]) == (1, 2)
    take(rows, state="GAB")
    assert set(Recommendation.objects.values_list("state_id", "own")) == {("XMU", True), ("GAB", False)}
    take(rows, state="*")
    assert Recommendation.objects.own().count() == 1
    assert Recommendation.objects.count() == 3


def test_it_keeps_papers_of_a_confidential_mechanism_from_the_public(take):
    take([record(Body="- SPT", Symbol="CAT/OP/XMU/1"), record()])
    assert set(Recommendation.objects.values_list("mechanism__code", "visibility")) == {
        ("SPT", "secretariat"),
        ("CRC", "public"),
    }


def test_it_makes_a_new_version_of_a_changed_record_and_leaves_national_work_alone(take, people):
    first = record(Text="The Committee recommends that the State party reduce the mortality of children.")
    take([first])
    row = Recommendation.objects.get()
    cluster = Cluster.objects.create(code="children", title_en="Children")
    cluster.members.add(row)
    row.components.create(label="a", text="part")
    row.translations.create(language="fr", text="traduit")
    row.status, row.lead, row.priority, row.priority_reason, row.visibility = (
        "in_progress",
        people.health,
        "high",
        "gravity",
        "institutions",
    )
    row.save()
    counts = take(
        [
            first
            | {
                "Text": "The Committee recommends that the State party end the mortality of children.",
                "Themes": ["Right to education"],
            }
        ]
    )
    assert outcomes(counts) == (0, 1, 0, 0, 0)
    row = Recommendation.objects.get()
    assert row.text == "The Committee recommends that the State party end the mortality of children."
    assert "end the mortality" in row.folded
    assert [t.code for t in row.themes.all()] == ["right-to-education"]
    assert (row.status, row.lead, row.priority, row.visibility, row.version) == (
        "in_progress",
        people.health,
        "high",
        "institutions",
        2,
    )
    assert (row.clusters.get(), row.components.count(), row.translations.count()) == (cluster, 1, 1)
    former = row.history.order_by("history_id").first()
    assert former.text == "The Committee recommends that the State party reduce the mortality of children."
    shown = ImportRow.objects.get(outcome="changed").changes
    assert set(shown) == {"text", "themes"}
    assert shown["themes"] == ["Right to health", "Right to education"]


def test_it_writes_the_former_content_into_the_history_first(take):
    first = record(Symbol="CRC/C/XMU/CO/4")
    take([first])
    take([first | {"AnnotationType": "- Concerns/Observations"}])
    kinds = list(Recommendation.history.order_by("history_id").values_list("kind", flat=True))
    assert kinds == ["recommendation", "concern"]


def test_it_keeps_tags_that_a_person_added_and_does_not_bring_back_those_a_person_removed(take):
    first = record(Themes=["Right to health", "Right to education"])
    take([first])
    row = Recommendation.objects.get()
    mine = Theme.objects.create(code="mine", name_en="Mine", scheme="national")
    row.themes.add(mine)
    row.themes.remove(Theme.objects.get(code="right-to-education"))
    row.version += 1
    row.save()
    take([first | {"Themes": ["Right to health", "Right to education", "Right to food"]}])
    assert {t.name_en for t in row.themes.all()} == {"Right to health", "Mine", "Right to food"}


def test_it_keeps_what_a_person_wrote_where_the_source_changed_the_same_field(take):
    first = record(PublicationDate="2022-03-01T00:00:00")
    take([first])
    row = Recommendation.objects.get()
    row.kind, row.version = "decision", 2
    row.save()
    counts = take([first | {"AnnotationType": "- Concerns/Observations"}])
    assert outcomes(counts) == (0, 0, 0, 1, 0)
    assert Recommendation.objects.get().kind == "decision"
    assert ImportRow.objects.get(batch=ImportBatch.objects.first()).reasons == [["kept_ours", "kind"]]


def test_it_matches_a_record_that_comes_under_another_identifier(take):
    first = upr(Text="26.9 Ratify the Convention (Chile)")
    take([first])
    counts = take(
        [
            first
            | {
                "AnnotationId": "another",
                "UprRecommendingCountry": ["Peru"],
                "Text": "26.9 Ratify the Convention (Peru)",
            }
        ]
    )
    assert outcomes(counts) == (0, 1, 0, 0, 0)
    assert {s.code for s in Recommendation.objects.get().recommending_states.all()} == {"CHL", "PER"}


def test_it_keeps_a_tag_that_another_row_of_the_record_still_has(take):
    one = upr(Text="26.9 Ratify the Convention (Chile)", Themes=["Right to health"])
    two = upr(Text="26.9 Ratify the Convention (Peru)", Themes=["Right to health"], UprRecommendingCountry=["Peru"])
    take([one, two])
    take([one, two | {"Themes": []}])
    assert Recommendation.objects.get().themes.count() == 1


def test_it_matches_a_text_entered_by_hand(take):
    world.recommendation(
        "Take this one measure for the health of all.",
        world.document("CRC/C/XMU/CO/4"),
        paragraph="12",
        source="manual",
    )
    counts = take([record(Text="Take this one measure for the health of all.", Themes=["Right to health"])])
    assert outcomes(counts) == (0, 1, 0, 0, 0)
    row = Recommendation.objects.get()
    assert (row.paragraph, row.themes.count(), row.external_id) == ("12", 1, None)


def test_it_tells_beforehand_what_it_would_do(take):
    rows = [record(), record(Themes=["Unknown one"]), upr(UprPositions=["Supported/Noted"]), record(Text="")]
    told = take(rows, dry_run=True)
    assert (
        Recommendation.objects.count(),
        ImportBatch.objects.count(),
        Theme.objects.filter(name_en="Unknown one").count(),
    ) == (0, 0, 0)
    done = take(rows)
    assert outcomes(told) == outcomes(done)
    changed = [rows[0] | {"AnnotationType": "- Concerns/Observations"}, *rows[1:]]
    told = take(changed, dry_run=True)
    assert outcomes(told) == outcomes(take(changed)) == (0, 1, 2, 0, 1)


def test_it_leaves_nothing_behind_when_it_is_stopped_in_the_middle(known, tmp_path, monkeypatch):
    from mutabaa.intake import importer

    rows = [record() for _ in range(2500)]
    taken = []
    original = importer.Importer.take

    def stop_at_the_third_chunk(self, chunk):
        taken.append(len(chunk))
        if len(taken) == 3:
            raise KeyboardInterrupt
        original(self, chunk)

    monkeypatch.setattr(importer.Importer, "take", stop_at_the_third_chunk)
    with pytest.raises(KeyboardInterrupt):
        import_file(json_file(tmp_path, rows), format="uhri", state="")
    assert (Recommendation.objects.count(), SourceRecord.objects.count()) == (0, 0)
    assert ImportBatch.objects.get().state == "refused"


def test_it_costs_few_statements_whatever_the_number_of_rows(take, django_assert_max_num_queries):
    rows = [record() for _ in range(900)]
    with django_assert_max_num_queries(70):
        take(rows)
    assert Recommendation.objects.count() == 900
    assert connection.vendor in {"sqlite", "postgresql"}
