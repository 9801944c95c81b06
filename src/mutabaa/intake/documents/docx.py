"""Word documents into blocks, in the order of the document: paragraphs, tables as rows, notes after the paragraph that refers to them.

Tracked changes are read as accepted: what is inserted counts, what is deleted does not. Comments and hidden text are left out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mutabaa.intake.documents import headings
from mutabaa.intake.documents.archive import Archive
from mutabaa.intake.documents.items import CELLS, Block
from mutabaa.intake.documents.numbers import split_number
from mutabaa.intake.documents.word_numbering import Numbering, W
from mutabaa.intake.documents.word_styles import Style, Styles, is_on, numbering_of, value_of
from mutabaa.intake.files.faults import BadFile

MAX_BLOCKS = 60_000
_SKIPPED = {
    f"{W}{name}"
    for name in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rPr",
        "pPr",
        "commentReference",
        "object",
        "pict",
    )
} | {  # fmt: skip
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read_blocks(path: Path) -> tuple[list[Block], list[str]]:
    """The blocks, and the texts of headers and footers (the symbol often stands only there). Raises `BadFile`."""
    with Archive(path) as archive:
        root = archive.xml("word/document.xml")
        if root is None:
            raise BadFile("damaged_docx", part="word/document.xml")
        _transitional(root)
        parts = {
            name: _transitional(archive.xml(f"word/{name}.xml"))
            for name in ("numbering", "styles", "footnotes", "endnotes")
        }
        edges = [
            " ".join(text_of(p).split())
            for name in archive.names
            if name.startswith(("word/header", "word/footer")) and name.endswith(".xml")
            for p in _transitional(archive.xml(name)).iter(f"{W}p")
        ]
    reader = Reader(Numbering.of(parts["numbering"]), Styles(parts["styles"]), notes_in(parts))
    body = root.find(f"{W}body")
    if body is None:
        raise BadFile("damaged_docx", part="word/document.xml")
    reader.container(body)
    return reader.finish(), [e for e in edges if e]


def _transitional(root: Any) -> Any:
    """Strict documents in the names of the usual ones."""
    if root is not None and root.tag.startswith(_STRICT):
        for element in root.iter():
            if isinstance(element.tag, str) and element.tag.startswith(_STRICT):
                element.tag = W + element.tag[len(_STRICT) :]
            for key in [k for k in element.attrib if k.startswith(_STRICT)]:
                element.set(W + key[len(_STRICT) :], element.attrib.pop(key))
    return root


def notes_in(parts: dict[str, Any]) -> dict[str, str]:
    """ "footnote 3" → its text."""
    out = {}
    for kind in ("footnote", "endnote"):
        root = parts[f"{kind}s"]
        for note in root.iterfind(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type") in (None, "normal"):
                text = " ".join(" ".join(text_of(p) for p in note.iter(f"{W}p")).split())
                out[f"{kind} {note.get(f'{W}id')}"] = text
    return out


def text_of(element: Any) -> str:
    return "".join(pieces(element))


def pieces(element: Any) -> Iterator[str]:
    """Iterative, for files may nest as deep as they like."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            continue
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{W}t":
            yield child.text or ""
        elif tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab"):
            yield " "
        elif tag == f"{W}noBreakHyphen":
            yield "-"
        elif tag == f"{W}r":
            properties = child.find(f"{W}rPr")
            if properties is None or not (is_on(properties, "vanish") or is_on(properties, "del")):
                stack.append(iter(child))
        elif tag in (f"{W}p", f"{W}tbl") and len(stack) > 1:  # a text box inside the paragraph is read by itself
            continue
        else:
            stack.append(iter(child))


