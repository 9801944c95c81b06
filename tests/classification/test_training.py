"""Learning from what the installation holds."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.utils import timezone

from mutabaa.audit.models import AuditEntry
from mutabaa.classification import services
from mutabaa.classification.models import Suggestion, TrainedModel, Training
from mutabaa.classification.services import learning
from mutabaa.classification.services.examples import examples
from mutabaa.classification.services.suggesting import suggest_new
from mutabaa.core.errors import Invalid, NotAllowed
from tests import world
from tests.classification.made import tagged_records

pytestmark = pytest.mark.django_db


def test_it_learns_and_suggests_what_it_learned(people):
    tagged_records()
    training = services.start_training(people.administrator)
    services.run_training(training.pk)
    training.refresh_from_db()
    assert (training.state, training.progress) == ("done", 100)
    model = TrainedModel.objects.get()
    assert model.in_use
    assert (model.texts, model.labels, model.language) == (150, 150, "")
    assert model.held_out == 22
    assert model.figures["theme"]["micro_f1"] > 0.9
    assert {row["code"] for row in model.per_label} == {"torture", "right-to-health", "right-to-education"}

    record = world.recommendation("Build hospitals for everyone on the islands.")
    suggest_new()
    row = Suggestion.objects.get(recommendation=record, kind="theme")
    assert (row.code, row.source, row.model) == ("right-to-health", "learned", model)
    assert "hospitals" in " ".join(row.words)


def test_a_rejection_counts_as_an_example_of_what_it_is_not(people):
    records = tagged_records()
    rejected = Suggestion.objects.create(
        recommendation=records[1], kind="theme", code="torture", score=0.6, source="keywords"
    )
    before = examples()
    services.reject(people.secretariat, rejected)
    after = examples()
    at = after.texts.index((records[1].text, "en"))
    torture = after.labels.index("theme:torture")
    assert (before.rejections, after.rejections) == (0, 1)
    assert before.weights[at, torture] == 1
    assert after.weights[at, torture] == 2
    assert after.wanted[at, torture] == 0


def test_a_record_without_tags_of_a_kind_says_nothing_about_the_kind():
    records = tagged_records(60)
    group = world.group("children")
    for record in records[:10]:
        record.groups.set([group])
    found = examples()
    place = found.labels.index("group:children")
    assert found.weights[:, place].sum() == 10
    assert found.wanted[:, place].sum() == 10


def test_restricted_and_withdrawn_records_are_not_learned_from():
    records = tagged_records(60)
    for record, change in ((records[0], {"visibility": "restricted"}), (records[1], {"withdrawn": True})):
        for name, value in change.items():
            setattr(record, name, value)
        record.save()
    said = {text for text, _language in examples().texts}
    assert records[0].text not in said
    assert records[1].text not in said
    assert records[2].text in said


def test_too_few_labels_are_refused_and_the_reason_is_kept(people):
    tagged_records(20)
    training = services.start_training(people.administrator)
    services.run_training(training.pk)
    training.refresh_from_db()
    assert training.state == "refused"
    assert "20 tagged texts" in training.message
    assert not TrainedModel.objects.exists()


def test_a_new_version_replaces_the_one_in_use_and_the_old_stays_in_the_list(people):
    tagged_records()
    for _time in range(2):
        services.train(people.administrator)
    assert list(TrainedModel.objects.order_by("pk").values_list("in_use", flat=True)) == [False, True]
    assert AuditEntry.objects.filter(verb="classification.trained").count() == 2


def test_records_are_looked_at_again_by_a_new_model(people):
    tagged_records()
    assert suggest_new() == 150
    assert suggest_new() == 0
    services.train(people.administrator)
    assert suggest_new() == 150


def test_a_model_file_that_was_exchanged_is_not_used(people):
    world.theme("torture")
    tagged_records()
    model = services.train(people.administrator)[0]
    path = learning.folder() / model.file
    path.write_bytes(b"PK" + path.read_bytes())
    (said,) = services.suggest_texts([("Prevent torture.", "en")])
    assert [(s.code, s.source) for s in said] == [("torture", "keywords")]


def test_one_training_at_a_time(people):
    services.start_training(people.administrator)
    with pytest.raises(Invalid):
        services.start_training(people.administrator)


def test_only_an_administrator_trains(people):
    for person in (people.secretariat, people.focal):
        with pytest.raises(NotAllowed):
            services.start_training(person)
    assert not Training.objects.exists()


def test_running_a_finished_training_again_does_nothing(people):
    tagged_records()
    training = services.start_training(people.administrator)
    services.run_training(training.pk)
    services.run_training(training.pk)
    assert TrainedModel.objects.count() == 1


def test_a_training_whose_workers_were_killed_does_not_block_the_next(people):
    lost = services.start_training(people.administrator)
    Training.objects.update(state="running", updated_at=timezone.now() - dt.timedelta(hours=2))
    services.start_training(people.administrator)
    lost.refresh_from_db()
    assert lost.state == "refused"
    assert Training.objects.filter(state="waiting").count() == 1


def test_neither_the_pages_nor_the_worker_load_the_libraries_of_learning_before_they_are_used():
    code = (
        "import django, sys; django.setup(); import mutabaa.config.urls, mutabaa.classification.jobs;"
        "from django.urls import get_resolver; get_resolver().url_patterns;"
        "print([name for name in ('sklearn', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "mutabaa.config.settings"},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
