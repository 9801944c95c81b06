"""How the columns of a plain table are read: made once by a person, or built in. Pure."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from mutabaa.core.text import words

FIELDS = [
    "text", "id", "state", "mechanism", "symbol", "document", "paragraph", "kind", "position", "recommending", "themes", "groups", "sdgs",
    "date", "year", "session", "cycle",
]  # fmt: skip
MULTIPLE = {"state", "recommending", "themes", "groups", "sdgs", "mechanism"}


@dataclass(frozen=True)
class Mapping:
    """`columns`: field → column names (several are read one after the other); `values`: field → {folded value in the file: ours};

    `constants`: field → value for every row; `separators`: field → what separates several values in a cell ("" for none;
    the line break always does). `identity`: the fields that tell one row from another when it comes again; the fields
    themselves are chosen by what is mapped where it is empty.
    """

    columns: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    separators: dict[str, str] = field(default_factory=dict)
    name: str = ""

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "Mapping":
        """From JSON; a single column may stand as a string."""
        columns = {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in data.get("columns", {}).items()
            if value
        }
        return cls(
            columns, data.get("values", {}), data.get("constants", {}), data.get("separators", {}), data.get("name", "")
        )

    def plain(self) -> dict[str, Any]:
        return {
            "columns": self.columns,
            "values": self.values,
            "constants": self.constants,
            "separators": self.separators,
            "name": self.name,
        }


def header_key(header: list[str]) -> str:
    """Equal for headers with the same columns, in any order, case and spacing: by it a kept mapping is found again."""
    return hashlib.sha256("\x1f".join(sorted(fold_name(name) for name in header if name)).encode()).hexdigest()


def fold_name(name: str) -> str:
    return " ".join(words(name))


_POSITION = {
    "accepted": "supported", "supported": "supported", "enjoys the support": "supported", "accepte": "supported", "acceptee": "supported", "aceptada": "supported",
    "apoyada": "supported", "noted": "noted", "rejected": "noted", "not accepted": "noted", "notee": "noted", "rejetee": "noted", "tomada nota": "noted", "rechazada": "noted",
    "general response": "noted", "no response": "noted", "response unclear": "noted", "deferred": "pending", "pending": "pending",
    "partially accepted": "supported in part", "partially supported": "supported in part", "supported noted": "supported in part", "accepted in part": "supported in part",
}  # fmt: skip
_KIND = {
    "recommendation": "recommendation", "recommendations": "recommendation", "concern": "concern", "concerns observations": "concern", "observation": "concern",
    "voluntary pledge": "pledge", "voluntary commitment": "pledge", "pledge": "pledge", "decision": "decision", "measure of reparation": "measure_of_reparation",
}  # fmt: skip
# As United Nations documents and this system's own exports say it.
_ELSEWHERE = {
    "supported": ["Supported", "Bénéficie de l’appui", "Appuyée", "Recueille l’appui", "Recueille l’adhésion", "Goza de apoyo", "Cuenta con el apoyo", "Пользуется поддержкой", "Поддержана", "تحظى بالتأييد", "مؤيدة", "获得支持", "得到支持", "支持", "接受"],
    "noted": ["Prend note", "Dont il est pris note", "Il est pris note", "Se toma nota", "Принята к сведению", "أحيط بها علماً", "أُحيط علماً", "注意到"],
    "pending": ["À l’examen", "En attente", "En examen", "Pendiente", "На рассмотрении", "قيد النظر", "قيد الدراسة", "待定", "待答复", "审议中"],
    "supported in part": ["Appuyée en partie", "Partiellement acceptée", "Apoyada en parte", "Aceptada parcialmente", "Частично пользуется поддержкой", "تحظى بتأييد جزئي", "مؤيدة جزئياً", "部分支持", "部分接受"],
}  # fmt: skip
_POSITION |= {fold_name(word): position for position, said in _ELSEWHERE.items() for word in said}
_KIND |= {
    fold_name(word): kind
    for kind, said in {
        "recommendation": ["Recommandation", "Recommandations", "Recomendación", "Recomendaciones", "Рекомендация", "Рекомендации", "توصية", "توصيات", "建议"],
        "concern": ["Préoccupation", "Preocupación", "Обеспокоенность", "شاغل", "关切"],
    }.items()
    for word in said
}  # fmt: skip
DEFAULT_VALUES = {"position": _POSITION, "kind": _KIND}

UPR_INFO = Mapping(
    name="UPR Info",
    columns={
        "state": ["To"],
        "text": ["Text"],
        "recommending": ["From"],
        "position": ["Response"],
        "themes": ["Issue"],
        "session": ["Session"],
    },
    constants={"mechanism": "UPR", "document": "UPR Info, session {session}"},
    separators={"themes": ","},
)
UPR_INFO_OF_ONE_STATE = Mapping(
    name="UPR Info, one State",
    columns={name: columns for name, columns in UPR_INFO.columns.items() if name != "state"},
    constants=UPR_INFO.constants,
    separators=UPR_INFO.separators,
)
DIHR = Mapping(
    name="SDG–Human Rights Data Explorer",
    columns={
        "state": ["State"],
        "text": ["Text", "Original Text", "Original Text/Text"],
        "sdgs": ["SDG Goals", "SDG Targets"],
        "groups": ["Groups"],
        "mechanism": ["Treaty Body", "Special Procedure", "Mechanism"],
        "kind": ["Type"],
        "position": ["Response (UPR)"],
        "recommending": ["Recommending State (UPR)"],
        "symbol": ["Document Code"],
        "paragraph": ["Paragraph"],
        "year": ["Year"],
        "cycle": ["Cycle"],
        "session": ["Session"],
    },
    separators={"groups": ";", "sdgs": ";", "recommending": ";"},
)

BUILT_IN = [UPR_INFO, UPR_INFO_OF_ONE_STATE, DIHR]
_SIGNS = {
    UPR_INFO.name: {"to", "text", "from", "response", "issue", "session"},
    UPR_INFO_OF_ONE_STATE.name: {"text", "from", "response", "action", "issue", "session"},
    DIHR.name: {"state", "mechanism", "document code", "sdg targets"},
}


def built_in(header: list[str]) -> Mapping | None:
    """The built-in mapping whose columns the header has."""
    found = {fold_name(name) for name in header}
    for mapping in BUILT_IN:
        if found >= _SIGNS[mapping.name]:
            present = {
                name: [column for column in columns if fold_name(column) in found]
                for name, columns in mapping.columns.items()
            }
            return Mapping(
                {n: c for n, c in present.items() if c},
                mapping.values,
                mapping.constants,
                mapping.separators,
                mapping.name,
            )
    return None


# What columns are called in tables of States, in the languages of such tables; longest names first win.
GUESSES = {
    "text": ["text of the recommendation", "recommendation text", "recommendation", "recommendations", "recommandation", "recommandations", "recomendacion", "recomendaciones", "texto", "texte", "text", "full text", "original text", "нрекомендация", "рекомендация", "текст", "建议", "التوصيه", "توصيه", "نص التوصيه"],
    "id": ["id", "identifier", "reference", "ref", "no", "number", "nr", "numero", "identifiant", "номер", "编号", "الرقم"],
    "state": ["state under review", "state concerned", "country", "state", "pays", "etat", "pais", "estado", "государство", "国家", "الدوله"],
    "mechanism": ["mechanism", "body", "treaty body", "recommending body", "reccomending body", "committee", "mecanisme", "organe", "comite", "mecanismo", "organo", "механизм", "机制", "الاليه"],
    "symbol": ["document symbol", "symbol", "document code", "cote", "signatura", "symbole", "символ", "文号", "رمز الوثيقه"],
    "document": ["document", "document title", "source", "report", "source document", "titulo", "titre"],
    "paragraph": ["paragraph", "para", "paragraph number", "paragraphe", "parrafo", "пункт", "段落", "الفقره"],
    "kind": ["type", "kind", "categorie", "tipo", "тип"],
    "position": ["position", "response", "upr position", "position of the state", "accepted", "support", "reponse", "respuesta", "posicion", "позиция", "立场", "الموقف"],
    "recommending": ["recommending state", "recommending states", "from", "recommending country", "etat auteur", "estado recomendante", "reccomending state", "upr reccomending states", "الدوله الموصيه"],
    "themes": ["themes", "theme", "issue", "issues", "topic", "topics", "subject", "thematique", "tema", "temas", "тема", "主题", "الموضوع"],
    "groups": ["affected persons", "affected groups", "groups", "group", "population", "groupes", "grupos", "poblacion", "группы", "群体", "الفيات"],
    "sdgs": ["sdgs", "sdg", "sdg target", "sdg targets", "sdg goals", "odd", "ods", "цур"],
    "date": ["date", "publication date", "document publication date", "date of adoption", "fecha", "дата", "日期", "التاريخ"],
    "year": ["year", "annee", "ano", "год", "年份", "السنه"],
    "session": ["session", "upr session", "sesion", "сессия"],
    "cycle": ["cycle", "upr cycle", "ciclo", "цикл"],
}  # fmt: skip


def guess(header: list[str], sample: list[list[str]]) -> Mapping:
    """A first mapping for a person to correct: by the names of the columns, and the text as the longest column."""
    names = [fold_name(name) for name in header]
    taken: set[int] = set()
    columns: dict[str, list[str]] = {}
    for exact in (True, False):
        for name, labels in GUESSES.items():
            if name in columns:
                continue
            for label in labels:
                place = next(
                    (
                        i
                        for i, n in enumerate(names)
                        if i not in taken
                        and n
                        and (n == label if exact else re.search(rf"\b{re.escape(label)}\b", n) and len(label) > 3)
                    ),
                    None,
                )
                if place is not None:
                    columns[name] = [header[place]]
                    taken.add(place)
                    break
    if "text" not in columns and header:
        lengths = [
            sum(len(row[i]) for row in sample if i < len(row)) if i not in taken else -1 for i in range(len(header))
        ]
        columns["text"] = [header[lengths.index(max(lengths))]]
    separators = {name: guess_separator(columns[name][0], header, sample) for name in MULTIPLE & set(columns)}
    return Mapping(columns=columns, separators={n: s for n, s in separators.items() if s})


def guess_separator(column: str, header: list[str], sample: list[list[str]]) -> str:
    """ ";" where cells hold it; never a comma by itself, because labels hold commas."""
    place = header.index(column)
    cells = [row[place] for row in sample if place < len(row)]
    return ";" if any(";" in cell for cell in cells) else "|" if any("|" in cell for cell in cells) else ""
