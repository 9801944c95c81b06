"""Every defect of formats.md §1: what it becomes, and that it is counted under its name. Expectations are written by hand."""

import datetime as dt

import pytest

from mutabaa.intake import uhri
from mutabaa.mechanisms.models import Mechanism
from mutabaa.recommendations.models import Recommendation
from mutabaa.taxonomy.models import State
from tests.intake.files import json_file, record, upr, uuid, xlsx_file

pytestmark = pytest.mark.django_db


def the(counts=None) -> Recommendation:
    return Recommendation.objects.get()


def test_it_takes_a_plain_record_with_all_its_fields(take):
    counts = take(
        [
            record(
                AnnotationId=uuid(77),
                Text="The Committee recommends that the State party reduce the mortality of children.",
            )
        ]
    )
    row = the()
    assert (counts["rows"], counts["new"], counts["doubtful"], counts["refused"]) == (1, 1, 0, 0)
    assert counts["quirks"] == {}
    assert row.external_id == uuid(77)
    assert row.own
    assert row.state_id == "XMU"
    assert row.mechanism.code == "CRC"
    assert row.document.symbol == "CRC/C/XMU/CO/4"
    assert row.document.kind == "concluding_observations"
    assert row.kind == "recommendation"
    assert row.language == "en"
    assert row.published_on == dt.date(2022, 3, 1)
    assert row.year == 2022
    assert row.folded == "the committee recommends that the state party reduce the mortality of children."
    assert {t.code for t in row.themes.all()} == {"right-to-health"}
    assert {g.code for g in row.groups.all()} == {"children"}
    assert {s.code for s in row.sdgs.all()} == {"3", "3.7"}


def test_it_removes_markup_and_no_break_spaces(take):
    counts = take(
        [record(Text="<p><b>Take</b>&nbsp;measures for R&amp;D<br/>and health of all people in the country.</p>")]
    )
    assert the().text == "Take measures for R&D and health of all people in the country."
    assert counts["quirks"]["html"] == 1
    assert counts["quirks"]["nbsp"] == 1


def test_it_joins_words_split_by_a_hyphen(take):
    counts = take([record(Text="Ensure the develop- ment of short- and long-term programmes of the State.")])
    assert the().text == "Ensure the development of short- and long-term programmes of the State."
    assert counts["quirks"] == {"hyphen_split": 1}


@pytest.mark.parametrize(("given", "quirk"), [(None, "type_missing"), ("", "type_missing"), (uuid(5), "type_uuid")])
def test_it_takes_a_record_without_a_type_as_a_doubtful_recommendation(take, given, quirk):
    counts = take([record(AnnotationType=given)])
    assert the().kind == "recommendation"
    assert counts["doubtful"] == 1
    assert counts["quirks"] == {quirk: 1}


def test_it_knows_concerns_from_recommendations(take):
    take([record(AnnotationType="- Concerns/Observations")])
    assert the().kind == "concern"


def test_it_knows_bodies_by_their_long_names_and_with_two_spaces(take):
    counts = take(
        [
            record(Body="- Committee on the Rights of the Child"),
            record(Body="- IE  Albinism", Symbol="A/HRC/40/62/Add.1"),
        ]
    )
    assert set(Recommendation.objects.values_list("mechanism__code", flat=True)) == {"CRC", "IE Albinism"}
    assert counts["quirks"] == {"long_body_name": 1, "double_space": 1}
    assert counts["doubtful"] == 0


def test_it_adds_an_unknown_mandate_under_the_family_of_its_prefix_and_says_so(take):
    counts = take([record(Body="- SR Tides", Symbol="A/HRC/1/2/Add.1")])
    assert Mechanism.objects.get(name_en="SR Tides").family == "special_procedure"
    assert counts["doubtful"] == 1


def test_it_reads_country_codes_asterisks_and_names_in_brackets(take):
    rows = [
        record(Countries=["Gabon", "GA"]),
        record(Countries=["State of Palestine*"]),
        record(Countries=["Bolivia"]),
        record(Countries=["CIV"]),
    ]
    counts = take(rows, state="*")
    assert sorted(Recommendation.objects.values_list("state_id", flat=True)) == ["BOL", "CIV", "GAB", "PSE"]
    assert counts["quirks"] == {"iso2_country": 1, "asterisk": 1}
    assert counts["doubtful"] == 0


