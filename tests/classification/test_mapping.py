"""A national list of themes beside UHRI's (T-208)."""

import pytest

from mutabaa.classification import services
from mutabaa.classification.models import Suggestion, ThemeMapping
from mutabaa.classification.services.suggesting import suggest_new
from mutabaa.core.errors import Invalid, NotAllowed
from mutabaa.taxonomy.models import Theme
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes(people):
    return services.add_national_theme(people.secretariat, name="Care for all"), world.theme("right-to-health")


def test_a_national_theme_is_kept_apart(people, themes):
    assert (themes[0].scheme, themes[0].code, themes[0].name_en) == (
        "national",
        "national-care-for-all",
        "Care for all",
    )
    with pytest.raises(Invalid):
        services.add_national_theme(people.secretariat, name=" Care for  all ")


def test_records_with_one_are_offered_the_other(people, themes):
    national, uhri = themes
    a = world.recommendation("Thank the delegation.", themes=[national])
    b = world.recommendation("Thank the delegation again.", themes=[uhri])
    suggest_new()
    assert not Suggestion.objects.exists()
    services.map_theme(people.secretariat, national=national, uhri=uhri)
    suggest_new()
    said = {(row.recommendation_id, row.code, row.source) for row in Suggestion.objects.all()}
    assert said == {(a.pk, "right-to-health", "mapping"), (b.pk, national.code, "mapping")}


def test_proposals_go_with_the_mapping(people, themes):
    national, uhri = themes
    world.recommendation("Thank the delegation.", themes=[national])
    row = services.map_theme(people.secretariat, national=national, uhri=uhri)
    suggest_new()
    services.unmap_theme(people.secretariat, row)
    suggest_new()
    assert not Suggestion.objects.exists()
    assert ThemeMapping.history.count() == 2


def test_mapping_twice_is_one_mapping(people, themes):
    for _time in range(2):
        services.map_theme(people.secretariat, national=themes[0], uhri=themes[1])
    assert ThemeMapping.objects.count() == 1


def test_a_mapping_leads_from_the_national_list_to_uhri(people, themes):
    with pytest.raises(Invalid):
        services.map_theme(people.secretariat, national=themes[1], uhri=themes[0])


def test_only_the_secretariat_maps(people, themes):
    with pytest.raises(NotAllowed):
        services.map_theme(people.focal, national=themes[0], uhri=themes[1])
    with pytest.raises(NotAllowed):
        services.add_national_theme(people.nhri, name="Other")


def test_the_page_adds_maps_and_removes(people, signed_in):
    client = signed_in(people.secretariat)
    world.theme("right-to-health")
    assert b"The national list is empty" in client.get("/workspace/classification/themes/").content
    client.post("/workspace/classification/themes/", {"add": "1", "name": "Care for all"})
    national = Theme.objects.get(scheme="national")
    uhri = Theme.objects.get(code="right-to-health")
    client.post("/workspace/classification/themes/", {"national": national.pk, "uhri": uhri.pk})
    row = ThemeMapping.objects.get()
    assert b"Right to health" in client.get("/workspace/classification/themes/").content
    client.post(f"/workspace/classification/themes/{row.pk}/remove/")
    assert not ThemeMapping.objects.exists()
    assert client.post("/workspace/classification/themes/", {"add": "1", "name": ""}).status_code == 422
