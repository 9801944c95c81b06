"""The pages as people use them: decide with one click, work on proposals, set priorities, take tables away."""

import csv
import io

import openpyxl
import pytest
from django.urls import reverse

from mutabaa.recommendations import clustering
from mutabaa.recommendations.models import Cluster, Responsibility
from mutabaa.recurrence import services
from mutabaa.recurrence.models import ClusterProposal, Likeness, PrioritySuggestion, RepeatSearch
from tests import world
from tests.recurrence.made import CAT_2, UPR_4, pair, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretariat(signed_in):
    return signed_in(world.person())


def page(client, name, *arguments, **query):
    return client.get(reverse(f"recurrence:{name}", args=arguments), query)


def send(client, name, *arguments, **data):
    return client.post(reverse(f"recurrence:{name}", args=arguments), data)


def text(response):
    return response.content.decode()


def test_a_pair_shows_both_texts_with_their_differences(secretariat):
    pair(record("Repair the northern wells."), record("Repair the southern wells.", UPR_4, cycle=4))
    shown = text(page(secretariat, "pairs"))
    assert "Repair the <del>northern</del> wells." in shown
    assert "Repair the <ins>southern</ins> wells." in shown
    assert 'data-key="r"' in shown


def test_one_click_decides_and_the_list_stays_as_it_was(secretariat):
    row = pair(record("a"), record("b", UPR_4))
    answer = send(secretariat, "decide", row.pk, state="narrows", version=1, view="state=proposed&likeness=80")
    assert answer["Location"] == reverse("recurrence:pairs") + "?state=proposed&likeness=80"
    row.refresh_from_db()
    assert row.state == "narrows"


def test_a_decision_from_an_old_page_is_refused(secretariat):
    row = pair(record("a"), record("b", UPR_4))
    send(secretariat, "decide", row.pk, state="narrows", version=1)
    assert send(secretariat, "decide", row.pk, state="different", version=1).status_code == 409


def test_filters_narrow_the_list_and_its_counts(secretariat):
    pair(record("Repair the wells"), record("Repair the wells now", UPR_4), score=0.95)
    pair(record("Train the guards"), record("Train guards", UPR_4), score=0.7)
    shown = text(page(secretariat, "pairs", likeness=90))
    assert ("wells" in shown, "guards" in shown) == (True, False)
    assert "guards" in text(page(secretariat, "pairs", q="GUARDS"))
    assert "No pair fits this filter" in text(page(secretariat, "pairs", q="prison"))


def test_a_pair_with_an_end_that_one_may_not_read_is_not_there(secretariat):
    row = pair(record("a"), record("quixotic", UPR_4, visibility="restricted"))
    assert "quixotic" not in text(page(secretariat, "pairs"))
    assert page(secretariat, "pair", row.pk).status_code == 404
    assert send(secretariat, "decide", row.pk, state="repeats").status_code == 404


def test_ticked_and_near_identical_pairs_are_decided_together(secretariat):
    a, b, c = record("a"), record("b", UPR_4), record("c", CAT_2)
    near, ticked = pair(a, b, score=0.99), pair(a, c, score=0.7)
    send(secretariat, "decide_several", near_identical="1")
    send(secretariat, "decide_several", selected=[ticked.pk], state="different")
    assert dict(Likeness.objects.values_list("pk", "state")) == {near.pk: "repeats", ticked.pk: "different"}


def test_the_history_of_a_pair_names_who_decided(secretariat):
    row = pair(record("a"), record("b", UPR_4))
    send(secretariat, "decide", row.pk, state="repeats", note="both speak of girls", own_page="1")
    shown = text(page(secretariat, "pair", row.pk))
    assert "both speak of girls" in shown
    assert row.decisions.get().decided_by.name in shown


def test_an_institution_sees_confirmed_links_of_what_it_reads(signed_in):
    health = world.institution("health")
    ours = record("Vaccinate all children", visibility="institutions")
    Responsibility.objects.create(recommendation=ours, institution=health, role="lead")
    pair(ours, record("Vaccinate children", UPR_4), state="repeats")
    pair(record("zephyrine", visibility="secretariat"), record("b", CAT_2), state="repeats")
    client = signed_in(world.person("contributor", health))
    shown = text(page(client, "links"))
    assert "Vaccinate <del>all </del>children" in shown
    assert "zephyrine" not in shown
    assert page(client, "pairs").status_code == 403
    rows = list(
        csv.reader(io.StringIO(b"".join(page(client, "links_file", "csv").streaming_content).decode("utf-8-sig")))
    )
    assert [row[5] for row in rows[1:]] == ["Vaccinate all children"]


def test_the_search_is_asked_for_and_ended(secretariat):
    send(secretariat, "find")
    assert "The search waits for the worker." in text(page(secretariat, "search"))
    send(secretariat, "cancel")
    assert RepeatSearch.objects.get().state == "cancelled"


