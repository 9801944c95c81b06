"""Symbols of United Nations documents: what a symbol says of body, treaty, State, kind. Every shape stands here, old ones too.

A symbol that no shape knows is still a symbol: it is kept as it is.
"""

import re
from dataclasses import dataclass

BODIES = {"CCPR": "ICCPR", "CERD": "ICERD", "CEDAW": "CEDAW", "CAT": "CAT", "CRC": "CRC", "CMW": "ICMW", "CRPD": "CRPD", "CED": "CPED", "CESCR": "ICESCR"}  # fmt: skip
_TB = r"(?P<body>CCPR|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED)/C|(?P<cescr>E/C\.12)"
_OP = r"(?:(?P<protocol>OPAC|OPSC|OPIC)/)?"
_ISO = r"(?P<iso>[A-Z]{3})"
_N = r"\d{1,2}(?:-\d{1,2})?"
_TAIL = r"(?P<tail>(?:/(?:Rev|Corr|Add)\.\d+)*)"

SHAPES: list[tuple[str, str, re.Pattern[str]]] = [
    # name, kind of document, pattern
    ("TB_CO", "concluding_observations", re.compile(rf"(?:{_TB})/{_OP}{_ISO}/CO/{_N}{_TAIL}")),
    ("TB_Q", "list_of_issues", re.compile(rf"(?:{_TB})/{_OP}{_ISO}/Q/{_N}{_TAIL}")),
    ("TB_QPR", "list_of_issues_prior_to_reporting", re.compile(rf"(?:{_TB})/{_OP}{_ISO}/QPR/{_N}{_TAIL}")),
    ("TB_OAI", "concluding_observations", re.compile(rf"(?:{_TB})/{_ISO}/OAI/{_N}{_TAIL}")),
    ("TB_PREFIXED", "other", re.compile(rf"(?:{_TB})/{_OP}{_ISO}/(?:RQ|FCO|AI|FU|EP)/{_N}{_TAIL}")),
    ("TB_REPORT", "other", re.compile(rf"(?:{_TB})/{_OP}{_ISO}/{_N}{_TAIL}")),
    ("TB_VIEWS", "other", re.compile(rf"(?:{_TB})/\d+/D/\d+/\d{{4}}")),
    ("TB_GENERAL", "other", re.compile(rf"(?:{_TB})/(?:GC/\d+|SR\.\d+(?:/Add\.\d+)?|\d{{1,3}}/\d{{1,2}}){_TAIL}")),
    ("TB_SYNTHETIC", "other", re.compile(r"(?P<body>CEDAW)/C/\d{4}/[\w./\-]+")),
    # Before 2006 or so.
    ("OLD_CO_SESSION", "concluding_observations", re.compile(rf"(?P<body>CCPR|CAT|CERD|CEDAW|CRC)/CO/\d{{1,3}}/{_ISO}{_TAIL}")),
    ("OLD_CO_CERD", "concluding_observations", re.compile(r"(?P<body>CERD)/C/(?:304|\d{2}/CO)/(?:Add\.)?\d+")),
    ("OLD_CO_CRC", "concluding_observations", re.compile(r"(?P<body>CRC)/C/15/Add\.\d+")),
    ("OLD_CO_CCPR", "concluding_observations", re.compile(r"(?P<body>CCPR)/C/79/Add\.\d+")),
    ("OLD_CO_CESCR", "concluding_observations", re.compile(r"(?P<cescr>E/C\.12)/1(?:/Add\.\d+|99\d/\d+)")),
    ("OLD_CO_OPAC", "concluding_observations", re.compile(rf"(?P<body>CRC)/C/(?P<protocol>OPAC|OPSC)/CO/\d{{4}}/{_ISO}/\d+")),
    ("OLD_REPORT_CESCR", "other", re.compile(r"(?P<cescr>E/(?:1990/[56]|1994/104))/Add\.\d+")),
    ("OLD_REPORT", "other", re.compile(r"(?P<body>CRC|CCPR|CERD|CAT|CEDAW)/C/(?!15/|79/|304/)\d{1,3}/Add\.\d+")),
    ("CORE", "other", re.compile(rf"HRI/CORE/(?:{_ISO}/\d{{4}}|1/Add\.\d+){_TAIL}")),
    ("HRI", "other", re.compile(r"HRI/(?:GEN|MC)/[\w./\-]+")),
    ("UPR_DOC", "other", re.compile(rf"A/HRC/WG\.6/(?P<session>\d+)/{_ISO}/[1234]{_TAIL}")),
    ("UPR_DRAFT", "upr_report", re.compile(rf"A/HRC/WG\.6/(?P<session>\d+)/L\.\d+{_TAIL}")),
    ("HRC_RES", "other", re.compile(r"A/HRC/RES/(?:S-)?\d+/\d+")),
    ("HRC_DEC", "decision", re.compile(r"A/HRC/(?:DEC|PRST)/(?:S-|OM/)?\d+/\d+")),
    ("WGAD", "other", re.compile(r"A/HRC/WGAD/\d{4}/\d+")),
    ("HRC_OTHER", "other", re.compile(r"A/HRC/(?:WG\.(?!6/)\d+|EMRIP|AC|RC|OM|FMI)/[\w./\-]+")),
    ("HRC_REPORT", "other", re.compile(rf"A/HRC/\d+/\d+{_TAIL}")),
    ("HRC_LETTER", "other", re.compile(r"A/HRC/\d+/(?:G|NGO|NI|CRP|L)[/.]\d+(?:/(?:Rev|Add)\.\d+)?")),
    ("GA_RES", "other", re.compile(r"A/RES/(?:S-)?\d+/\d+(?: ?[A-Z])?")),
    ("GA_DOC", "other", re.compile(rf"A/(?:S-)?\d{{2}}/\d+{_TAIL}(?:\((?:SUPP|Supp)\))?")),
    ("ECOSOC_OLD", "other", re.compile(r"E/CN\.4/(?:Sub\.2/)?\d{4}/[\w.]+(?:/Add\.\d+)?")),
    ("SPT", "visit_report", re.compile(rf"CAT/OP/{_ISO}(?:/(?:R|RONPM|ROSP|CSPRO|CSPRONPM))?/\d+{_TAIL}")),
    ("COE_CM", "decision", re.compile(r"CM/(?:Del/Dec|ResDH|Notes|Inf/DH|Rec|ResCMN|ResChS|AS)\(?\d{4}\)?[\w/()\-.]*")),
    ("OEA", "regional_report", re.compile(r"OEA/Ser\.[LG]/?[IVX/.\d]+(?:,? ?[Dd]oc\. ?\d+)?")),
]  # fmt: skip
_CANDIDATE = re.compile(
    r"(?<![\w/])(?:A|E|CCPR|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED|HRI|CM|OEA)/(?:\([A-Z]+\)/)?[A-Za-z0-9(][\w./()\-]*[\w)]"
)
_FAMILY = {"TB": 0, "OLD": 0, "UPR": 1, "HRC_REPORT": 1, "SPT": 0}