def test_it_takes_the_state_from_the_symbol_where_none_is_named(take):
    counts = take(
        [record(Countries=[], Symbol="CRC/C/OPAC/PER/CO/1"), record(Countries=[], Symbol="A/HRC/3/4")], state="*"
    )
    assert the().state_id == "PER"
    assert counts["quirks"] == {"country_from_symbol": 1}
    assert (counts["doubtful"], counts["refused"]) == (1, 1)


def test_it_takes_records_on_the_european_union_with_all_states_alone(take):
    rows = [record(Countries=["European Union"], Symbol="CRPD/C/EU/CO/1")]
    assert take(rows)["rows"] == 0
    counts = take(rows, state="*")
    assert (the().state_id, counts["quirks"]) == ("EUE", {"european_union": 1})
    assert State.objects.get(code="EUE").name_fr == "Union européenne"


def test_it_keeps_both_of_two_records_with_one_identifier(take):
    rows = [record(AnnotationId=uuid(1)), record(AnnotationId=uuid(1))]
    counts = take(rows)
    assert Recommendation.objects.count() == 2
    assert (counts["new"], counts["doubtful"]) == (1, 1)
    assert counts["quirks"] == {"duplicate_other": 1}
    again = take(rows)
    assert (again["unchanged"], Recommendation.objects.count()) == (2, 2)


def test_it_keeps_one_of_the_same_record_twice(take):
    row = record()
    counts = take([row, dict(row)])
    assert Recommendation.objects.count() == 1
    assert (counts["new"], counts["unchanged"], counts["quirks"]) == (1, 1, {"duplicate_same": 1})


@pytest.mark.parametrize("text", ["", "<p>&nbsp;</p>", None, " \u00a0 "])
def test_it_refuses_an_empty_text(take, text):
    counts = take([record(Text=text)])
    assert (counts["refused"], Recommendation.objects.count()) == (1, 0)
    assert counts["quirks"]["empty_text"] == 1


@pytest.mark.parametrize(
    ("text", "paragraph", "rest"),
    [
        ("136.1 Ratify the Convention (Chile);", "136.1", "Ratify the Convention"),
        ("136.1. Ratify the Convention (Chile).", "136.1", "Ratify the Convention"),
        ("1 Ratify the Convention (Chile)", "1", "Ratify the Convention"),
        ("Recommendation No. 21, para. 96: 21 Ratify the Convention (Chile)", "96.21", "Ratify the Convention"),
        ("para 12 Ratify the Convention (Chile)", "12", "Ratify the Convention"),
        ("12 years of schooling for all", "", "12 years of schooling for all"),
        ("142-17 التصديق على الاتفاقية", "142.17", "التصديق على الاتفاقية"),
    ],
)
def test_it_moves_the_paragraph_number_of_upr_texts(take, text, paragraph, rest):
    take([upr(Text=text)])
    assert (the().paragraph, the().text) == (paragraph, rest)


def test_it_moves_recommending_states_at_the_end_of_upr_texts(take):
    counts = take(
        [upr(Text="26.1 Ratify it (Peru) (Bolivia (Plurinational State of), Cambodia);", UprRecommendingCountry=[])]
    )
    assert the().text == "Ratify it"
    assert {s.code for s in the().recommending_states.all()} == {"PER", "BOL", "KHM"}
    assert counts["quirks"]["upr_states_in_text"] == 1


def test_it_leaves_brackets_that_hold_no_state_in_the_text(take):
    take([upr(Text="26.1 Ratify the Protocol (OP-CAT)")])
    assert the().text == "Ratify the Protocol (OP-CAT)"


@pytest.mark.parametrize(
    ("positions", "position", "partial", "doubtful"),
    [
        (["Supported"], "supported", False, 0),
        (["Noted"], "noted", False, 0),
        (["Supported/Noted"], "supported", True, 1),
        (["Supported", "Noted"], "supported", True, 1),
    ],
)
def test_it_reads_positions(take, positions, position, partial, doubtful):
    counts = take([upr(UprPositions=positions)])
    assert (the().position, the().position_partial, counts["doubtful"]) == (position, partial, doubtful)
    entry = the().positions.get()
    assert (entry.position, entry.partial) == (position, partial)


