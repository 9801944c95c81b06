"""The public list shows what its address asks for, with and without script."""

import datetime as dt

import pytest
from django.utils import timezone

from mutabaa.recommendations.models import Cluster, Responsibility
from mutabaa.taxonomy.models import Right, Sdg
from tests import world

LIST = "/recommendations/"


def texts(response) -> list[str]:
    return [line["record"].text for line in response.context["lines"]]


@pytest.fixture
def three(db):
    """a: health, of a committee, assigned; b: education, in French; c: of the UPR, bare. And a foreign one."""
    health, education = world.theme(), world.theme("education")
    health.right = Right.objects.create(code="health", name_en="Health")
    health.save()
    today = timezone.localdate()
    a = world.recommendation(
        "Reduce child mortality.", themes=[health], groups=[world.group()], sdgs=[world.sdg("3.2")], priority="high", follow_up=True,
        last_update_on=today,
    )  # fmt: skip
    b = world.recommendation(
        "Garantir l'éducation.", themes=[education], sdgs=[world.sdg("3")], status="in_progress", language="fr", kind="concern",
        due_on=today - dt.timedelta(days=1), session="80", last_update_on=today - dt.timedelta(days=800),
    )  # fmt: skip
    upr = world.document("A/HRC/900/1", of=world.mechanism("UPR", "upr"), cycle=4, published_on=dt.date(2024, 1, 1))
    c = world.recommendation("Ratify the treaty.", upr, position="supported", recommending_states=[world.state("XQA")])
    c.components.create(label="a", text="Sign.")
    Responsibility.objects.create(recommendation=a, institution=world.institution("health"), role="lead")
    Cluster.objects.create(code="survival", title_en="Survival", visibility="public").members.add(a)
    world.recommendation("Foreign.", world.document("X/1", state=world.state("XQB")), own=False)
    return {a.pk: "a", b.pk: "b", c.pk: "c"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", "abc"), ("q=mortality", "a"), ("q=Éducation", "b"), ("q=900/1", "c"), ("q=%00mortality", "a"),
        ("theme=education", "b"), ("theme=education&theme=right-to-health", "ab"), ("theme=none", "c"), ("group=children", "a"),
        ("sdg=3", "ab"), ("sdg=3.2", "a"), ("right=health", "a"), ("family=upr", "c"), ("mechanism=CRC", "ab"), ("cycle=4", "c"),
        ("position=supported", "c"), ("status=in_progress", "b"), ("priority=high", "a"), ("institution=health", "a"),
        ("institution=none", "bc"), ("assigned=no", "bc"), ("stale=yes", "bc"), ("updated=yes", "a"), ("overdue=yes", "b"),
        ("followup=yes", "a"), ("component=yes", "c"), ("by=XQA", "c"), ("from=2023", "c"), ("to=2022", "ab"), ("language=fr", "b"),
        ("kind=concern", "b"), ("session=80", "b"), ("cluster=survival", "a"), ("state=XQB", ""), ("family=upr&status=in_progress", ""),
    ],
)  # fmt: skip
def test_it_filters(three, client, query, found):
    response = client.get(f"{LIST}?{query}")

    assert {three[line["record"].pk] for line in response.context["lines"]} == set(found)
    assert response.context["total"] == len(found)


def test_it_filters_by_document(three, client):
    document = world.document("A/HRC/900/1", of=world.mechanism("UPR", "upr"))

    response = client.get(f"{LIST}?document={document.pk}")

    assert texts(response) == ["Ratify the treaty."]
    assert "A/HRC/900/1" in response.context["chips"][0]["value"]


@pytest.mark.parametrize(
    "query",
    ["status=nonsense", "from=abc", "stale=perhaps", "document=999999999", "cluster=unknown", "group_by=cluster"],
)
def test_it_names_what_it_could_not_read(three, client, query):
    response = client.get(f"{LIST}?{query}")

    assert len(response.context["lines"]) == 3
    assert "Part of the address could not be read and was left out" in response.content.decode()


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
    ],
)
def test_it_groups(three, client, group_by):
    response = client.get(f"{LIST}?group_by={group_by}")

    assert set(texts(response)) == {"Reduce child mortality.", "Garantir l'éducation.", "Ratify the treaty."}
    assert response.context["lines"][0]["opens"]


def test_the_filters_in_force_can_be_taken_off_one_by_one(three, client):
    response = client.get(f"{LIST}?theme=education&theme=right-to-health&status=in_progress&by=XQA")

    chips = {chip["value"]: chip["without"] for chip in response.context["chips"]}
    assert set(chips) == {"Education", "Right to health", "In progress", "State XQA"}
    assert "theme=right-to-health" in chips["Education"]
    assert "theme=education" not in chips["Education"]


def test_it_pages_by_twenty_five(db, client):
    for n in range(27):
        world.recommendation(f"Number {n}.")

    first, second = client.get(LIST), client.get(f"{LIST}?page=2")

    assert (len(texts(first)), len(texts(second))) == (25, 2)
    assert not set(texts(first)) & set(texts(second))
    assert len(texts(client.get(f"{LIST}?page=nonsense"))) == 25


def test_htmx_gets_the_results_alone_and_a_clean_address(three, client):
    response = client.get(
        f"{LIST}?status=in_progress&theme=&q=", headers={"HX-Request": "true", "HX-Target": "results"}
    )
    page = response.content.decode()

    assert page.startswith('<div id="results"')
    assert "<form" not in page
    assert response["HX-Push-Url"] == "/recommendations/?status=in_progress"
    assert "HX-Target" in response["Vary"]


def test_a_search_without_result_says_what_to_do(three, client):
    page = client.get(f"{LIST}?q=nothinglikethis").content.decode()

    assert "No recommendation matches" in page
    assert "Clear all filters" in page


def test_only_get_is_answered(three, client):
    assert client.post(LIST).status_code == 405


def test_an_unknown_format_is_not_found(three, client):
    assert client.get("/recommendations/export/exe/").status_code == 404


def offered(client, key: str, **query) -> list[tuple[str, str]]:
    context = client.get(LIST, query).context
    select = next(s for s in [*context["main"], *context["more"]] if s.key == key)
    return [(choice.value, choice.label) for choice in select.choices if choice.value != "none"]


def test_its_filters_offer_names_in_the_readers_language_and_in_their_order(db, client):
    late = world.mechanism("A-LAST", name_en="Late", short_en="", order=9)
    early = world.mechanism("Z-FIRST", name_en="Early", short_en="First", order=1)
    zebra = world.theme("a", name_en="Zebra", name_ar="أ")
    apple = world.theme("b", name_en="apple")
    bare = world.theme("c", name_en="", name_fr="Mangue")
    for number, body in enumerate((late, early)):
        world.recommendation("x", world.document(f"X/{number}", of=body), themes=[zebra, apple, bare])
    world.theme("unused")
    for code, order in (("10", 10), ("9", 9)):
        world.sdg(code)
        Sdg.objects.filter(code=code).update(order=order)
    assert offered(client, "mechanism") == [("Z-FIRST", "First"), ("A-LAST", "Late")]
    assert offered(client, "theme") == [("b", "apple"), ("c", "Mangue"), ("a", "Zebra")]
    assert ("a", "أ") in offered(client, "theme", lang="ar")
    assert offered(client, "sdg") == [("9", "9 Goal 9"), ("10", "10 Goal 10")]
