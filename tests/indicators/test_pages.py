"""The pages as people use them."""

import datetime as dt

import pytest
from django.urls import reverse

from mutabaa.indicators.models import FigureRequest
from mutabaa.indicators.services import ask_for_figures, enter
from mutabaa.notifications.models import Notice
from tests import world
from tests.indicators import made

pytestmark = pytest.mark.django_db


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query).content.decode()


def test_a_statistician_enters_a_series_validates_it_and_sees_its_chart(people, signed_in):
    of = made.indicator("poverty")
    client = signed_in(people.statistician)
    address = reverse("indicators:enter", args=["poverty"]) + "?periods=2022 2023 2024&by=sex"
    grid = client.get(address).content.decode()
    assert 'name="c-0-2022"' in grid
    assert "Female" in grid
    answer = client.post(
        address,
        {
            "c-0-2022": "40",
            "c-0-2023": "38",
            "c-0-2024": "36/100",
            "c-1-2024": "..",
            "s-2024": "Household survey",
            "p-2024": "1",
        },
        follow=True,
    )
    assert "4 figures were kept" in answer.content.decode()
    assert "Household survey" in page(client, "indicators:queue")
    client.post(reverse("indicators:validate"), {"everything": "1"})
    shown = page(client, "indicators:detail", "poverty")
    assert "<svg" in shown
    assert "Improving" in shown
    assert "36.0" in shown
    row = of.observations.in_force().get(period="2024", breakdown="")
    assert (row.numerator, row.denominator, row.status, row.source) == (36, 100, "provisional", "Household survey")
    assert of.observations.get(breakdown="sex=female").status == "missing"


