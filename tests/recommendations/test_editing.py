"""Nothing is overwritten without history, and two people editing the same thing lose no text."""

import datetime as dt

import pytest

from mutabaa.audit.models import AuditEntry
from mutabaa.audit.services import faults
from mutabaa.core.errors import Conflict, Invalid, NotAllowed
from mutabaa.recommendations import clustering, services
from mutabaa.recommendations.models import Cluster
from tests import world


def test_an_edit_is_versioned_audited_and_shown_in_the_history(people, signed_in):
    record = world.recommendation("Old text.")
    client = signed_in(people.secretariat)
    form = {
        "paragraph": "7",
        "kind": "recommendation",
        "text": "New text.",
        "language": "en",
        "visibility": "public",
        "version": "1",
    }

    answer = client.post(f"/workspace/recommendations/{record.public_id}/edit/", form)

    assert answer.status_code == 302
    record.refresh_from_db()
    assert (record.text, record.paragraph, record.version) == ("New text.", "7", 2)
    page = client.get(f"/workspace/recommendations/{record.public_id}/history/").content.decode()
    assert "Old text." in page
    assert "New text." in page
    assert AuditEntry.objects.filter(verb="recommendation.changed", object_id=str(record.pk)).count() == 1
    assert list(faults()) == []


def test_the_second_of_two_editors_meets_both_texts(people, signed_in):
    record = world.recommendation("First.")
    services.edit_recommendation(people.administrator, record, 1, text="Theirs.")
    client = signed_in(people.secretariat)
    form = {
        "paragraph": "",
        "kind": "recommendation",
        "text": "Mine.",
        "language": "en",
        "visibility": "public",
        "version": "1",
    }

    answer = client.post(f"/workspace/recommendations/{record.public_id}/edit/", form)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Theirs." in page
    assert "Mine." in page
    record.refresh_from_db()
    assert record.text == "Theirs."
    # The form goes on from the newest version: saving it again is a decision.
    assert 'name="version" value="2"' in page


def test_only_the_secretariat_edits(people):
    record = world.recommendation()
    for person in (people.focal, people.nhri, people.statistician, None):
        with pytest.raises(NotAllowed):
            services.edit_recommendation(person, record, 1, text="x")


def test_a_later_position_stands_beside_the_earlier_one(people):
    record = world.recommendation()
    services.state_position(
        people.secretariat, record, position="noted", stated_on=dt.date(2023, 6, 1), text="It is noted."
    )
    services.state_position(people.secretariat, record, position="supported", stated_on=dt.date(2024, 6, 1))
    services.state_position(people.secretariat, record, position="pending", stated_on=dt.date(2023, 1, 1))

    record.refresh_from_db()

    assert record.position == "supported"
    assert [p.position for p in record.positions.all()] == ["supported", "noted", "pending"]


def test_a_translation_never_replaces_the_original(people):
    record = world.recommendation("The text.", language="en")
    services.set_translation(people.secretariat, record, language="fr", text="Le texte.", official=True)
    with pytest.raises(Invalid):
        services.set_translation(people.secretariat, record, language="en", text="Other.", official=False)
    record.refresh_from_db()
    assert record.text == "The text."
    assert record.translations.get().text == "Le texte."


def test_splitting_letters_the_components_on(people):
    record = world.recommendation()
    services.split(people.secretariat, record, ["Adopt the law.", "Train the police."])
    services.split(people.secretariat, record, ["Fund the shelters.", "  "])

    assert [(c.label, c.text) for c in record.components.all()] == [
        ("a", "Adopt the law."),
        ("b", "Train the police."),
        ("c", "Fund the shelters."),
    ]


@pytest.mark.parametrize(("n", "label"), [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (701, "zz"), (702, "aaa")])
def test_component_labels(n, label):
    assert services.letter(n) == label


def test_a_stale_component_form_is_a_conflict(people):
    record = world.recommendation()
    (part,) = services.split(people.secretariat, record, ["Adopt the law."])
    services.edit_component(people.secretariat, part, 1, text="Adopt the law now.")
    with pytest.raises(Conflict) as caught:
        services.edit_component(people.administrator, part, 1, text="Adopt it.")
    assert caught.value.mine == {"text": "Adopt it."}
    assert caught.value.current.text == "Adopt the law now."


