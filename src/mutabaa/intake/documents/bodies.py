"""Which mechanism speaks in a text: the names of the reference data in six languages, and the shorter ones that title pages use."""

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from mutabaa.intake.documents.plain_words import plain
from mutabaa.intake.documents.symbols import BODIES

FURTHER = {
    "UPR": "universal periodic review|examen periodique universel|examen periodico universal|универсальн\\w+ периодическ\\w+ обзор|الاستعراض الدوري الشامل|普遍定期审议",
    "CMW": "committee on migrant workers|comite des travailleurs migrants|comite de protection de los derechos de todos los trabajadores migratorios|комитет по защите прав всех трудящихся-мигрантов",
    "SPT": "subcommittee on prevention of torture|sous-comite pour la prevention de la torture|subcomite para la prevencion de la tortura|подкомитет по предупреждению пыток|防范酷刑小组委员会|اللجنه الفرعيه لمنع التعذيب",
    "CAT": "committee against torture|comite contre la torture|comite contra la tortura|комитет против пыток|комитета против пыток|禁止酷刑委员会|لجنه مناهضه التعذيب",
    "IACTHR": "inter-american court of human rights|corte interamericana de derechos humanos|cour interamericaine des droits de l'homme|corte interamericana de direitos humanos",
    "IACHR": "inter-american commission on human rights|comision interamericana de derechos humanos",
    "COE-CM": "committee of ministers|comite des ministres|ministers' deputies|delegues des ministres",
    "ECRI": "european commission against racism|commission europeenne contre le racisme",
    "GREVIO": "\\bgrevio\\b",
    "GRETA": "\\bgreta\\b",
    "CPT": "european committee for the prevention of torture|comite europeen pour la prevention de la torture",
    "ECTHR": "european court of human rights|cour europeenne des droits de l'homme",
    "ACHPR": "african commission on human and peoples|commission africaine des droits de l'homme",
    "ACTHPR": "african court on human and peoples|cour africaine des droits de l'homme",
    "ACFC": "advisory committee on the framework convention|comite consultatif de la convention-cadre",
    "SR-INDIGENOUS-PEOPLES": "special rapporteur on the rights of indigenous|relatora? especial sobre los derechos de los pueblos indigenas",
    "SR-TORTURE": "special rapporteur on torture|rapporteur special sur la torture|relator(?:a)? especial sobre la tortura|специальн\\w+ докладчик\\w* по вопросу о пытках",
    "SR-HOUSING": "special rapporteur on (?:the right to )?adequate housing|rapporteu(?:r|se) speciale? sur le (?:droit au )?logement|relator(?:a)? especial sobre (?:el derecho a )?una vivienda",
    "SR-POVERTY": "special rapporteur on extreme poverty|independent expert on (?:the question of )?(?:human rights and )?extreme poverty",
    "SR-VIOLENCE-AGAINST-WOMEN": "special rapporteur on violence against women|rapporteuse speciale sur la violence contre les femmes|relatora especial sobre la violencia contra la mujer",
    "WG-ARBITRARY-DETENTION": "working group on arbitrary detention|groupe de travail sur la detention arbitraire|grupo de trabajo sobre la detencion arbitraria",
    "WG-ENFORCED-DISAPPEARANCES": "working group on enforced or involuntary disappearances|groupe de travail sur les disparitions forcees|grupo de trabajo sobre las desapariciones forzadas",
    "WG-DISCRIMINATION-AGAINST-WOMEN": "working group on (?:the issue of )?discrimination against women",
    "WG-AFRICAN-DESCENT": "working group of experts on people of african descent",
    "SR-DISABILITY": "special rapporteur on the rights of persons with disabilities",
    "SR-SALE-OF-CHILDREN": "special rapporteur on the sale",
    "SR-INDEPENDENCE-OF-JUDGES": "special rapporteur on the independence of judges",
    "SR-FREEDOM-OF-EXPRESSION": "special rapporteur on the (?:promotion and protection of the )?(?:right to )?freedom of (?:opinion and )?expression",
    "SR-WATER-AND-SANITATION": "special rapporteur on the (?:human )?rights? to (?:safe drinking )?water",
    "SR-TRAFFICKING": "special rapporteur on trafficking",
    "SR-MIGRANTS": "special rapporteur on the human rights of migrants",
    "SR-TRUTH": "special rapporteur on the promotion of truth",
    "SR-HEALTH": "special rapporteur on the right of everyone to the enjoyment of the highest|special rapporteur on the right to health",
}  # fmt: skip


@cache
def reference() -> list[dict[str, Any]]:
    source = files("mutabaa.mechanisms").joinpath("reference/mechanisms.json").read_text("utf-8")
    return json.loads(source)["mechanisms"]  # type: ignore[no-any-return]


@cache
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    """(code, family, pattern): long names first, so that "Committee against Torture" does not outrun the Subcommittee."""
    out = []
    for mechanism in reference():
        names = {plain(n) for n in mechanism["name"].values()}
        names |= {plain(u) for u in mechanism["uhri"] if len(u) > 25}
        alternatives = [inflected(re.escape(n)) for n in sorted(names, key=len, reverse=True) if len(n) > 5]
        if further := FURTHER.get(mechanism["code"]):
            alternatives.append(further)
        out.append((mechanism["code"], mechanism["family"], re.compile("|".join(alternatives))))
    return out


_INFLECTED = [
    (r"rapporteur\ special", r"rapporteu(?:r|se)\ speciale?"),
    (r"relator\ especial", r"relatora?\ especial"),
    (r"experto\ independiente", r"expert[oa]\ independiente"),
    (r"expert\ independant", r"experte?\ independante?"),
    (r"специальный\ докладчик", r"специальн\w+\ докладчик\w*"),
    (r"независимый\ эксперт", r"независим\w+\ эксперт\w*"),
    (r"рабочая\ группа", r"рабоч\w+\ групп\w+"),
    (r"комитет\ ", r"комитет\w*\ "),
    (r"المقرر\ الخاص", r"المقرره?\ الخاصه?"),
]


def inflected(pattern: str) -> str:
    """The names of mandates and committees for women too, and in the cases of Russian."""
    for given, wider in _INFLECTED:
        pattern = pattern.replace(given, wider)
    return pattern


def treaty_of(body: str) -> str:
    return BODIES.get(body) or next((m["treaty"] or "" for m in reference() if m["code"] == body), "")


_WEAK = {"HRC", "UNGA", "OHCHR", "PLEDGES", "BEIJING", "COI", "UNESCO"}  # named on every title page, or in every text


def body_named(text: str) -> str:
    """The code of the mechanism named first; one that is named on most title pages only where no other is. "" where none is."""
    said = plain(text)
    found = []
    for code, _family, pattern in _patterns():
        if match := pattern.search(said):
            found.append((code in _WEAK, match.start(), -(match.end() - match.start()), code))
    return min(found)[3] if found else ""


def family_of(body: str) -> str:
    return next((m["family"] for m in reference() if m["code"] == body), "")
