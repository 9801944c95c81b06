"""The facts of a document: symbol, body, treaty, State, session, cycle, date, language, kind, title. From its title page first."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass

from mutabaa.intake.cleaning import upr_cycle
from mutabaa.intake.documents import bodies, symbols
from mutabaa.intake.documents.dates import first_date
from mutabaa.intake.documents.items import Block, DocumentFacts
from mutabaa.intake.documents.kind import kind_of
from mutabaa.intake.documents.ordinals import session_in
from mutabaa.intake.documents.plain_words import plain
from mutabaa.intake.documents.states import code_of, first_named
from mutabaa.intake.language import at_sight

TITLE_PAGE = 45  # blocks at most
TITLE_LETTERS = 4000
SHORT_LINE = 110
_EARLIER = re.compile(
    r"issued (?:previously )?under|previously issued|parue? (?:anterieurement|precedemment)|publie\w* anterieurement|publicado anteriormente|ранее|изданн\w+ под|صدرت? سابق|以前印发|先前|cf\.|see "
)
_VISIT_TO = re.compile(
    r"(?:visit|mission) to (?:the )?|(?:visite|mission) (?:en|au|aux|a|dans) |(?:visita|mision) (?:a|al) |(?:поездк\w+|миссии?|визит\w*) в |زياره\w* (?:الي|ل)|(?:对|访问)"
)
_AGAINST = re.compile(r"\b(?:v|vs|c|contra|against)\b\.?\s+(?=[A-ZÀ-Ý])", re.I)
_SESSION_OF_UPR = re.compile(r"A/HRC/WG\.6/(\d{1,2})/")


@dataclass(frozen=True)
class Opening:
    """What stands before the first chapters: where a document says what it is."""

    blocks: tuple[Block, ...]
    text: str


def opening_of(blocks: list[Block]) -> Opening:
    taken: list[Block] = []
    length = 0
    for block in blocks[:TITLE_PAGE]:
        if taken and (block.page > 2 or length > TITLE_LETTERS):
            break
        if (
            block.number.split(".")[0].isdigit()
            and block.kind == "paragraph"
            and len(taken) > 3
            and int(block.number.split(".")[0]) > 1
        ):
            break
        taken.append(block)
        length += len(block.text)
    return Opening(tuple(taken), "\n".join(b.text[:TITLE_LETTERS] for b in taken)[: 4 * TITLE_LETTERS])


def facts_of(blocks: list[Block], edges: list[str], name: str = "") -> DocumentFacts:
    opening = opening_of(blocks)
    symbol = symbol_of(opening, edges, name)
    language = language_of(blocks)
    kind, body = kind_of(symbol, opening.blocks, opening.text, blocks)
    body = body or symbol.body
    title = title_of(opening.blocks)
    if kind == "other" and not symbol.body:
        body = bodies.body_named(title) or body or bodies.body_named(opening.text)
    state = state_of(symbol, opening, blocks, kind)
    whole = "\n".join(b.text[:2000] for b in blocks[:80])
    upr = body == "UPR"
    session = (
        symbol.session
        or (meeting_of_deputies(opening.text) if body == "COE-CM" else "")
        or (upr_session(whole) if upr else "")
        or session_in(opening.text)
    )
    cycle = upr_cycle(int(session)) if upr and session.isdigit() and int(session) <= 54 else None
    return DocumentFacts(
        symbol=symbol.text,
        body=body,
        treaty=symbol.treaty or bodies.treaty_of(body),
        state=state,
        session=session,
        cycle=cycle,
        date=date_of(opening, kind),
        language=language,
        kind=kind,
        title=title,
    )


def date_of(opening: Opening, kind: str) -> dt.date | None:
    """That of a short line first; a date within a sentence may be that of a visit or an earlier edition."""
    texts = [
        b.text
        for b in opening.blocks
        if not b.number.isdigit() and b.kind != "note" and not _EARLIER.search(plain(b.text))
    ]
    short = first_date("\n".join(text for text in texts if len(text) < SHORT_LINE))
    return short or (None if kind == "visit_report" else first_date("\n".join(texts)))


def symbol_of(opening: Opening, edges: list[str], name: str) -> symbols.Symbol:
    """The one that headers repeat; else the first of the title page that is not that of an earlier edition; else that of the file's name."""
    at_edges = Counter(s.text for edge in edges for s in symbols.found_in(edge))
    if at_edges:
        return symbols.parse(at_edges.most_common(1)[0][0])
    for block in opening.blocks:
        if block.kind == "note" or _EARLIER.search(plain(block.text)) or len(block.text) > 220:
            continue
        if found := symbols.found_in(block.text):
            return found[0]
    said = re.sub(r"[_ ]", "/", name.rsplit(".", 1)[0])
    return next(iter(symbols.found_in(re.sub(r"/(?:EN|FR|ES|AR|RU|ZH|E|F|S|A|R|C)\Z", "", said))), symbols.Symbol(""))


