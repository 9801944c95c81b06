"""The table shows what the address asks for, and nothing that the person may not read."""

import datetime as dt

import pytest
from django.urls import reverse

from mutabaa.recommendations.models import Responsibility
from tests import world

TABLE = "/workspace/recommendations/"


def texts(response):
    return [line["record"].text for line in response.context["lines"]]


def test_it_lists_every_mechanism_in_one_table(people, signed_in):
    world.recommendation("From a committee.")
    upr = world.document("A/HRC/900/1", of=world.mechanism("UPR", "upr"))
    world.recommendation("From the review.", upr)
    court = world.document("Serie C 1", of=world.mechanism("COURT", "regional_court"))
    world.recommendation("Pay the compensation.", court, kind="measure_of_reparation")

    response = signed_in(people.secretariat).get(TABLE)

    assert sorted(texts(response)) == ["From a committee.", "From the review.", "Pay the compensation."]


def test_other_states_records_never_mix_with_the_own_table(people, signed_in):
    world.recommendation("Ours.")
    world.recommendation("Theirs.", own=False)

    assert texts(signed_in(people.secretariat).get(TABLE)) == ["Ours."]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=mortality", {"a"}),
        ("q=MORTALITÉ", set()),
        ("q=Éducation", {"b"}),
        ("q=900/1", {"c"}),
        ("theme=education", {"b"}),
        ("theme=education&theme=right-to-health", {"a", "b"}),
        ("theme=none", {"c"}),
        ("group=children", {"a"}),
        ("sdg=3", {"a", "b"}),
        ("sdg=3.2", {"a"}),
        ("right=health", {"a"}),
        ("family=upr", {"c"}),
        ("mechanism=CRC", {"a", "b"}),
        ("cycle=4", {"c"}),
        ("position=supported", {"c"}),
        ("position=none", {"a", "b"}),
        ("status=in_progress", {"b"}),
        ("priority=high", {"a"}),
        ("institution=health", {"a"}),
        ("institution=none", {"b", "c"}),
        ("assigned=no", {"b", "c"}),
        ("stale=yes", {"b", "c"}),
        ("stale=no", {"a"}),
        ("updated=yes", {"a"}),
        ("overdue=yes", {"b"}),
        ("followup=yes", {"a"}),
        ("component=yes", {"c"}),
        ("by=XQA", {"c"}),
        ("from=2023", {"c"}),
        ("to=2022", {"a", "b"}),
        ("language=fr", {"b"}),
        ("kind=concern", {"b"}),
        ("cluster=survival", {"a"}),
        ("cluster=none", {"b", "c"}),
        ("family=upr&status=in_progress", set()),
        ("status=nonsense", {"a", "b", "c"}),
    ],
)
def test_it_filters(people, signed_in, query, found):
    health, education = world.theme(), world.theme("education")
    from mutabaa.taxonomy.models import Right

    health.right = Right.objects.create(code="health", name_en="Health")
    health.save()
    today = dt.date.today()  # noqa: DTZ011
    a = world.recommendation(
        "Reduce child mortality.", themes=[health], groups=[world.group()], sdgs=[world.sdg("3.2")], priority="high",
        follow_up=True, last_update_on=today,
    )  # fmt: skip
    b = world.recommendation(
        "Garantir l'éducation.", themes=[education], sdgs=[world.sdg("3")], status="in_progress", language="fr", kind="concern",
        due_on=today - dt.timedelta(days=1), last_update_on=today - dt.timedelta(days=800),
    )  # fmt: skip
    upr = world.document("A/HRC/900/1", of=world.mechanism("UPR", "upr"), cycle=4, published_on=dt.date(2024, 1, 1))
    c = world.recommendation("Ratify the treaty.", upr, position="supported", recommending_states=[world.state("XQA")])
    c.components.create(label="a", text="Sign.")
    Responsibility.objects.create(recommendation=a, institution=people.health, role="lead")
    from mutabaa.recommendations.models import Cluster

    Cluster.objects.create(code="survival", title_en="Survival").members.add(a)
    names = {a.pk: "a", b.pk: "b", c.pk: "c"}

    response = signed_in(people.secretariat).get(f"{TABLE}?{query}")

    assert {names[line["record"].pk] for line in response.context["lines"]} == found
    assert response.context["figures"].total == len(found)


def test_it_names_the_parameters_that_it_could_not_read(people, signed_in):
    response = signed_in(people.secretariat).get(TABLE + "?status=nonsense")

    assert "Part of the address could not be read" in response.content.decode()


