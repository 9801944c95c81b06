"""What is printed can be read again, in six languages, by people and by their machines."""

import io
import re

import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutabaa.core import pdf, typesetting
from mutabaa.core.pdf import PdfDocument
from mutabaa.core.publication import Bars, Cell, Para, Span

SENTENCES = {
    "ar": "حماية الأطفال من خلال التشريع والاستعراض لآخر الإجراءات",
    "en": "Protect migrant workers",
    "es": "¿Protección de los niños?",
    "fr": "« Protéger » l’œuvre des élèves",
    "ru": "Защита прав трудящихся",
    "zh": "加强对移徙工人的保护",
}
# What Typst would read as code, markup or a reference.
HOSTILE = [
    '#panic("no")',
    "#let x = 1; #x",
    "$ x^2 $ and *bold* _it_ `raw`",
    "<label> @label // not a comment",
    "/* neither */ [a] {b} (c)",
    "= No heading",
    '"quoted" and \\u{41} and \\n',
    "~ -- --- ... 'a'",
    "#image(\"/etc/passwd\") #read('x')",
]


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def document(language="en", **fields):
    return PdfDocument(language, "Status of implementation", **fields)


def pages(data):
    """The text of each page, without the footer's line."""
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)]
    return [re.sub(r"Status of implementation\s+\d+ / \d+\s*$", "", text) for text in texts]


def solid(text):
    """Without white space: where a line ends is the layout's business."""
    return re.sub(r"\s", "", text)


def places(data, page=0):
    """(letter, x of its left edge, y of its bottom) of each letter of a page, in the order of the file."""
    letters = pypdfium2.PdfDocument(data)[page].get_textpage()
    out = []
    for number in range(letters.count_chars()):
        left, bottom, _right, _top = letters.get_charbox(number)
        out.append((letters.get_text_range(number, 1), left, bottom))
    return out


def where(data, letter, page=0):
    return next((x, y) for found, x, y in places(data, page) if found == letter)


@pytest.mark.parametrize("language", SENTENCES)
def test_it_works(language):
    paper = document(language)
    paper.heading("1")
    paper.paragraph(SENTENCES[language])
    text = "".join(pages(saved(paper)))
    assert solid(SENTENCES[language]) in solid(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_never_code(text):
    paper = document(footer="Status of implementation")
    paper.heading(text)
    paper.paragraph(text)
    paper.bullets([text])
    paper.table([1], [[text]], header=[text])
    assert "".join(map(solid, pages(saved(paper)))).count(solid(text)) == 5


LETTERS = st.characters(
    min_codepoint=0x20, max_codepoint=0x17F, exclude_characters="\x7f\xad", exclude_categories=["Cc"]
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.text(LETTERS | st.sampled_from('#$*_`<>@\\/"[]{}ж中，'), min_size=1, max_size=50), min_size=1, max_size=8
    )
)
def test_any_text_comes_out_as_that_text(texts):
    paper = document()
    for text in texts:
        paper.paragraph(text)
    paper.table([1, 1], [[text, Span(text, bold=True)] for text in texts])
    # A hyphen at the end of a line reads as a mark that it may be one of a divided word.
    found = solid("".join(pages(saved(paper)))).replace("\ufffe", "-").replace("\x02", "-")
    assert found == solid("".join(texts) + "".join(text * 2 for text in texts))


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=80), st.sampled_from(sorted(SENTENCES)))
def test_no_text_stops_the_printing(text, language):
    paper = PdfDocument(language, text, author=text)
    paper.heading(text)
    paper.table([1, 1], [[text, Cell([Para(Span(text, language="ar", symbol=True)), Para(text)])]], header=[text, text])
    paper.chart(Bars(text, [text], [(text, "1F5F8B", [1])]))
    assert len(pypdfium2.PdfDocument(saved(paper))) >= 1


def test_the_header_of_a_table_stands_on_every_page():
    paper = document()
    paper.table([1, 3], [[f"row {n}", "text " * 40] for n in range(60)], header=["Number", "What was done"])
    found = pages(saved(paper))
    assert len(found) > 2
    assert all(text.startswith("Number") for text in found)


@pytest.mark.parametrize("splits", [False, True])
def test_a_row_longer_than_a_page_loses_nothing(splits):
    words = [f"w{n:04}" for n in range(3000)]
    paper = document()
    paper.table([1, 2], [["start", " ".join(words)], ["end", ""]], splits=splits)
    found = pages(saved(paper))
    assert len(found) > 2
    assert re.findall(r"w\d{4}", " ".join(found)) == words