@dataclass(frozen=True)
class Symbol:
    """`shape` is the name of the pattern, "" where none knows it; `body` and `treaty` are codes of the reference data, `iso` a State's alpha-3."""

    text: str
    shape: str = ""
    kind: str = "other"
    body: str = ""
    treaty: str = ""
    iso: str = ""
    session: str = ""
    addendum: int = 0


def parse(text: str) -> Symbol:
    """What a symbol says; itself alone where no shape knows it."""
    given = normal(text)
    for shape, kind, pattern in SHAPES:
        match = pattern.fullmatch(given)
        if match:
            return _told(given, shape, kind, match.groupdict())
    return Symbol(given)


def normal(text: str) -> str:
    """Spaces and asterisks away, dashes as hyphens, the language's letter too: `CRC/C/PER/CO/6–7*` → `CRC/C/PER/CO/6-7`."""
    given = re.sub(r"[\s*]+", "", text.replace("–", "-").replace("\u2011", "-")).rstrip(".,;:")
    return re.sub(r"\([ACEFRS]\)\Z", "", given)


def _told(given: str, shape: str, kind: str, found: dict[str, str | None]) -> Symbol:
    body = found.get("body") or ("CESCR" if found.get("cescr") else "")
    if shape.startswith(("UPR",)):
        body = "UPR"
    if shape == "SPT":
        return Symbol(given, shape, kind, "SPT", "OPCAT", found.get("iso") or "")
    body = {"COE_CM": "COE-CM", "HRC_RES": "HRC", "HRC_DEC": "HRC", "GA_RES": "UNGA"}.get(shape, body)
    if shape == "WGAD":
        body = "WG-ARBITRARY-DETENTION"
    addendum = re.search(r"/Add\.(\d+)", given)
    if shape in ("TB_CO", "TB_Q", "TB_QPR") and addendum:
        kind = "other"  # what the State says to them
    return Symbol(
        given,
        shape,
        kind,
        body,
        found.get("protocol") or BODIES.get(body, ""),
        found.get("iso") or "",
        found.get("session") or "",
        int(addendum[1]) if addendum else 0,
    )


def found_in(text: str) -> list[Symbol]:
    """Every symbol in a text that a shape knows, in order, each once."""
    out: dict[str, Symbol] = {}
    for match in _CANDIDATE.finditer(text.replace("–", "-").replace("\u2011", "-")):
        symbol = parse(match.group())
        while not symbol.shape and "/" in symbol.text[4:]:
            symbol = parse(re.sub(r"[/.()\-][^/.()\-]*\Z", "", symbol.text))
        if symbol.shape:
            out.setdefault(symbol.text, symbol)
    return list(out.values())