@pytest.mark.parametrize(("session", "cycle"), [(1, 1), (12, 1), (13, 2), (26, 2), (27, 3), (40, 3), (41, 4), (54, 4)])
def test_it_tells_the_cycle_from_the_session(take, session, cycle):
    take([upr(UprSession=[f"{session}th Session - November"], UprCycle=None)])
    assert (the().session, the().cycle) == (str(session), cycle)


def test_it_keeps_an_unknown_label_and_says_so(take):
    counts = take([record(Themes=["Right to laughter"], AffectedPersons=["Clowns, mimes & jugglers"])])
    assert the().themes.get().name_en == "Right to laughter"
    assert the().groups.get().name_en == "Clowns, mimes & jugglers"
    assert (counts["doubtful"], counts["quirks"]) == (1, {"unknown_label": 1})


def test_it_puts_one_row_per_recommending_state_together(take):
    rows = [
        upr(Text=f"26.9 Ratify the Convention ({name});", UprRecommendingCountry=[name])
        for name in ("Chile", "Peru", "Gabon")
    ]
    counts = take(rows)
    assert {s.code for s in the().recommending_states.all()} == {"CHL", "PER", "GAB"}
    assert (counts["new"], counts["records"], counts["quirks"]["upr_row_per_state"]) == (3, 1, 2)
    again = take(rows)
    assert (again["unchanged"], again["new"], again["changed"]) == (3, 0, 0)


def test_it_keeps_two_texts_under_one_paragraph_apart_and_says_so(take):
    counts = take([upr(Text="26.9 Ratify the Convention (Chile)"), upr(Text="26.9 Abolish the death penalty (Peru)")])
    assert (Recommendation.objects.count(), counts["doubtful"]) == (2, 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Velar por que todos los niños tengan acceso a la educación.", "es"),
        ("Veiller à ce que tous les enfants aient accès à l'éducation.", "fr"),
        ("Обеспечить всем детям доступ к образованию.", "ru"),
        ("ضمان حصول جميع الأطفال على التعليم.", "ar"),
        ("确保所有儿童都能接受教育。", "zh"),
        ("Ensure that all children have access to education.", "en"),
    ],
)
def test_it_detects_the_language_of_each_text(take, text, language):
    take([record(Text=text)])
    assert the().language == language


def test_it_reads_the_workbook_as_it_reads_the_json(take, known, tmp_path):
    rows = [
        record(),
        upr(UprRecommendingCountry=["Chile", "Peru"]),
        record(Countries=["Gabon", "GA"], Themes=["Right to health", "Right to education"]),
    ]
    known_state = {"Mutabaland": "XMU", "Gabon": "GAB", "GA": "GAB", "Chile": "CHL", "Peru": "PER"}.get
    from_json = list(uhri.read(json_file(tmp_path, rows), known_state))
    from_xlsx = list(uhri.read(xlsx_file(tmp_path, rows), known_state))
    assert [r.digest for r in from_xlsx] == [r.digest for r in from_json]
    assert {"excel_date"} == set.intersection(*(set(r.quirks) for r in from_xlsx))


def test_it_reads_columns_in_any_order_and_either_spelling(known, tmp_path):
    columns = {
        "AnnotationId": "Ohchr annotation ID",
        "Body": "Recommending Body",
        "UprRecommendingCountry": "UPR Recommending States",
        "Text": "TEXT",
        "Countries": "Countries concerned",
    }
    row = next(
        uhri.read(xlsx_file(tmp_path, [upr(Text="Ratify it")], columns), {"Mutabaland": "XMU", "Chile": "CHL"}.get)
    )
    assert (row.body, row.text, row.states, row.recommending) == ("UPR", "Ratify it", ("XMU",), ("CHL",))


def test_it_refuses_a_row_whose_field_holds_something_else(take):
    counts = take([record(Themes=[{"a": 1}]), record(Text={"en": "x"}), record()])
    assert (counts["refused"], counts["new"]) == (2, 1)


def test_it_splits_values_at_line_breaks_alone():
    assert uhri.values("- Children: definition\n- Judges, lawyers and prosecutors\n- A - B / C & D") == [
        "Children: definition",
        "Judges, lawyers and prosecutors",
        "A - B / C & D",
    ]
