"""The catalogue that is shipped: whole in six languages, and in step with the other lists."""

import pytest

from mutabaa.core.models import CONTENT_LANGUAGES
from mutabaa.core.reference import entries
from mutabaa.indicators import reference_data
from mutabaa.indicators.models import Attribute, Category, Dimension, Indicator
from mutabaa.indicators.states import Direction, IndicatorKind, MeasureKind, Origin, SourceKind
from mutabaa.taxonomy import reference_data as taxonomy

# A/HRC/34/24 ¶43: women, children, persons with disabilities, poverty, racial discrimination, administration of justice.
STARTING_THEMES = ["violence-women", "children-general", "disability", "poverty", "racial-discrimination", "administration-of-justice"]  # fmt: skip
# Rights of the guide's fourteen tables; its table on violence against women stands under the theme.
GUIDE = ["liberty-security", "food", "health", "torture-free", "participation", "education", "housing", "work", "social-security", "expression", "fair-trial", "equality", "life"]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "key"),
    [("indicators.json", "indicators"), ("dimensions.json", "dimensions"), ("attributes.json", "attributes")],
)
def test_every_name_stands_in_six_languages(file, key):
    found = entries("indicators", file, key)
    rows = [*found, *(c for e in found for c in e.get("categories", []))]
    for row in rows:
        assert [x for x in CONTENT_LANGUAGES if not row["name"].get(x)] == [], row["code"]
    assert len({r["code"] for r in found}) == len(found)


def test_every_word_of_the_workflow_is_known():
    for e in entries("indicators", "indicators.json", "indicators"):
        assert e["kind"] in IndicatorKind.values
        assert e["measure"] in MeasureKind.values
        assert e["direction"] in Direction.values
        assert e["source_kind"] in SourceKind.values
        assert e["origin"] in Origin.values
        assert e["mark"] in ("K", "S")
        assert (e["measure"] == "proportion") <= (e["factor"] == 100)


@pytest.mark.django_db
def test_it_is_loaded_whole_and_again_without_change():
    taxonomy.load_reference()
    reference_data.load_reference()
    by_code = {i.code: i for i in Indicator.objects.all()}
    for e in entries("indicators", "indicators.json", "indicators"):
        row = by_code[e["code"]]
        assert set(row.themes.values_list("code", flat=True)) == set(e["themes"])
        assert set(row.sdgs.values_list("code", flat=True)) == set(e["sdgs"])
        assert set(row.dimensions.values_list("code", flat=True)) == set(e["dimensions"])
    own = by_code["sdg-3-2-1"]
    own.name_en = "Our own name"
    own.save()
    counts = Attribute.objects.count(), Dimension.objects.count(), Category.objects.count(), Indicator.objects.count()
    reference_data.load_reference()
    assert counts == (
        Attribute.objects.count(),
        Dimension.objects.count(),
        Category.objects.count(),
        Indicator.objects.count(),
    )
    own.refresh_from_db()
    assert own.name_en == "Our own name"


@pytest.mark.django_db
def test_it_serves_the_starting_themes_and_the_rights_of_the_guide():
    taxonomy.load_reference()
    reference_data.load_reference()
    for theme in STARTING_THEMES:
        assert Indicator.objects.filter(themes__code=theme).exists(), theme
    for right in GUIDE:
        assert Indicator.objects.filter(right__code=right).exists(), right
        assert Attribute.objects.filter(right__code=right).exists(), right


@pytest.mark.django_db
def test_what_counts_people_is_to_be_broken_down_by_sex_or_says_why_not():
    """Women alone are counted in some; for the others sex is asked for (T-341)."""
    taxonomy.load_reference()
    reference_data.load_reference()
    women_alone = {"sdg-3-1-1", "sdg-3-1-2", "sdg-5-2-1", "sdg-5-3-1"}
    without = (
        Indicator.objects.filter(counts_people=True).exclude(dimensions__code="sex").values_list("code", flat=True)
    )
    assert set(without) == women_alone
