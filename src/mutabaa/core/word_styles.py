"""The skeleton of a Word document: fonts, styles and languages. Pure."""

from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor, Twips

from mutabaa.core.publication import STYLES, is_rtl, tag_of

# Fonts that Word has on every system; "cs" writes Arabic, "eastAsia" Chinese.
FONTS = {"ascii": "Calibri", "hAnsi": "Calibri", "cs": "Arial", "eastAsia": "Microsoft YaHei"}


def style_id(name: str) -> str:
    return name.replace(" ", "")


def language_mark(language: str) -> str:
    """Word keeps three languages per run: of Latin and Cyrillic, of right-to-left and of East Asian scripts."""
    kind = "bidi" if is_rtl(language) else "eastAsia" if language[:2] == "zh" else "val"
    return f'<w:lang w:{kind}="{tag_of(language)}"/>'


def element(name: str, **attributes: str) -> Any:
    out = OxmlElement(name)
    for key, value in attributes.items():
        out.set(qn(f"w:{key}"), value)
    return out


def skeleton(language: str) -> Any:
    """An empty python-docx document with the house's styles, written in `language`."""
    document = docx.Document()
    for part in list(document.element.body)[:-1]:
        document.element.body.remove(part)
    present = {style.name for style in document.styles}
    for name in STYLES:
        style: Any = (
            document.styles[name] if name in present else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        style.element.set(qn("w:styleId"), style_id(name))
        if name != "Normal":
            style.base_style = document.styles["Normal"]
        shape(style, name, language)
    if is_rtl(language):
        document.styles["Normal"].element.pPr.find(qn("w:spacing")).addprevious(OxmlElement("w:bidi"))
    for based in document.styles.element.findall(qn("w:style")):
        following = based.find(qn("w:next"))
        if following is not None:
            following.set(qn("w:val"), "Normal")
    return document


def shape(style: Any, name: str, language: str) -> None:
    """Letters of all three scripts alike; the template's own theme fonts and lines are taken away."""
    size, bold, colour, before, after = STYLES[name]
    letters = style.element.get_or_add_rPr()
    for child in list(letters):
        letters.remove(child)
    letters.append(element("w:rFonts", **FONTS))
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    if bold:
        letters.find(qn("w:b")).addnext(OxmlElement("w:bCs"))
    letters.find(qn("w:sz")).addnext(element("w:szCs", val=str(int(size * 2))))
    letters.append(parse_xml(language_mark(language).replace("<w:lang", f"<w:lang {nsdecls('w')}")))
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing = 1.0 if name.startswith("Table") else 1.12
    for unwanted in ("w:pBdr", "w:contextualSpacing"):
        found = style.element.pPr.find(qn(unwanted))
        if found is not None:
            style.element.pPr.remove(found)
    if name == "Contents 2":
        form.left_indent = Twips(340)
