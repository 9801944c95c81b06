"""Symbols of documents, each by exactly one shape."""

from pathlib import Path

import pytest

from mutabaa.intake.documents import symbols

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "data" / "symbols.txt"


@pytest.mark.skipif(not SAMPLES.exists(), reason="no shared data")
def test_every_sample_has_one_shape() -> None:
    given = SAMPLES.read_text().split()
    assert len(given) == 35
    for text in given:
        assert [name for name, _kind, shape in symbols.SHAPES if shape.fullmatch(text)] == [symbols.parse(text).shape]


@pytest.mark.parametrize(
    ("text", "kind", "body", "treaty", "iso"),
    [
        ("CEDAW/C/XMU/CO/8", "concluding_observations", "CEDAW", "CEDAW", "XMU"),
        ("CERD/C/XMU/CO/16–20*", "concluding_observations", "CERD", "ICERD", "XMU"),
        ("E/C.12/XMU/CO/5", "concluding_observations", "CESCR", "ICESCR", "XMU"),
        ("CRC/C/OPAC/XMU/CO/1", "concluding_observations", "CRC", "OPAC", "XMU"),
        ("CMW/C/XMU/QPR/1", "list_of_issues_prior_to_reporting", "CMW", "ICMW", "XMU"),
        ("CAT/C/XMU/Q/4", "list_of_issues", "CAT", "CAT", "XMU"),
        ("CAT/C/XMU/Q/4/Add.1", "other", "CAT", "CAT", "XMU"),
        ("CED/C/XMU/CO/1/Add.1", "other", "CED", "CPED", "XMU"),
        ("CAT/OP/XMU/ROSP/1", "visit_report", "SPT", "OPCAT", "XMU"),
        ("CCPR/CO/75/XMU", "concluding_observations", "CCPR", "ICCPR", "XMU"),
        ("CCPR/C/79/Add.12", "concluding_observations", "CCPR", "ICCPR", ""),
        ("CRC/C/15/Add.216", "concluding_observations", "CRC", "CRC", ""),
        ("E/C.12/1/Add.90", "concluding_observations", "CESCR", "ICESCR", ""),
        ("CERD/C/304/Add.102", "concluding_observations", "CERD", "ICERD", ""),
        ("E/CN.4/2003/8/Add.1", "other", "", "", ""),
        ("XYZ/1/2", "other", "", "", ""),
    ],
)
def test_what_a_symbol_says(text: str, kind: str, body: str, treaty: str, iso: str) -> None:
    told = symbols.parse(text)
    assert (told.kind, told.body, told.treaty, told.iso) == (kind, body, treaty, iso)


def test_symbols_within_a_text() -> None:
    text = "See A/HRC/21/3, A/HRC/21/3/Add.1. Also (CRC/C/XMU/CO/6–7); https://example.org/a/b"
    assert [s.text for s in symbols.found_in(text)] == ["A/HRC/21/3", "A/HRC/21/3/Add.1", "CRC/C/XMU/CO/6-7"]