@pytest.mark.parametrize(
    "group_by",
    [
        "family",
        "mechanism",
        "document",
        "cycle",
        "theme",
        "right",
        "group",
        "sdg",
        "target",
        "institution",
        "lead",
        "status",
        "priority",
        "position",
        "year",
        "by",
        "cluster",
    ],
)
def test_it_groups_by_everything_and_shows_a_row_in_each_of_its_groups(people, signed_in, group_by):
    one = world.recommendation(
        "One.", themes=[world.theme("x"), world.theme("y")], sdgs=[world.sdg("3"), world.sdg("3.2")]
    )
    world.recommendation("Two.")

    response = signed_in(people.secretariat).get(f"{TABLE}?group_by={group_by}")

    places = [line["group"] for line in response.context["lines"] if line["record"].pk == one.pk]
    expected = {"theme": 2, "target": 2}.get(group_by, 1)
    assert len(places) == expected
    assert len(set(places)) == expected
    assert {line["record"].text for line in response.context["lines"]} == {"One.", "Two."}


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("public", {"secretariat", "administrator", "statistician", "nhri", "cso", "parliament", "focal"}),
        ("institutions", {"secretariat", "administrator", "statistician", "focal"}),
        ("secretariat", {"secretariat", "administrator"}),
        ("restricted", {"nhri"}),
    ],
)
def test_it_shows_and_counts_only_what_the_person_may_read(people, client, visibility, readers):
    record = world.recommendation("Hidden or not.", visibility=visibility)
    Responsibility.objects.create(recommendation=record, institution=people.health, role="lead")
    record.readers.add(people.nhri)
    for name in ("secretariat", "administrator", "statistician", "nhri", "cso", "parliament", "focal", "stranger"):
        client.force_login(getattr(people, name), backend="allauth.account.auth_backends.AuthenticationBackend")
        response = client.get(TABLE)
        seen = name in readers
        assert texts(response) == (["Hidden or not."] if seen else []), name
        assert response.context["figures"].total == int(seen), name
        assert client.get(f"{TABLE}{record.public_id}/").status_code == (
            200 if seen or (visibility == "public") else 404
        ), name


def test_a_page_of_the_table_costs_at_most_fifteen_queries(people, signed_in, django_assert_max_num_queries):
    for _ in range(60):
        record = world.recommendation(themes=[world.theme(), world.theme("education")])
        Responsibility.objects.create(recommendation=record, institution=people.health, role="lead")
    client = signed_in(people.secretariat)
    client.get(TABLE)
    for query in ("", "?group_by=theme", "?q=child&theme=education&sdg=3", "?group_by=institution&status=not_assessed"):
        with django_assert_max_num_queries(15 + 2):  # session and user are two of the framework's own
            client.get(TABLE + query)


def test_a_view_is_kept_and_opened_again(people, signed_in):
    client = signed_in(people.secretariat)
    client.post(reverse("recommendations:keep_view"), {"name": "Late", "query": "overdue=yes&group_by=lead"})

    page = client.get(TABLE).content.decode()

    assert "?overdue=yes&amp;group_by=lead" in page


def test_the_filter_bar_names_no_mechanism_and_no_year_of_closed_records(people, signed_in):
    """Not even that a confidential procedure has written, or when."""
    world.recommendation("Open.", world.document("CRC/C/XMU/CO/4", published_on=dt.date(2019, 2, 1)))
    closed = world.document("G/SO 215/1", of=world.mechanism("CLOSED", "special_procedure"))
    world.recommendation("Closed.", closed, visibility="restricted", published_on=dt.date(2031, 5, 1), year=2031)

    bar = {f.key: [o.value for o in f.options] for f in signed_in(people.secretariat).get(TABLE).context["options"]}

    assert "CLOSED" not in bar["mechanism"]
    assert "CRC" in bar["mechanism"]
    assert "2031" not in bar["from"]
    assert "2019" in bar["from"]


@pytest.mark.parametrize("group_by", ["right", "sdg", "theme"])
def test_a_record_stands_once_in_each_group(people, signed_in, group_by):
    """Two themes under one right and two targets under one goal: listed once, counted once."""
    from mutabaa.taxonomy.models import Right

    health = Right.objects.create(code="health", name_en="Health")
    record = world.recommendation("Vaccinate every child.")
    record.themes.set([world.theme("vaccination", right=health), world.theme("clinics", right=health)])
    record.sdgs.set([world.sdg("3.2"), world.sdg("3.8")])

    lines = signed_in(people.secretariat).get(TABLE, {"group_by": group_by}).context["lines"]

    expected = ["clinics", "vaccination"] if group_by == "theme" else ["health" if group_by == "right" else "3"]
    assert [(line["group"], line["group_count"]) for line in lines] == [(code, 1) for code in expected]
