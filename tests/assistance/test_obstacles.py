"""Obstacles that institutions report: listed, looked at, led into gaps."""

import pytest
from django.urls import reverse

from mutabaa.assistance import reported, services
from mutabaa.assistance.models import Gap, ObstacleReview
from mutabaa.assistance.reported import ReportedView, key_of
from mutabaa.core.errors import Invalid, NotAllowed
from tests import world
from tests.assistance import made
from tests.followup import made as followup

pytestmark = pytest.mark.django_db
ALL = ReportedView()


def lines(person, view=ALL):
    return [
        (str(line["obstacle"]), line["institution"].code, str(line["theme"] or ""), line["reported"], line["waiting"])
        for line in reported.named(list(reported.groups(person, view)))
    ]


def test_obstacles_are_counted_by_kind_institution_and_theme(people):
    money = made.obstacle("financial", "Financial")
    theme = world.theme("health", name_en="Health")
    made.reported(people, "No trainers.", themes=[theme])
    made.reported(people, "No trainers, no money.", made.obstacle(), money, themes=[theme])
    assert lines(people.secretariat) == [
        ("Human resources and skills", "health", "Health", 2, 2),
        ("Financial", "health", "Health", 1, 1),
    ]


def test_an_obstacle_of_an_update_that_nobody_approved_is_not_listed(people):
    item = followup.assigned(people.secretariat, people.health)
    followup.draft(people.focal, item, people.health, obstacles=[made.obstacle()], obstacle_text="Too early.")
    assert lines(people.secretariat) == []
    assert lines(people.focal) == []


def test_a_contributor_finds_those_of_the_own_institution_only(people):
    made.reported(people)
    assert len(lines(people.focal)) == 1
    assert lines(people.stranger) == []


def test_obstacles_told_in_words_alone_are_not_overlooked(people):
    item = followup.assigned(people.secretariat, people.health)
    followup.published(people, item, obstacle_text="The road is closed in winter.")
    assert reported.in_words(people.secretariat, ALL).count() == 1
    assert lines(people.secretariat) == []


def test_what_was_set_aside_no_longer_waits_and_says_why(people):
    update = made.reported(people)
    assert services.set_aside(people.secretariat, [(update, made.obstacle())], "Posts were filled in May.") == 1
    assert lines(people.secretariat)[0][3:] == (1, 0)
    assert lines(people.secretariat, ReportedView(waiting=True)) == []
    assert ObstacleReview.objects.get().reason == "Posts were filled in May."


def test_setting_aside_needs_a_reason_and_something_ticked(people):
    update = made.reported(people)
    with pytest.raises(Invalid):
        services.set_aside(people.secretariat, [(update, made.obstacle())], "  ")
    with pytest.raises(Invalid):
        services.set_aside(people.secretariat, [], "Nothing")


def test_nobody_sets_aside_another_institutions_obstacle(people):
    update = made.reported(people)
    with pytest.raises(NotAllowed):
        services.set_aside(people.stranger, [(update, made.obstacle())], "Not ours")


def test_a_gap_recorded_from_obstacles_keeps_them_and_they_count_as_looked_at(people):
    update = made.reported(people)
    gap = services.record_gap(
        people.focal,
        reported=[(update, made.obstacle())],
        title="No trainers",
        institution=people.health,
        description="None.",
    )
    assert list(gap.obstacles.all()) == [made.obstacle()]
    assert gap.reported.get().update == update
    assert lines(people.focal)[0][4] == 0


def test_what_led_to_a_gap_is_not_set_aside_afterwards(people):
    update = made.reported(people)
    pair = (update, made.obstacle())
    gap = services.record_gap(
        people.secretariat, reported=[pair], title="No trainers", institution=people.health, description="None."
    )
    assert services.set_aside(people.secretariat, [pair], "No gap") == 0
    assert ObstacleReview.objects.get().gap == gap


def test_what_was_set_aside_can_still_become_a_gap(people):
    update = made.reported(people)
    pair = (update, made.obstacle())
    services.set_aside(people.secretariat, [pair], "For now")
    services.record_gap(
        people.secretariat, reported=[pair], title="After all", institution=people.health, description="None."
    )
    row = ObstacleReview.objects.get()
    assert row.gap is not None
    assert row.reason == ""


def test_ticked_boxes_that_are_not_ones_own_are_left_out(people):
    update = made.reported(people)
    key = key_of(update, made.obstacle())
    assert reported.chosen(people.focal, [key]) == [(update, made.obstacle())]
    assert reported.chosen(people.stranger, [key]) == []
    assert (
        reported.chosen(people.secretariat, [f"{update.public_id}:financial", "nonsense", f"{update.public_id}:"]) == []
    )


def test_the_pages_lead_from_an_obstacle_to_a_gap(people, signed_in):
    update = made.reported(people, "The regions have no trainers.")
    client = signed_in(people.focal)
    assert "Human resources and skills" in client.get(reverse("assistance:obstacles")).content.decode()
    listed = client.get(
        reverse("assistance:obstacle_list") + "?obstacle=human-resources&institution=health"
    ).content.decode()
    assert "The regions have no trainers." in listed
    key = key_of(update, made.obstacle())
    form = client.post(reverse("assistance:new_gap"), {"from": [key]})
    assert form.status_code == 200
    assert "The regions have no trainers." in form.content.decode()
    data = {
        "confirm": "1", "from": [key], "title": "No trainers", "scope": "institution", "institution": people.health.pk,
        "description": "None", "language": "en", "recommendations": [update.recommendation_id],
    }  # fmt: skip
    answer = client.post(reverse("assistance:new_gap"), data)
    gap = Gap.objects.get()
    assert answer.url == reverse("assistance:gap", args=[gap.public_id])
    assert list(gap.recommendations.all()) == [update.recommendation]
    assert gap.reported.count() == 1
    again = client.get(reverse("assistance:obstacle_list") + "?obstacle=human-resources").content.decode()
    assert "No trainers" in again