@pytest.mark.parametrize("columns", [2, 10])
@pytest.mark.parametrize("text", ["WMWM ", "移徙工人的权利", "ЩЖ МЫ ", "العمال ", "AW\n"])
def test_no_row_runs_below_the_page(text, columns):
    language = "ar" if "ع" in text else "en"
    for times in (40, 100, 170, 300):  # around the height of a page, where it is decided
        paper = document(language)
        paper.table([1] * columns, [[*["x"] * (columns - 1), text * times]])
        data = saved(paper)
        low = [
            y
            for page in range(len(pages(data)))
            for letter, _x, y in places(data, page)
            if letter in set(text) - set(" \n")
        ]
        assert min(low) > 45


def test_a_row_with_too_few_cells_does_not_move_the_next():
    paper = document()
    paper.table([1, 1, 1], [["a"], [Cell("bb", columns=2)], ["1", "2", "3"]])
    data = saved(paper)
    assert where(data, "a")[0] == pytest.approx(where(data, "1")[0], abs=2)
    assert where(data, "b")[0] == pytest.approx(where(data, "1")[0], abs=2)


@pytest.mark.parametrize("language", ["", "und", "X", "zh-Hant", "?"])
def test_an_odd_code_of_a_language_stops_nothing(language):
    paper = document()
    paper.table([1], [[[Para(Span("Text", language=language), language=language)]]])
    assert "Text" in pages(saved(paper))[0]


def divided(words, splits):
    """Numbers of the rows that stand on two pages."""
    paper = document()
    paper.table([1, 1], [[f"<{n}>", f"{'text ' * words} </{n}>"] for n in range(40)], splits=splits)
    found = pages(saved(paper))
    assert len(found) > 3
    return [n for n in range(40) if not any(f"<{n}>" in text and f"</{n}>" in text for text in found)]


def test_a_row_is_kept_together_unless_it_may_be_split():
    assert divided(170, splits=False) == []
    assert divided(170, splits=True)


def test_a_short_row_is_never_split():
    assert divided(60, splits=True) == []


def test_contents_name_the_pages_and_lead_there():
    paper = document()
    paper.contents()
    paper.heading("First part", new_page=True)
    paper.heading("A chapter", 2)
    paper.heading("Second part", new_page=True)
    paper.heading("Its chapter", 2)
    paper.heading("Too deep for contents", 3)
    data = saved(paper)
    assert re.findall(r"(First part|A chapter|Second part|Its chapter|Too deep)\s+(\d)", pages(data)[0]) == [
        ("First part", "2"),
        ("A chapter", "2"),
        ("Second part", "3"),
        ("Its chapter", "3"),
    ]
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len([a for a in reader.pages[0]["/Annots"] if a.get_object()["/Subtype"] == "/Link"]) == 4
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["First part", "Second part"]


def test_pages_are_numbered_and_turned():
    paper = document(footer="At a date")
    paper.paragraph("upright")
    paper.section(landscape=True)
    paper.paragraph("wide")
    paper.page_break()
    paper.paragraph("wide too")
    paper.section(landscape=False)
    paper.paragraph("upright again")
    found = pypdfium2.PdfDocument(saved(paper))
    assert [page.get_width() > page.get_height() for page in found] == [False, True, True, False]
    assert [page.get_textpage().get_text_range().split()[-6:] for page in found][0] == [
        "At",
        "a",
        "date",
        "1",
        "/",
        "4",
    ]


def test_a_cover_is_a_page_of_its_own():
    paper = document()
    paper.cover("Plan of action", "2026–2030", ["Adopted by decree", [Span("No. 12", symbol=True)]], above="Ardania")
    paper.paragraph("after it")
    cover, after = pages(saved(paper))
    assert cover.split("\r\n")[:5] == ["Ardania", "Plan of action", "2026–2030", "Adopted by decree", "No. 12"]
    assert after.startswith("after it")


def test_it_says_what_it_is_to_machines():
    paper = PdfDocument("ar", "حالة التنفيذ", author="وزارة العدل")
    paper.heading("ملخص")
    paper.chart(Bars("t", ["a"], [("s", "1F5F8B", [3])], description="Three of them"))
    reader = pypdf.PdfReader(io.BytesIO(saved(paper)))
    assert (reader.metadata.title, reader.metadata.author) == ("حالة التنفيذ", "وزارة العدل")
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == "ar-SA"
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert "Three of them" in alternatives(catalogue["/StructTreeRoot"])


