"""Plain tables: any encoding, line ending and separator; built-in mappings; a mapping of one's own."""

import csv
import io
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mutabaa.core.errors import Invalid
from mutabaa.intake.models import ColumnMapping
from mutabaa.intake.services import import_file
from mutabaa.intake.tables.decode import decode, read_table, separator_of
from mutabaa.intake.tables.mapping import DEFAULT_VALUES, built_in, fold_name, guess, header_key
from mutabaa.recommendations.models import Recommendation
from mutabaa.recommendations.states import Position
from mutabaa.taxonomy.reference_data import load_aliases, load_states

FOUND = Path(__file__).resolve().parents[3] / "shared" / "data" / "upr"
needs_files = pytest.mark.skipif(
    not FOUND.exists(), reason="the folder ../shared/data/upr with the files as found is absent"
)
UPR_INFO = "To,To-Rgrp,To-Org,Text,From,From-Rgrp,From-Org,Response,Action,Issue,Session"
OUTCOMES = ("new", "changed", "unchanged", "doubtful", "refused")


def outcomes(counts):
    return tuple(counts[name] for name in OUTCOMES)


def table(folder: Path, text: str, encoding: str = "utf-8", name: str = "table.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


words = st.sampled_from(
    [
        "Côte d'Ivoire",
        "Guaraní",
        "vis-à-vis",
        "lèse-majesté",
        "Enact laws, now",
        'the "same" day',
        "plain",
        "été",
        "señal",
        "two\nlines",
        "Curaçao",
        "",
    ]
)
rows = st.lists(st.lists(words, min_size=3, max_size=3).filter(lambda r: any(r)), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows,
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_it_reads_back_what_was_written_with_any_separator_encoding_and_line_end(
    tmp_path, rows, separator, encoding, line_end
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([["Name", "Text", "Third column"], *rows])
    found = read_table(table(tmp_path, out.getvalue(), encoding))
    assert found.header == ["Name", "Text", "Third column"]
    assert [cells for _n, cells in found.rows] == rows


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        "Côte d'Ivoire",
        "Guaraní Kaiowá",
        "lèse-majesté and vis-à-vis",
        "Curaçao’s law – it’s “new”",
        "São Tomé, Violência Doméstica",
        "l’égalité entre les élèves",
    ],
)
def test_it_tells_windows_from_macintosh(encoding, text):
    assert decode(f"Country,Text\r{text},x\r".encode(encoding))[0] == f"Country,Text\r{text},x\r"


def test_it_reads_windows_cyrillic():
    text = "Текст;Страна\r\nОбеспечить доступ к образованию;Беларусь\r\n"
    assert decode(text.encode("cp1251"))[0] == text


@example("a,b\n1,2\n")
@given(st.text(alphabet='ab,;\t|\n"', max_size=60))
def test_a_separator_is_always_found(text):
    assert separator_of(text) in {",", ";", "\t", "|"}


def test_it_reads_ragged_rows_and_says_what_was_left_out(known, tmp_path):
    path = table(
        tmp_path,
        UPR_INFO
        + "\nMutabaland,,,Take one measure for all,Chile\nMutabaland,,,Take the second measure,Peru,,,Noted,3,Health,12,too,much\n",
    )
    counts = import_file(path, format="table", state="")
    assert counts["quirks"]["ragged"] == 2
    assert Recommendation.objects.count() == 2
    assert Recommendation.objects.get(text="Take the second measure").position == "noted"


@pytest.mark.django_db
def test_it_reads_the_export_of_upr_info(known, tmp_path):
    path = table(
        tmp_path,
        UPR_INFO
        + '\nMutabaland,Africa,AU,Ratify the Rome Statute ,Chile,GRULAC,OAS,Accepted,5,"International instruments,Justice",13'
        + '\nMutabaland,Africa,AU,Ratify the Rome Statute,Peru,GRULAC,OAS,Accepted,5,"International instruments,Justice",13'
        + "\nMutabaland,Africa,AU,Abolish the death penalty,Peru,GRULAC,OAS,Noted,5,Death penalty,13"
        + "\nMutabaland,Africa,AU,Adopt the plan of action,Mutabaland,Africa,AU,Voluntary Pledge,5,Justice,13"
        + "\nGabon,Africa,AU,Abolish the death penalty,Peru,GRULAC,OAS,Noted,5,Death penalty,13\n",
    )
    counts = import_file(path, format="table", state="")
    assert (counts["records"], counts["passed_over"], counts["refused"]) == (3, 1, 0)
    row = Recommendation.objects.get(text="Ratify the Rome Statute")
    assert {s.code for s in row.recommending_states.all()} == {"CHL", "PER"}
    assert {t.name_en for t in row.themes.all()} == {"International instruments", "Justice"}
    assert (row.mechanism.code, row.document.title_en, row.session, row.cycle, row.position) == (
        "UPR",
        "UPR Info, session 13",
        "13",
        2,
        "supported",
    )
    assert Recommendation.objects.get(text="Adopt the plan of action").kind == "pledge"
    assert outcomes(import_file(path, format="table", state="")) == (0, 0, 4, 0, 0)


@pytest.mark.django_db
def test_it_reads_the_export_of_the_data_explorer_and_merges_one_row_per_recommending_state(known, tmp_path):
    header = "State,Text,SDG Goals,SDG Targets,Groups,Mechanism,Type,Response (UPR),Recommending State (UPR),Treaty Body,Special Procedure,Document Code,Paragraph,Year,Cycle,Session"
    path = table(
        tmp_path,
        header
        + "\nMutabaland,Ratify the Convention now,3;16,3.7,Children,UPR,Recommendation,Supported,Chile,,,A/HRC/46/15,26.1,2021,3,36"
        + "\nMutabaland,Ratify the Convention now,3;16,3.7,Children,UPR,Recommendation,Supported,Peru,,,A/HRC/46/15,26.1,2021,3,36"
        + "\nMutabaland,Protect children from harm,3,3.7,Children,Treaty Bodies,Recommendation,,,CRC,,CRC/C/XMU/CO/4,12 (a),2022,,\n",
    )
    counts = import_file(path, format="table", state="")
    assert counts["records"] == 2
    row = Recommendation.objects.get(paragraph="26.1")
    assert {s.code for s in row.recommending_states.all()} == {"CHL", "PER"}
    assert {s.code for s in row.sdgs.all()} == {"3", "16", "3.7"}
    assert Recommendation.objects.get(paragraph="12 (a)").mechanism.code == "CRC"


@pytest.mark.django_db
def test_it_asks_for_a_mapping_and_finds_a_kept_one_by_its_header(known, tmp_path):
    text = "Nr;Empfehlung;Organ;Stand\n1;Take the first measure for all;CRC;ja\n2;Take the second measure for all;CRC;nein\n"
    path = table(tmp_path, text)
    with pytest.raises(Invalid, match="columns of this table"):
        import_file(path, format="table", state="")
    ColumnMapping.objects.create(
        name="Ours", header=["Nr", "Empfehlung", "Organ", "Stand"], header_key=header_key(["Stand", "Nr", "Empfehlung", "Organ"]),
        columns={"text": ["Empfehlung"], "id": ["Nr"], "mechanism": ["Organ"], "position": ["Stand"]},
        values={"position": {"ja": "supported", "nein": "noted"}}, constants={"symbol": "CRC/C/XMU/CO/9"},
    )  # fmt: skip
    assert outcomes(import_file(path, format="table", state="")) == (2, 0, 0, 0, 0)
    assert set(Recommendation.objects.values_list("position", flat=True)) == {"supported", "noted"}
    changed = table(tmp_path, text.replace("second", "third"))
    assert outcomes(import_file(changed, format="table", state="")) == (0, 1, 1, 0, 0)


def test_it_guesses_the_columns_of_a_table_in_several_languages():
    assert guess(["N°", "Recommandation", "Mécanisme", "Thème"], []).columns["text"] == ["Recommandation"]
    assert guess(["الفقرة", "التوصية", "الآلية"], []).columns == {
        "text": ["التوصية"],
        "paragraph": ["الفقرة"],
        "mechanism": ["الآلية"],
    }
    assert guess(["a", "b"], [["x", "a much longer text"]]).columns["text"] == ["b"]


@needs_files
@pytest.mark.parametrize(
    ("name", "count", "encoding", "words"),
    [
        ("upr-info-sessions-01-13.csv", 23_484, "utf-8", ["Hissène Habré", "Síochána"]),
        (
            "sessions-10-13-as-found.csv",
            9_047,
            "mac_roman",
            ["Guaraní Kaiowá", "lèse-majesté", "Felsöszölnök", "Curaçao", "Tráfico de Pe"],
        ),
        ("voluntary-pledges-as-found.csv", 947, "mac_roman", ["vis-à-vis", "Côte d'Ivoire"]),
    ],
)
def test_it_reads_the_files_of_upr_info_as_found(name, count, encoding, words):
    found = read_table(FOUND / name)
    text = "\n".join("|".join(cells) for _n, cells in found.rows)
    assert (len(found.rows), found.encoding, found.separator) == (count, encoding, ",")
    assert {len(cells) for _n, cells in found.rows} == {11}
    assert [word for word in words if word not in text] == []
    assert built_in(found.header).name == "UPR Info"


@needs_files
@pytest.mark.django_db
def test_it_imports_a_real_file_of_upr_info_and_changes_nothing_the_second_time(known):
    load_states()
    load_aliases()
    path = FOUND / "voluntary-pledges-as-found.csv"
    counts = import_file(path, format="table", state="*")
    assert (counts["rows"], sum(counts[o] for o in OUTCOMES)) == (947, 947)
    assert counts["refused"] == 0
    assert set(Recommendation.objects.values_list("kind", flat=True)) == {"pledge"}
    again = import_file(path, format="table", state="*")
    assert (again["new"], again["changed"], again["doubtful"]) == (0, 0, 0)


@needs_files
@pytest.mark.django_db
def test_it_reads_the_expected_files_of_one_state(known):
    counts = import_file(FOUND / "expected" / "ecuador2012.csv", format="table", state="")
    assert counts["rows"] > 100
    assert counts["refused"] == 0
    assert set(Recommendation.objects.values_list("state_id", flat=True)) == {"XMU"}


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "ru", "zh-hans"])
def test_the_positions_of_this_systems_own_exports_are_understood_in_every_language(language):
    with translation.override(language):
        said = {value: str(label) for value, label in Position.choices if value}

    assert {value: DEFAULT_VALUES["position"].get(fold_name(word)) for value, word in said.items()} == {
        v: v for v in said
    }