def test_an_error_stands_at_its_cell_and_nothing_is_kept(people, signed_in):
    of = made.indicator("poverty")
    client = signed_in(people.statistician)
    address = reverse("indicators:enter", args=["poverty"]) + "?periods=2023 2024"
    answer = client.post(address, {"c-0-2023": "40", "c-0-2024": "140"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="c-0-2024-error"' in text
    assert "between 0 and 100" in text
    assert 'value="140"' in text
    assert not of.observations.exists()


def test_a_focal_point_answers_a_request_from_the_first_page(people, signed_in):
    of = made.indicator("poverty")
    ask_for_figures(
        people.secretariat, indicator=of, institution=people.health, period="2024", due_on=dt.date(2099, 1, 1)
    )
    request = FigureRequest.objects.get()
    assert Notice.objects.filter(user=people.focal, kind="indicators.asked").exists()
    client = signed_in(people.focal)
    address = reverse("indicators:request", args=[request.public_id])
    assert address in page(client, "desk")
    answer = client.post(address, {"c-0-2024": "12/40", "version": request.version}, follow=True)
    assert "wait for a statistician" in answer.content.decode()
    request.refresh_from_db()
    assert (request.state, request.answered_by) == ("answered", people.focal)
    assert of.observations.waiting().get().value == 30
    assert address not in page(client, "desk")
    assert Notice.objects.filter(user=people.statistician, kind="indicators.answered").exists()


def test_a_request_of_another_institution_is_not_there(people, signed_in):
    of = made.indicator("poverty")
    row = ask_for_figures(
        people.secretariat, indicator=of, institution=people.health, period="2024", due_on=dt.date(2099, 1, 1)
    )
    client = signed_in(people.stranger)
    assert client.get(reverse("indicators:request", args=[row.public_id])).status_code == 404


def test_an_impossible_comparison_is_refused_with_its_reason(people, signed_in):
    of = made.indicator("killed", measure="count", factor=1)
    made.series(of, y2023=120, y2024=100)
    text = page(
        signed_in(people.secretariat), "indicators:compare", indicator="killed", one="XMU|2023|", other="XMU|2024|"
    )
    assert "cannot be compared" in text
    assert "depend on how many people there are" in text
    assert "lower" not in text


def test_a_comparison_is_told_in_percentage_points(people, signed_in):
    made.series(made.indicator("poverty"), y2023=40, y2024=36)
    text = page(
        signed_in(people.secretariat), "indicators:compare", indicator="poverty", one="XMU|2023|", other="XMU|2024|"
    )
    assert "percentage points lower" in text
    assert "4.0" in text


def test_missing_disaggregation_by_sex_is_seen_and_filtered(people, signed_in):
    made.series(made.indicator("poverty"), y2024=36)
    both = made.indicator("literacy", name_en="Literacy")
    made.figures(both, made.entry(both, value=90), made.entry(both, value=92, breakdown="sex=female"))
    client = signed_in(people.secretariat)
    assert "not broken down by sex" in page(client, "indicators:detail", "poverty")
    assert "not broken down by sex" not in page(client, "indicators:detail", "literacy")
    listed = page(client, "indicators:index", gap="sex")
    assert "/poverty/" in listed
    assert "/literacy/" not in listed


def test_what_waits_is_not_shown_and_the_public_sees_no_small_count(people, client):
    of = made.indicator("victims", measure="count", factor=1)
    made.figures(
        of,
        made.entry(of, value=43),
        made.entry(of, value=3, breakdown="sex=female"),
        made.entry(of, value=40, breakdown="sex=male"),
    )
    enter(people.statistician, of, [made.entry(of, "2023", 7777)])
    shown = page(client, "portal:indicator", "victims")
    assert "43" in shown
    assert "7,777" not in shown
    assert "fewer than five people" in shown
    for form in ("csv", "json", "sdmx-csv", "sdmx-ml"):
        answer = client.get(reverse("portal:indicator_file", args=["victims", form]))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode()
        assert "43" in text, form
        assert "7777" not in text, form
        assert not any(small in text for small in (",3,", '"3"', ": 3,", ": 3.0")), form


def test_the_portal_shows_public_indicators_only(client):
    made.series(made.indicator("secret", visibility="institutions"), y2024=36)
    made.indicator("open")
    assert client.get(reverse("portal:indicator", args=["secret"])).status_code == 404
    assert client.get(reverse("portal:indicator_file", args=["secret", "csv"])).status_code == 404
    assert "/secret/" not in page(client, "portal:indicators")


def test_the_dashboard_of_a_right_shows_all_three_kinds(people, signed_in):
    from mutabaa.taxonomy.models import Right

    right = Right.objects.create(code="health", name_en="Right to health")
    for kind in ("structural", "process", "outcome"):
        made.indicator(kind, kind=kind, right=right)
    text = page(signed_in(people.focal), "indicators:right", "health")
    assert all(f"/{kind}/" in text for kind in ("structural", "process", "outcome"))


def test_the_sheet_is_edited_and_its_history_shown(people, signed_in):
    of = made.indicator("poverty")
    client = signed_in(people.secretariat)
    given = {
        "kind": "outcome", "measure": "proportion", "factor": 100, "decimals": 1, "direction": "down", "periodicity": "A", "origin": "national",
        "visibility": "public", "active": "on", "counts_people": "on", "version": of.version, "name_en": "Poverty rate", "unit_en": "%",
    }  # fmt: skip
    client.post(reverse("indicators:edit", args=["poverty"]), given)
    of.refresh_from_db()
    assert (of.name_en, of.version) == ("Poverty rate", 2)
    assert "Poverty rate" in page(client, "indicators:history", "poverty")
    again = client.post(reverse("indicators:edit", args=["poverty"]), given | {"name_en": "Mine"})
    assert again.status_code == 409
    assert "Mine" in again.content.decode()


def test_the_measure_stands_fast_once_figures_rest_on_it(people, signed_in):
    of = made.indicator("poverty")
    made.series(of, y2024=36)
    given = {
        "kind": "outcome", "measure": "count", "factor": 100, "decimals": 1, "direction": "down", "periodicity": "A", "origin": "national",
        "visibility": "public", "active": "on", "counts_people": "on", "version": of.version, "name_en": "Poverty", "unit_en": "persons",
    }  # fmt: skip
    answer = signed_in(people.secretariat).post(reverse("indicators:edit", args=["poverty"]), given)
    assert "Figures rest on this measure" in answer.content.decode()


def test_the_path_is_drawn(people, signed_in):
    of = made.indicator("poverty")
    made.series(of, y2022=40, y2023=38, y2024=36)
    client = signed_in(people.secretariat)
    form = {
        "form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0, "form-0-year": 2022, "form-0-value": 40, "form-0-baseline": "on",
        "form-1-year": 2030, "form-1-value": 20, "form-1-set_by": "The plan", "version": of.version,
    }  # fmt: skip
    client.post(reverse("indicators:path", args=["poverty"]), form)
    text = page(client, "indicators:detail", "poverty")
    assert "Path from baseline to target" in text
    assert "The plan" in text
    worse = client.post(reverse("indicators:path", args=["poverty"]), form | {"form-1-year": 2010, "version": ""})
    assert "after the baseline" in worse.content.decode()


def test_the_vintages_of_a_figure(people, signed_in):
    of = made.indicator("poverty")
    made.series(of, y2024=40)
    (row,) = made.series(of, y2024=38)
    text = page(signed_in(people.secretariat), "indicators:figure", row.pk)
    assert "40.0" in text
    assert "38.0" in text
    assert "Replaced by a later figure" in text


def test_a_recommendation_names_the_indicators_of_its_themes(people, signed_in):
    theme = world.theme("poverty")
    record = world.recommendation(themes=[theme])
    made.indicator("poverty").themes.set([theme])
    assert "/workspace/indicators/poverty/" in page(
        signed_in(people.secretariat), "recommendations:similar", record.public_id
    )