def alternatives(node):
    """Alternative texts of all figures under this node of the structure."""
    node = node.get_object()
    if not hasattr(node, "get"):
        return []
    below = node.get("/K", [])
    below = below if isinstance(below, list) else [below]
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + [text for child in below if not isinstance(child, int) for text in alternatives(child)]


def test_a_letter_in_no_font_of_ours_is_printed_all_the_same():
    paper = document()
    paper.paragraph("Peace 😀 be")
    data = saved(paper)
    assert "Peace" in pages(data)[0]
    catalogue = pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" not in catalogue["/Metadata"].get_data()


def test_only_fonts_of_the_package_are_used():
    paper = document()
    for sentence in SENTENCES.values():
        paper.paragraph([sentence, Span(sentence, bold=True), Span(sentence, italic=True), " ✓ ☐ 龘 क"])
    names = set()
    for page in pypdf.PdfReader(io.BytesIO(saved(paper))).pages:
        names |= {font.get_object()["/BaseFont"].split("+")[1] for font in page["/Resources"]["/Font"].values()}
    families = {re.split(r"[-_]", name)[0] for name in names}
    assert families <= {"NotoSans", "NotoSansSC", "NotoSansArabic", "Vazirmatn", "DejaVuSans", "DroidSansFallback"}
    assert "Vazirmatn" in families


def test_arabic_columns_begin_at_the_right():
    paper = document("ar")
    paper.table([1, 1], [["1", "2"]])
    assert where(saved(paper), "1")[0] > where(saved(paper), "2")[0]
    paper = document("en")
    paper.table([1, 1], [["1", "2"]])
    assert where(saved(paper), "1")[0] < where(saved(paper), "2")[0]


@pytest.mark.parametrize("symbol", ["A/HRC/46/15 ¶ 142.17", "CEDAW/C/ARD/CO/4-5", "142-17", "12.5 %"])
def test_a_symbol_in_arabic_does_not_turn_round(symbol):
    paper = document("ar")
    paper.paragraph(["توصية ", Span(symbol, symbol=True), " من"])
    paper.table([1], [[Span(symbol, symbol=True)]])
    data = saved(paper)
    signs = [place for place in places(data) if place[0] in solid(symbol) and place[2] > 100]
    lines = {round(y / 12) for _letter, _x, y in signs}
    for line in lines:
        seen = "".join(letter for letter, _x, y in sorted(signs, key=lambda p: p[1]) if round(y / 12) == line)
        assert solid(symbol).startswith(seen) or seen in solid(symbol)
    assert len(lines) >= 2


def test_an_english_paragraph_in_an_arabic_document_stands_at_the_left():
    paper = document("ar")
    paper.paragraph(Span("Zeal", language="en"), language="en")
    paper.paragraph("حماية X")
    data = saved(paper)
    assert where(data, "Z")[0] < 100
    assert where(data, "X")[0] > 300


def test_a_long_symbol_stays_in_its_column():
    paper = document()
    paper.table([1] * 4, [[Span("CCPR/C/ARD/CO/4/Add.1/Rev.2", symbol=True), "Z" * 40, *[""] * 2]])
    column = (595.28 - 2 * 56.7) / 4
    xs = [x for letter, x, y in places(saved(paper)) if letter in "CPRADO4/v" and y > 100]
    assert max(xs) < 56.7 + column
    assert max(x for letter, x, _y in places(saved(paper)) if letter == "Z") < 56.7 + 2 * column


def test_bars_begin_at_the_side_where_reading_begins():
    def number_x(language):
        paper = document(language)
        paper.chart(Bars("t", ["Q"], [("s", "1F5F8B", [7])]))
        data = saved(paper)
        return where(data, "Q")[0], where(data, "7")[0]

    label, number = number_x("en")
    assert label < number
    label, number = number_x("ar")
    assert label > number


def test_generators_run_while_saving():
    ran = []

    def rows():
        ran.append(1)
        yield ["a"]

    paper = document()
    paper.table([1], rows())
    assert not ran
    saved(paper)
    assert ran


def test_all_six_languages_can_be_printed():
    assert pdf.unprintable() == []


def test_a_language_without_its_font_is_named(monkeypatch):
    def without(settings, sections):
        if settings["language"] == "zh":
            sections[0]["blocks"][0]["p"] = "\U00013000"  # a hieroglyph
        return typesetting.printed(settings, sections)

    monkeypatch.setattr(pdf, "printed", without)
    assert pdf.unprintable() == ["zh"]


def test_a_document_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(typesetting, "SECONDS", -9.99)  # with the ten that are added
    with pytest.raises(typesetting.NotPrinted, match="too long"):
        saved(document())
