"""Judgments of the Inter-American Court of Human Rights (Spanish, English, French, Portuguese words): the operative paragraphs.

What stands under "and orders" is a measure of reparation; what the Court decides and declares before is a decision.
"""

import re

from mutabaa.intake.documents.items import Block, Item
from mutabaa.intake.documents.plain_words import plain

_OPERATIVE = re.compile(
    r"^(?:[ivxl]+\.?\s*)?(?:operative paragraphs|puntos resolutivos|points resolutoires|dispositif|pontos resolutivos)"
)
_THEREFORE = re.compile(r"^(?:therefore|por tanto|now therefore|par ces motifs|portanto|por lo tanto)\b")
_STEP = re.compile(
    r"^(?:(?:and,? |y,? |et,? |e,? )?(?:(?:the court|la corte|el tribunal|la cour|a corte)\s*,?\s*)?(?:(?:unanimously|by unanimity|por unanimidad|a l'unanimite|by .{3,30}votes?.{0,30}|por .{3,30}votos?.{0,60})\s*,?\s*)?(?:and |y |et |e )?)"
    r"(?P<verb>decides?|declares?|orders?|establishes|rules?|decide|declara|dispone|ordena|establece|resuelve|ordonne|dispose|determina)\b[^.]{0,90}[:,]?\s*\Z"
)
_ORDERS = {
    "order",
    "orders",
    "establishes",
    "dispone",
    "ordena",
    "establece",
    "ordonne",
    "dispose",
    "determina",
    "rules",
}
_REPARATION = re.compile(
    r"\b(?:the state (?:shall|must|will|is obliged)|el estado (?:debe|debera|pagara|realizara|adoptara|publicara)|l'etat (?:doit|devra)|o estado deve)|constitutes?,? per se,? a form of reparation|constituye,? (?:por si misma|per se),? una forma de reparacion|constitue,? per se|constitui,? por si"
)
_COURT_ITSELF = re.compile(
    r"^(?:the court (?:will|shall)|la corte (?:supervisara|dara)|el tribunal supervisara|la cour (?:supervisera|surveillera)|a corte supervisionara)"
)
_REPORT = re.compile(
    r"(?:submit|provide|present|rendir|presentar|remettre|apresentar)\w* .{0,60}(?:report|informe|rapport|relatorio)"
)
_VOTE = re.compile(
    r"^(?:unanimously|by unanimity|by \w+ votes|por unanimidad|por \w+ votos|a l'unanimite)[^.]{0,140}[,.:]?\Z"
)
_CLOSE = re.compile(
    r"^(?:done|drafted|redactada?|dada|hecho|emitida|judge \w+|el juez|la jueza|so ordered|comuniquese|iacthr|corte idh)\b"
)


def read(blocks: list[Block]) -> list[Item]:
    start = first_of_operative(blocks)
    out: list[Item] = []
    step = ""
    number_before = 0
    for index, block in enumerate(blocks[start:], start):
        text = block.text
        said = plain(text).strip()
        if block.kind == "note" or not said:
            continue
        if verb := step_of(said):
            step = verb
            continue
        if _VOTE.search(said):
            continue
        if block.number.isdigit() and block.kind in ("paragraph", "heading") and int(block.number) == number_before + 1:
            number_before += 1
            out.append(
                Item(
                    block.number,
                    type_of(said, step),
                    text.strip(),
                    heading=_heading(blocks, start),
                    first=index,
                    last=index,
                )
            )
        elif out and _CLOSE.search(said):
            break
        elif out and block.kind == "paragraph" and not block.number.isdigit():
            last = out[-1]
            extra = f"{block.number} {text}".strip()
            out[-1] = Item(
                last.paragraph, last.type, f"{last.text} {extra}", heading=last.heading, first=last.first, last=index
            )
    return out


def first_of_operative(blocks: list[Block]) -> int:
    """The last heading of that name (the contents name it too); else the last "therefore"; else the last place where the Court decides."""
    for pattern in (_OPERATIVE, _THEREFORE, _STEP):
        found = [i for i, b in enumerate(blocks) if len(b.text) < 120 and pattern.search(plain(b.text).strip())]
        if pattern is _STEP:
            return found[0] if found else 0
        if found:
            return found[-1]
    return 0


def step_of(said: str) -> str:
    match = _STEP.match(said) if len(said) < 140 else None
    return match["verb"] if match else ""


def type_of(said: str, step: str) -> str:
    if _COURT_ITSELF.search(said):
        return "decision"
    if (
        step in _ORDERS
        or (not step and _REPARATION.search(said))
        or (step not in ("declares", "declara", "declare") and _REPARATION.search(said))
    ):
        return "request_for_information" if _REPORT.search(said) and len(said) < 400 else "measure_of_reparation"
    return "decision"


def _heading(blocks: list[Block], start: int) -> tuple[str, ...]:
    return (blocks[start].text,) if blocks and len(blocks[start].text) < 120 else ()