class Reader:
    def __init__(self, numbering: Numbering, styles: Styles, notes: dict[str, str]) -> None:
        self.numbering, self.styles, self.notes = numbering, styles, notes
        self.blocks: list[Block] = []
        self.bold: list[bool] = []
        self.note_number = 0
        self.joined = ""  # text of a paragraph whose end was deleted

    def container(self, element: Any, depth: int = 0) -> None:
        """A body, a content control, a text box."""
        if depth > 40:
            raise BadFile("damaged_docx", part="word/document.xml")
        for child in element:
            if child.tag == f"{W}p":
                self.paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self.table(child, depth)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
                self.container(child, depth + 1)

    def paragraph(self, p: Any, depth: int = 0) -> None:
        for box in p.iter(f"{W}txbxContent"):
            if not any(a.tag in _SKIPPED for a in box.iterancestors()):
                self.container(box, depth + 1)
        text = self.joined + text_of(p)
        self.joined = ""
        properties = p.find(f"{W}pPr")
        if properties is not None and (mark := properties.find(f"{W}rPr")) is not None and is_on(mark, "del"):
            self.joined = text
            return
        self.add(p, " ".join(text.split()), properties)
        self.notes_of(p)

    def add(self, p: Any, text: str, properties: Any) -> None:
        style = self.styles.of(value_of(properties, "pStyle") if properties is not None else "")
        label = self.label(properties, style) if text else ""
        if not text:
            return
        bold = is_bold(p, style)
        number, rest = split_number(f"{label} {text}") if label else split_number(text)
        if label and not number:
            chapter, title = headings.split(f"{label} {text}")
            number, rest = (chapter, title) if chapter else (label.strip(" .()"), text)
        heading = style.heading if style.heading and len(text) < 300 else 0
        if heading and not number:
            number, rest = headings.split(text)
        self.keep(Block("heading" if heading else "paragraph", rest, number, heading), bold)

    def keep(self, block: Block, bold: bool = False) -> None:
        if len(self.blocks) > MAX_BLOCKS:
            raise BadFile("too_much_text", limit=MAX_BLOCKS)
        self.blocks.append(block)
        self.bold.append(bold)

    def label(self, properties: Any, style: Style) -> str:
        number, at = numbering_of(properties) if properties is not None else ("", 0)
        if not number:
            number, at = style.number, style.at or at
        return self.numbering.label(number, at) if number and number != "0" else ""

    def notes_of(self, p: Any) -> None:
        for reference in p.iter(f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnote" if reference.tag.endswith("footnoteReference") else "endnote"
            text = self.notes.get(f"{kind} {reference.get(f'{W}id')}")
            if text:
                self.note_number += 1
                self.keep(Block("note", text, str(self.note_number)))

    def table(self, table: Any, depth: int) -> None:
        """Rows of several filled cells are rows; a row with one filled cell is text in a frame, read as paragraphs."""
        if depth > 20:
            raise BadFile("damaged_docx", part="word/document.xml")
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table or any(a.tag in _SKIPPED for a in row.iterancestors()):
                continue
            cells = [c for c in row.iter(f"{W}tc") if next(c.iterancestors(f"{W}tr")) is row]
            filled = [c for c in cells if any(text_of(p).strip() for p in c.iter(f"{W}p"))]
            if len(filled) == 1:
                self.container(filled[0], depth + 1)
            elif filled:
                self.keep(Block("row", CELLS.join(self.cell(c) for c in cells)))
                self.notes_of(row)

    def cell(self, cell: Any) -> str:
        parts = []
        for p in cell.iter(f"{W}p"):
            text = " ".join(text_of(p).split())
            if text:
                properties = p.find(f"{W}pPr")
                style = self.styles.of(value_of(properties, "pStyle") if properties is not None else "")
                parts.append(f"{self.label(properties, style)} {text}".strip())
        return " ".join(parts).replace(CELLS, " ¦ ")

    def finish(self) -> list[Block]:
        """Headings told by their look, now that it is known what follows."""
        out = []
        for place, block in enumerate(self.blocks):
            if block.kind == "paragraph":
                after = next((b for b in self.blocks[place + 1 :] if b.kind != "note"), None)
                level = headings.level(
                    block.number, block.text, self.bold[place], after.number if after else "", bool(after)
                )
                if not level and block.number and not block.number[0].isdigit() and block.number[0] != "(":
                    level = headings.level("", f"{block.number}. {block.text}", self.bold[place], "", bool(after))
                if level:
                    number, rest = headings.split(block.text) if not block.number else (block.number, block.text)
                    block = Block("heading", rest, number, level)
            out.append(block)
        return out


def is_bold(p: Any, style: Style) -> bool:
    """Every run that holds text."""
    runs = [r for r in p.iter(f"{W}r") if any((t.text or "").strip() for t in r.iterfind(f"{W}t"))]
    if not runs:
        return style.bold
    for run in runs:
        properties = run.find(f"{W}rPr")
        said = properties.find(f"{W}b") if properties is not None else None
        if not (style.bold if said is None else is_on(properties, "b")):
            return False
    return True
