"""What a Word style says of its paragraphs: whether it numbers them, is a heading, is bold."""

import re
from dataclasses import dataclass
from typing import Any

from mutabaa.intake.documents.word_numbering import W, whole

_HEADING = re.compile(r"heading (\d)")
# The United Nations' own templates: chapter, then 1, 2/3, 4, 5/6.
_UN = {"h_ch_g": 1, "h_m_g": 1, "hch": 1, "h_1_g": 2, "h1": 2, "h_2/3_g": 3, "h_23_g": 3, "h23": 3, "h_4_g": 4, "h4": 4, "h_5/6_g": 5, "h_56_g": 5, "h56": 5}  # fmt: skip


@dataclass
class Style:
    number: str = ""
    at: int = 0
    heading: int = 0
    bold: bool = False
    based_on: str = ""
    name: str = ""


class Styles:
    def __init__(self, root: Any) -> None:
        self.known: dict[str, Style] = {}
        self.default = ""
        for element in root.iterfind(f"{W}style") if root is not None else ():
            style = Style(name=value_of(element, "name").lower(), based_on=value_of(element, "basedOn"))
            properties = element.find(f"{W}pPr")
            if properties is not None:
                style.number, style.at = numbering_of(properties)
                outline = properties.find(f"{W}outlineLvl")
                if outline is not None and whole(outline.get(f"{W}val")) < 9:
                    style.heading = whole(outline.get(f"{W}val")) + 1
            run = element.find(f"{W}rPr")
            style.bold = run is not None and is_on(run, "b")
            named = _HEADING.fullmatch(style.name)
            key = style.name.strip("_ ").replace(" ", "")
            style.heading = int(named[1]) if named else _UN.get(key, style.heading)
            if style.name in ("title", "subtitle"):
                style.heading = 1
            self.known[element.get(f"{W}styleId", "")] = style
            if element.get(f"{W}default") in ("1", "true") and element.get(f"{W}type") == "paragraph":
                self.default = element.get(f"{W}styleId", "")

    def of(self, name: str) -> Style:
        """The style with what it takes from those it is based on."""
        out = Style()
        seen: set[str] = set()
        name = name or self.default
        while name in self.known and name not in seen:
            seen.add(name)
            style = self.known[name]
            if not out.number and style.number:
                out.number, out.at = style.number, style.at
            out.heading = out.heading or style.heading
            out.bold = out.bold or style.bold
            out.name = out.name or style.name
            name = style.based_on
        return out


def value_of(element: Any, name: str) -> str:
    child = element.find(f"{W}{name}")
    return (child.get(f"{W}val") or "") if child is not None else ""


def is_on(properties: Any, name: str) -> bool:
    child = properties.find(f"{W}{name}")
    return child is not None and child.get(f"{W}val") not in ("0", "false", "none")


def numbering_of(properties: Any) -> tuple[str, int]:
    """("", 0) where nothing is said; ("0", 0) where numbering is switched off."""
    held = properties.find(f"{W}numPr")
    if held is None:
        return "", 0
    return value_of(held, "numId"), whole(value_of(held, "ilvl"))
