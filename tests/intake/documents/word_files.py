"""Word documents built as offices build them: automatic numbering, styles, notes, tracked changes."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

# first and second level as the documents of a language print them
PRINTED = {
    "ar": (("decimal", "%1-"), ("arabicAbjad", "(%2)")),
    "fr": (("decimal", "%1."), ("lowerLetter", "%2)")),
    "es": (("decimal", "%1."), ("lowerLetter", "%2)")),
    "ru": (("decimal", "%1."), ("lowerLetter", "%2)")),
}
USUAL = (("decimal", "%1."), ("lowerLetter", "(%2)"))
_FIRST = re.compile(r"[\d٠-٩]+\s?[.\-](?![\d٠-٩])\s*")
_SECOND = re.compile(r"(?:\(.{1,2}\)|[a-z]\)) ")
_HEADING = re.compile(r"[A-C]\. |ألف- |باء- |جيم- |[IVX]+\. ")


def add_numbering(document: Any, levels: list[tuple[str, str]], start: int = 1, number: int = 77) -> None:
    """A numbering of its own under `number`."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="{start if i == 0 else 1}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def numbered(document: Any, text: str, level: int = 0, number: int = 77) -> Any:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def as_word(path: Path, text: str, language: str) -> Path:
    """The text with its numbers made by Word, short lines without one in bold."""
    document = docx.Document()
    add_numbering(document, list(PRINTED.get(language, USUAL)))
    for piece in re.split(r"\n+", text.strip()):
        if _FIRST.match(piece):
            numbered(document, _FIRST.sub("", piece, count=1))
        elif _SECOND.match(piece) and not re.match(r"\(?i+\)|\([一二]\)", piece):
            numbered(document, _SECOND.sub("", piece, count=1), 1)
        else:
            run = document.add_paragraph().add_run(piece)
            run.bold = bool(_HEADING.match(piece)) or piece[-1] not in ".;؛；。؟"
    document.save(str(path))
    return path


def wrap(paragraph: Any, tag: str) -> None:
    """The runs of a paragraph inside `w:ins`, `w:del`…"""
    element = parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="A"/>')
    for run in list(paragraph._p.findall(qn("w:r"))):
        element.append(run)
        if tag == "del":
            for t in run.findall(qn("w:t")):
                t.tag = qn("w:delText")
    paragraph._p.append(element)


def word(path: Path, parts: dict[str, str | bytes] | None = None) -> Path:
    """A Word document with some parts replaced or added."""
    plain = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("1. The Committee recommends that the State party act.")
    document.save(plain)
    parts = parts or {}
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return path