def language_of(blocks: list[Block]) -> str:
    """That of most of the text: each long block speaks for its length."""
    weight: Counter[str] = Counter()
    for block in blocks[: 400 : 1 + len(blocks[:400]) // 120]:
        if len(block.text) > (30 if block.text[0].isascii() else 10) and block.kind != "note":
            weight[at_sight(block.text)] += len(block.text)
    del weight[""]
    return weight.most_common(1)[0][0] if weight else ""


def state_of(symbol: symbols.Symbol, opening: Opening, blocks: list[Block], kind: str) -> str:
    if symbol.iso:
        return symbol.iso
    said = plain(opening.text)
    if kind in ("judgment", "decision") and (against := _AGAINST.search(opening.text)):
        return first_named(opening.text[against.end() : against.end() + 60])
    if kind == "judgment":
        return ""
    visited = _VISIT_TO.search(said) if kind == "visit_report" else None
    if visited and (code := first_named(opening.text[visited.end() : visited.end() + 80])):
        return code
    for block in opening.blocks:  # a line that is nothing but a name
        if len(block.text) < 70 and (alone := code_of(block.text.strip(" *1234567890"))):
            return alone
    iso = Counter(s.iso for b in blocks[:60] for s in symbols.found_in(b.text) if s.iso)
    if iso:
        return iso.most_common(1)[0][0]
    for block in opening.blocks:
        if len(block.text) < 300 and block.kind != "note" and (code := first_named(_without_cities(block.text))):
            return code
    if kind == "other":
        return ""
    named = Counter(code for b in blocks[:60] if (code := first_named(b.text[:400])))
    return named.most_common(1)[0][0] if named else ""


_CITIES = re.compile(r"United Nations Office at Geneva|Mexico City|San José|New York|Guatemala City", re.I)


def _without_cities(text: str) -> str:
    return _CITIES.sub(" ", text)


def meeting_of_deputies(text: str) -> str:
    """The Committee of Ministers counts its human rights meetings: "1468th meeting (DH)"."""
    match = re.search(r"(?<!\d)(\d{4})\s?(?:st|nd|rd|th|e|ème)\s+(?:\(DH\)\s+)?(?:meeting|réunion)", text)
    return match[1] if match else ""


def upr_session(text: str) -> str:
    found = Counter(_SESSION_OF_UPR.findall(text))
    return found.most_common(1)[0][0] if found else ""


_TITLE = re.compile(
    r"concluding observations|list of (?:issues|themes)|report of|judgment|case of|observations finales|liste de points|liste des points|rapport d|affaire|observaciones finales|lista de cuestiones|informe d|caso |sentencia|заключительные замечания|перечень (?:вопросов|тем)|доклад|الملاحظات الختاميه|ملاحظات ختاميه|قائمه (?:المسائل|القضايا)|تقرير|结论性意见|问题单|问题清单|报告|^visit to|^mission to|views on conclusions|communication from|decision|resolution"
)


def title_of(blocks: tuple[Block, ...]) -> str:
    """The first line that names a kind of document, with the State's line where it follows alone."""
    for place, block in enumerate(blocks):
        if (
            block.kind in ("heading", "paragraph", "row")
            and len(block.text) < 320
            and not block.number
            and _TITLE.search(plain(block.text))
        ):
            after = blocks[place + 1] if place + 1 < len(blocks) else None
            text = block.text.rstrip("* ")
            if after and not after.number and len(after.text) < 60 and code_of(after.text.strip(" *")):
                text = f"{text}: {after.text.strip(' *')}"
            return text
    return ""
