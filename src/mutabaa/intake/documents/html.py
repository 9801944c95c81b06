"""HTML pages into blocks. Scripts, styles and navigation are left out; lists keep their numbers."""

import re
from pathlib import Path
from typing import Any

from lxml import etree

from mutabaa.intake.documents import headings
from mutabaa.intake.documents.encoding import decode
from mutabaa.intake.documents.items import Block
from mutabaa.intake.documents.numbers import letter_of, roman, split_number
from mutabaa.intake.files.faults import BadFile

MAX_BYTES = 30 * 1024**2
MAX_DEPTH = 250
MAX_BLOCKS = 60_000
_IGNORED = {
    "script",
    "style",
    "nav",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "form",
    "button",
    "select",
    "title",
    "head",
}
_BLOCKS = {"p", "div", "section", "article", "main", "body", "html", "blockquote", "ul", "ol", "li", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "dl", "dt", "dd", "figure", "aside", "header", "footer", "pre", "center", "address", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w\-]+)", re.I)
_BOLD = {"b", "strong"}


def read_blocks(path: Path) -> list[Block]:
    """Raises `BadFile`: too large, nothing in it."""
    if path.stat().st_size > MAX_BYTES:
        raise BadFile("too_large", limit_mb=MAX_BYTES // 1024**2)
    data = path.read_bytes()
    stated = _CHARSET.search(data[:4096])
    text = decode(data, stated[1].decode("ascii", "ignore") if stated else "")
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, recover=True, encoding="utf-8"))  # fmt: skip
    except (etree.XMLSyntaxError, ValueError, AssertionError) as fault:
        raise BadFile("damaged_html") from fault
    del parser
    if root is None:
        raise BadFile("empty")
    reader = Reader()
    reader.walk(root)
    reader.flush()
    return reader.finish()


class Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.bold: list[bool] = []
        self.text: list[str] = []
        self.strong = [0, 0]  # letters in bold, letters at all
        self.label = ""
        self.heading = 0

    def walk(self, root: Any) -> None:
        """Iterative: pages may nest as deep as they like; deeper than `MAX_DEPTH` only the text counts."""
        lists: list[list[Any]] = []
        depth = bold = ignored = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                depth += 1
                ignored += tag in _IGNORED
                bold += tag in _BOLD
                if not ignored:
                    self.start(tag, element, lists)
                    if tag not in ("sup",) or not (element.text or "").strip(" []()").isdigit() and len(element):
                        self.say(element.text, bold)
            else:
                depth -= 1
                if not ignored:
                    self.end(tag, lists)
                ignored -= tag in _IGNORED
                bold -= tag in _BOLD
                if not ignored and element.tail:
                    self.say(element.tail, bold)

    def start(self, tag: str, element: Any, lists: list[list[Any]]) -> None:
        if tag == "br":
            self.text.append(" ")
        if tag == "tr":
            self.flush()
            cells = [" ".join("".join(c.itertext()).split()) for c in element if c.tag in ("td", "th")]
            filled = [c for c in cells if c]
            if len(filled) > 1 and element.find(".//table") is None:
                self.keep(Block("row", " | ".join(c.replace(" | ", " ¦ ") for c in cells)), False)
                for child in list(element):
                    child.text = None
                    for inner in list(child):
                        child.remove(inner)
            return
        if tag in _BLOCKS:
            self.flush(keep_label=tag in ("p", "div") and bool(self.label))
        if tag in ("ol", "ul"):
            start = element.get("start") or "1"
            lists.append(
                [tag, int(start) - 1 if start.isdecimal() and len(start) < 6 else 0, element.get("type") or "1"]
            )
        if tag == "li" and lists and lists[-1][0] == "ol":
            value = element.get("value") or ""
            lists[-1][1] = int(value) if value.isdecimal() and len(value) < 6 else lists[-1][1] + 1
            self.label = _label(lists[-1][1], lists[-1][2])
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.heading = int(tag[1])

    def end(self, tag: str, lists: list[list[Any]]) -> None:
        if tag in _BLOCKS:
            self.flush()
        if tag in ("ol", "ul") and lists:
            lists.pop()

    def say(self, text: str | None, bold: int) -> None:
        if text:
            self.text.append(text)
            letters = sum(map(str.isalnum, text))
            self.strong[1] += letters
            self.strong[0] += letters if bold else 0

    def flush(self, keep_label: bool = False) -> None:
        text = " ".join("".join(self.text).split())
        self.text = []
        bold = bool(self.strong[1]) and self.strong[0] == self.strong[1]
        self.strong = [0, 0]
        if not text:
            if not keep_label:
                self.heading = 0
            return
        labelled = f"{self.label} {text}" if self.label else text
        self.label = ""
        number, rest = split_number(labelled)
        level = self.heading if len(text) < 300 else 0
        self.heading = 0
        if level and not number:
            number, rest = headings.split(labelled)
        self.keep(Block("heading" if level else "paragraph", rest, number, level), bold)

    def keep(self, block: Block, bold: bool) -> None:
        if len(self.blocks) >= MAX_BLOCKS:
            raise BadFile("too_much_text", limit=MAX_BLOCKS)
        self.blocks.append(block)
        self.bold.append(bold)

    def finish(self) -> list[Block]:
        out = []
        for place, block in enumerate(self.blocks):
            after = self.blocks[place + 1] if place + 1 < len(self.blocks) else None
            level = headings.level(block.number, block.text, self.bold[place], after.number if after else "", bool(after)) if block.kind == "paragraph" else 0  # fmt: skip
            if level:
                number, rest = headings.split(block.text) if not block.number else (block.number, block.text)
                block = Block("heading", rest, number, level)
            out.append(block)
        return out


def _label(number: int, kind: str) -> str:
    forms = {"a": letter_of, "A": lambda n: letter_of(n).upper(), "i": roman, "I": lambda n: roman(n).upper()}
    form = forms.get(kind)
    return f"({form(number)})" if form and 0 < number < 400 else f"{number}."