def test_a_cluster_keeps_every_source_and_counts_recurrence(people):
    crc = world.document("CRC/C/XMU/CO/3")
    crc_later = world.document("CRC/C/XMU/CO/5", published_on=dt.date(2024, 1, 1))
    upr = world.document("A/HRC/900/1", of=world.mechanism("UPR", "upr"))
    cat = world.document("CAT/C/XMU/CO/2", of=world.mechanism("CAT"))
    rows = [world.recommendation(in_document=d) for d in (crc, crc_later, upr, cat)]
    cluster = clustering.create_cluster(people.secretariat, code="detention", title_en="Detention", members=rows)
    clustering.add_members(people.secretariat, cluster, rows[:2])

    found = clustering.recurrence(cluster.members.all())

    assert cluster.members.count() == 4
    assert [code for code, _family in found.mechanisms] == ["CAT", "CRC", "UPR"]
    assert found.rounds == 4
    assert found.suggested == "high"


@pytest.mark.parametrize(
    ("titles", "codes"),
    [
        (["Detention conditions", "Detention conditions"], ["detention-conditions", "detention-conditions-2"]),
        (["ظروف الاحتجاز", "العقوبة البدنية"], ["cluster-1", "cluster-2"]),
    ],
)
def test_a_cluster_without_a_code_gets_one_from_its_title(people, signed_in, titles, codes):
    language = "en" if titles[0].isascii() else "ar"
    for title in titles:
        fields = {"code": "", "theme": "", "visibility": "public", f"title_{language}": title}
        signed_in(people.secretariat).post("/workspace/recommendations/clusters/new/", fields)

    assert list(Cluster.objects.order_by("pk").values_list("code", flat=True)) == codes


def test_changing_a_cluster_keeps_its_code_and_takes_no_other_ones(people, signed_in):
    clustering.create_cluster(people.secretariat, code="prisons", title_en="Prisons")
    clustering.create_cluster(people.secretariat, code="police", title_en="Police")
    address = "/workspace/recommendations/clusters/police/edit/"
    fields = {"theme": "", "visibility": "public", "title_en": "The police", "version": 1}

    refused = signed_in(people.secretariat).post(address, fields | {"code": "prisons"})
    kept = signed_in(people.secretariat).post(address, fields | {"code": ""})

    assert "already a cluster" in refused.content.decode()
    assert kept.status_code == 302
    assert Cluster.objects.get(code="police").title_en == "The police"


def test_priority_of_a_cluster_reaches_its_members_with_the_reason(people):
    record = world.recommendation()
    cluster = clustering.create_cluster(people.secretariat, code="c", title_en="C", members=[record])
    clustering.set_cluster_priority(
        people.secretariat, cluster, "high", "recurrence", "three mechanisms", members_too=True
    )
    record.refresh_from_db()
    assert (record.priority, record.priority_reason, record.priority_note) == ("high", "recurrence", "three mechanisms")
    with pytest.raises(Invalid):
        services.set_priority(people.secretariat, [record], "low", "")


def test_taking_out_of_a_cluster_leaves_the_recommendation(people):
    record = world.recommendation()
    cluster = clustering.create_cluster(people.secretariat, code="c", title_en="C", members=[record])
    assert clustering.remove_members(people.secretariat, cluster, [record]) == 1
    record.refresh_from_db()
    assert not record.withdrawn


def test_the_same_text_twice_in_a_document_is_refused(people):
    record = world.recommendation("Adopt the law.", paragraph="12")
    with pytest.raises(Invalid, match="12"):
        services.create_recommendation(
            people.secretariat, document=record.document, text="ADOPT the law", language="en", paragraph="12"
        )


def test_a_withdrawn_item_leaves_every_list_but_keeps_its_history(people, signed_in):
    record = world.recommendation("Wrong entry.")
    services.withdraw(people.secretariat, record, "entered twice")
    client = signed_in(people.secretariat)
    assert "Wrong entry." not in client.get("/workspace/recommendations/").content.decode()
    assert record.history.count() == 2


def test_the_history_of_an_untouched_import_says_so(people, signed_in):
    record = world.recommendation()
    record.history.all().delete()
    page = signed_in(people.secretariat).get(f"/workspace/recommendations/{record.public_id}/history/")
    assert "Nothing has changed since the record came in" in page.content.decode()


def test_the_list_of_clusters_counts_what_the_person_sees(people, signed_in):
    seen, hidden = world.recommendation(status="implemented"), world.recommendation(visibility="restricted")
    clustering.create_cluster(people.secretariat, code="c", title_en="Detention", members=[seen, hidden])
    clustering.create_cluster(people.secretariat, code="empty", title_en="Empty")
    rows = signed_in(people.secretariat).get("/workspace/recommendations/clusters/").context["page"].object_list
    assert [(r["cluster"].code, r["size"], r["bodies"], r["implemented"]) for r in rows] == [
        ("c", 1, 1, 1),
        ("empty", 0, 0, 0),
    ]