def test_a_proposal_is_split_named_and_accepted(secretariat):
    rows = [record(f"Repair well {n}") for n in range(4)]
    proposal = ClusterProposal.objects.create(title_en="Wells")
    proposal.members.set(rows)
    assert "Repair well 3" in text(page(secretariat, "proposal", proposal.pk))
    send(secretariat, "split", proposal.pk, selected=[rows[0].public_id], version=1)
    made = ClusterProposal.objects.exclude(pk=proposal.pk).get()
    send(secretariat, "rename", made.pk, title_en="One well", version=made.version)
    send(secretariat, "accept", made.pk, visibility="public")
    cluster = Cluster.objects.get()
    assert (cluster.title_en, list(cluster.members.all()), cluster.visibility) == ("One well", [rows[0]], "public")
    send(secretariat, "dismiss", proposal.pk)
    assert "Repair well 2" in text(page(secretariat, "unclustered"))


def test_proposals_are_merged_on_the_page(secretariat):
    one, two = (ClusterProposal.objects.create(title_en=name) for name in ("One", "Two"))
    two.members.set([record("a")])
    send(secretariat, "merge", one.pk, others=[two.pk], version=1)
    assert one.members.count() == 1


def test_existing_clusters_are_split_and_merged_on_their_page(secretariat):
    rows = [record(str(n)) for n in range(3)]
    cluster = Cluster.objects.create(code="wells", title_en="Wells")
    cluster.members.set(rows)
    assert send(secretariat, "split_cluster", "wells", selected=[rows[0].public_id]).status_code == 422
    send(secretariat, "split_cluster", "wells", selected=[rows[0].public_id], title_en="Springs")
    assert set(Cluster.objects.get(code="springs").members.all()) == {rows[0]}
    send(secretariat, "merge_cluster", "wells", other="springs")
    assert set(cluster.members.all()) == set(rows)


def test_a_record_of_a_hidden_cluster_is_unclustered_for_those_who_do_not_see_it(signed_in):
    health = world.institution("health")
    row = record("Vaccinate all children")
    Responsibility.objects.create(recommendation=row, institution=health, role="lead")
    clustering.create_cluster(world.person(), title_en="Hidden", visibility="secretariat", members=[row])
    focal = world.person("contributor", health)
    assert list(services.unclustered(focal)) == [row]
    assert list(services.unclustered(world.person())) == []
    assert "Vaccinate all children" in text(page(signed_in(focal), "unclustered"))


def test_the_clusters_leave_as_a_table_with_the_unclustered_last(secretariat):
    inside, outside = record("a"), record("b", UPR_4)
    Cluster.objects.create(code="wells", title_en="Wells").members.add(inside)
    data = b"".join(page(secretariat, "clusters_file", "xlsx").streaming_content)
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].iter_rows(values_only=True))
    assert [(r[0], r[8]) for r in rows[1:]] == [("Wells", "a"), ("Unclustered", "b")]
    assert outside.reference in {r[4] for r in rows}
    assert b"".join(page(secretariat, "clusters_file", "pdf").streaming_content).startswith(b"%PDF")


def test_priorities_are_ticked_and_set(secretariat):
    row = record("a", follow_up=True)
    services.suggest()
    assert "selected for a follow-up procedure" in text(page(secretariat, "priorities"))
    send(secretariat, "apply", selected=[PrioritySuggestion.objects.get().pk])
    row.refresh_from_db()
    assert row.priority == "medium"
    assert "No other priority is proposed" in text(page(secretariat, "priorities"))


def test_the_weights_are_changed_on_their_page(secretariat):
    data = {
        "recurrence": 10, "follow_up": 70, "gravity": 10, "groups": 10, "high": 60, "medium": 30,
        "smallest": 4, "largest": 30, "version": services.rule().version,
    }  # fmt: skip
    assert send(secretariat, "weights", **data).status_code == 302
    rule = services.rule()
    assert (rule.follow_up, rule.smallest) == (70, 4)
    assert send(secretariat, "weights", **data).status_code == 409
    assert send(secretariat, "weights", **data | {"version": rule.version, "high": 5}).status_code == 422


def test_a_records_page_tells_who_raised_it_again(signed_in):
    row, other = record("Repair the wells"), record("Repair all wells", UPR_4)
    pair(row, other, state="repeats")
    pair(row, record("jabberwock", CAT_2, visibility="restricted"), state="repeats")
    shown = text(signed_in(world.person()).get(reverse("recommendations:similar", args=[row.public_id])))
    assert "Raised again by" in shown
    assert "Repair all wells" in shown
    assert "jabberwock" not in shown


def test_a_clusters_page_tells_mechanisms_and_cycles(secretariat):
    cluster = Cluster.objects.create(code="wells", title_en="Wells")
    cluster.members.set([record("a"), record("b", UPR_4, cycle=4, year=2024)])
    shown = text(secretariat.get(reverse("recommendations:cluster", args=["wells"])))
    assert "Raised by mechanism and cycle" in shown
    assert "<bdi>UPR</bdi></td>" in shown


@pytest.mark.parametrize("name", ["pairs", "links", "search", "proposals", "unclustered", "priorities"])
def test_an_empty_page_says_what_to_do(secretariat, name):
    world.installation()
    assert 'class="empty"' in text(page(secretariat, name))
